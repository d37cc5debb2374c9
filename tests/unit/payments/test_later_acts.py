"""The account follows what is decided after the award, and never says less than what is approved or paid."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.payments import use_cases
from services.payments.domain.errors import AlreadyActed, GrantEnded, GrantSuspended
from services.payments.domain.grants import MoreThanTheGrant, Standing
from shared.asker import Asker, Role
from shared.money import Money
from tests.support import payments_builders as a
from tests.support.payments_fakes import Desk
from tests.support.payments_journeys import Journey


def an_act(act: int, kind: str = "amendment", aid: str = "40000.00", **facts: Any) -> dict[str, Any]:
    return a.an_award(
        aid=a.eur(aid), act=act, kind=kind, proposed_by="anna.amanuenssi", decided_by="risto.uusi", **facts
    )


def follow(journey: Journey, act: int, kind: str = "amendment", aid: str = "40000.00", **facts: Any) -> None:
    journey.do(a.HOUSE, use_cases.follow_act, an_act(act, kind, aid, **facts))


def test_an_amendment_brings_its_plan_time_and_aid_to_the_account(journey: Journey, desk: Desk) -> None:
    costs = [{"category": "equipment", "description": "Isompi kone", "year": 2028, "amount": a.eur("110000.00")}]
    follow(journey, 2, aid="44000.00", costs=costs, period_last=date(2028, 6, 30))

    grant = journey.grant()
    assert (grant["aid"], grant["left"]) == (a.eur("44000.00"), a.eur("44000.00"))
    assert (grant["period_last"], [cost["amount"] for cost in grant["costs"]]) == (
        date(2028, 6, 30),
        [a.eur("110000.00")],
    )
    [told] = desk.announced("grant_account_changed")
    assert (told["act"], told["aid_before"], told["aid"]) == (2, "40000.00", "44000.00")


def test_the_same_act_heard_again_and_an_older_one_change_nothing(journey: Journey, desk: Desk) -> None:
    follow(journey, 3, aid="30000.00")
    follow(journey, 3, aid="30000.00")
    follow(journey, 2, aid="50000.00")

    assert journey.grant()["aid"] == a.eur("30000.00")
    assert len(desk.announced("grant_account_changed")) == 1


def test_aid_never_goes_below_what_is_approved(journey: Journey) -> None:
    journey.approved(a.typed_line("15 000,00"))
    approved = journey.grant()["approved"]

    with pytest.raises(MoreThanTheGrant):
        follow(journey, 2, aid=str(approved - Money(1)))
    follow(journey, 2, aid=str(approved))
    assert journey.grant()["left"] == a.eur("0.00")


def test_a_suspended_grant_takes_claims_and_pays_nothing_until_it_goes_on(journey: Journey) -> None:
    claim_id = journey.proposed(a.typed_line("1 000,00"))
    follow(journey, 2, "suspension")

    with pytest.raises(GrantSuspended):
        journey.decide(claim_id)
    journey.submitted(a.typed_line("500,00", invoice_number="2027-99"))
    follow(journey, 3, "resumption")
    journey.decide(claim_id)


def test_what_was_decided_before_a_suspension_is_not_ordered_during_it(journey: Journey) -> None:
    claim_id = journey.approved(a.typed_line("1 000,00"))
    follow(journey, 2, "suspension")

    with pytest.raises(GrantSuspended):
        journey.batch(claim_id)


@pytest.mark.parametrize(("kind", "standing"), [("cancellation", "cancelled"), ("closure", "closed")])
def test_a_grant_that_has_ended_takes_no_claims(journey: Journey, kind: str, standing: str) -> None:
    follow(journey, 2, kind, aid="0.00")

    assert (journey.grant()["standing"], journey.grant()["aid"]) == (standing, a.eur("0.00"))
    with pytest.raises(GrantEnded):
        journey.opened()


def test_a_refusal_turned_on_review_opens_the_account(desk: Desk) -> None:
    journey = Journey(desk.work)

    follow(journey, 2, "review_decision", aid="40000.00")

    assert journey.grant()["aid"] == a.eur("40000.00")
    assert len(desk.announced("grant_account_opened")) == 1


def test_an_act_of_a_refused_case_opens_nothing(desk: Desk) -> None:
    journey = Journey(desk.work)

    follow(journey, 2, "review_decision", aid="0.00")

    assert desk.announced("grant_account_opened") == []


def test_whoever_decided_an_amendment_decides_no_payment_of_the_grant(journey: Journey) -> None:
    claim_id = journey.proposed(a.typed_line("1 000,00"))
    follow(journey, 2)

    amended = Asker(person="risto.uusi", role=Role.DECISION_MAKER, authority="ITA")
    with pytest.raises(AlreadyActed) as refusal:
        journey.decide(claim_id, asker=amended)
    assert refusal.value.facts["acted_as"] == "later_act"


@given(
    acts=st.lists(
        st.tuples(
            st.sampled_from(["amendment", "correction_of_fact", "closure", "cancellation"]), st.integers(0, 10**7)
        ),
        max_size=8,
    ),
    approved=st.integers(0, 4_000_000),
)
def test_through_any_acts_the_account_never_holds_less_than_it_has_approved(
    acts: list[tuple[str, int]], approved: int
) -> None:
    grant = a.a_grant(approved=Money(approved))
    for ordinal, (kind, cents) in enumerate(acts, start=2):
        try:
            if kind in ("closure", "cancellation"):
                grant = grant.ended(ordinal, Standing.CLOSED, Money(cents))
            else:
                grant = grant.followed(ordinal, Money(cents), grant.plan, grant.period)
        except MoreThanTheGrant:
            assert cents < approved
    assert Money(0) <= grant.paid <= grant.approved <= grant.aid
