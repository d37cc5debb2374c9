"""The company's own pages: registers, people, keys and ownership; and the same company as officials see it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from services.customers.domain.errors import ReleaseOver
from shared.asker import Asker, Role
from shared.contracts.customers import (
    ASK_RELEASE,
    CHANGE_PERSONS_ROLE,
    CREATE_API_KEY,
    END_PERSON,
    FETCH_REGISTER_DATA,
    GET_REGISTER_DATA,
    INVITE_PERSON,
    LIST_COMPANY_PEOPLE,
    LIST_DISAGREEMENTS,
    LIST_UNDERTAKINGS,
    RECORD_OWNERSHIP,
    REGISTER_UNDERTAKING,
    REPORT_DISAGREEMENT,
    REVOKE_API_KEY,
    SET_COMPANY_PREFERENCES,
    SETTLE_DISAGREEMENT,
    SETTLE_RELEASE,
    WITHDRAW_INVITATION,
)
from shared.errors import Conflict, Fault, InvalidFields
from shared.money import Rate
from tests.support import fake_case as case
from tests.support.fake_companies import CODE, TOKEN, member, register_data
from tests.support.fake_rooms import FakeRooms
from tests.support.portal_pages import Portal, text_of
from tests.support.staff_pages import assert_whole

AINO = Asker(person="p-aino", role=Role.COMPANY, business_id=case.VERSTAS)
OWN = (
    "/oma/yritys",
    "/oma/yritys/oikaisu",
    "/oma/yritys/oikaisu?kohta=address",
    "/oma/yritys/ihmiset",
    "/oma/yritys/ihmiset/p-anna",
    "/oma/yritys/avaimet",
    "/oma/yritys/omistus",
    "/valitse-yritys",
    "/kutsu",
    f"/kutsu/{CODE}",
)
STAFF = (
    "/tyo/asiakkaat",
    "/tyo/asiakkaat?haku=Saimaa&sivu=1&jarjestys=-name",
    f"/tyo/asiakkaat/{case.VERSTAS}",
    f"/tyo/asiakkaat/{case.VERSTAS}/oikaisut/d-1",
)
CUSTOMER = f"/tyo/asiakkaat/{case.VERSTAS}"


class RegisterAway(Conflict):
    code = "register_away"


class LastSignatory(Conflict):
    code = "last_signatory"


@pytest.fixture
def handler(app: Flask, rooms: FakeRooms) -> Portal:
    return Portal(app, rooms, person="p-pekka")


def sent(rooms: FakeRooms, operation: Any) -> dict[str, Any]:
    return rooms.asked_for(operation)[-1].data


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("path", OWN)
def test_a_page_of_the_company_opens_whole(portal: Portal, path: str, language: str) -> None:
    answer = portal.get(path, language)
    assert answer.status_code == 200
    assert_whole(answer.text, language)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("path", STAFF)
def test_a_page_of_the_customer_register_opens_whole(handler: Portal, path: str, language: str) -> None:
    answer = handler.get(path, language)
    assert answer.status_code == 200
    assert_whole(answer.text, language)


@pytest.mark.parametrize("person", ["p-leena", "p-outi", "p-juha", "p-sari", "p-timo"])
def test_every_official_may_look_at_a_customer(app: Flask, rooms: FakeRooms, person: str) -> None:
    assert Portal(app, rooms, person=person).get(CUSTOMER).status_code == 200


def test_register_data_shows_its_source_and_moment_and_no_field_to_type_in(portal: Portal) -> None:
    page = portal.get("/oma/yritys").text
    told = text_of(page)
    assert "25530 Metallin työstö (TOL 2025)" in told
    assert "Lähde: Patentti- ja rekisterihallitus ja Verohallinto" in told
    assert "Keksitynkatu 5, 70100 KUOPIO" in told
    assert 'type="text"' not in page
    assert "<textarea" not in page


def test_old_data_says_that_the_register_does_not_answer(portal: Portal, rooms: FakeRooms) -> None:
    rooms.answers(GET_REGISTER_DATA, register_data(case.VERSTAS) | {"stale": True})
    assert "rekisteri ei vastaa nyt; näin se vastasi silloin" in text_of(portal.get("/oma/yritys").text)


def test_a_silent_register_leaves_the_page_standing(portal: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(GET_REGISTER_DATA, RegisterAway(register="business"))
    answer = portal.get("/oma/yritys")
    assert answer.status_code == 200
    assert "Voit jatkaa työtäsi kuten ennenkin." in text_of(answer.text)


def test_an_open_bankruptcy_is_seen_by_the_official(handler: Portal, rooms: FakeRooms) -> None:
    rooms.answers(
        GET_REGISTER_DATA,
        register_data(case.VERSTAS) | {"situations": [{"kind": "bankruptcy", "since": case.NOW.date()}]},
    )
    told = text_of(handler.get(CUSTOMER).text)
    assert "Yritys voi olla vaikeuksissa" in told
    assert "konkurssi" in told


def test_a_button_fetches_anew(portal: Portal, rooms: FakeRooms) -> None:
    answer = portal.post("/oma/yritys", "/oma/yritys/paivita")
    assert answer.headers["Location"] == "/oma/yritys"
    assert sent(rooms, FETCH_REGISTER_DATA) == {"business_id": case.VERSTAS}


def test_a_disagreement_goes_to_the_officials(portal: Portal, rooms: FakeRooms) -> None:
    answer = portal.post("/oma/yritys/oikaisu", about="address", should_be="Toinenkatu 1", note="Muutto 1.11.")
    assert answer.status_code == 303
    assert sent(rooms, REPORT_DISAGREEMENT) == {
        "business_id": case.VERSTAS,
        "about": "address",
        "should_be": "Toinenkatu 1",
        "note": "Muutto 1.11.",
    }


def test_an_empty_disagreement_keeps_what_was_typed(portal: Portal, rooms: FakeRooms) -> None:
    answer = portal.post("/oma/yritys/oikaisu", about="", should_be="", note="Muutto 1.11.")
    assert answer.status_code == 422
    assert "Muutto 1.11." in answer.text
    assert rooms.asked_for(REPORT_DISAGREEMENT) == []


def test_an_official_settles_it_with_a_reason(handler: Portal, rooms: FakeRooms) -> None:
    answer = handler.post(f"{CUSTOMER}/oikaisut/d-1", outcome="register_is_right", reason="Ote tarkistettu.")
    assert answer.headers["Location"] == CUSTOMER
    assert sent(rooms, SETTLE_DISAGREEMENT) == {
        "disagreement_id": "d-1",
        "outcome": "register_is_right",
        "reason": "Ote tarkistettu.",
        "version": 1,
    }


def test_an_auditor_sees_the_disagreement_and_settles_nothing(app: Flask, rooms: FakeRooms) -> None:
    auditor = Portal(app, rooms, person="p-sari")
    assert "Keksitynkatu 7" in auditor.get(CUSTOMER).text
    assert auditor.get(f"{CUSTOMER}/oikaisut/d-1").status_code == 403


def test_the_company_sees_how_its_disagreement_was_settled(portal: Portal, rooms: FakeRooms) -> None:
    settled = rooms.companies.disagreement | {
        "state": "settled",
        "outcome": "register_is_right",
        "reason": "Ote tarkistettu.",
        "settled_by": "p-pekka",
        "settled_at": case.NOW,
    }
    rooms.answers(LIST_DISAGREEMENTS, {"items": [settled], "total": 1})
    told = text_of(portal.get("/oma/yritys").text)
    assert "Ote tarkistettu." in told
    assert "Pekka Virtanen" in told


def test_an_invitation_shows_its_link_once(portal: Portal, rooms: FakeRooms) -> None:
    answer = portal.post("/oma/yritys/ihmiset", name="Anna Mallikas", role="editor")
    assert answer.status_code == 200
    assert f"/kutsu/{CODE}" in answer.text
    assert sent(rooms, INVITE_PERSON) == {"name": "Anna Mallikas", "role": "editor"}
    rooms.answers(INVITE_PERSON, rooms.companies.invitation | {"code": ""})
    again = portal.post("/oma/yritys/ihmiset", name="Anna Mallikas", role="editor")
    assert CODE not in again.text


def test_an_invitation_is_withdrawn(portal: Portal, rooms: FakeRooms) -> None:
    portal.post("/oma/yritys/ihmiset", "/oma/yritys/kutsut/i-1")
    assert sent(rooms, WITHDRAW_INVITATION) == {"invitation_id": "i-1"}


def test_a_role_is_changed_and_a_person_ended(portal: Portal, rooms: FakeRooms) -> None:
    portal.post("/oma/yritys/ihmiset/p-anna", role="reader", teko="rooli")
    assert sent(rooms, CHANGE_PERSONS_ROLE) == {"person_id": "p-anna", "role": "reader"}
    portal.post("/oma/yritys/ihmiset/p-anna", successor="p-aino", teko="paata")
    assert sent(rooms, END_PERSON) == {"person_id": "p-anna", "successor": "p-aino"}


def test_why_the_last_signatory_stays_is_said_on_the_page(portal: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(END_PERSON, LastSignatory())
    answer = portal.post("/oma/yritys/ihmiset/p-aino", teko="paata")
    assert answer.status_code == 409
    assert "viimeinen, joka saa allekirjoittaa" in text_of(answer.text)


@pytest.mark.parametrize("two", [False, True])
def test_the_page_says_which_things_two_sign_and_which_one(portal: Portal, rooms: FakeRooms, two: bool) -> None:
    rooms.companies.preferences |= {"second_signature": two}
    page = text_of(portal.get(PEOPLE).text)
    assert "Kaksi allekirjoittajaa lähettää hakemuksen" in page
    assert "Maksatushakemukset ja vastaukset viranomaiselle lähettää yksi allekirjoittaja." in page


def test_where_two_sign_a_signatory_is_told_why_another_stays_and_may_still_leave_themself(
    portal: Portal, rooms: FakeRooms
) -> None:
    rooms.companies.preferences |= {"second_signature": True}
    found = rooms.companies.people(AINO, {"business_id": case.VERSTAS})
    aino, anna = found["items"]
    rooms.answers(LIST_COMPANY_PEOPLE, found | {"items": [aino, anna | {"role": "signatory"}]})

    another, own = (portal.get(f"/oma/yritys/ihmiset/{person}").text for person in ("p-anna", "p-aino"))

    assert "yksi allekirjoittaja ei voi viedä toisen allekirjoitusoikeutta" in text_of(another)
    assert 'value="paata"' not in another
    assert 'value="paata"' in own


def test_the_company_chooses_two_signatures(portal: Portal, rooms: FakeRooms) -> None:
    portal.post("/oma/yritys/ihmiset", "/oma/yritys/valinnat", second_signature="kylla", responsible="p-anna")
    assert sent(rooms, SET_COMPANY_PREFERENCES) == {
        "second_signature": True,
        "responsible": "p-anna",
        "version": 0,
    }


def test_whose_register_right_has_lapsed_is_listed_as_told_and_not_acting(portal: Portal, rooms: FakeRooms) -> None:
    lapsed = member("p-anna", "Anna Apulainen", "signatory") | {"sources": ["register"], "until": case.days_ago(2)}
    rooms.answers(
        LIST_COMPANY_PEOPLE, rooms.companies.people(AINO, {"business_id": case.VERSTAS}) | {"items": [lapsed]}
    )
    assert "saa viestit ja voi toimia, kun oikeus on todettu uudelleen" in text_of(portal.get(PEOPLE).text)


PEOPLE, ONE = "/oma/yritys/ihmiset", "/oma/yritys/yksi-allekirjoitus"


def waiting_for(rooms: FakeRooms, asked_by: str) -> None:
    rooms.companies.preferences |= {"second_signature": True}
    rooms.companies.release = {
        "release_id": "re-1",
        "business_id": case.VERSTAS,
        "asked_by": asked_by,
        "asked_at": case.NOW,
        "expires_at": case.NOW + timedelta(days=7),
        "outcome": None,
        "settled_by": None,
        "settled_at": None,
    }


def test_ending_two_signatures_is_asked_and_not_unticked(portal: Portal, rooms: FakeRooms) -> None:
    rooms.companies.preferences |= {"second_signature": True}
    page = portal.get(PEOPLE).text
    assert 'type="checkbox" name="second_signature"' not in page
    assert "toisen on vahvistettava" in text_of(page)

    portal.post(PEOPLE, ONE)

    assert len(rooms.asked_for(ASK_RELEASE)) == 1
    assert "Peru pyyntö" in text_of(portal.get(PEOPLE).text)


def test_saving_the_other_choices_leaves_two_signatures_as_they_are(portal: Portal, rooms: FakeRooms) -> None:
    rooms.companies.preferences |= {"second_signature": True}
    page = portal.get(PEOPLE).text
    assert '<input type="hidden" name="second_signature" value="kylla">' in page


@pytest.mark.parametrize(("answer", "confirmed"), [("vahvista", True), ("hylkaa", False)])
def test_another_signatory_confirms_or_refuses(portal: Portal, rooms: FakeRooms, answer: str, confirmed: bool) -> None:
    waiting_for(rooms, "p-leena")
    assert "Leena Korhonen pyysi" in text_of(portal.get(PEOPLE).text)

    portal.post(PEOPLE, f"{ONE}/re-1", vastaus=answer)

    assert sent(rooms, SETTLE_RELEASE) == {"release_id": "re-1", "confirmed": confirmed}


def test_what_waits_for_another_signatorys_word_stands_first_on_their_own_page(
    portal: Portal, rooms: FakeRooms
) -> None:
    waiting_for(rooms, "p-leena")
    page = portal.get("/oma").text
    assert f'href="{PEOPLE}#luopuminen"' in page
    assert "Leena Korhonen pyysi sitä." in text_of(page)

    waiting_for(rooms, "p-aino")
    assert "riittääkö yksi allekirjoitus" not in text_of(portal.get("/oma").text), "who asked has nothing to confirm"


def test_who_asked_is_shown_no_way_to_confirm_it(portal: Portal, rooms: FakeRooms) -> None:
    waiting_for(rooms, "p-aino")
    page = portal.get(PEOPLE).text
    assert 'value="vahvista"' not in page
    assert 'value="peru"' in page


def test_why_a_request_is_over_is_said_on_the_page(portal: Portal, rooms: FakeRooms) -> None:
    waiting_for(rooms, "p-leena")
    rooms.refuses(SETTLE_RELEASE, ReleaseOver(why="withdrawn", at="2026-11-20T10:00:00+00:00"))
    answer = portal.post(PEOPLE, f"{ONE}/re-1", vastaus="vahvista")
    assert answer.status_code == 410
    assert "Pyyntö on päättynyt" in text_of(answer.text)


def test_an_editor_is_shown_the_list_without_its_buttons(app: Flask, rooms: FakeRooms) -> None:
    portal = Portal(app, rooms)
    for session in rooms.sessions.values():
        session["capacity"] = session["capacity"] | {"rights": ["prepare"]}
    for path in ("/oma/yritys/ihmiset", "/oma/yritys/avaimet"):
        page = portal.get(path).text
        assert "Anna Apulainen" in page or "Tilitoimisto" in page
        assert 'action="/oma/yritys' not in page


def test_a_key_is_shown_once_on_the_page_that_answers(portal: Portal, rooms: FakeRooms) -> None:
    answer = portal.post("/oma/yritys/avaimet", name="Palkkaohjelma", rights="sign", expires_on="31.3.2027")
    assert TOKEN in answer.text
    made = sent(rooms, CREATE_API_KEY)
    assert (made["rights"], made["expires_on"].isoformat(), made["person_id"]) == (
        ["prepare", "sign"],
        "2027-03-31",
        "p-aino",
    )
    assert TOKEN not in portal.get("/oma/yritys/avaimet").text


@pytest.mark.parametrize(("day", "said"), [("", "Täytä tämä"), ("ensi vuonna", "Kirjoita päivä")])
def test_the_keys_last_day_must_be_a_day(portal: Portal, rooms: FakeRooms, day: str, said: str) -> None:
    answer = portal.post("/oma/yritys/avaimet", name="Palkkaohjelma", rights="prepare", expires_on=day)
    assert answer.status_code == 422
    assert said in text_of(answer.text)
    assert rooms.asked_for(CREATE_API_KEY) == []


def test_a_key_is_revoked_by_a_button(portal: Portal, rooms: FakeRooms) -> None:
    portal.post("/oma/yritys/avaimet", "/oma/yritys/avaimet/0123456789abcdef")
    assert sent(rooms, REVOKE_API_KEY) == {"key_id": "0123456789abcdef"}


def test_a_company_declares_who_owns_it(portal: Portal, rooms: FakeRooms) -> None:
    portal.post(
        "/oma/yritys/omistus", other=case.BAATAR, side="owned", kind="partner", share="33,3 %", since="1.1.2024"
    )
    link = sent(rooms, RECORD_OWNERSHIP)
    assert (link["owner"], link["owned"], link["share"]) == (case.BAATAR, case.VERSTAS, Rate.of("33.3"))
    portal.post("/oma/yritys/omistus", other=case.BAATAR, side="owner", kind="majority", since="1.1.2024")
    link = sent(rooms, RECORD_OWNERSHIP)
    assert (link["owner"], link["owned"], link["share"]) == (case.VERSTAS, case.BAATAR, None)


def test_a_wrong_business_id_is_told_at_its_field_and_nothing_typed_is_lost(portal: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(RECORD_OWNERSHIP, InvalidFields(faults=[Fault("share", "no_majority")]))
    answer = portal.post(
        "/oma/yritys/omistus", other=case.BAATAR, side="owned", kind="majority", share="50", since="1.1.2024"
    )
    assert answer.status_code == 422
    assert "Enemmistö on yli 50 prosenttia." in text_of(answer.text)
    assert 'value="1.1.2024"' in answer.text


def test_an_official_records_a_link_from_a_register(handler: Portal, rooms: FakeRooms) -> None:
    handler.post(CUSTOMER, f"{CUSTOMER}/omistus", owner=case.BAATAR, kind="majority", share="60", since="1.1.2024")
    link = sent(rooms, RECORD_OWNERSHIP)
    assert (link["owner"], link["owned"], link["source"]) == (case.BAATAR, case.VERSTAS, "register")


def test_an_official_enters_a_company_as_the_business_register_tells_it(handler: Portal, rooms: FakeRooms) -> None:
    rooms.answers(LIST_UNDERTAKINGS, {"items": [], "total": 0})
    address = f"/tyo/asiakkaat/{case.BAATAR}/lisaa"
    answer = handler.post("/tyo/asiakkaat?haku=Kustens", address, kieli="sv")
    assert answer.headers["Location"] == f"/tyo/asiakkaat/{case.BAATAR}"
    assert sent(rooms, REGISTER_UNDERTAKING) == {
        "business_id": case.BAATAR,
        "name": "Kustens Båtbyggeri Ab",
        "language": "sv",
        "municipality": "Kuopio",
    }


def test_a_customer_is_not_offered_to_be_entered_again(handler: Portal) -> None:
    assert "/lisaa" not in handler.get("/tyo/asiakkaat?haku=Kustens").text


def test_a_decision_maker_searches_but_enters_nobody(app: Flask, rooms: FakeRooms) -> None:
    page = Portal(app, rooms, person="p-leena").get("/tyo/asiakkaat?haku=Kustens").text
    assert "/lisaa" not in page


def test_what_a_key_did_is_marked_on_the_list_of_acts(portal: Portal) -> None:
    assert "lähetti hakemuksen A80655" in text_of(portal.get("/oma/yritys/ihmiset").text)
