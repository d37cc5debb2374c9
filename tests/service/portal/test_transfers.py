"""Transferring a case to the competent authority, and the list of what has been transferred."""

from __future__ import annotations

import pytest
from flask import Flask

from services.applications.domain.errors import WrongState
from shared.contracts.applications import TRANSFER_CASE
from shared.errors import Fault, InvalidFields
from tests.support.fake_rooms import FakeRooms
from tests.support.portal_pages import Portal, text_of
from tests.support.staff_pages import HANDLER, OWN, staff_rooms

PAGE = f"/tyo/asiat/{OWN}/siirra"
SENT = {"to": "KES", "reason": "Hanke toteutetaan Jyväskylässä."}


@pytest.fixture
def rooms() -> FakeRooms:
    return staff_rooms()


@pytest.fixture
def handler(app: Flask, rooms: FakeRooms) -> Portal:
    return Portal(app, rooms, HANDLER)


def test_the_case_leads_to_its_transfer_and_the_page_names_the_others(handler: Portal) -> None:
    assert f'href="{PAGE}"' in handler.get(f"/tyo/asiat/{OWN}").text
    page = handler.get(PAGE).text
    assert "Keski-Suomen elinvoimakeskus" in page
    assert '<option value="ITA"' not in page


def test_a_transfer_is_sent_once_and_its_record_is_shown(handler: Portal, rooms: FakeRooms) -> None:
    answer = handler.post(PAGE, **SENT)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/tyo/siirrot")
    [asked] = rooms.asked_for(TRANSFER_CASE)
    assert (asked.data["to"], asked.data["reason"]) == ("KES", SENT["reason"])
    assert asked.asker.idempotency_key
    shown = text_of(handler.get("/tyo/siirrot").text)
    assert OWN in shown
    assert SENT["reason"] in shown


def test_what_is_missing_is_said_before_the_room_is_asked(handler: Portal, rooms: FakeRooms) -> None:
    answer = handler.post(PAGE, to="KES", reason=" ")

    assert answer.status_code == 422
    assert 'href="#reason"' in answer.text
    assert rooms.asked_for(TRANSFER_CASE) == []


@pytest.mark.parametrize(
    ("refusal", "status", "said"),
    [
        (InvalidFields(faults=[Fault("to", "same_authority")]), 422, "Asia on jo tällä viranomaisella."),
        (WrongState(state="proposed", action="transfer"), 409, "tilassa"),
    ],
)
def test_a_refusal_keeps_the_reason_that_was_written(
    handler: Portal, rooms: FakeRooms, refusal: Exception, status: int, said: str
) -> None:
    rooms.refuses(TRANSFER_CASE, refusal)

    answer = handler.post(PAGE, **SENT)

    assert answer.status_code == status
    assert said in text_of(answer.text)
    assert SENT["reason"] in answer.text


def test_the_authority_that_got_the_case_opens_it_from_the_list_and_the_giver_does_not(
    handler: Portal, rooms: FakeRooms
) -> None:
    handler.post(PAGE, **SENT)
    opens = f'href="/tyo/asiat/{OWN}"'

    assert opens not in handler.get("/tyo/siirrot").text
    for one in rooms.casework.transfers:
        one["given_to"] = "ITA"
    assert opens in handler.get("/tyo/siirrot").text


def test_where_nothing_has_been_transferred_the_list_says_so(handler: Portal, rooms: FakeRooms) -> None:
    rooms.casework.transfers.clear()

    assert "Mitään ei ole siirretty." in text_of(handler.get("/tyo/siirrot").text)
