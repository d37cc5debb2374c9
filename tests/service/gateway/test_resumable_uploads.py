"""Uploads in pieces by the protocol's own words, and on the wire where a line really breaks."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from services.gateway.security import CSRF_HEADER
from shared.contracts.applications import GET_APPLICATION
from shared.contracts.documents import STORE_DOCUMENT
from shared.errors import Fault, Invalid, KeyUsedForAnother
from shared.messaging.wire import ServiceAway
from shared.pieces import KEPT, Pieces
from tests.support import fake_case as case
from tests.support.fake_rooms import FakeRooms
from tests.support.gateway import an_app, browser, token_for

FILE = b"%PDF-1.7 " + bytes(range(256)) * 30
TUS = {"Tus-Resumable": "1.0.0"}
AINO, OF_ANOTHER_COMPANY = "p-aino", "p-mikael"


class TypeRefused(Invalid):
    code = "file_type_not_allowed"


def told(**words: str) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in words.items())


class Phone:
    """A client of the protocol that is signed in by token."""

    def __init__(self, app: Flask, token: str) -> None:
        self._client = app.test_client(use_cookies=False)
        self._own = TUS | {"Authorization": f"Bearer {token}"}

    def send(self, method: str, path: str, headers: dict[str, str] | None = None, **more: Any) -> Any:
        return self._client.open(path, method=method, headers=self._own | (headers or {}), **more)

    def begin(self, length: int = len(FILE), **words: str) -> Any:
        words = {"subject": "application/A80700", "kind": "attachment", "filename": "Tarjous ÄÖ.pdf", **words}
        return self.send("POST", "/api/v1/uploads", {"Upload-Length": str(length), "Upload-Metadata": told(**words)})

    def piece(self, place: str, offset: int, content: bytes, **headers: str) -> Any:
        own = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream", **headers}
        return self.send("PATCH", place, own, data=content)

    def offset(self, place: str) -> int:
        return int(self.send("HEAD", place).headers["Upload-Offset"])


@pytest.fixture
def app(rooms: FakeRooms, tmp_path: Path) -> Flask:
    return an_app(rooms, tmp_path, upload_most=1_000_000)


@pytest.fixture
def phone(app: Flask, rooms: FakeRooms) -> Phone:
    return Phone(app, token_for(app, rooms, AINO))


def test_pieces_become_a_document_exactly_as_a_plain_upload_does(phone, rooms, tmp_path):
    begun = phone.begin()
    place = begun.headers["Location"]
    assert (begun.status_code, begun.headers["Upload-Offset"]) == (201, "0")

    first = phone.piece(place, 0, FILE[:1000])
    last = phone.piece(place, 1000, FILE[1000:])

    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "1000")
    assert "Document-Id" not in first.headers
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(FILE)))
    [asked] = rooms.asked_for(STORE_DOCUMENT)
    assert asked.data["sha256"] == hashlib.sha256(FILE).hexdigest()
    assert (asked.data["file_name"], asked.data["size"]) == ("Tarjous ÄÖ.pdf", len(FILE))
    assert (tmp_path / asked.data["blob"][:2] / asked.data["blob"]).read_bytes() == FILE
    assert last.headers["Document-Id"] in rooms.documents


def test_a_sender_that_lost_the_last_answer_learns_which_document_it_is_and_makes_no_second(phone, rooms):
    place = phone.begin().headers["Location"]
    document = phone.piece(place, 0, FILE).headers["Document-Id"]

    assert phone.send("HEAD", place).headers["Document-Id"] == document
    assert phone.piece(place, len(FILE), b"").headers["Document-Id"] == document
    assert len(rooms.asked_for(STORE_DOCUMENT)) == 1


def test_a_room_that_is_away_at_the_end_costs_one_more_empty_piece(phone, rooms):
    place = phone.begin().headers["Location"]
    rooms.refuses(STORE_DOCUMENT, ServiceAway("documents"))
    assert phone.piece(place, 0, FILE).status_code == 503
    assert phone.offset(place) == len(FILE)

    del rooms._refusals[STORE_DOCUMENT.address]
    assert "Document-Id" in phone.piece(place, len(FILE), b"").headers


def test_a_file_the_room_refuses_is_said_why_and_forgotten(phone, rooms, tmp_path):
    place = phone.begin().headers["Location"]
    refusal = TypeRefused(faults=[Fault("file", "file_type_not_allowed", {"allowed": "PDF"})], allowed="PDF")
    rooms.refuses(STORE_DOCUMENT, refusal)

    answer = phone.piece(place, 0, FILE)

    assert (answer.status_code, answer.get_json()["code"]) == (422, "file_type_not_allowed")
    assert phone.send("HEAD", place).status_code == 404
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_refusal_that_is_not_about_the_file_leaves_its_bytes_for_they_may_be_a_documents_by_now(
    phone, rooms, tmp_path
):
    """The room stored the file, its answer was lost, and meanwhile the case was transferred: another request now."""
    place = phone.begin().headers["Location"]
    rooms.refuses(STORE_DOCUMENT, ServiceAway("the answer was lost"))
    phone.piece(place, 0, FILE)
    [stored] = {asked.data["blob"] for asked in rooms.asked_for(STORE_DOCUMENT)}
    rooms.refuses(STORE_DOCUMENT, KeyUsedForAnother())

    again = phone.piece(place, len(FILE), b"")

    assert again.status_code == 422
    assert (tmp_path / stored[:2] / stored).read_bytes() == FILE


def test_a_piece_elsewhere_or_with_another_checksum_is_refused_and_nothing_is_lost(phone):
    place = phone.begin().headers["Location"]
    phone.piece(place, 0, FILE[:1000])
    wrong = base64.b64encode(hashlib.sha1(b"other", usedforsecurity=False).digest()).decode()
    right = base64.b64encode(hashlib.sha256(FILE[1000:]).digest()).decode()

    elsewhere = phone.piece(place, 500, FILE[500:])
    other = phone.piece(place, 1000, FILE[1000:], **{"Upload-Checksum": f"sha1 {wrong}"})

    assert (elsewhere.status_code, elsewhere.get_json()["facts"]) == (409, {"offset": "1000"})
    assert other.status_code == 460
    assert phone.offset(place) == 1000
    assert phone.piece(place, 1000, FILE[1000:], **{"Upload-Checksum": f"sha256 {right}"}).status_code == 204


def test_only_who_began_goes_on_and_a_foreign_case_takes_no_upload(app, rooms, phone):
    place = phone.begin().headers["Location"]
    other = Phone(app, token_for(app, rooms, OF_ANOTHER_COMPANY))

    assert other.send("HEAD", place).status_code == 404
    assert other.piece(place, 0, FILE).status_code == 404
    assert other.send("DELETE", place).status_code == 404
    assert phone.begin(subject="application/A80777").status_code == 404
    assert phone.begin(subject="payment/1").status_code == 422
    assert phone.offset(place) == 0


def test_the_calls_own_limits_are_looked_at_before_a_byte_is_sent(phone, rooms):
    rule = {"kind": "plan", "names": dict.fromkeys(("fi", "sv", "en"), "x"), "required": True}
    application = case.application("A80700", "draft")
    narrow = application | {
        "call": application["call"] | {"attachments": [rule | {"formats": ["pdf", "jpg"], "most_bytes": 500_000}]}
    }
    rooms.answers(GET_APPLICATION, narrow)

    assert phone.begin(500_001, rule="plan").status_code == 413
    assert phone.begin(500_001).status_code == 201, "another file has the house's own limit"
    assert phone.begin(1_000_001).status_code == 413
    place = phone.begin(rule="plan").headers["Location"]
    phone.piece(place, 0, FILE)
    assert rooms.asked_for(STORE_DOCUMENT)[-1].data["formats"] == ["PDF", "JPEG"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2.2"}, 412),
        ({"Upload-Length": ""}, 400),
        ({"Upload-Length": "-5"}, 400),
        ({"Upload-Length": "0"}, 400),
        ({"Upload-Length": "٣"}, 400),
        ({"Upload-Metadata": "filename %%%"}, 400),
        ({"Upload-Metadata": ""}, 400),
    ],
)
def test_what_is_no_upload_is_refused_with_a_reason(phone, headers, status):
    own = {"Upload-Length": "10", "Upload-Metadata": told(subject="application/A80700", filename="a.pdf")}
    encoded = {name: value.encode().decode("latin-1") for name, value in headers.items()}

    assert phone.send("POST", "/api/v1/uploads", own | encoded).status_code == status


def test_an_upload_nobody_went_on_with_has_expired(phone, rooms, tmp_path):
    begun = Pieces(tmp_path).begin(f"{AINO}/{case.VERSTAS}", 10, {}, datetime.now(UTC) - KEPT)

    assert phone.send("HEAD", f"/api/v1/uploads/{begun.upload_id}").status_code == 410


def test_a_browser_proves_that_its_own_page_sends_the_pieces(app, rooms):
    aino = browser(app, rooms, AINO)
    headers = TUS | {"Upload-Length": "10", "Upload-Metadata": told(subject="application/A80700", filename="a.pdf")}
    token = re.search(r'name="csrf_token" value="([^"]+)"', aino.get("/oma/asiat/A80700/liitteet").text)[1]

    assert aino.post("/api/v1/uploads", headers=headers).status_code == 400
    assert aino.post("/api/v1/uploads", headers=headers | {CSRF_HEADER: token}).status_code == 201


def test_an_upload_is_given_up(phone):
    place = phone.begin().headers["Location"]

    assert phone.send("DELETE", place).status_code == 204
    assert phone.send("HEAD", place).status_code == 404


def test_what_the_protocol_can_do_is_told(phone):
    can = phone.send("OPTIONS", "/api/v1/uploads").headers

    assert (can["Tus-Version"], can["Tus-Max-Size"]) == ("1.0.0", "1000000")
    assert set(can["Tus-Extension"].split(",")) == {"creation", "checksum", "expiration", "termination"}
