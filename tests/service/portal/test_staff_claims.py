"""A claim at the officials' desk: verified line by line, presented by a second person, decided by a third."""

from __future__ import annotations

import pytest
from flask import Flask

from services.applications.domain.errors import DeclareFirst, PartDisqualified
from services.gateway.texts import words
from services.payments.domain.errors import AlreadyActed, PayableChanged, VerdictsFaulty
from shared.contracts.applications import DECLARE_INTEREST
from shared.contracts.documents import LIST_DOCUMENTS, OPEN_DOCUMENT
from shared.contracts.monitoring import CASE_TRAIL
from shared.contracts.payments import DECIDE_PAYMENT, GET_CLAIM, PROPOSE_PAYMENT, VERIFY_CLAIM
from shared.contracts.terms import Operation
from shared.errors import ChangedMeanwhile, Fault
from shared.messaging.wire import ServiceAway
from tests.support import fake_case as case
from tests.support.fake_rooms import FakeRooms
from tests.support.portal_pages import Portal, Taken, text_of
from tests.support.staff_pages import (
    CLAIM_NEW,
    CLAIM_PROPOSED,
    CLAIM_VERIFIED,
    DECIDER,
    GRANTED,
    HANDLER,
    VERIFIER,
    staff_rooms,
)

VERIFYING = f"/tyo/maksatus/{CLAIM_NEW}"
PRESENTING = f"/tyo/maksatus/{CLAIM_VERIFIED}/esitys"
DECIDING = f"/tyo/maksatus/{CLAIM_PROPOSED}/ratkaise"
VERDICTS = {
    "lines__0__accepted": "31 350",
    "lines__1__accepted": "7750,00",
    "lines__1__cut_reason": "vat_recoverable",
    "lines__1__cut_note": "Arvonlisävero on vähennettävissä.",
    "lines__2__accepted": "4400,00 €",
}


@pytest.fixture
def rooms() -> FakeRooms:
    return staff_rooms()


@pytest.fixture
def verifier(app: Flask, rooms: FakeRooms) -> Portal:
    return Portal(app, rooms, VERIFIER)


@pytest.fixture
def handler(app: Flask, rooms: FakeRooms) -> Portal:
    return Portal(app, rooms, HANDLER)


@pytest.fixture
def decider(app: Flask, rooms: FakeRooms) -> Portal:
    return Portal(app, rooms, DECIDER)


# ---- the gate ----


@pytest.mark.parametrize("shut", [GET_CLAIM, CASE_TRAIL, LIST_DOCUMENTS])
def test_a_claim_that_is_shut_leads_to_the_gate_of_its_case_and_from_there_back(
    verifier: Portal, rooms: FakeRooms, shut: Operation
) -> None:
    """Whichever room says it first: the verifier answers once, and is where they were going."""
    rooms.refuses(shut, DeclareFirst(number=GRANTED))

    gate = verifier.get(VERIFYING)

    assert (gate.status_code, gate.location) == (303, f"/tyo/asiat/{GRANTED}/este?paluu={VERIFYING}")
    onwards = verifier.post(gate.location, gate.location, answer="none")
    assert (onwards.status_code, onwards.location) == (303, VERIFYING)
    assert rooms.asked_for(DECLARE_INTEREST)[0].data["number"] == GRANTED


def test_a_paper_or_a_payments_way_that_is_shut_leads_to_the_gate_too(verifier: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(OPEN_DOCUMENT, DeclareFirst(number=GRANTED))

    gate = verifier.get("/asiakirja/d-quote")

    assert gate.location == f"/tyo/asiat/{GRANTED}/este?paluu=/asiakirja/d-quote"


@pytest.mark.parametrize("path", [VERIFYING, PRESENTING, DECIDING])
def test_something_may_come_up_at_every_step_of_a_claim(
    verifier: Portal, handler: Portal, decider: Portal, path: str
) -> None:
    portal = {VERIFYING: verifier, PRESENTING: handler, DECIDING: decider}[path]

    assert f'href="/tyo/asiat/{GRANTED}/este?paluu=' in portal.get(path).text


def test_who_finds_out_later_is_told_what_is_done_anew(verifier: Portal) -> None:
    gate = f"/tyo/asiat/{GRANTED}/este"
    assert "tekee joku muu uudelleen" not in text_of(verifier.get(gate).text)

    verifier.post(gate, gate, answer="none")

    assert "tekee joku muu uudelleen" in text_of(verifier.get(gate).text)


def test_a_payment_presented_by_one_who_is_disqualified_is_not_signed(decider: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(DECIDE_PAYMENT, PartDisqualified(person="p-pekka", number=GRANTED))

    answer = decider.post(DECIDING, DECIDING, verdict="sign")

    assert answer.status_code == 409
    assert "Pekka Virtanen on osallistunut asian A80412 käsittelyyn ja on siinä esteellinen" in text_of(answer.text)


# ---- verification ----


def test_no_line_is_accepted_before_the_verifier_has_said_so(verifier: Portal) -> None:
    fields = next(
        form.fields for form in Taken(verifier.get(VERIFYING).text).forms if "lines.0.accepted" in form.fields
    )
    assert [fields[f"lines.{at}.accepted"] for at in range(3)] == ["", "", ""]


def test_the_verifier_sees_the_voucher_the_reading_and_the_finding(verifier: Portal) -> None:
    page = verifier.get(VERIFYING).text
    assert "/asiakirja/d-invoice?inline=1" in page
    said = text_of(page)
    assert "97 %" in said
    assert words("cut_reason", "vat_recoverable", "fi") in said
    assert "10 / 80 pv" in said


def test_a_verdict_is_sent_on_every_line(verifier: Portal, rooms: FakeRooms) -> None:
    assert verifier.post(VERIFYING, **VERDICTS).status_code == 303
    sent = rooms.asked_for(VERIFY_CLAIM)[0].data["lines"]
    assert [str(line["accepted"]) for line in sent] == ["31350.00", "7750.00", "4400.00"]
    assert sent[1]["cut_reason"] == "vat_recoverable"
    assert sent[0]["cut_reason"] is None


def test_filling_in_saves_nothing_and_leaves_lines_with_findings_empty(verifier: Portal, rooms: FakeRooms) -> None:
    page = verifier.post(VERIFYING, stay="1", lines__2__accepted="4 000,00")
    fields = next(form.fields for form in Taken(page.text).forms if "lines.0.accepted" in form.fields)
    filled = [fields[f"lines.{at}.accepted"].replace("\u00a0", " ") for at in range(3)]
    assert filled == ["31 350,00", "", "4 000,00"]
    assert rooms.asked_for(VERIFY_CLAIM) == []


def test_an_unread_sum_and_an_empty_line_are_pointed_at_and_the_rest_stays(verifier: Portal, rooms: FakeRooms) -> None:
    answer = verifier.post(VERIFYING, **VERDICTS | {"lines__0__accepted": "n. 31000", "lines__2__accepted": ""})
    assert answer.status_code == 422
    assert 'href="#lines.0.accepted"' in answer.text
    assert 'href="#lines.2.accepted"' in answer.text
    assert 'value="n. 31000"' in answer.text
    assert "Arvonlisävero on vähennettävissä." in answer.text
    assert rooms.asked_for(VERIFY_CLAIM) == []


def test_what_the_room_objects_to_stands_at_its_line(verifier: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(VERIFY_CLAIM, VerdictsFaulty(faults=[Fault("lines.1.cut_note", "note_needed", {"line": "2"})]))
    answer = verifier.post(VERIFYING, **VERDICTS | {"lines__1__cut_note": ""})
    assert answer.status_code == 422
    assert 'id="lines.1.cut_note-e"' in answer.text
    assert "Perustele vähennys tuensaajalle." in answer.text
    assert 'value="7750,00"' in answer.text


def test_a_silent_room_loses_no_verdict(verifier: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(VERIFY_CLAIM, ServiceAway("payments"))
    answer = verifier.post(VERIFYING, **VERDICTS)
    assert answer.status_code == 503
    assert 'value="7750,00"' in answer.text


def test_a_claim_verified_meanwhile_tells_by_whom(verifier: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(VERIFY_CLAIM, ChangedMeanwhile(by="p-antti", at="2026-11-20T10:15:00+00:00"))
    answer = verifier.post(VERIFYING, **VERDICTS)
    assert answer.status_code == 409
    assert "Antti Saarinen" in text_of(answer.text)


def test_a_presenting_officer_reads_the_claim_without_a_form(handler: Portal) -> None:
    assert 'name="lines.0.accepted"' not in handler.get(VERIFYING).text


def test_a_verified_claim_is_verified_again_only_when_asked_for(verifier: Portal) -> None:
    address = f"/tyo/maksatus/{CLAIM_VERIFIED}"
    assert 'name="lines.0.accepted"' not in verifier.get(address).text
    again = verifier.get(f"{address}?uudelleen=1").text
    assert 'value="7\u00a0750,00"' in again
    assert "Tuntihinta ylittää tarjouksen." in again


def test_a_returned_proposal_opens_the_lines_to_the_verifier_with_the_reason(
    verifier: Portal, rooms: FakeRooms
) -> None:
    rooms.claims[CLAIM_VERIFIED]["return_note"] = "Tarkista rivin 2 tuntihinta."
    page = verifier.get(f"/tyo/maksatus/{CLAIM_VERIFIED}").text
    assert "Tarkista rivin 2 tuntihinta." in page
    assert 'name="lines.0.accepted"' in page


def test_a_claim_of_a_thousand_lines_is_verified_on_one_page(verifier: Portal, rooms: FakeRooms) -> None:
    line = rooms.claims[CLAIM_NEW]["lines"][0]
    rooms.claims[CLAIM_NEW]["lines"] = [line | {"line": number} for number in range(1, 1001)]
    sent = {f"lines__{at}__accepted": "31350" for at in range(1000)}
    assert verifier.post(VERIFYING, **sent).status_code == 303
    assert len(rooms.asked_for(VERIFY_CLAIM)[0].data["lines"]) == 1000


# ---- presenting ----


def test_a_presented_payment_goes_to_be_decided(handler: Portal, rooms: FakeRooms) -> None:
    answer = handler.post(PRESENTING, note="Rivi 2 leikattu.")
    assert answer.location.endswith(f"/tyo/maksatus/{CLAIM_VERIFIED}/ratkaise")
    assert rooms.asked_for(PROPOSE_PAYMENT)[0].data["note"] == "Rivi 2 leikattu."


def test_the_verifier_of_the_costs_does_not_present_the_payment(handler: Portal, rooms: FakeRooms) -> None:
    rooms.claims[CLAIM_VERIFIED]["verified_by"] = HANDLER
    page = handler.get(PRESENTING).text
    assert "<textarea" not in page
    assert "Varmensit kustannukset" in text_of(page)


def test_the_rooms_no_to_a_verifier_keeps_the_note(handler: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(PROPOSE_PAYMENT, AlreadyActed(person=HANDLER, acted_as="verifier"))
    answer = handler.post(PRESENTING, note="Rivi 2 leikattu.")
    assert answer.status_code == 403
    assert "Rivi 2 leikattu." in answer.text
    assert "Pekka Virtanen" in text_of(answer.text)


# ---- deciding ----


def test_three_people_the_sum_and_its_shares_are_on_the_page(decider: Portal) -> None:
    said = text_of(decider.get(DECIDING).text)
    for told in ("Outi Mäkinen", "Pekka Virtanen", "Leena Korhonen (sinä)", "17 400,00 €", "12 180,00 €", "5 220,00 €"):
        assert told in said


def test_signing_and_returning_are_chosen_by_the_person(decider: Portal, rooms: FakeRooms) -> None:
    assert "checked" not in decider.get(DECIDING).text
    assert decider.post(DECIDING).status_code == 422
    assert decider.post(DECIDING, verdict="return", note="").status_code == 422
    assert rooms.asked_for(DECIDE_PAYMENT) == []
    assert decider.post(DECIDING, verdict="sign").status_code == 303
    assert rooms.asked_for(DECIDE_PAYMENT)[0].data["verdict"] == "sign"


def test_who_decided_the_award_does_not_decide_its_payments(decider: Portal, rooms: FakeRooms) -> None:
    rooms.applications[GRANTED]["decision"] = case.DECISION | {"decided_by": DECIDER}
    page = decider.get(DECIDING).text
    assert 'name="verdict"' not in page
    assert "Olit mukana tukipäätöksessä" in text_of(page)


def test_a_sum_that_another_payment_changed_is_not_signed_unseen(decider: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(DECIDE_PAYMENT, PayableChanged(proposed="17400.00", now="12000.00"))
    answer = decider.post(DECIDING, verdict="sign")
    assert answer.status_code == 409
    said = text_of(answer.text)
    assert "12 000,00 €" in said
    assert "17 400,00 €" in said
