"""Two people at once: the money stays right whoever is first."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from services.payments import use_cases
from services.payments.domain.errors import AlreadyInPayment, PayableChanged
from shared.asker import Asker, Role
from shared.errors import ChangedMeanwhile, DomainError
from shared.money import ZERO, total
from tests.support import payments_builders as a
from tests.support.payments_journeys import DEBTORS, many
from tukivayla import demo_bank

pytestmark = pytest.mark.postgres


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    """What each action gave or how it was refused; all start at the same moment."""
    start = Barrier(len(actions))

    def run(action: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return action()
        except DomainError as refusal:
            return refusal

    with ThreadPoolExecutor(len(actions)) as people:
        return list(people.map(run, actions))


def kinds(results: list[Any]) -> set[str]:
    return {type(result).__name__ for result in results}


def test_eight_deciders_at_once_never_approve_more_than_the_grant(stored_journey):
    stored_journey.award(a.a_grant(aid=a.eur("1000.00")))
    claims = [stored_journey.proposed(a.typed_line("1 000,00", invoice_number=str(n))) for n in range(8)]

    results = at_once(*(lambda name=name: stored_journey.decide(name) for name in claims))

    approved = [stored_journey.claim(name)["payable"] for name in claims if _is_decided(stored_journey, name)]
    grant = stored_journey.grant()
    assert kinds(results) <= {"dict", "PayableChanged"}
    assert total(approved) == grant["approved"] <= grant["aid"]
    assert grant["approved"] == a.eur("800.00")


def _is_decided(journey, claim_id) -> bool:
    return journey.claim(claim_id)["state"] in {"approved", "approved_in_part", "rejected"}


def test_two_deciders_of_one_claim_decide_it_once(stored_journey):
    stored_journey.award()
    claim_id = stored_journey.proposed()

    results = at_once(
        lambda: stored_journey.decide(claim_id), lambda: stored_journey.decide(claim_id, asker=a.OTHER_DECIDER)
    )

    (refusal,) = [result for result in results if isinstance(result, ChangedMeanwhile)]
    assert refusal.facts["by"] in {a.DECIDER.person, a.OTHER_DECIDER.person}
    assert stored_journey.grant()["approved"] == a.eur("400.00")


def test_two_payers_cannot_put_one_claim_into_two_files(stored_journey):
    stored_journey.award()
    claims = many(stored_journey, ["1 000,00", "2 000,00", "3 000,00"])
    other_payer = Asker(person="paavo.payer", role=Role.PAYER, authority="ITA")

    def pay(payer: Asker, *names: str, sum_typed: str) -> Any:
        return stored_journey.do(payer, use_cases.make_batch, list(names), a.eur(sum_typed), DEBTORS)

    results = at_once(
        lambda: pay(a.PAYER, claims[0], claims[1], sum_typed="1200.00"),
        lambda: pay(other_payer, claims[1], claims[2], sum_typed="2000.00"),
    )

    assert sorted(type(result).__name__ for result in results) == [AlreadyInPayment.__name__, "dict"]
    assert len(stored_journey.claim(claims[1])["payments"]) == 1


def test_files_made_at_once_have_numbers_without_gaps(stored_journey):
    stored_journey.award()
    claims = many(stored_journey, ["100,00", "200,00", "300,00", "400,00"])

    batches = at_once(*(lambda name=name: stored_journey.batch(name) for name in claims))

    assert {batch["batch_id"] for batch in batches} == {f"E2027-0000{number}" for number in (1, 2, 3, 4)}


def test_the_same_answer_twice_at_once_is_taken_in_once(stored_journey):
    stored_journey.award()
    claims = many(stored_journey, ["1 000,00", "2 000,00"])
    batch = stored_journey.batch(*claims)
    xml = demo_bank.answer(stored_journey.file(batch["batch_id"]), kind="camt.054")

    results = at_once(*(lambda: stored_journey.answer(xml) for _ in range(4)))

    assert sorted(result["first_time"] for result in results) == [False, False, False, True]
    assert stored_journey.grant()["paid"] == a.eur("1200.00")


def test_different_answers_at_once_end_the_same(stored_journey):
    stored_journey.award()
    claims = many(stored_journey, ["1 000,00", "2 000,00"])
    batch = stored_journey.batch(*claims)
    file = stored_journey.file(batch["batch_id"])
    answers = [demo_bank.answer(file, status=status) for status in ("RCVD", "PDNG", "ACCP", "ACSC")]
    answers.append(demo_bank.answer(file, kind="camt.054"))

    at_once(*(lambda xml=xml: stored_journey.answer(xml) for xml in answers))

    assert {stored_journey.claim(name)["state"] for name in claims} == {"paid"}
    assert stored_journey.grant()["paid"] == a.eur("1200.00")


def test_claims_opened_at_once_have_numbers_of_their_own(stored_journey):
    stored_journey.award()

    names = at_once(*(stored_journey.opened for _ in range(5)))

    assert set(names) == {f"{a.NUMBER}-M{ordinal}" for ordinal in range(1, 6)}


def test_deciding_and_settling_at_once_lose_nothing(stored_journey):
    stored_journey.award()
    paid, decided = stored_journey.approved(a.typed_line("1 000,00")), stored_journey.proposed(a.typed_line("500,00"))
    batch = stored_journey.batch(paid)

    results = at_once(
        lambda: stored_journey.bank_says(batch["batch_id"], kind="camt.054"), lambda: stored_journey.decide(decided)
    )

    grant = stored_journey.grant()
    assert PayableChanged.__name__ not in kinds(results)
    assert (grant["paid"], grant["approved"]) == (a.eur("400.00"), a.eur("600.00"))
    assert grant["paid"] > ZERO
