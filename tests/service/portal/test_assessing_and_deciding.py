"""Assessing a case, seeing its figures and their rules, proving a decision, signing several: the officials' pages."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any

import pytest
from flask import Flask

from shared.contracts.applications import (
    DECIDE_MANY,
    GET_ASSESSMENT,
    LIST_DECIDABLE,
    LIST_RECKONINGS,
    PROPOSE,
    REPLAY_DECISION,
    SAVE_ASSESSMENT,
)
from shared.errors import ChangedMeanwhile, Fault, InvalidFields
from shared.money import Money
from tests.support import fake_case as case
from tests.support import fake_deciding as fake
from tests.support.fake_companies import ANSWER, ANSWER_DIGEST
from tests.support.fake_rooms import FakeRooms
from tests.support.portal_pages import Portal, form_in, text_of
from tests.support.staff_pages import (
    AUDITOR,
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

ASSESSMENT, FIGURES, PROOF = (
    f"/tyo/asiat/{OWN}/arviointi",
    f"/tyo/asiat/{GRANTED}/laskelma",
    f"/tyo/asiat/{GRANTED}/todistus",
)
PROPOSAL = f"/tyo/asiat/{OWN}/esitys"
TO_DECIDE, ENTRIES = "/tyo/paatettavat", "/tyo/valtuus/tapahtumat"
LANGUAGES = ("fi", "sv", "en")
APPLICANT = case.VERSTAS


@pytest.fixture
def rooms() -> FakeRooms:
    return staff_rooms()


@pytest.fixture
def handler(app: Flask, rooms: FakeRooms) -> Portal:
    return Portal(app, rooms, HANDLER)


@pytest.fixture
def decider(app: Flask, rooms: FakeRooms) -> Portal:
    return Portal(app, rooms, DECIDER)


def changed(rooms: FakeRooms, code: str, **facts: Any) -> None:
    """One gate of every assessment stands otherwise."""
    canned = fake.canned()["assessment"]
    gates = [{**gate, **facts} if gate["code"] == code else gate for gate in canned["gates"]]
    rooms.answers(GET_ASSESSMENT, lambda asker, data: {**canned, "number": data["number"], "gates": gates})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", [ASSESSMENT, FIGURES, PROOF, ENTRIES, TO_DECIDE])
def test_every_page_is_whole_in_every_language(app: Flask, rooms: FakeRooms, page: str, language: str) -> None:
    reader = Portal(app, rooms, DECIDER if page in (ENTRIES, TO_DECIDE) else HANDLER)
    assert_whole(reader.get(page, language).text, language)


def test_each_gate_says_in_words_how_it_stands_and_by_what_rule(handler: Portal, rooms: FakeRooms) -> None:
    changed(rooms, "tax_debt", status="failed", why="tax_debt_found")

    text = text_of(handler.get(ASSESSMENT).text)

    assert "kunnossa De minimis -liikkumavara" in text
    assert "estää Verot" in text
    assert "Verovelkaa on 14.9.2026 (Verohallinto)." in text


def test_a_gate_tells_what_it_rests_on_and_the_registers_answer_is_a_link_away(
    app: Flask, handler: Portal, rooms: FakeRooms
) -> None:
    typed = {"kind": "typed", "source": "Verohallinto", "told_at": "2026-09-14"}
    own = {
        "kind": "register",
        "source": "ytj",
        "told_at": "2026-11-20T08:15:00+00:00",
        "business_id": APPLICANT,
        "digest": ANSWER_DIGEST,
    }
    link = {"kind": "ownership", "source": "register", "told_at": "2020-01-01", "reference": "9000001-1 → 9104416-3"}
    changed(rooms, "tax_debt", evidence=[typed, own, link])

    page = handler.get(PROPOSAL)

    text = text_of(page.text)
    assert "Virkailijan kirjaama: Verohallinto, 14.9.2026" in text
    assert "Yritys- ja yhteisötietojärjestelmä (YTJ), sen oma vastaus" in text
    assert "Kirjattu: 9000001-1 → 9104416-3, alkaen 1.1.2020" in text
    [address] = re.findall(rf'href="(/tyo/asiakkaat/{APPLICANT}/rekisteri/\w+)"', page.text)
    opened = Portal(app, rooms, AUDITOR).get(address)
    assert html.escape(ANSWER, quote=True).replace("&quot;", "&#34;") in opened.text
    assert "Tiiviste täsmää" in opened.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_registers_answer_is_a_whole_page(app: Flask, rooms: FakeRooms, language: str) -> None:
    reader = Portal(app, rooms, AUDITOR)

    assert_whole(reader.get(f"/tyo/asiakkaat/{APPLICANT}/rekisteri/{ANSWER_DIGEST}", language).text, language)


def test_an_official_says_whether_declared_aid_is_an_award_of_the_register(handler: Portal, rooms: FakeRooms) -> None:
    canned = fake.canned()["assessment"]
    aid = {
        "business_id": APPLICANT,
        "name": "",
        "granted_on": date(2026, 1, 15),
        "amount": Money.eur("140000.00"),
        "authority": "ITA",
        "number": "A70001",
        "regulation": "2023/2831",
        "declared": False,
        "counts": True,
    }
    same = {**aid, "number": "", "declared": True, "counts": False, "same_as": "A70001"}
    unclear = {**aid, "number": "", "declared": True, "amount": Money.eur("139999.99"), "may_be": "A70001"}
    room = {**canned["room"], "aids": [aid, same, unclear]}
    rooms.answers(GET_ASSESSMENT, lambda asker, data: {**canned, "number": data["number"], "room": room})

    chosen = re.search(r'<select id="earlier_aid.0.same_as".*?</select>', handler.get(ASSESSMENT).text, re.DOTALL)

    assert chosen
    assert "Ei, se on toinen tuki" in chosen[0]
    assert '<option value="A70001">A70001: 15.1.2026, 140 000,00 €</option>' in chosen[0].replace("\xa0", " ")

    shown = text_of(handler.get(ASSESSMENT).text)
    assert "ei: se on A70001" in shown
    assert "kyllä: voi olla A70001, ratkaistava" in shown

    handler.post(ASSESSMENT, earlier_aid__0__same_as="another")
    assert rooms.asked_for(SAVE_ASSESSMENT)[-1].data["answers"]["earlier_aid"][0]["same_as"] == "another"


def test_what_is_typed_is_sent_as_it_is_and_nothing_that_the_page_does_not_ask(
    handler: Portal, rooms: FakeRooms
) -> None:
    answer = handler.post(ASSESSMENT, staff="noin 20", evil="x", eligibility__0__basis="Tase 2025", notes=None)

    assert answer.status_code == 303
    asked = rooms.asked_for(SAVE_ASSESSMENT)[-1].data
    assert asked["version"] == 1
    assert asked["answers"]["staff"] == "noin 20"
    assert asked["answers"]["eligibility"] == [{"code": "sme", "answer": "yes", "basis": "Tase 2025"}]
    assert asked["answers"]["earlier_aid"][0]["amount"] == "40 000"
    assert "evil" not in asked["answers"]


def test_what_cannot_be_read_is_named_at_its_field_after_it_was_saved(handler: Portal, rooms: FakeRooms) -> None:
    canned = fake.canned()["assessment"]
    faulty = {"answers": {"staff": "noin 20"}, "faults": [{"path": "staff", "rule": "not_a_number", "facts": {}}]}
    rooms.answers(GET_ASSESSMENT, lambda asker, data: {**canned, **faulty, "number": data["number"]})

    page = handler.get(f"{ASSESSMENT}?tallennettu=1").text

    assert form_in(page, ASSESSMENT).fields["staff"] == "noin 20"
    assert "Kirjoittamasi on tallennettu sellaisenaan" in text_of(page)
    assert 'href="#staff"' in page


def test_a_row_more_saves_nothing(handler: Portal, rooms: FakeRooms) -> None:
    answer = handler.post(ASSESSMENT, row="enterprises.add.0", staff="7")

    assert answer.status_code == 200
    assert not rooms.asked_for(SAVE_ASSESSMENT)
    assert 'name="enterprises.0.share"' in answer.text
    assert form_in(answer.text, ASSESSMENT).fields["staff"] == "7"


def test_an_assessment_that_a_colleague_changed_is_not_merged(handler: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(SAVE_ASSESSMENT, ChangedMeanwhile(by="p-heli", at="2026-10-02T09:30:00+00:00"))

    answer = handler.post(ASSESSMENT, staff="7")

    assert answer.status_code == 409
    assert "Arviointia ei tallennettu" in text_of(answer.text)


@pytest.mark.parametrize("person", [VERIFIER, AUDITOR])
def test_who_does_not_have_the_case_reads_the_assessment_without_a_form(
    app: Flask, rooms: FakeRooms, person: str
) -> None:
    page = Portal(app, rooms, person).get(f"/tyo/asiat/{PROPOSED}/arviointi").text

    assert "Tallenna arviointi" not in page
    assert "De minimis -liikkumavara" in page


def test_a_reason_over_a_gate_goes_with_the_proposal_only_where_the_law_leaves_discretion(
    handler: Portal, rooms: FakeRooms
) -> None:
    changed(rooms, "tax_debt", status="failed", why="tax_debt_arranged", overridable=True)
    page = handler.get(PROPOSAL).text
    assert "overrides.0.reason" in page
    assert "overrides.1.reason" not in page

    handler.post(PROPOSAL, outcome="approve", reasons="Hyvä hanke.", overrides__0__reason="Maksujärjestely pitää.")

    assert rooms.asked_for(PROPOSE)[-1].data["overrides"] == [{"gate": "tax_debt", "reason": "Maksujärjestely pitää."}]


def test_a_gate_that_stops_the_proposal_is_named_in_the_summary_and_leads_to_its_row(
    handler: Portal, rooms: FakeRooms
) -> None:
    rooms.refuses(PROPOSE, InvalidFields(faults=[Fault("gates.tax_debt", "gate_open", {"gate": "tax_debt"})]))

    answer = handler.post(PROPOSAL, outcome="approve", reasons="Hyvä.")

    assert answer.status_code == 422
    assert "Verot: ”Verot” on vielä selvittämättä." in text_of(answer.text)
    assert 'id="gates.tax_debt"' in answer.text


@pytest.mark.parametrize("outcome", ["leave_unexamined", "lapse"])
def test_a_case_may_be_left_unexamined_or_lapse_without_costs(handler: Portal, rooms: FakeRooms, outcome: str) -> None:
    handler.post(PROPOSAL, outcome=outcome, reasons="Hakemus tuli myöhässä.")

    asked = rooms.asked_for(PROPOSE)[-1].data
    assert (asked["outcome"], asked["accepted_costs"]) == (outcome, [])


def test_the_figures_show_each_rule_with_its_version_source_and_what_went_in(handler: Portal) -> None:
    text = text_of(handler.get(FIGURES).text)

    assert "Sääntö de_minimis, versio 1." in text
    assert "(EU) 2023/2831 3 artikla" in text
    assert "Yrityksen kokoluokka: pieni yritys" in text
    assert "11" in text


def test_another_reckoning_is_opened_by_its_place_and_a_place_that_is_not_there_is_no_page(handler: Portal) -> None:
    assert handler.get(f"{FIGURES}?laskelma=1").status_code == 200
    assert [handler.get(f"{FIGURES}?laskelma={at}").status_code for at in ("3", "0", "x")] == [404, 404, 404]


def test_an_auditor_proves_a_decision_and_sees_what_differs(app: Flask, rooms: FakeRooms) -> None:
    auditor = Portal(app, rooms, AUDITOR)
    assert "Jokainen luku on sama sentilleen" in text_of(auditor.get(PROOF).text)

    broken = {
        **fake.canned()["proof"],
        "holds": False,
        "recomputed_aid": Money.eur("10700.01"),
        "differences": [{"path": "results.aid", "stored": "10700.00", "recomputed": "10700.01"}],
    }
    rooms.answers(REPLAY_DECISION, broken)
    text = text_of(auditor.get(PROOF).text)

    assert "1 luku ei ole päätöksen mukainen." in text
    assert "results.aid 10700.00 10700.01" in text


def test_before_anything_is_computed_the_page_says_so(handler: Portal, rooms: FakeRooms) -> None:
    rooms.answers(LIST_RECKONINGS, {"items": []})
    assert "ei ole vielä laskettu mitään" in text_of(handler.get(FIGURES).text)


def test_nothing_is_chosen_beforehand_and_what_was_not_opened_or_is_ones_own_has_no_box(
    decider: Portal, rooms: FakeRooms
) -> None:
    case = rooms.applications[PROPOSED]
    rows = [
        fake.waiting(case),
        fake.waiting(case, number="A80642", declared=False),
        fake.waiting(case, number="A80643", mine=True),
    ]
    rooms.answers(LIST_DECIDABLE, {"items": rows, "total": 3})

    page = decider.get(TO_DECIDE).text

    assert "checked" not in page
    assert page.count('name="sign"') == 1
    assert "avaa ensin" in page
    assert "sinä valmistelit" in page


def test_the_chosen_are_signed_as_they_stood_on_the_page_and_each_is_told_of(decider: Portal, rooms: FakeRooms) -> None:
    version = rooms.applications[PROPOSED]["version"]
    answer = decider.post(TO_DECIDE, sign=[f"{PROPOSED}:{version}", f"{SUBMITTED}:3"], read="kylla")

    assert rooms.asked_for(DECIDE_MANY)[-1].data["items"] == [
        {"number": PROPOSED, "version": version},
        {"number": SUBMITTED, "version": 3},
    ]
    text = text_of(answer.text)
    assert "1 päätös allekirjoitettiin" in text
    assert "ei allekirjoitettu" in text


@pytest.mark.parametrize(
    "sent", [{}, {"read": "kylla"}, {"sign": [f"{PROPOSED}:6"]}, {"sign": ["spoiled"], "read": "kylla"}]
)
def test_nothing_is_signed_without_a_choice_and_a_confirmation(
    decider: Portal, rooms: FakeRooms, sent: dict[str, Any]
) -> None:
    assert decider.post(TO_DECIDE, **sent).status_code == 422
    assert not rooms.asked_for(DECIDE_MANY)


def test_a_presenting_officer_sees_what_waits_but_signs_nothing(handler: Portal) -> None:
    page = handler.get(TO_DECIDE).text

    assert PROPOSED in page
    assert 'name="sign"' not in page
    assert handler.post(TO_DECIDE, sign=[f"{PROPOSED}:6"], read="kylla").status_code == 403


def test_every_movement_of_an_envelope_is_read_with_who_and_when(decider: Portal) -> None:
    text = text_of(decider.get(f"{ENTRIES}?valtuus=ITA/JTF/7/2026").text)

    assert "12 000,00 €" in text
    assert "Tukipäätös" in text
    assert GRANTED in text
