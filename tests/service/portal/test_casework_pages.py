"""The officials' casework by hand: the gate before a case, handing it on, substitutes, and views that are kept."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from services.applications.domain.errors import DeclareFirst, Disqualified, NotAHandler
from shared.contracts import applications as a
from shared.contracts import customers as c
from shared.contracts import payments as p
from shared.messaging.wire import ServiceAway
from shared.money import Rate
from tests.support import fake_case as case
from tests.support.fake_rooms import FakeRooms
from tests.support.portal_pages import Portal, Taken, text_of
from tests.support.staff_pages import (
    CLAIM_VERIFIED,
    DECIDER,
    HANDLER,
    OTHER_HANDLER,
    SUBMITTED,
    assert_whole,
    staff_rooms,
)

GATE = f"/tyo/asiat/{SUBMITTED}/este"
CONTENT = ("94 500", "Lämmöntalteenotto", "sopimus")


@pytest.fixture
def rooms() -> FakeRooms:
    rooms = staff_rooms()
    link = {
        "link_id": "l-1",
        "owner": case.BAATAR,
        "owned": case.VERSTAS,
        "owner_name": "Kustens Båtbyggeri Ab",
        "owned_name": "Saimaan Verstas Oy",
        "kind": "partner",
        "share": Rate.of("37.5"),
        "since": date(2024, 1, 1),
        "until": None,
        "source": "register",
        "recorded_by": "p-timo",
        "recorded_at": case.NOW,
    }
    rooms.answers(c.LIST_OWNERSHIP, {"items": [link]})
    preferences = {"business_id": case.VERSTAS, "second_signature": False, "responsible": None, "version": 1}
    rooms.answers(c.LIST_COMPANY_PEOPLE, {"items": [], "invitations": [], "preferences": preferences})
    return rooms


@pytest.fixture
def handler(app: Flask, rooms: FakeRooms) -> Portal:
    return Portal(app, rooms, HANDLER)


@pytest.fixture
def decider(app: Flask, rooms: FakeRooms) -> Portal:
    return Portal(app, rooms, DECIDER)


# ---- the gate ----


def test_a_case_that_is_shut_leads_to_its_gate_and_from_there_back(handler: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(a.GET_APPLICATION, DeclareFirst(number=SUBMITTED))

    answer = handler.get(f"/tyo/asiat/{SUBMITTED}?valilehti=liitteet")

    assert answer.status_code == 303
    assert answer.location.startswith(f"{GATE}?paluu=")
    onwards = handler.post(answer.location, answer.location, answer="none")
    assert (onwards.status_code, onwards.location) == (303, f"/tyo/asiat/{SUBMITTED}?valilehti=liitteet")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_gate_shows_the_parties_and_three_answers_none_of_them_chosen(
    handler: Portal, rooms: FakeRooms, language: str
) -> None:
    html = handler.get(f"{GATE}?kieli={language}").text

    assert_whole(html, language)
    assert html.count('type="radio"') == 3
    assert " checked" not in html
    told = text_of(html)
    assert "Saimaan Verstas Oy" in told
    assert "Kustens Båtbyggeri Ab 37,5" in told.replace("37.5", "37,5")
    assert not [word for word in CONTENT if word in told]
    assert rooms.asked_for(a.GET_APPLICATION) == []


def test_the_gate_opens_without_the_register_and_says_what_is_not_known(handler: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(c.LIST_OWNERSHIP, ServiceAway("no answer"))

    assert "ei tiedossa nyt" in text_of(handler.get(GATE).text)


def test_no_answer_is_asked_for_again(handler: Portal, rooms: FakeRooms) -> None:
    answer = handler.post(GATE, GATE)

    assert answer.status_code == 422
    assert rooms.asked_for(a.DECLARE_INTEREST) == []


def test_a_conflict_is_told_with_its_ground_and_the_page_says_what_became_of_the_case(
    handler: Portal, rooms: FakeRooms
) -> None:
    answer = handler.post(GATE, GATE, answer="conflict", ground="party", note="Veljeni yritys.")

    assert (answer.status_code, answer.location) == (303, GATE)
    told = rooms.asked_for(a.DECLARE_INTEREST)[0].data
    assert (told["answer"], told["ground"], told["note"]) == ("conflict", "party", "Veljeni yritys.")
    assert "Et käsittele tätä asiaa" in text_of(handler.get(GATE).text)


def test_who_is_disqualified_gets_the_gate_instead_of_the_case(handler: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(a.GET_APPLICATION, Disqualified(number=SUBMITTED))

    assert handler.get(f"/tyo/asiat/{SUBMITTED}").location.startswith(GATE)


def test_a_decision_maker_resolves_anothers_doubt_with_a_reason(
    handler: Portal, decider: Portal, rooms: FakeRooms
) -> None:
    handler.post(GATE, GATE, answer="unsure", note="Entinen työnantaja.")
    shown = text_of(decider.get(GATE).text)
    assert "Pekka Virtanen: ei varma" in shown
    assert "Entinen työnantaja." in shown

    without = decider.post(GATE, f"{GATE}/{HANDLER}", verdict="lifted")
    resolved = decider.post(GATE, f"{GATE}/{HANDLER}", verdict="lifted", reason="Vuosia sitten.")

    assert (without.status_code, resolved.status_code) == (422, 303)
    assert rooms.asked_for(a.RESOLVE_INTEREST)[0].data["reason"] == "Vuosia sitten."


def test_every_step_of_a_case_has_the_way_back_to_ones_answer(handler: Portal, decider: Portal) -> None:
    for portal, path in (
        (handler, f"/tyo/asiat/{SUBMITTED}"),
        (handler, "/tyo/asiat/A80648/esitys"),
        (decider, "/tyo/asiat/A80641/ratkaise"),
    ):
        assert f'href="{path.rsplit("/", 1)[0] if path.count("/") > 3 else path}/este"' in portal.get(path).text


# ---- whose hands ----


def test_a_case_is_given_on_with_a_reason(handler: Portal, rooms: FakeRooms) -> None:
    page = f"/tyo/asiat/{SUBMITTED}/kasittelija"
    assert "Heli Koskinen, 12 avointa asiaa" in text_of(handler.get(page).text)

    assert handler.post(page, page, to=OTHER_HANDLER).status_code == 422
    assert handler.post(page, page, to=OTHER_HANDLER, reason="Loma alkaa.").status_code == 303

    [asked] = [one.data for one in rooms.asked_for(a.ASSIGN_CASE)]
    assert (asked["to"], asked["reason"]) == (OTHER_HANDLER, "Loma alkaa.")
    assert rooms.applications[SUBMITTED]["handler"] == OTHER_HANDLER


def test_a_case_given_to_nobody_is_released(handler: Portal, rooms: FakeRooms) -> None:
    page = f"/tyo/asiat/{SUBMITTED}/kasittelija"

    handler.post(page, page, to="nobody", reason="Ei ehdi.")

    assert rooms.asked_for(a.RELEASE_CASE)[0].data["reason"] == "Ei ehdi."


def test_a_refusal_keeps_what_was_typed(handler: Portal, rooms: FakeRooms) -> None:
    page = f"/tyo/asiat/{SUBMITTED}/kasittelija"
    rooms.refuses(a.ASSIGN_CASE, NotAHandler(person=OTHER_HANDLER, authority="ITA"))

    answer = handler.post(page, page, to=OTHER_HANDLER, reason="Loma alkaa.")

    assert answer.status_code == 422
    assert "Heli Koskinen ei ole esittelijä" in text_of(answer.text)
    assert "Loma alkaa." in answer.text


def test_a_substitute_is_named_by_days_as_people_write_them(handler: Portal, rooms: FakeRooms) -> None:
    days = {"first": "21.12.2026", "last": "8.1.2027"}
    form: dict[str, Any] = {"person": HANDLER, "substitute": OTHER_HANDLER, **days}

    assert handler.post("/tyo/sijaiset", "/tyo/sijaiset", **form | {"last": "joskus"}).status_code == 422
    assert handler.post("/tyo/sijaiset", "/tyo/sijaiset", **form).status_code == 303

    asked = rooms.asked_for(a.SET_SUBSTITUTE)[0].data
    assert (asked["first"], asked["last"]) == (date(2026, 12, 21), date(2027, 1, 8))
    assert "Heli Koskinen" in text_of(handler.get("/tyo/sijaiset").text)


# ---- kept views ----


def test_a_narrowing_is_kept_as_a_view_and_deleted_by_its_owner(handler: Portal, rooms: FakeRooms) -> None:
    page = handler.get("/tyo/jono?nakyma=kaikki&maakunta=11&vahintaan=10+000&myohassa=1").text
    assert "Tallenna tämä rajaus näkymäksi" in text_of(page)
    new = "/tyo/nakymat/uusi?group=open&region=11&aid_least=10000.00&overdue=1"

    kept = handler.post(new, "/tyo/nakymat/uusi", name="Savon myöhäiset", shared="kylla")

    assert kept.status_code == 303
    asked = rooms.asked_for(a.SAVE_VIEW)[0].data
    assert (asked["filters"]["region"], asked["filters"]["overdue"], asked["shared"]) == ("11", True, True)
    assert str(asked["filters"]["aid_least"]) == "10000.00"
    view = handler.get(kept.location).text
    assert "Savon myöhäiset" in text_of(view)
    handler.post(kept.location, kept.location.replace("jono?nakyma=", "nakymat/") + "/poista")
    assert "Savon myöhäiset" not in text_of(handler.get("/tyo/jono").text)


def test_a_view_of_claims_is_kept_with_its_count(handler: Portal, rooms: FakeRooms) -> None:
    page = handler.get("/tyo/jono?nakyma=esiteltavat&maakunta=11").text
    [offered] = [link for link in Taken(page).links if link.startswith("/tyo/nakymat/uusi")]
    assert parse_qs(urlsplit(offered).query) == {"kind": ["claim"], "claim_state": ["verified"], "region": ["11"]}

    kept = handler.post(offered, "/tyo/nakymat/uusi", name="Savon maksatukset")

    asked = rooms.asked_for(a.SAVE_VIEW)[0].data["filters"]
    assert (asked["kind"], asked["claim_state"], asked["region"]) == ("claim", ["verified"], "11")
    counted = rooms.asked_for(p.COUNT_CLAIMS)
    view = handler.get(kept.location)
    assert CLAIM_VERIFIED in view.text
    assert rooms.asked_for(a.WORK_QUEUE) == [], "no applications are asked for"
    [narrowing] = [one for one in rooms.asked_for(p.COUNT_CLAIMS)[len(counted)].data["narrowings"] if one["region"]]
    assert narrowing == {"state": ["verified"], "region": "11", "search": ""}


def test_a_view_of_both_lists_keeps_both(handler: Portal, rooms: FakeRooms) -> None:
    page = handler.get("/tyo/jono?nakyma=kaikki&haku=verstas").text
    [offered] = [link for link in Taken(page).links if link.startswith("/tyo/nakymat/uusi")]

    kept = handler.post(offered, "/tyo/nakymat/uusi", name="Verstas")

    asked = rooms.asked_for(a.SAVE_VIEW)[0].data["filters"]
    assert (asked["kind"], asked["group"], asked["search"]) == ("both", "open", "verstas")
    handler.get(kept.location)
    assert rooms.asked_for(a.WORK_QUEUE)[-1].data["search"] == "verstas"
    assert rooms.asked_for(p.LIST_CLAIMS)[-1].data["search"] == "verstas"


def test_a_narrowing_that_no_claim_can_fit_is_kept_of_applications_alone(handler: Portal) -> None:
    page = handler.get("/tyo/jono?nakyma=kaikki&myohassa=1").text

    [offered] = [link for link in Taken(page).links if link.startswith("/tyo/nakymat/uusi")]
    assert "kind" not in offered


def test_a_view_without_a_name_is_asked_for_one(handler: Portal) -> None:
    assert handler.post("/tyo/nakymat/uusi?region=11", "/tyo/nakymat/uusi").status_code == 422


def test_almost_found_names_what_was_perhaps_meant(handler: Portal, rooms: FakeRooms) -> None:
    row = rooms.applications[SUBMITTED] | {
        "urgency": "later",
        "waiting_for": "handler",
        "standing": "undeclared",
        "stands_in_for": None,
        "unsure": False,
    }
    counts = {"late": 0, "week": 0, "later": 1}
    found = {"items": [row], "total": 1, "counts": counts, "almost": True, "meant": "Saimaan Verstas Oy", "more": False}
    rooms.answers(a.WORK_QUEUE, found)

    page = handler.get("/tyo/jono?nakyma=haku&haku=saimaam+verstss")

    assert "Missään ei ole ”saimaam verstss”" in text_of(page.text)
    assert ">Saimaan Verstas Oy</a>?" in page.text


def test_a_search_that_very_many_fit_says_that_another_word_tells_more(handler: Portal, rooms: FakeRooms) -> None:
    counts = {"late": 0, "week": 0, "later": 200}
    found = {"items": [], "total": 200, "counts": counts, "almost": False, "meant": None, "more": True}
    rooms.answers(a.WORK_QUEUE, found)

    page = text_of(handler.get("/tyo/jono?nakyma=haku&haku=oy").text)

    assert "Yli 200 asiassa on ”oy”. Toinen sana kertoo enemmän." in page
    assert "200+" in page


def test_nothing_found_in_the_view_leads_to_all_cases(handler: Portal, rooms: FakeRooms) -> None:
    nothing = {"late": 0, "week": 0, "later": 0}
    rooms.answers(
        a.WORK_QUEUE, {"items": [], "total": 0, "counts": nothing, "almost": False, "meant": None, "more": False}
    )
    rooms.claims.clear()

    page = handler.get("/tyo/jono?haku=xyz").text

    assert "nakyma=haku&amp;haku=xyz" in page
