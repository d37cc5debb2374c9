"""After the decision on the portal: dates and versions, seeking review, changes, corrections; each in its own hands."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from services.applications.domain.errors import AmendmentWaits, AuthorityShort
from shared.contracts.applications import (
    CHOOSE_CHANNEL,
    DECIDE_ACT,
    PROPOSE_ACT,
    RECORD_REVIEW,
    RECORD_SENDING,
    REQUEST_AMENDMENT,
    REQUEST_REVIEW,
)
from shared.errors import Fault, InvalidFields
from shared.money import Money
from tests.support.fake_rooms import FakeRooms
from tests.support.portal_pages import COMPANY, GRANTED, Portal, portal_rooms, text_of
from tests.support.staff_pages import AUDITOR, DECIDER, HANDLER, assert_whole

OWN = f"/oma/asiat/{GRANTED}"
STAFF = f"/tyo/asiat/{GRANTED}"
OWN_PAGES = ("/paatos", "/oikaisu", "/oikaisu?paatos=1", "/muutos/uusi")
STAFF_PAGES = (
    *("/paatokset", "/oikaise", "/sulje", "/peruuta-tuki", "/keskeyta", "/jatka", "/vuosi"),
    *("/paatos/1", "/paatos/3", "/paatos/1/tiedoksianto", "/muutos/1", "/oikaisuvaatimus", "/oikaisuvaatimus/1"),
)


@pytest.fixture
def rooms() -> FakeRooms:
    return portal_rooms()


@pytest.fixture
def company(app: Flask, rooms: FakeRooms) -> Portal:
    return Portal(app, rooms, COMPANY)


@pytest.fixture
def handler(app: Flask, rooms: FakeRooms) -> Portal:
    return Portal(app, rooms, HANDLER)


@pytest.fixture
def decider(app: Flask, rooms: FakeRooms) -> Portal:
    return Portal(app, rooms, DECIDER)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("path", OWN_PAGES)
def test_the_companys_pages_are_whole_in_each_language(company: Portal, path: str, language: str) -> None:
    mark = "&" if "?" in path else "?"
    assert_whole(company.get(f"{OWN}{path}{mark}kieli={language}").text, language)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("path", STAFF_PAGES)
def test_the_officials_pages_are_whole_in_each_language(handler: Portal, path: str, language: str) -> None:
    assert_whole(handler.get(f"{STAFF}{path}?kieli={language}").text, language)


def test_the_company_sees_when_its_decision_was_served_and_until_when_it_can_seek_review(company: Portal) -> None:
    said = text_of(company.get(f"{OWN}/paatos").text)

    assert "23.11.2026" in said
    assert "Viimeinen muutoksenhakupäivä ke 23.12.2026" in said
    assert "korjattu päätöksellä 2" in said
    assert "Muutospäätös" not in said  # what is being prepared is not shown to the company


def test_review_is_sought_of_one_act_with_what_and_why(company: Portal, rooms: FakeRooms) -> None:
    sent = {"act": "2", "demand": "Tuntihinta on hyväksyttävä.", "grounds": "Kilpailutettu."}
    answer = company.post(f"{OWN}/oikaisu", f"{OWN}/oikaisu", **sent)

    assert answer.status_code == 303
    [asked] = rooms.asked_for(REQUEST_REVIEW)
    assert (asked.data["act"], asked.data["demand"], asked.data["version"]) == (2, "Tuntihinta on hyväksyttävä.", 4)
    assert asked.asker.idempotency_key


def test_without_a_demand_nothing_is_sent_and_nothing_typed_is_lost(company: Portal, rooms: FakeRooms) -> None:
    answer = company.post(f"{OWN}/oikaisu", f"{OWN}/oikaisu", act="2", demand=" ", grounds="Kilpailutettu.")

    assert answer.status_code == 422
    assert "Kilpailutettu." in answer.text
    assert rooms.asked_for(REQUEST_REVIEW) == []


def test_only_what_is_typed_otherwise_than_it_stands_is_applied_for(company: Portal, rooms: FakeRooms) -> None:
    changed = {"period_last": "31.3.2028", "change_on": "1.6.2027", "grounds": "Toimitus viivästyy."}
    answer = company.post(f"{OWN}/muutos/uusi", f"{OWN}/muutos/uusi", **changed)

    assert answer.status_code == 303
    [asked] = rooms.asked_for(REQUEST_AMENDMENT)
    wished = {name: value for name, value in asked.data["wished"].items() if value is not None}
    assert wished == {"period_last": date(2028, 3, 31)}
    assert asked.data["change_on"] == date(2027, 6, 1)


def test_changed_costs_are_sent_whole_and_an_empty_row_is_left_out(company: Portal, rooms: FakeRooms) -> None:
    changed = {"costs__0__amount": "60 000,00", "change_on": "1.6.2027", "grounds": "Halvempi kone."}
    company.post(f"{OWN}/muutos/uusi", f"{OWN}/muutos/uusi", **changed)

    [asked] = rooms.asked_for(REQUEST_AMENDMENT)
    costs = asked.data["wished"]["costs"]
    assert (len(costs), costs[0]["amount"], costs[1]["amount"]) == (3, Money.eur("60000.00"), Money.eur("16500.00"))


def test_the_rooms_no_is_shown_at_its_field(company: Portal, rooms: FakeRooms) -> None:
    faults = [Fault("wished.period_last", "after_the_end", {"ended": "2027-12-31"})]
    rooms.refuses(REQUEST_AMENDMENT, InvalidFields(faults=faults))
    sent = {"period_last": "31.3.2028", "change_on": "1.6.2027", "grounds": "x"}
    answer = company.post(f"{OWN}/muutos/uusi", f"{OWN}/muutos/uusi", **sent)

    assert answer.status_code == 422
    assert 'id="period_last-e"' in answer.text
    assert "Hanke päättyi 31.12.2027." in text_of(answer.text)


def test_a_change_already_under_way_is_said_with_its_time(company: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(REQUEST_AMENDMENT, AmendmentWaits(at="2027-03-01T10:00:00+00:00"))
    sent = {"period_last": "31.3.2028", "change_on": "1.6.2027", "grounds": "x"}
    answer = company.post(f"{OWN}/muutos/uusi", f"{OWN}/muutos/uusi", **sent)

    assert answer.status_code == 409
    assert "1.3.2027 klo 12.00 haettua muutosta käsitellään vielä" in text_of(answer.text)


def test_the_way_of_service_is_the_partys_to_choose(company: Portal, rooms: FakeRooms) -> None:
    answer = company.post(f"{OWN}/paatos", f"{OWN}/tiedoksianto", channel="letter")

    assert answer.status_code == 303
    assert rooms.asked_for(CHOOSE_CHANNEL)[0].data["channel"] == "letter"


def test_a_correction_names_its_act_its_ground_and_only_what_changes(handler: Portal, rooms: FakeRooms) -> None:
    sent = {
        "kind": "correction_of_fact",
        "about": "2",
        "ground": "facts",
        "costs__0__amount": "60000",
        "unheard_ground": "unnecessary",
        "unheard_reason": "Hakija ilmoitti virheestä itse.",
    }
    answer = handler.post(f"{STAFF}/oikaise", f"{STAFF}/oikaise", reasons="Hinta oli väärä.", **sent)

    assert answer.status_code == 303
    [asked] = rooms.asked_for(PROPOSE_ACT)
    assert (asked.data["kind"], asked.data["about"], asked.data["ground"]) == ("correction_of_fact", 2, "facts")
    assert asked.data["unheard"] == {"ground": "unnecessary", "reason": "Hakija ilmoitti virheestä itse."}
    assert asked.data["consent"] is False
    changed = {name: value for name, value in asked.data["changes"].items() if value is not None}
    assert list(changed) == ["costs"]


def test_a_correction_to_the_partys_harm_is_refused_at_the_places_that_are_missing(
    handler: Portal, rooms: FakeRooms
) -> None:
    faults = [Fault("consent", "needs_consent"), Fault("unheard.ground", "must_be_heard")]
    rooms.refuses(PROPOSE_ACT, InvalidFields(faults=faults))
    sent = {"kind": "correction_of_fact", "about": "2", "ground": "facts", "costs__0__amount": "60000"}
    answer = handler.post(f"{STAFF}/oikaise", f"{STAFF}/oikaise", reasons="x", **sent)

    assert answer.status_code == 422
    assert "vain tämän suostumuksella" in text_of(answer.text)
    assert 'href="#unheard_ground"' in answer.text
    assert f"{STAFF}/kuule" in answer.text


def test_an_application_to_change_is_answered_as_applied_for_in_part_or_not(handler: Portal, rooms: FakeRooms) -> None:
    page = f"{STAFF}/muutos/1"
    handler.post(page, page, verdict="approve", reasons="Syy hyväksytään.")
    handler.post(page, page, verdict="approve_in_part", reasons="Osittain.", period_last="31.1.2028")

    whole, part = rooms.asked_for(PROPOSE_ACT)
    assert (whole.data["verdict"], whole.data["about"], whole.data["changes"]) == ("approve", 1, None)
    assert part.data["changes"]["period_last"] == date(2028, 1, 31)


def test_what_came_on_paper_is_registered_with_its_day(handler: Portal, rooms: FakeRooms) -> None:
    page = f"{STAFF}/oikaisuvaatimus"
    sent = {
        "kind": "review",
        "about": "2",
        "by": "Saimaan Verstas Oy",
        "arrived_on": "20.11.2026",
        "demand": "Kumotaan.",
    }
    assert handler.post(page, page, **sent).status_code == 303

    [asked] = rooms.asked_for(RECORD_REVIEW)
    assert (asked.data["arrived_on"], asked.data["act"]) == (date(2026, 11, 20), 2)


def test_a_new_instruction_is_recorded_with_its_reason(handler: Portal, rooms: FakeRooms) -> None:
    page = f"{STAFF}/paatos/2/tiedoksianto"
    assert handler.post(page, page, sent_on="21.11.2026", channel="letter", why="Ohje oli väärä.").status_code == 303

    [asked] = rooms.asked_for(RECORD_SENDING)
    assert (asked.data["sent_on"], asked.data["why"]) == (date(2026, 11, 21), "Ohje oli väärä.")


def test_another_person_signs_and_a_return_says_why(decider: Portal, rooms: FakeRooms) -> None:
    page = f"{STAFF}/paatos/3"
    assert decider.post(page, page, verdict="return", note=" ").status_code == 422
    assert decider.post(page, page, verdict="sign").status_code == 303

    [asked] = rooms.asked_for(DECIDE_ACT)
    assert (asked.data["act"], asked.data["verdict"]) == (3, "sign")


def test_too_little_authority_is_said_in_euros(decider: Portal, rooms: FakeRooms) -> None:
    short = AuthorityShort(envelope="ITA/JTF/7/2026", free=Money.eur("1000.00"), needed=Money.eur("5000.00"))
    rooms.refuses(DECIDE_ACT, short)
    answer = decider.post(f"{STAFF}/paatos/3", f"{STAFF}/paatos/3", verdict="sign")

    assert answer.status_code == 409
    assert "1\u00a0000,00\u00a0€" in answer.text


def test_the_handler_has_no_button_to_decide_and_the_auditor_none_at_all(
    app: Flask, handler: Portal, rooms: FakeRooms
) -> None:
    assert 'name="verdict"' not in handler.get(f"{STAFF}/paatos/3").text
    auditor = Portal(app, rooms, AUDITOR)
    page = auditor.get(f"{STAFF}/paatokset")

    assert page.status_code == 200
    assert "<button" not in page.text.partition("<main")[2].partition("</main")[0]
    assert "Korjaa päätös" not in page.text


def test_what_waits_after_the_decisions_is_listed(handler: Portal) -> None:
    said = text_of(handler.get("/tyo/jatkotoimet").text)

    assert "Muutoshakemus" in said
    assert GRANTED in said


def test_who_proposed_the_decision_sees_that_others_propose_on_its_review(handler: Portal) -> None:
    own = handler.get(f"{STAFF}/oikaisuvaatimus/1").text
    assert "oikaisuvaatimuksen esittelevät ja ratkaisevat muut" in text_of(own)
    assert 'name="verdict"' not in own
