"""Two programme periods side by side: each call has the cost models and rules of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.applications.domain.aid import aid_for
from services.applications.domain.calls import Call, must_be_publishable
from services.applications.domain.rulesets import PERIOD_2014, PERIOD_2021, ruleset_on
from shared.errors import InvalidFields
from shared.money import Money, Rate
from tests.support.applications_builders import a_call, a_cost

OLD = {
    "programme": "2014FI16M2OP001",
    "opens_at": datetime(2016, 3, 1, tzinfo=UTC),
    "closes_at": datetime(2016, 4, 1, tzinfo=UTC),
    "period_first": date(2016, 5, 1),
    "period_last": date(2018, 4, 30),
    "budget_year": 2016,
}


def an_old_call(**facts: Any) -> Call:
    return a_call(**{**OLD, **facts})


@pytest.mark.parametrize("model", ["actual", "flat_24_staff", "flat_17_staff"])
def test_a_call_of_2014_2020_has_the_models_of_its_time(model: str) -> None:
    must_be_publishable(an_old_call(cost_model=model))


@pytest.mark.parametrize(("call", "model"), [(an_old_call, "flat_40"), (a_call, "flat_24_staff")])
def test_a_model_of_the_other_period_is_refused(call: Any, model: str) -> None:
    with pytest.raises(InvalidFields) as refusal:
        must_be_publishable(call(cost_model=model, categories=("staff",)))

    assert [(fault.path, fault.rule) for fault in refusal.value.faults] == [("cost_model", "cost_model_not_in_period")]


def test_an_investment_of_today_may_have_its_one_and_a_half_per_cent() -> None:
    call = a_call(cost_model="flat_1_5", aid_rate=Rate.of("35"))
    must_be_publishable(call)

    made = aid_for((a_cost("100000.00"),), call, ruleset_on(date(2026, 9, 15), PERIOD_2021))

    assert (made.costs.flat, made.amount) == (Money.eur("1500.00"), Money.eur("35525.00"))


def test_an_award_of_2016_is_by_the_rules_of_its_own_period() -> None:
    call = an_old_call(cost_model="flat_24_staff", aid_rate=Rate.of("70"))
    rules = ruleset_on(date(2016, 5, 1), PERIOD_2014)

    made = aid_for((a_cost("1000.00", "staff"),), call, rules)

    assert (rules.id, made.costs.flat, made.amount) == ("2014-2020/1", Money.eur("240.00"), Money.eur("868.00"))
    assert next(step.source for step in made.steps if step.what == "flat_rate_costs").startswith("VNa 358/2014")
    assert not any("2021" in step.source for step in made.steps)
