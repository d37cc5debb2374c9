"""Pages of payers, auditors and operators: whole in three languages, closed to others, changing nothing unasked."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound as NoSuchAddress

from services.gateway.policy import table
from shared.contracts import OPERATIONS, Kind
from tests.service.portal.test_pages import LANGUAGES, assert_well_formed
from tests.support.fake_rooms import FakeRooms
from tests.support.oversight_pages import (
    AUDITOR,
    CASE,
    COMPANY,
    FILE,
    HANDLER,
    OPERATOR,
    PARKED,
    PAYER,
    PAYMENT,
    oversight_rooms,
)
from tests.support.portal_pages import Portal, Taken

PAYERS = ("/maksu/valmiit", "/maksu/erat", f"/maksu/erat/{FILE}", "/maksu/vastaukset", "/maksu/palautuneet")
AUDITORS = (
    "/valvonta",
    "/valvonta/hankkeet",
    "/valvonta/hankkeet?tila=paid&maakunta=11&q=Saimaan&jarjestys=-paid",
    f"/valvonta/hankkeet/{CASE}",
    "/valvonta/maksut?tila=settled",
    f"/valvonta/reitti/{PAYMENT}",
    "/valvonta/ketju",
    "/valvonta/valtuus",
    f"/maksu/erat/{FILE}",
)
OPERATORS = (
    "/yllapito/pysaytetyt",
    PARKED,
    f"{PARKED}/hylkaa",
    "/yllapito/posti",
    "/yllapito/posti?tila=waiting&uudelleen=2",
    "/yllapito/tiedostot",
    "/yllapito/tiedostot?tarkistetaan=1",
    "/yllapito/valtuus",
    "/valvonta/ketju",
)
EVERY = [
    *((PAYER, path) for path in PAYERS),
    *((AUDITOR, path) for path in AUDITORS),
    *((OPERATOR, path) for path in OPERATORS),
]


@pytest.fixture
def rooms() -> FakeRooms:
    return oversight_rooms()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("person", "path"), EVERY)
def test_a_page_opens_for_those_whose_work_it_is(
    app: Flask, rooms: FakeRooms, person: str, path: str, language: str
) -> None:
    answer = Portal(app, rooms, person).get(path, language)
    assert answer.status_code == 200
    assert_well_formed(answer.text, language)


@pytest.mark.parametrize(("person", "path"), EVERY)
def test_it_is_closed_to_companies_and_to_those_with_other_work(
    app: Flask, rooms: FakeRooms, person: str, path: str
) -> None:
    for stranger in (COMPANY, HANDLER):
        assert Portal(app, rooms, stranger).get(path).status_code == 403


@pytest.mark.parametrize(("person", "path"), EVERY)
def test_no_link_on_it_is_dead(app: Flask, rooms: FakeRooms, person: str, path: str) -> None:
    addresses = app.url_map.bind("localhost")
    for link in Taken(Portal(app, rooms, person).get(path).text).links:
        target = urlsplit(link)
        try:
            _ = addresses.match(target.path, "GET") if target.path else None
        except NoSuchAddress:
            pytest.fail(f"{path} leads to {link}, where there is nothing")


@pytest.mark.parametrize("path", AUDITORS)
def test_an_auditors_page_has_nothing_to_change_with(app: Flask, rooms: FakeRooms, path: str) -> None:
    forms = Taken(Portal(app, rooms, AUDITOR).get(path).text).forms
    posting = [form.action for form in forms if "csrf_token" in form.fields]
    assert posting == ["/ulos"]


def test_an_auditors_addresses_ask_no_room_for_a_change(app: Flask) -> None:
    watched = {name: access for name, access in table(app).items() if app_path(app, name).startswith("/valvonta")}
    asked = {operation for access in watched.values() for operation in access.operations}
    assert {OPERATIONS[address].kind for address in asked} == {Kind.QUERY}


@pytest.mark.parametrize(
    ("person", "first"),
    [(PAYER, "/maksu/valmiit"), (AUDITOR, "/valvonta"), (OPERATOR, "/yllapito/pysaytetyt")],
)
def test_the_first_place_of_the_bar_is_the_days_work(app: Flask, rooms: FakeRooms, person: str, first: str) -> None:
    page = Portal(app, rooms, person).get(first).text
    assert f'<a href="{first}" aria-current="page">' in page


def test_the_short_addresses_lead_to_the_first_place(app: Flask, rooms: FakeRooms) -> None:
    assert Portal(app, rooms, PAYER).get("/maksu").location == "/maksu/valmiit"
    assert Portal(app, rooms, OPERATOR).get("/yllapito").location == "/yllapito/pysaytetyt"


def app_path(app: Flask, endpoint: str) -> str:
    return next(rule.rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
