"""An account that follows later acts: the same on the fake and on PostgreSQL, and when acts and claims meet."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.payments import use_cases
from services.payments.domain.grants import MoreThanTheGrant
from tests.storage.applications.test_two_at_once import at_once
from tests.support import payments_builders as a
from tests.support.payments_journeys import Journey


def follow(journey: Journey, act: int, kind: str = "amendment", aid: str = "40000.00", **facts: Any) -> Any:
    people = {"proposed_by": "anna.amanuenssi", "decided_by": "risto.uusi"}
    told = a.an_award(aid=a.eur(aid), act=act, kind=kind, **people, **facts)
    return journey.do(a.HOUSE, use_cases.follow_act, told)


def test_plan_time_aid_and_standing_come_back_as_the_act_left_them(journey: Journey) -> None:
    journey.award()
    costs = [{"category": "equipment", "description": "Kone", "year": 2028, "amount": a.eur("90000.00")}]
    follow(journey, 2, aid="36000.00", costs=costs, period_last=date(2028, 2, 29))
    follow(journey, 3, "suspension", aid="36000.00", costs=costs, period_last=date(2028, 2, 29))

    grant = journey.grant()
    assert (grant["aid"], grant["standing"], grant["period_last"]) == (
        a.eur("36000.00"),
        "suspended",
        date(2028, 2, 29),
    )
    assert [(cost["category"], cost["amount"]) for cost in grant["costs"]] == [("equipment", a.eur("90000.00"))]


def test_an_act_older_than_what_is_followed_changes_nothing(journey: Journey) -> None:
    journey.award()
    follow(journey, 3, aid="30000.00")
    follow(journey, 2, aid="50000.00")

    assert journey.grant()["aid"] == a.eur("30000.00")


@pytest.mark.postgres
def test_an_act_and_a_payment_decision_at_once_leave_the_account_whole(stored_journey: Journey) -> None:
    stored_journey.award()
    claim_id = stored_journey.proposed(a.typed_line("10 000,00"))  # 4 000,00 payable

    def lower() -> Any:
        try:
            return follow(stored_journey, 2, aid="3000.00")
        except MoreThanTheGrant as error:
            return error

    at_once(lower, lambda: stored_journey.decide(claim_id))

    grant = stored_journey.grant()
    assert grant["paid"] <= grant["approved"] <= grant["aid"]
    assert grant["aid"] in (a.eur("3000.00"), a.eur("40000.00"))
