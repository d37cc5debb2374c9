"""Attachments: stored as they come, joined by digest, removable while a draft."""

from __future__ import annotations

import io
from urllib.parse import parse_qs, urlsplit

import pytest

from services.documents.domain.errors import FileTypeNotAllowed
from shared.contracts.applications import ATTACH, DETACH
from shared.contracts.documents import STORE_DOCUMENT
from shared.errors import ChangedMeanwhile
from tests.support.fake_rooms import FakeRooms
from tests.support.portal_pages import DRAFT, READY, Portal, form_in

PAGE = f"/oma/asiat/{DRAFT}/liitteet"
QUOTE = f"{PAGE}/quote"


def send(portal: Portal, name: str = "tarjous.pdf"):
    form = form_in(portal.get(PAGE).text, QUOTE).fields
    data = {**form, "file": (io.BytesIO(b"%PDF-1.7 quote"), name)}
    return portal.client.post(QUOTE, data=data, content_type="multipart/form-data")


def test_a_file_is_stored_and_joined_to_the_application(portal: Portal, rooms: FakeRooms) -> None:
    assert send(portal).location == PAGE
    stored = rooms.asked_for(STORE_DOCUMENT)[0]
    joined = rooms.asked_for(ATTACH)[0]
    assert stored.data["subject"] == f"application/{DRAFT}"
    assert joined.data["attachment"]["kind"] == "quote"
    assert joined.data["attachment"]["sha256"] == stored.data["sha256"]
    assert stored.asker.idempotency_key != joined.asker.idempotency_key


def test_a_file_of_the_wrong_type_is_said_at_its_own_field(portal: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(STORE_DOCUMENT, FileTypeNotAllowed(allowed="PDF, JPEG"))
    answer = send(portal, "ohjelma.exe")
    assert answer.status_code == 422
    assert 'id="file-quote-e"' in answer.text
    assert "PDF, JPEG" in answer.text


def test_a_colleague_who_writes_meanwhile_does_not_stop_a_file(portal: Portal, rooms: FakeRooms) -> None:
    tried = []

    def attach(asker, data):
        tried.append(data["version"])
        if len(tried) == 1:
            rooms.applications[DRAFT]["version"] += 1
            raise ChangedMeanwhile(by="p-leena", at="2026-11-22T21:50:00+00:00")
        return rooms.applications[DRAFT] | {"saved_at": rooms.applications[DRAFT]["saved_at"]}

    rooms.answers(ATTACH, attach)
    assert send(portal).status_code == 303
    assert tried == [2, 3]


@pytest.mark.parametrize(("sent_from", "back"), [(f"http://localhost{PAGE}", PAGE), ("https://evil.example/x", "")])
def test_a_file_that_met_an_ended_session_is_chosen_again_on_the_page_it_was_sent_from(
    portal: Portal, rooms: FakeRooms, sent_from: str, back: str
) -> None:
    data = {**form_in(portal.get(PAGE).text, QUOTE).fields, "file": (io.BytesIO(b"%PDF-1.7 quote"), "tarjous.pdf")}
    rooms.sessions.clear()
    portal.app.extensions["sessions"]._seen.clear()
    answer = portal.client.post(QUOTE, data=data, content_type="multipart/form-data", headers={"Referer": sent_from})
    assert parse_qs(urlsplit(answer.location).query).get("takaisin", [""]) == [back]


def test_a_file_can_be_taken_off_a_draft(portal: Portal, rooms: FakeRooms) -> None:
    page = f"/oma/asiat/{READY}/liitteet"
    answer = portal.post(page, f"{page}/d-quote/poista")
    assert answer.location == page
    assert rooms.asked_for(DETACH)[0].data["document_id"] == "d-quote"
