"""A claim from hand to hand: who may do what, when, and what the others are told."""

from __future__ import annotations

from datetime import date

import pytest

from services.payments import use_cases
from services.payments.domain.errors import (
    AlreadyActed,
    AlreadyInPayment,
    ClaimHasFaults,
    ClaimNotPayable,
    FinalClaimMade,
    NoDebtorAccount,
    PayableChanged,
    TotalDiffers,
    WrongClaimState,
)
from shared.asker import Asker, Role
from shared.contracts import payments as contract
from shared.errors import ChangedMeanwhile, InvalidFields, NotForYou, NotFound
from tests.support import payments_builders as a
from tests.support.payments_fakes import Desk
from tests.support.payments_journeys import DEBTORS, Journey, many


def as_(asker: Asker, person: str) -> Asker:
    return Asker(person=person, role=asker.role, authority=asker.authority)


def test_the_award_opens_the_account_once(journey, desk):
    journey.award()

    assert len(desk.announced("grant_account_opened")) == 1
    assert journey.grant()["left"] == a.eur("40000.00")


def test_claims_are_numbered_by_grant(journey):
    assert [journey.opened(), journey.opened()] == ["A80655-M1", "A80655-M2"]


def test_a_new_draft_says_what_it_lacks(journey):
    claim = journey.claim(journey.opened())

    assert claim["state"] == "draft"
    assert {fault["path"] for fault in claim["faults"]} == {"period_first", "period_last", "account", "lines"}


def test_a_draft_comes_back_as_it_was_typed(journey):
    claim = journey.claim(journey.drafted(a.typed_line("1 234,5")))

    assert claim["typed"] == a.a_draft(a.typed_line("1 234,5"))
    assert claim["claimed"] == a.eur("1234.50")
    assert claim["faults"] == []


def test_a_draft_with_faults_is_saved_but_not_submitted(journey):
    claim_id = journey.drafted(a.typed_line("paljon"))

    with pytest.raises(ClaimHasFaults) as refusal:
        journey.do(a.COMPANY, use_cases.submit_claim, claim_id, 2)

    assert ("lines.0.net", "not_a_number") in {(fault.path, fault.rule) for fault in refusal.value.faults}


def test_a_draft_saved_from_an_old_page_says_who_saved_a_newer_one(journey):
    claim_id = journey.drafted()

    with pytest.raises(ChangedMeanwhile) as refusal:
        journey.do(a.COMPANY, use_cases.save_claim, claim_id, 1, {})

    assert refusal.value.facts == {"by": "eeva.rautiainen", "at": a.NOON.isoformat()}


def test_what_cannot_be_kept_is_refused_at_saving(journey):
    claim_id = journey.opened()

    with pytest.raises(InvalidFields):
        journey.do(a.COMPANY, use_cases.save_claim, claim_id, 1, {"account": "\x00"})


def test_submitting_gives_a_receipt_with_the_last_day_of_payment(journey, desk):
    claim_id = journey.drafted()

    receipt = journey.do(a.COMPANY, use_cases.submit_claim, claim_id, 2)

    assert receipt["due_on"] == date(2027, 5, 29)
    assert len(receipt["digest"]) == 64
    (fact,) = desk.announced("claim_submitted")
    assert fact["digest"] == receipt["digest"]
    assert fact["lines"][0]["invoice_number"] == "2027-15"


def digest_of(line: dict[str, str]) -> str:
    """The digest of the first claim of a house of its own, so that only the line differs."""
    journey = Journey(Desk().work)
    journey.award()
    return str(journey.do(a.COMPANY, use_cases.submit_claim, journey.drafted(line), 2)["digest"])


def test_the_same_filing_has_the_same_digest():
    assert digest_of(a.typed_line("1 000,00")) == digest_of(a.typed_line("1000"))


@pytest.mark.parametrize("change", [{"description": "Muu"}, {"claimed": "999,99"}, {"paid_on": "2.2.2027"}])
def test_the_digest_covers_every_figure(change):
    assert digest_of({**a.typed_line(), **change}) != digest_of(a.typed_line())


def test_a_submitted_claim_is_not_submitted_again(journey):
    claim_id = journey.submitted()

    with pytest.raises(WrongClaimState):
        journey.do(a.COMPANY, use_cases.submit_claim, claim_id, 3)


def test_after_the_final_claim_there_are_no_more(journey):
    draft = journey.drafted()
    final = journey.submitted(kind="final")

    with pytest.raises(FinalClaimMade) as refusal:
        journey.opened()
    with pytest.raises(FinalClaimMade):
        journey.do(a.COMPANY, use_cases.submit_claim, draft, 2)

    assert refusal.value.facts == {"claim_id": final}


def test_another_companys_claim_does_not_exist(journey):
    claim_id = journey.submitted()

    with pytest.raises(NotFound):
        journey.claim(claim_id, a.STRANGER)
    with pytest.raises(NotFound):
        journey.do(a.STRANGER, use_cases.open_claim, a.NUMBER, "interim")


def test_an_official_of_another_authority_may_not_see_it(journey):
    with pytest.raises(NotForYou):
        journey.claim(journey.submitted(), a.VERIFIER_ELSEWHERE)


def test_a_draft_is_the_companys_own_business(journey):
    claim_id = journey.drafted()

    with pytest.raises(NotForYou):
        journey.claim(claim_id, a.AUDITOR)


def test_nobody_sees_the_whole_account_number_of_a_filed_claim(journey):
    claim_id = journey.submitted()

    for asker in (a.COMPANY, a.VERIFIER, a.AUDITOR):
        claim = journey.claim(claim_id, asker)
        assert claim["account"] == claim["typed"]["account"] == "FI21 **** 0785"


def test_the_clock_of_eighty_days_is_data(journey):
    claim_id = journey.submitted()

    assert journey.claim(claim_id, now=a.later(days=3))["days_used"] == 3


def test_the_clock_stops_when_the_money_is_there(journey):
    claim_id = journey.approved()
    journey.bank_says(journey.batch(claim_id)["batch_id"], kind="camt.054")

    assert journey.claim(claim_id, now=a.later(days=300))["days_used"] == 0


def test_the_same_invoice_in_another_claim_is_found(journey):
    journey.submitted(a.typed_line())
    second = journey.submitted(a.typed_line(category="equipment"))

    (line,) = journey.claim(second, a.VERIFIER)["lines"]

    assert line["finding"] == "claimed_twice"


def test_an_invoice_cut_to_nothing_may_be_claimed_again(journey):
    journey.verified(a.typed_line(), cuts={"line_1": "0.00"})
    second = journey.submitted(a.typed_line())

    assert journey.claim(second, a.VERIFIER)["lines"][0]["finding"] is None


def test_the_same_document_in_another_claim_is_found(journey):
    journey.submitted(a.typed_line(invoice_number="1", document_id="D-7"))
    second = journey.submitted(a.typed_line(invoice_number="2", document_id="D-7"))

    assert journey.claim(second, a.VERIFIER)["lines"][0]["finding"] == "claimed_twice"


def test_one_document_may_back_several_lines_of_one_claim(journey):
    lines = [a.typed_line(invoice_number=number, document_id="D-7") for number in ("1", "2")]

    assert [line["finding"] for line in journey.claim(journey.submitted(*lines))["lines"]] == [None, None]


def test_the_verifiers_cuts_are_announced(journey, desk):
    journey.verified(a.typed_line(), cuts={"line_1": "900.00"})

    (fact,) = desk.announced("claim_verified")
    assert (fact["accepted"], fact["cut"]) == ("900.00", "100.00")
    assert fact["lines"] == [{"line": 1, "accepted": "900.00", "cut": "100.00", "cut_reason": "not_reasonable"}]


def test_who_verified_does_not_propose(journey):
    claim_id = journey.verified()

    with pytest.raises(AlreadyActed) as refusal:
        journey.do(as_(a.HANDLER, a.VERIFIER.person), use_cases.propose_payment, claim_id, 4)

    assert refusal.value.facts == {"person": "veera.varma", "acted_as": "verifier"}


@pytest.mark.parametrize(
    ("person", "part"),
    [
        (a.VERIFIER.person, "verifier"),
        (a.HANDLER.person, "proposer"),
        ("pekka.pohjola", "award_proposer"),
        ("tero.korhonen", "award_decider"),
    ],
)
@pytest.mark.parametrize("verdict", ["sign", "return"])
def test_who_had_another_part_does_not_decide(journey, person, part, verdict):
    claim_id = journey.proposed()

    with pytest.raises(AlreadyActed) as refusal:
        journey.decide(claim_id, asker=as_(a.DECIDER, person), verdict=verdict)

    assert refusal.value.facts["acted_as"] == part


def test_who_decided_does_not_pay(journey):
    claim_id = journey.approved()

    with pytest.raises(AlreadyActed):
        journey.batch(claim_id, asker=as_(a.PAYER, a.DECIDER.person))


def test_a_decision_says_everything_the_letter_needs(journey, desk):
    journey.approved(a.typed_line("1 000,00"), a.typed_line("500,00", invoice_number="2"), cuts={"line_2": "100.00"})

    (fact,) = desk.announced("payment_decided")
    assert (fact["outcome"], fact["payable"], fact["accepted_costs"]) == ("approved_in_part", "440.00", "1100.00")
    assert fact["cuts"][0]["cut"] == "400.00"
    assert fact["cuts"][0]["cut_note"] == "Ylittää kohtuullisen hinnan."
    assert fact["ruleset"]
    assert {fact["verified_by"], fact["proposed_by"], fact["decided_by"]} == {
        a.VERIFIER.person,
        a.HANDLER.person,
        a.DECIDER.person,
    }


def test_the_decision_makers_note_stands_below_the_handlers(journey):
    claim_id = journey.proposed()

    claim = journey.do(a.DECIDER, use_cases.decide_payment, claim_id, 5, "sign", "Hyväksyn.")

    assert claim["decision"]["note"] == "Esitän maksettavaksi.\n\nHyväksyn."


def test_the_longest_notes_fit_into_what_is_announced(journey, desk):
    claim_id = journey.verified()
    journey.do(a.HANDLER, use_cases.propose_payment, claim_id, 4, "a" * 4000)
    journey.do(a.DECIDER, use_cases.decide_payment, claim_id, 5, "sign", "b" * 2000)

    assert len(desk.announced("payment_decided")[0]["note"]) == 6002


def test_what_is_shown_holds_to_the_contract(journey):
    claims = many(journey, ["1 000,00", "20 000,00"])
    batch = journey.batch(*claims)
    answer = journey.bank_says(batch["batch_id"], rejected={f"{claims[0]}-1": "AC04"})
    shown = [
        (contract.Claim, journey.claim(journey.opened())),
        (contract.Claim, journey.claim(claims[0])),
        (contract.Grant, journey.grant()),
        (contract.Batch, batch),
        (contract.BankAnswer, answer),
    ]

    assert [schema().validate(schema().dump(view)) for schema, view in shown] == [{}] * 5


def test_a_returned_proposal_goes_back_with_the_reason(journey, desk):
    claim_id = journey.proposed()

    claim = journey.do(a.DECIDER, use_cases.decide_payment, claim_id, 5, "return", "Tarkista rivi 1.")

    assert (claim["state"], claim["decision"], claim["return_note"]) == ("verified", None, "Tarkista rivi 1.")
    assert desk.announced("payment_returned")[0]["note"] == "Tarkista rivi 1."


def test_a_returned_claim_may_be_verified_again(journey):
    claim_id = journey.proposed()
    journey.decide(claim_id, verdict="return")

    claim = journey.verify(claim_id, version=6, line_1="10.00")

    assert claim["accepted"] == a.eur("10.00")


def test_a_proposed_claim_is_not_verified_behind_the_decision_makers_back(journey):
    claim_id = journey.proposed()

    with pytest.raises(WrongClaimState):
        journey.verify(claim_id, version=5)


def test_a_proposal_overtaken_by_another_decision_is_made_again(journey):
    grant = a.a_grant(number="A80656", aid=a.eur("500.00"))
    journey.award(grant)
    first = journey.proposed(a.typed_line("1 000,00"), number="A80656")
    second = journey.proposed(a.typed_line("1 000,00", invoice_number="2"), number="A80656")
    journey.decide(first)

    with pytest.raises(PayableChanged) as refusal:
        journey.decide(second)
    journey.decide(second, verdict="return")
    journey.do(a.HANDLER, use_cases.propose_payment, second, 6)
    claim = journey.decide(second, version=7)

    assert refusal.value.facts == {"proposed": "400.00", "now": "100.00"}
    assert claim["payable"] == a.eur("100.00")
    assert journey.grant("A80656")["left"] == a.eur("0.00")


def test_nothing_payable_means_a_rejected_claim_that_is_never_paid(journey):
    claim_id = journey.approved(a.typed_line(), cuts={"line_1": "0.00"})

    assert journey.claim(claim_id)["state"] == "rejected"
    with pytest.raises(ClaimNotPayable):
        journey.batch(claim_id)


def test_the_payers_total_must_be_what_the_claims_add_up_to(journey):
    claims = many(journey, ["1 000,00", "2 000,00"])

    with pytest.raises(TotalDiffers) as refusal:
        journey.batch(*claims, total_typed=a.eur("1200.01"))

    assert refusal.value.facts == {"typed": "1200.01", "sum": "1200.00"}


def test_a_claim_is_in_one_live_file_only(journey):
    claim_id = journey.approved()
    batch = journey.batch(claim_id)

    with pytest.raises(AlreadyInPayment) as refusal:
        journey.batch(claim_id)

    assert refusal.value.facts == {"claim_id": claim_id, "batch_id": batch["batch_id"]}


def test_a_claim_named_twice_is_not_paid_twice(journey):
    claim_id = journey.approved()

    with pytest.raises(InvalidFields):
        journey.batch(claim_id, claim_id)


def test_only_an_approved_claim_is_paid(journey):
    claim_id = journey.proposed()

    with pytest.raises(ClaimNotPayable):
        journey.batch(claim_id)


def test_a_payer_pays_the_claims_of_the_own_authority(journey):
    claim_id = journey.approved()

    with pytest.raises(NotForYou):
        journey.batch(claim_id, asker=a.PAYER_ELSEWHERE)


def test_an_authority_without_an_account_pays_nothing(journey):
    claim_id = journey.approved()

    with pytest.raises(NoDebtorAccount):
        journey.do(a.PAYER, use_cases.make_batch, [claim_id], a.eur("400.00"), {})


def test_every_payment_of_a_file_is_announced_with_the_files_digest(journey, desk):
    claims = many(journey, ["1 000,00", "2 000,00"])

    batch = journey.batch(*claims)

    facts = desk.announced("payment_ordered")
    assert [fact["claim_id"] for fact in facts] == claims
    assert {fact["file_sha256"] for fact in facts} == {batch["sha256"]}
    assert batch["execute_on"] == date(2027, 3, 10)


def test_a_file_refused_by_our_own_checks_uses_up_no_number(journey):
    journey.award(a.a_grant(number="A/1"))
    bad, good = journey.approved(number="A/1"), journey.approved()
    with pytest.raises(TotalDiffers):
        journey.batch(good, total_typed=a.eur("1.00"))

    journey.batch(bad)

    assert journey.batch(good)["batch_id"] == "E2027-00002"


def test_the_house_itself_sees_what_it_needs(journey):
    assert journey.claim(journey.submitted(), Asker(person="system", role=Role.SYSTEM))["state"] == "submitted"


def test_debtors_are_given_per_authority():
    assert {debtor.authority for debtor in DEBTORS.values()} == set(DEBTORS)
