"""Every page of officials opens whole in three languages, for those whose page it is, and for nobody else."""

from __future__ import annotations

import pytest
from flask import Flask

from shared.contracts.monitoring import CASE_TRAIL
from shared.errors import NotFound
from tests.support.fake_rooms import FakeRooms
from tests.support.portal_pages import Portal, text_of
from tests.support.staff_pages import (
    AUDITOR,
    CLAIM_NEW,
    CLAIM_PAID,
    CLAIM_PROPOSED,
    CLAIM_VERIFIED,
    DECIDER,
    GRANTED,
    HANDLER,
    OWN,
    PROPOSED,
    SUBMITTED,
    VERIFIER,
    assert_whole,
    staff_rooms,
)

LANGUAGES = ("fi", "sv", "en")
TABS = ("arviointi", "hakemus", "liitteet", "tuet", "maksatukset", "ketju")
SHARED = (
    "/tyo/jono",
    "/tyo/jono?nakyma=kaikki&jarjestys=-summa",
    "/tyo/jono?haku=Saimaa&laji=hakemus&maakunta=11&omat=1",
    "/tyo/valtuus",
    *(f"/tyo/asiat/{number}" for number in (SUBMITTED, OWN, PROPOSED, GRANTED)),
    *(f"/tyo/asiat/{GRANTED}?valilehti={tab}" for tab in TABS),
    *(f"/tyo/asiat/{number}/ratkaise" for number in (OWN, PROPOSED, GRANTED)),
    *(f"/tyo/maksatus/{claim_id}" for claim_id in (CLAIM_PAID, CLAIM_NEW, CLAIM_VERIFIED, CLAIM_PROPOSED)),
    *(f"/tyo/maksatus/{claim_id}/ratkaise" for claim_id in (CLAIM_PAID, CLAIM_VERIFIED, CLAIM_PROPOSED)),
)
HANDLERS = (
    *(f"/tyo/asiat/{number}/esitys" for number in (SUBMITTED, OWN, PROPOSED, GRANTED)),
    *(f"/tyo/maksatus/{claim_id}/esitys" for claim_id in (CLAIM_NEW, CLAIM_VERIFIED, CLAIM_PROPOSED)),
)
PAGES = (
    *((person, path) for person in (HANDLER, DECIDER, VERIFIER) for path in SHARED),
    *((HANDLER, path) for path in HANDLERS),
    *((AUDITOR, path) for path in (f"/tyo/asiat/{GRANTED}", f"/tyo/maksatus/{CLAIM_PAID}")),
)


@pytest.fixture
def rooms() -> FakeRooms:
    return staff_rooms()


@pytest.mark.parametrize(("person", "path"), PAGES)
def test_a_page_of_officials_opens_in_every_language(app: Flask, rooms: FakeRooms, person: str, path: str) -> None:
    reader = Portal(app, rooms, person)
    for language in LANGUAGES:
        answer = reader.get(path, language)
        assert answer.status_code == 200
        assert_whole(answer.text, language)


@pytest.mark.parametrize("path", ["/tyo", "/tyo/jono", "/tyo/valtuus", f"/tyo/asiat/{OWN}/ratkaise"])
def test_an_auditor_reads_cases_but_has_no_place_in_the_queue(app: Flask, rooms: FakeRooms, path: str) -> None:
    assert Portal(app, rooms, AUDITOR).get(path).status_code == 403


@pytest.mark.parametrize("path", ["/tyo/jono", f"/tyo/asiat/{SUBMITTED}", f"/tyo/maksatus/{CLAIM_NEW}"])
def test_a_company_does_not_come_to_the_officials_pages(app: Flask, rooms: FakeRooms, path: str) -> None:
    answer = Portal(app, rooms, "p-aino").get(path)
    assert answer.status_code == 403
    assert "esittelijä" in text_of(answer.text)


@pytest.mark.parametrize("person", [DECIDER, VERIFIER])
def test_only_a_presenting_officer_makes_proposals(app: Flask, rooms: FakeRooms, person: str) -> None:
    reader = Portal(app, rooms, person)
    assert reader.get(f"/tyo/asiat/{OWN}/esitys").status_code == 403
    assert reader.get(f"/tyo/maksatus/{CLAIM_VERIFIED}/esitys").status_code == 403


def test_another_authoritys_case_stays_its_own(app: Flask, rooms: FakeRooms) -> None:
    assert Portal(app, rooms, "p-heli").get(f"/tyo/asiat/{SUBMITTED}").status_code == 403


def test_the_front_of_the_desk_is_the_queue(app: Flask, rooms: FakeRooms) -> None:
    assert Portal(app, rooms, DECIDER).get("/tyo").location.endswith("/tyo/jono")


def test_a_case_that_the_trail_has_not_heard_of_opens_all_the_same(app: Flask, rooms: FakeRooms) -> None:
    rooms.refuses(CASE_TRAIL, NotFound(what="case"))
    answer = Portal(app, rooms, HANDLER).get(f"/tyo/asiat/{SUBMITTED}?valilehti=ketju")
    assert answer.status_code == 200
    assert "Muutosketjussa ei vielä ole tätä asiaa" in text_of(answer.text)
