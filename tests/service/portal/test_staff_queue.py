"""The work queue: what waits for whom, the most urgent first, with true counts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.portal.staff.listings import Urgency, urgency_of
from shared.contracts.applications import WORK_QUEUE
from shared.contracts.customers import NAME_PEOPLE
from shared.contracts.payments import LIST_CLAIMS
from shared.dates import helsinki_day
from tests.support import fake_case as case
from tests.support.fake_rooms import FakeRooms
from tests.support.portal_pages import Portal, text_of
from tests.support.staff_pages import (
    CLAIM_NEW,
    CLAIM_PAID,
    CLAIM_PROPOSED,
    CLAIM_VERIFIED,
    DECIDER,
    HANDLER,
    OWN,
    PROPOSED,
    SUBMITTED,
    VERIFIER,
    staff_rooms,
)

SUNDAY = date(2026, 11, 22)
TODAY = helsinki_day(datetime.now(UTC))


@pytest.fixture
def rooms() -> FakeRooms:
    return staff_rooms()


def cases_on(html: str) -> list[str]:
    """The numbers of the cases, in the order of the page."""
    known = (SUBMITTED, OWN, PROPOSED, CLAIM_PAID, CLAIM_NEW, CLAIM_VERIFIED, CLAIM_PROPOSED)
    places = {number: html.find(f">{number}</a>") for number in known}
    return sorted((number for number, at in places.items() if at >= 0), key=lambda number: places[number])


@pytest.mark.parametrize(
    ("person", "waiting"),
    [
        (HANDLER, {SUBMITTED, OWN, CLAIM_VERIFIED}),
        (DECIDER, {PROPOSED, CLAIM_PROPOSED}),
        (VERIFIER, {CLAIM_NEW}),
    ],
)
def test_each_role_finds_what_waits_for_it(app: Flask, rooms: FakeRooms, person: str, waiting: set[str]) -> None:
    assert set(cases_on(Portal(app, rooms, person).get("/tyo/jono").text)) == waiting


def test_the_late_come_first_whichever_list_they_are_from(app: Flask, rooms: FakeRooms) -> None:
    rooms.applications[PROPOSED]["due_on"] = TODAY + timedelta(days=90)
    rooms.claims[CLAIM_PROPOSED]["due_on"] = TODAY - timedelta(days=4)
    page = Portal(app, rooms, DECIDER).get("/tyo/jono").text
    assert cases_on(page) == [CLAIM_PROPOSED, PROPOSED]
    assert "Myöhässä (1)" in text_of(page)
    assert "4 päivää myöhässä" in text_of(page)
    assert "Myöhemmin (1)" in text_of(page)


def test_the_largest_sums_first_when_asked(app: Flask, rooms: FakeRooms) -> None:
    rooms.applications[PROPOSED]["aid_sought"] = case.euros("500000.00")
    page = Portal(app, rooms, DECIDER).get("/tyo/jono?jarjestys=-summa").text
    assert cases_on(page) == [PROPOSED, CLAIM_PROPOSED]
    assert 'aria-sort="descending"' in page
    assert "Myöhemmin (" not in text_of(page)


def test_narrowing_asks_the_rooms_for_less(app: Flask, rooms: FakeRooms) -> None:
    Portal(app, rooms, HANDLER).get("/tyo/jono?nakyma=kaikki&laji=hakemus&tila=submitted&maakunta=11&haku=saha&omat=1")
    [asked] = [one.data for one in rooms.asked_for(WORK_QUEUE)]
    assert {name: asked[name] for name in ("group", "state", "region", "search", "handler", "sort")} == {
        "group": "open",
        "state": ["submitted"],
        "region": "11",
        "search": "saha",
        "handler": "me",
        "sort": "",
    }
    assert all(one.data["size"] == 1 for one in rooms.asked_for(LIST_CLAIMS))  # only the counts of the views


def test_what_was_typed_to_narrow_with_stays_in_its_fields(app: Flask, rooms: FakeRooms) -> None:
    page = Portal(app, rooms, HANDLER).get("/tyo/jono?haku=Liperin+saha&tila=submitted&omat=1").text
    assert 'value="Liperin saha"' in page
    assert '<option value="submitted" selected>' in page
    assert 'name="omat" value="1" checked' in page


@pytest.mark.parametrize("spoiled", ["sivu=-1", "sivu=abc", "jarjestys=--summa", "jarjestys=x", "nakyma=x", "tila=x"])
def test_a_spoiled_address_shows_the_usual_queue(app: Flask, rooms: FakeRooms, spoiled: str) -> None:
    answer = Portal(app, rooms, HANDLER).get(f"/tyo/jono?{spoiled}")
    assert answer.status_code == 200
    assert cases_on(answer.text)


def test_people_nobody_knows_are_asked_for_once_and_shown_by_their_ids(app: Flask, rooms: FakeRooms) -> None:
    for number, handler in ((SUBMITTED, "official-1"), (OWN, "official-2"), (PROPOSED, "official-3")):
        rooms.applications[number].update(handler=handler, state="in_assessment")

    page = text_of(Portal(app, rooms, HANDLER).get("/tyo/jono?nakyma=kaikki&laji=hakemus").text)

    assert "Odottaa: official-2" in page
    assert len(rooms.asked_for(NAME_PEOPLE)) == 1


def test_an_empty_queue_says_so_and_leads_on(app: Flask, rooms: FakeRooms) -> None:
    rooms.claims.clear()
    page = text_of(Portal(app, rooms, VERIFIER).get("/tyo/jono").text)
    assert "Mikään asia ei odota nyt tässä" in page
    assert "Katso kaikki vireillä olevat" in page


def test_a_colleagues_case_tells_whom_it_waits_for(app: Flask, rooms: FakeRooms) -> None:
    rooms.applications[OWN]["handler"] = "p-timo"
    page = text_of(Portal(app, rooms, HANDLER).get("/tyo/jono?nakyma=kaikki&tila=in_assessment").text)
    assert "Odottaa: Timo Laine" in page


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_a_case_is_late_only_after_its_last_day(today: date, due_on: date) -> None:
    urgency = urgency_of(due_on, today)
    assert (urgency is Urgency.LATE) == (due_on < today)
    if urgency is Urgency.WEEK:
        assert due_on.isocalendar()[:2] == today.isocalendar()[:2]


def test_a_case_without_a_day_is_never_urgent() -> None:
    assert urgency_of(None, SUNDAY) is Urgency.LATER
    assert urgency_of(SUNDAY, SUNDAY) is Urgency.WEEK


def test_a_case_left_without_its_handler_is_first_taken(app: Flask, rooms: FakeRooms) -> None:
    """A conflict takes the case from its handler in the middle of the assessment; a proposal needs one."""
    handler = Portal(app, rooms, HANDLER)
    search = f"/tyo/jono?nakyma=kaikki&haku={OWN}"
    assert "Tee päätösesitys" in text_of(handler.get(search).text)

    rooms.applications[OWN] |= {"handler": None}

    shown = text_of(handler.get(search).text)
    assert "Ota asia arvioitavaksi" in shown
    assert "Tee päätösesitys" not in shown
