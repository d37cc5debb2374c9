"""Files in and out: counted as they come, never whole in memory, never believed."""

from __future__ import annotations

import hashlib
import io
import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request

from services.gateway.errors import NotXmlText
from services.gateway.uploads import Upload
from shared.blobs import TooLarge
from shared.contracts.documents import STORE_DOCUMENT
from shared.messaging.wire import ServiceAway
from tests.support.fake_rooms import FakeRooms
from tests.support.gateway import ApiClient, an_app, api_client, browser, token_for

PDF = b"%PDF-1.7"
BOUNDARY = "raja"
FORM_TYPE = f"multipart/form-data; boundary={BOUNDARY}"
GIGABYTE = 1_000_000_000
CHUNKED = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}  # as a server passes on what has no size


def form(
    *, subject: str = "application/A80700", kind: str = "attachment", content: bytes = PDF, **fields: str
) -> dict[str, Any]:
    file = (io.BytesIO(content), "Tarjous ÄÖ.pdf", "application/pdf")
    return {"subject": subject, "kind": kind, **fields, "file": file}


def part(name: str, value: str) -> bytes:
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()


FILE_PART = (
    f"--{BOUNDARY}\r\n"
    'Content-Disposition: form-data; name="file"; filename="iso.pdf"\r\n'
    "Content-Type: application/pdf\r\n\r\n"
).encode()
HEAD = part("subject", "application/A80700") + part("kind", "attachment") + FILE_PART
END = f"\r\n--{BOUNDARY}--\r\n".encode()


class Endless(io.RawIOBase):
    """A sender that never stops: it counts what was taken from it."""

    def __init__(self, head: bytes) -> None:
        self.head = io.BytesIO(head)
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count = self.head.readinto(buffer)
        if not count:
            count = len(buffer)
            buffer[:] = bytes(count)
        self.taken += count
        return count


def blobs_in(directory: Path) -> list[Path]:
    return [path for path in directory.rglob("*") if path.is_file()]


@pytest.fixture
def small_app(rooms: FakeRooms, tmp_path: Path) -> Flask:
    return an_app(rooms, tmp_path, upload_most=1_000_000)


def test_a_file_is_stored_as_it_is_and_told_with_what_was_counted(company: ApiClient, rooms: FakeRooms, blob_dir: Path):
    answer = company.post("/api/v1/documents", data=form())
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/v1/documents/{answer.json['document_id']}"
    assert "blob" not in answer.json
    stored = rooms.asked_for(STORE_DOCUMENT)[0].data
    assert (stored["size"], stored["sha256"]) == (len(PDF), hashlib.sha256(PDF).hexdigest())
    assert stored["file_name"] == "Tarjous ÄÖ.pdf"
    assert (blob_dir / stored["blob"][:2] / stored["blob"]).read_bytes() == PDF


def test_company_and_authority_come_from_the_case_and_not_from_the_sender(company: ApiClient, rooms: FakeRooms):
    company.post("/api/v1/documents", data=form(business_id="9100002-1", authority="KES"))
    stored = rooms.asked_for(STORE_DOCUMENT)[0].data
    assert (stored["business_id"], stored["authority"]) == ("9100001-3", "ITA")


def test_an_invoice_may_belong_to_a_claim(company: ApiClient, rooms: FakeRooms):
    company.post("/api/v1/documents", data=form(subject="claim/M80412-1", kind="invoice"))
    assert rooms.asked_for(STORE_DOCUMENT)[0].data["kind"] == "invoice"


@pytest.mark.parametrize(
    ("subject", "status"), [("application/A80777", 404), ("claim/M1", 404), ("undertaking/9100001-3", 422), ("", 422)]
)
def test_nothing_is_kept_of_a_file_for_a_case_that_is_not_the_senders(small_app, rooms, tmp_path, subject, status):
    client = api_client(small_app, rooms, "p-aino")
    assert client.post("/api/v1/documents", data=form(subject=subject)).status_code == status
    assert blobs_in(tmp_path) == []


def test_the_same_upload_sent_again_is_the_same_document(company: ApiClient, rooms: FakeRooms):
    key = {"Idempotency-Key": "upload-1"}
    first = company.post("/api/v1/documents", data=form(), headers=key)
    again = company.post("/api/v1/documents", data=form(), headers=key)
    assert (first.status_code, again.json) == (201, first.json)


def test_another_file_under_the_same_key_is_refused_and_the_first_one_stands(company: ApiClient, rooms, blob_dir):
    key = {"Idempotency-Key": "upload-2"}
    company.post("/api/v1/documents", data=form(), headers=key)
    answer = company.post("/api/v1/documents", data=form(content=b"%PDF other"), headers=key)
    assert (answer.status_code, answer.json["code"]) == (422, "key_used_for_another")
    first = rooms.asked_for(STORE_DOCUMENT)[0].data["blob"]
    assert (blob_dir / first[:2] / first).read_bytes() == PDF


def test_when_the_room_is_away_the_upload_may_be_sent_again(company: ApiClient, rooms: FakeRooms):
    rooms.refuses(STORE_DOCUMENT, ServiceAway("documents: TimeoutError"))
    assert company.post("/api/v1/documents", data=form()).status_code == 503


@pytest.mark.parametrize(
    "body",
    [b"", b"not a form", HEAD + b"abc", part("subject", "application/A80700") + f"--{BOUNDARY}--\r\n".encode()],
    ids=["empty", "no form", "broken off", "no file"],
)
def test_a_form_that_is_not_whole_is_refused_and_leaves_nothing(small_app, rooms, tmp_path, body):
    client = api_client(small_app, rooms, "p-aino")
    answer = client.post("/api/v1/documents", data=body, content_type=FORM_TYPE)
    assert (answer.status_code, answer.json["code"]) == (400, "upload_incomplete")
    assert blobs_in(tmp_path) == []


def test_an_upload_that_is_no_form_is_refused(company: ApiClient):
    answer = company.post("/api/v1/documents", data=PDF, content_type="application/pdf")
    assert (answer.status_code, answer.json["code"]) == (415, "not_multipart")


def test_a_name_that_leads_elsewhere_is_only_a_name(company: ApiClient, rooms: FakeRooms):
    data = {"subject": "application/A80700", "kind": "attachment", "file": (io.BytesIO(PDF), "..\\..\\etc/passwd")}
    company.post("/api/v1/documents", data=data)
    assert rooms.asked_for(STORE_DOCUMENT)[0].data["file_name"] == "passwd"


def test_five_gigabytes_announced_are_refused_before_a_byte_is_read(small_app: Flask, rooms: FakeRooms):
    sender = Endless(HEAD)
    answer = _send(small_app, token_for(small_app, rooms, "p-aino"), sender, CONTENT_LENGTH=str(5 * GIGABYTE))
    assert (answer.status_code, answer.json["code"]) == (413, "file_too_large")
    assert sender.taken == 0


def test_a_sender_that_says_no_size_is_cut_off_at_the_limit_and_memory_stays_flat(rooms: FakeRooms, tmp_path: Path):
    most = 200_000_000
    app = an_app(rooms, tmp_path, upload_most=most)
    sender, before = Endless(HEAD), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer = _send(app, token_for(app, rooms, "p-aino"), sender, **CHUNKED)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before  # kilobytes
    assert answer.status_code == 413
    assert most <= sender.taken < most + 1_000_000
    assert grown < 20_000
    assert blobs_in(tmp_path) == []
    assert rooms.asked_for(STORE_DOCUMENT) == []


def test_small_fields_that_are_not_small_are_cut_off_too(small_app: Flask, rooms: FakeRooms):
    sender = Endless(part("subject", "application/A80700")[:-2])
    answer = _send(small_app, token_for(small_app, rooms, "p-aino"), sender, **CHUNKED)
    assert answer.status_code == 413
    assert sender.taken < 3_000_000


def _send(app: Flask, token: str, sender: Endless, **environ: Any) -> Any:
    return app.test_client(use_cookies=False).post(
        "/api/v1/documents",
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": "big"},
        environ_overrides={"CONTENT_TYPE": FORM_TYPE, "wsgi.input": sender, **environ},
    )


def test_a_browsers_form_proves_itself_by_its_first_field(app: Flask, rooms: FakeRooms):
    client = browser(app, rooms, "p-aino")
    proof = client.get("/api/v1/session").json["form_token"]
    deed = {"Idempotency-Key": "upload-3"}
    without = client.post("/api/v1/documents", data=form(), headers=deed)
    assert (without.status_code, without.json["code"]) == (400, "csrf")
    proven = {"csrf_token": proof, **form()}
    assert client.post("/api/v1/documents", data=proven, headers=deed).status_code == 201


def test_a_script_proves_itself_by_its_header(app: Flask, rooms: FakeRooms):
    client = browser(app, rooms, "p-aino")
    headers = {"X-CSRF-Token": client.get("/api/v1/session").json["form_token"], "Idempotency-Key": "upload-4"}
    assert client.post("/api/v1/documents", data=form(), headers=headers).status_code == 201


@pytest.mark.parametrize(
    ("content", "most", "read"),
    [("<Document>ä</Document>".encode(), 100, "<Document>ä</Document>"), (b"\xef\xbb\xbf<a/>", 100, "<a/>")],
)
def test_a_small_text_file_is_read_out_of_a_pages_form(app: Flask, content: bytes, most: int, read: str):
    headers = {"Authorization": "Bearer x"}
    with app.test_request_context(
        "/api/", method="POST", data={"file": (io.BytesIO(content), "a.xml")}, headers=headers
    ):
        assert Upload(request, most).text() == read


@pytest.mark.parametrize(("content", "refusal"), [(b"\xff\xfe", NotXmlText), (b" " * 101, TooLarge)])
def test_a_file_that_is_no_small_text_is_refused(app: Flask, content: bytes, refusal: type[Exception]):
    headers = {"Authorization": "Bearer x"}
    with (
        app.test_request_context(
            "/api/", method="POST", data={"file": (io.BytesIO(content), "a.xml")}, headers=headers
        ),
        pytest.raises(refusal),
    ):
        Upload(request, 100).text()


# ---- out ----


@pytest.fixture
def stored(company: ApiClient) -> Iterator[str]:
    answer = company.post("/api/v1/documents", data=form(content=b"0123456789"))
    return f"/api/v1/documents/{answer.json['document_id']}/content"


def test_the_same_bytes_come_out_with_their_name_and_digest(company: ApiClient, stored: str):
    answer = company.get(stored)
    assert answer.data == b"0123456789"
    assert answer.mimetype == "application/pdf"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "Tarjous%20%C3%84%C3%96.pdf" in answer.headers["Content-Disposition"]
    assert answer.headers["ETag"] == f'"{hashlib.sha256(b"0123456789").hexdigest()}"'
    assert answer.headers["Repr-Digest"].startswith("sha-256=:")


def test_a_broken_download_goes_on_where_it_stopped(company: ApiClient, stored: str):
    answer = company.get(stored, headers={"Range": "bytes=7-"})
    assert (answer.status_code, answer.data) == (206, b"789")
    assert answer.headers["Content-Range"] == "bytes 7-9/10"


def test_a_range_beyond_the_file_is_refused(company: ApiClient, stored: str):
    assert company.get(stored, headers={"Range": "bytes=50-"}).status_code == 416


def test_a_document_can_run_nothing_under_our_name(company: ApiClient, stored: str):
    answer = company.get(f"{stored}?inline=1")
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_a_browser_might_run_is_never_shown_in_it(company: ApiClient, rooms: FakeRooms, stored: str):
    for document in rooms.documents.values():
        document["media_type"] = "text/html"
    assert company.get(f"{stored}?inline=1").headers["Content-Disposition"].startswith("attachment")


def test_a_document_whose_bytes_are_gone_is_not_found(company: ApiClient):
    assert company.get("/api/v1/documents/d-quote/content").status_code == 404
