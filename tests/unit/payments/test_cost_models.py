"""Simplified cost options: the law's table."""

from __future__ import annotations

from datetime import date

import pytest

from shared.contracts.applications import COST_MODELS
from shared.money import ZERO, Money
from shared.rules.cost_models import NoSuchCostModel, flat_cost, flat_rate

IN_FORCE = date(2026, 12, 1)


@pytest.mark.parametrize("model", COST_MODELS)
def test_every_cost_model_of_a_call_has_its_rule(model):
    assert flat_cost(model, {"staff": ZERO}, IN_FORCE) == ZERO


def test_actual_costs_have_no_flat_rate():
    assert flat_rate("actual", IN_FORCE) is None


def test_forty_per_cent_of_staff_covers_all_other_costs():
    rate = flat_rate("flat_40", IN_FORCE)

    assert rate.covers_the_rest
    assert rate.of({"staff": Money.eur("48160.00"), "services": Money.eur("1.00")}) == Money.eur("19264.00")


def test_a_flat_rate_is_rounded_down_because_the_law_says_up_to():
    assert flat_cost("flat_7", {"services": Money.eur("0.99")}, IN_FORCE) == Money.eur("0.06")


@pytest.mark.parametrize(("model", "day"), [("flat_40", date(2021, 6, 30)), ("flat_99", IN_FORCE)])
def test_a_model_nobody_knows_that_day_is_refused(model, day):
    with pytest.raises(NoSuchCostModel):
        flat_rate(model, day)
