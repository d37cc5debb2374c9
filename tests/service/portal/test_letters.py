"""Letters on the pages: asked for and written in another language, checked by code, digest or file."""

from __future__ import annotations

import hashlib
import io
import re
from urllib.parse import urlencode

import pytest
from flask import Flask

from services.documents.domain.errors import BeingScanned, FileInfected, TranslatedAlready
from shared.contracts.applications import ATTACH
from shared.contracts.documents import ASK_LETTER_IN, CHECK_FILE, OPEN_DOCUMENT, STORE_DOCUMENT, TRANSLATE_LETTER
from shared.errors import Fault, InvalidFields
from tests.support import fake_case as case
from tests.support.fake_letters import LETTER_ROW, TEXTS
from tests.support.fake_rooms import FakeRooms
from tests.support.portal_pages import DRAFT, Portal, form_in, text_of

OWN = "/oma/asiat/A80412/kirjeet"
WRITING = f"/tyo/kirjeet/{LETTER_ROW['letter_id']}/kaannos"


@pytest.fixture
def handler(app: Flask, rooms: FakeRooms) -> Portal:
    return Portal(app, rooms, "p-pekka")


def test_a_company_sees_when_review_can_be_sought_and_when_the_decision_is_final(portal: Portal) -> None:
    told = text_of(portal.get(OWN).text)

    assert "14.12.2026" in told
    assert "17.12.2026" in told
    assert "9D9E-23BE-C8F9-7A6A" in told


def test_a_company_asks_for_its_letter_in_another_language(portal: Portal, rooms: FakeRooms) -> None:
    answer = portal.post(OWN, OWN, language="en", letter_id=LETTER_ROW["letter_id"])

    assert answer.location == OWN
    [asked] = rooms.asked_for(ASK_LETTER_IN)
    assert asked.data == {"letter_id": LETTER_ROW["letter_id"], "language": "en"}


def test_what_has_been_asked_for_is_not_asked_for_again(portal: Portal) -> None:
    page = portal.get(OWN).text

    assert "Pyydä kirje ruotsiksi" not in page
    assert "Pyydä kirje englanniksi" in page


def test_an_official_writes_every_text_in_the_other_language(handler: Portal, rooms: FakeRooms) -> None:
    page = handler.get(f"{WRITING}?kielella=sv").text
    assert all(line in page for text in TEXTS.values() for line in text.splitlines())

    answer = handler.post(f"{WRITING}?kielella=sv", WRITING, **{"teksti-1": "Motivering.", "teksti-2": "Villkor."})

    assert answer.location == "/tyo/asiat/A80412/kirjeet"
    [asked] = rooms.asked_for(TRANSLATE_LETTER)
    assert asked.data["language"] == "sv"
    assert asked.data["texts"] == {"reasons": "Motivering.", "conditions.0": "Villkor."}


def test_half_a_translation_stays_on_the_page_with_what_is_missing(handler: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(TRANSLATE_LETTER, InvalidFields(faults=[Fault("texts.conditions.0", "text_missing")]))

    answer = handler.post(f"{WRITING}?kielella=sv", WRITING, **{"teksti-1": "Motivering."})

    assert answer.status_code == 422
    assert 'id="teksti-2-e"' in answer.text
    assert "Motivering." in answer.text


def test_a_letter_that_somebody_else_has_translated_meanwhile_is_said(handler: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(TRANSLATE_LETTER, TranslatedAlready())

    answer = handler.post(f"{WRITING}?kielella=sv", WRITING, **{"teksti-1": "x", "teksti-2": "y"})

    assert "Kirje on jo käännetty." in text_of(answer.text)


def test_anybody_checks_a_letter_by_its_file_and_nothing_of_it_is_kept(visitor: Portal, rooms: FakeRooms) -> None:
    content = b"%PDF-1.7 letter"
    rooms.answers(CHECK_FILE, case.LETTER)
    token = re.search(r'name="csrf_token" value="([^"]+)"', visitor.get("/todenna").text)[1]

    data = {"csrf_token": token, "file": (io.BytesIO(content), "kirje.pdf")}
    answer = visitor.client.post("/todenna", data=data, content_type="multipart/form-data")

    assert answer.status_code == 200
    assert "A80655" in text_of(answer.text)
    [asked] = rooms.asked_for(CHECK_FILE)
    assert asked.data["sha256"] == hashlib.sha256(content).hexdigest()
    assert rooms.asked_for(STORE_DOCUMENT) == []


@pytest.mark.parametrize("digest", [case.DIGEST, f"{case.DIGEST[:32]} {case.DIGEST[32:].upper()}"])
def test_a_digest_may_be_typed_with_spaces_and_capitals(visitor: Portal, digest: str) -> None:
    answer = visitor.get("/todenna?" + urlencode({"tiiviste": digest}))

    assert answer.status_code == 200
    assert "A80655" in text_of(answer.text)


def test_a_digest_of_nothing_of_ours_is_said(visitor: Portal) -> None:
    assert visitor.get(f"/todenna?tiiviste={'00' * 32}").status_code == 404
    assert visitor.get("/todenna?tiiviste=ei+tiiviste").status_code == 404


@pytest.mark.parametrize(
    ("refusal", "status", "said"),
    [
        (BeingScanned(), 409, "virukset"),
        (FileInfected(virus="Win.Test"), 403, "Win.Test"),
    ],
)
def test_a_file_that_may_not_be_opened_says_why(portal: Portal, rooms: FakeRooms, refusal, status, said) -> None:
    rooms.refuses(OPEN_DOCUMENT, refusal)

    answer = portal.get("/asiakirja/d-quote")

    assert answer.status_code == status
    assert said in text_of(answer.text)


def test_an_infected_attachment_is_no_link_and_says_what_to_do(portal: Portal, rooms: FakeRooms) -> None:
    rooms.documents["d-quote"] |= {"scan": "infected", "finding": "Win.Test", "subject": "application/A80655"}

    page = portal.get("/oma/asiat/A80655/liitteet").text

    assert "Win.Test" in page
    assert 'href="/asiakirja/d-quote' not in page


def test_the_same_file_in_another_case_is_told_with_its_case(portal: Portal, rooms: FakeRooms) -> None:
    same = {
        "document_id": "d-9",
        "subject": "claim/M80412-1",
        "business_id": case.VERSTAS,
        "file_name": "lasku.pdf",
        "stored_at": case.days_ago(3),
    }
    rooms.documents["d-quote"] |= {"same_files": [same], "same_as": ["d-9"]}

    told = text_of(portal.get("/oma/asiat/A80655/liitteet").text)

    assert "Sama tiedosto on myös täällä" in told
    assert "M80412-1" in told


def test_a_file_that_came_in_pieces_is_joined_like_any_other(portal: Portal, rooms: FakeRooms) -> None:
    rooms.documents["d-large"] = rooms.documents["d-quote"] | {
        "document_id": "d-large",
        "subject": f"application/{DRAFT}",
    }
    page = f"/oma/asiat/{DRAFT}/liitteet"

    fields = form_in(portal.get(page).text, f"{page}/quote").fields

    def joined(document_id: str, key: str):
        told = fields | {"document_id": document_id, "idempotency_key": key}
        return portal.client.post(f"{page}/quote/valmis", data=told)

    answer, foreign = joined("d-large", "one"), joined("d-quote", "two")

    assert answer.location == page
    [asked] = rooms.asked_for(ATTACH)
    assert asked.data["attachment"]["document_id"] == "d-large"
    assert foreign.status_code == 404
