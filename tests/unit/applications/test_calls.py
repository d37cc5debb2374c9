"""When a call is open, and which calls may be published."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.applications.domain.calls import Stage, must_be_publishable
from services.applications.domain.errors import CallClosed, CallNotOpen
from shared.errors import InvalidFields
from shared.money import Money
from tests.support.applications_builders import CLOSES, a_call

TICK = timedelta(microseconds=1)


def test_a_call_opens_at_the_very_moment_it_says() -> None:
    call = a_call()

    assert call.stage_at(call.opens_at - TICK) is Stage.UPCOMING
    assert call.stage_at(call.opens_at) is Stage.OPEN


def test_what_arrives_in_the_last_second_is_in_time_and_midnight_is_late() -> None:
    call = a_call(closes_at=CLOSES)

    call.must_be_open(CLOSES - TICK)
    with pytest.raises(CallClosed) as refusal:
        call.must_be_open(CLOSES)

    assert refusal.value.facts == {"closed_at": CLOSES.isoformat()}


def test_nothing_can_be_started_before_the_call_opens() -> None:
    with pytest.raises(CallNotOpen):
        a_call().must_be_open(datetime(2026, 8, 1, tzinfo=UTC))


def test_a_workable_call_may_be_published() -> None:
    must_be_publishable(a_call())


@pytest.mark.parametrize(
    ("facts", "path", "rule"),
    [
        ({"closes_at": a_call().opens_at}, "closes_at", "end_before_start"),
        ({"period_last": date(2026, 8, 31)}, "period_last", "end_before_start"),
        ({"authority": "QQQ"}, "authority", "unknown_authority"),
        ({"regions": ("10", "21")}, "regions.1", "unknown_region"),
        ({"aid_most": Money.eur("999.99")}, "aid_most", "most_below_least"),
        ({"aid_least": Money.eur("-1.00")}, "aid_least", "negative"),
        ({"cost_model": "flat_40"}, "categories.1", "category_not_in_model"),
        ({"legal_basis": ()}, "legal_basis", "required"),
        ({"programme": "2014FI16M2OP001"}, "opens_at", "no_ruleset_in_force"),
    ],
)
def test_a_call_that_could_not_work_is_not_published(facts: dict[str, Any], path: str, rule: str) -> None:
    with pytest.raises(InvalidFields) as refusal:
        must_be_publishable(a_call(**facts))

    assert (path, rule) in [(fault.path, fault.rule) for fault in refusal.value.faults]
