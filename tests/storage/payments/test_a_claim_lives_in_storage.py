"""The same cases on the fake and on PostgreSQL: they may not differ."""

from __future__ import annotations

import pytest

from services.payments import use_cases
from services.payments.domain.errors import AlreadyInPayment, AmountDiffers, FinalClaimMade
from shared.errors import ChangedMeanwhile, NotFound
from tests.support import payments_builders as a
from tests.support.payments_journeys import many
from tukivayla import demo_bank


@pytest.fixture(autouse=True)
def awarded(journey):
    journey.award()


def test_a_claim_goes_from_the_award_to_the_account(journey):
    claim_id = journey.approved(a.typed_line("10 000,00"), a.typed_line("2 000,50", invoice_number="16"))
    batch = journey.batch(claim_id)
    journey.bank_says(batch["batch_id"], status="ACCP")
    settled = journey.bank_says(batch["batch_id"], kind="camt.054")

    claim, grant = journey.claim(claim_id), journey.grant()

    assert settled["applied"] == 1
    assert (claim["state"], claim["payable"]) == ("paid", a.eur("4800.20"))
    assert grant["paid"] == grant["approved"] == a.eur("4800.20")


def test_the_award_twice_opens_one_account(journey):
    journey.award()

    assert journey.grant()["approved"] == a.eur("0.00")


def test_a_draft_comes_back_as_it_was_typed(journey):
    typed = a.a_draft(a.typed_line("1 234,5", description="Åäö €"), account="FI21 1234")

    claim_id = journey.drafted(a.typed_line("1 234,5", description="Åäö €"), account="FI21 1234")

    assert journey.claim(claim_id)["typed"] == typed


def test_a_filed_line_comes_back_as_it_was_read(journey):
    read = {"gross": {"value": "1 255,00", "confidence": 97}}
    line = a.typed_line("1 000,00") | {"vat": "255", "gross": "1 255,00", "document_id": "D-1", "read": read}

    (filed,) = journey.claim(journey.submitted(line))["lines"]

    assert (filed["net"], filed["vat"], filed["gross"]) == (a.eur("1000.00"), a.eur("255.00"), a.eur("1255.00"))
    assert filed["read"] == read
    assert filed["accepted"] is None


def test_verdicts_and_findings_are_kept_with_their_lines(journey):
    lines = [a.typed_line("1 000,00"), a.typed_line("50,00")]

    verified = journey.claim(journey.verified(*lines, cuts={"line_1": "1.00"}))["lines"]

    assert [(str(line["accepted"]), line["cut_reason"], line["finding"]) for line in verified] == [
        ("1.00", "not_reasonable", None),
        ("50.00", None, None),
    ]


def test_a_decision_is_kept_with_every_step(journey):
    decided = journey.decide(journey.proposed())

    kept = journey.claim(decided["claim_id"])

    assert kept["decision"] == decided["decision"]
    assert kept["version"] == decided["version"] == 6


def test_the_account_remembers_what_was_accepted(journey):
    many(journey, ["1 000,00", "0,07"])

    assert journey.grant()["accepted_costs"] == a.eur("1000.07")
    assert journey.grant()["left"] == a.eur("39599.98")


def test_a_stale_version_is_refused_with_who_and_when(journey):
    claim_id = journey.submitted()

    with pytest.raises(ChangedMeanwhile) as refusal:
        journey.verify(claim_id, version=2)

    assert refusal.value.facts == {"by": "eeva.rautiainen", "at": a.NOON.isoformat()}


def test_what_nobody_opened_is_not_found(journey):
    with pytest.raises(NotFound):
        journey.claim("A1-M1")
    with pytest.raises(NotFound):
        journey.grant("A1")


@pytest.mark.parametrize("same", [{"invoice_number": "2027-15"}, {"invoice_number": "X", "document_id": "D-1"}])
def test_what_was_claimed_before_is_found_and_what_comes_later_is_not(journey, same):
    first = journey.submitted(a.typed_line(document_id="D-1"))
    second = journey.submitted(a.typed_line(**same))

    findings = {name: journey.claim(name)["lines"][0]["finding"] for name in (first, second)}

    assert findings == {first: None, second: "claimed_twice"}


def test_once_the_later_one_is_accepted_the_earlier_is_the_second(journey):
    first, second = journey.submitted(a.typed_line()), journey.submitted(a.typed_line())
    journey.verify(second)

    assert journey.claim(first)["lines"][0]["finding"] == "claimed_twice"


def test_an_invoice_cut_to_nothing_may_be_claimed_again(journey):
    journey.verified(a.typed_line(document_id="D-1"), cuts={"line_1": "0.00"})

    again = journey.claim(journey.submitted(a.typed_line(document_id="D-1")))

    assert again["lines"][0]["finding"] is None


def test_the_same_invoice_twice_in_one_claim_is_found_on_the_second_line(journey):
    claim = journey.claim(journey.submitted(a.typed_line(), a.typed_line(category="equipment")))

    assert [line["finding"] for line in claim["lines"]] == [None, "claimed_twice"]


def test_the_final_claim_closes_the_grant(journey):
    journey.submitted(kind="final")

    with pytest.raises(FinalClaimMade):
        journey.opened()


def test_a_failed_payment_is_ordered_again_and_settles(journey):
    claims = many(journey, ["1 000,00", "2 000,00"])
    first = journey.batch(*claims)
    journey.bank_says(first["batch_id"], rejected={f"{claims[0]}-1": "AC04"})
    second = journey.batch(claims[0])
    journey.bank_says(second["batch_id"], kind="camt.054")

    payments = journey.claim(claims[0])["payments"]

    assert [(payment["state"], payment["reason"]) for payment in payments] == [("rejected", "AC04"), ("settled", None)]
    assert journey.grant()["paid"] == a.eur("1200.00")


def test_the_file_is_kept_byte_for_byte(journey):
    claim_id = journey.approved()
    batch = journey.batch(claim_id)
    with pytest.raises(AlreadyInPayment):
        journey.batch(claim_id)

    assert a.sha256(journey.file(batch["batch_id"])) == batch["sha256"]


def test_the_same_answer_again_changes_nothing(journey):
    batch = journey.batch(*many(journey, ["1 000,00", "2 000,00"]))
    first = journey.bank_says(batch["batch_id"], kind="camt.054")
    again = journey.bank_says(batch["batch_id"], kind="camt.054")

    assert (first["first_time"], first["applied"]) == (True, 2)
    assert (again["first_time"], again["applied"], again["unchanged"]) == (False, 0, 2)
    assert again["payments"] == first["payments"]


def test_a_refused_answer_may_be_imported_once_it_is_right(journey):
    batch = journey.batch(journey.approved())
    xml = demo_bank.answer(journey.file(batch["batch_id"]), kind="camt.054")
    with pytest.raises(AmountDiffers):
        journey.answer(xml.replace(">400.00<", ">400.01<"))

    assert journey.answer(xml)["applied"] == 1


def test_a_returned_proposal_keeps_its_reason_until_the_next(journey):
    claim_id = journey.proposed()
    journey.do(a.DECIDER, use_cases.decide_payment, claim_id, 5, "return", "Tarkista.")
    assert journey.claim(claim_id)["return_note"] == "Tarkista."

    journey.do(a.HANDLER, use_cases.propose_payment, claim_id, 6)

    assert journey.claim(claim_id)["return_note"] is None
