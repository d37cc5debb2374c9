"""How the aid follows from the costs, to the cent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.applications.domain.aid import Aid, aid_for
from services.applications.domain.cost_models import categories_of, eligible_costs
from services.applications.domain.errors import NoRulesetInForce
from services.applications.domain.plans import CATEGORIES, Cost
from services.applications.domain.rulesets import PERIOD_2014, PERIOD_2021, RULESETS, Ruleset, period_of, ruleset_on
from shared.contracts import applications as contract
from shared.money import ZERO, Money, Rate, total
from shared.rules.cost_models import flat_rate
from tests.support.applications_builders import a_call, a_cost

RULES = ruleset_on(date(2026, 9, 15), PERIOD_2021)


def test_salaries_of_28_322_56_with_forty_per_cent_come_to_39_651_58_and_aid_of_31_721_26() -> None:
    call = a_call(cost_model="flat_40", categories=("staff",), aid_rate=Rate.of("80"))

    aid = aid_for((a_cost("28322.56", "staff"),), call, RULES)

    assert aid.costs.flat == Money.eur("11329.02")
    assert aid.costs.total == Money.eur("39651.58")
    assert aid.amount == Money.eur("31721.26")


@pytest.mark.parametrize(
    ("model", "flat"),
    [("actual", "0.00"), ("flat_7", "105.00"), ("flat_15_staff", "150.00"), ("flat_40", "400.00")],
)
def test_each_model_adds_its_own_flat_part(model: str, flat: str) -> None:
    costs = (a_cost("1000.00", "staff"), a_cost("500.00", "travel"))

    assert eligible_costs(model, costs, RULES).flat == Money.eur(flat)


def test_the_law_says_up_to_so_a_flat_part_has_no_fraction_of_a_cent_above_its_rate() -> None:
    assert eligible_costs("flat_7", (a_cost("0.50"),), RULES).flat == Money.eur("0.03")  # 3.5 cents


def test_a_fraction_of_a_cent_of_aid_is_never_paid() -> None:
    aid = aid_for((a_cost("3333.33"),), a_call(aid_rate=Rate.of("50")), RULES)

    assert aid.amount == Money.eur("1666.66")  # 1 666.665


def test_the_ceiling_of_the_call_caps_the_aid() -> None:
    assert aid_for((a_cost("900000.00"),), a_call(), RULES).amount == Money.eur("200000.00")


def test_aid_and_other_public_money_together_never_exceed_the_costs() -> None:
    aid = aid_for((a_cost("10000.00"),), a_call(), RULES, public_financing=Money.eur("7000.00"))

    assert aid.amount == Money.eur("3000.00")
    assert aid.steps[-2].source == "VAL 688/2001 6 §"


def test_more_than_was_sought_is_never_granted() -> None:
    aid = aid_for((a_cost("10000.00"),), a_call(), RULES, sought=Money.eur("4999.99"))

    assert aid.amount == Money.eur("4999.99")


def test_when_forty_per_cent_covers_all_other_costs_only_salaries_are_planned() -> None:
    assert categories_of("flat_40", RULES) == ("staff",)
    assert categories_of("flat_7", RULES) == CATEGORIES


@pytest.mark.parametrize(("model", "article"), [("flat_7", "54(a)"), ("flat_15_staff", "54(b)"), ("flat_40", "56(1)")])
def test_a_flat_part_names_the_article_and_the_decree_it_comes_from(model: str, article: str) -> None:
    [flat] = [
        step for step in eligible_costs(model, (a_cost("1.00", "staff"),), RULES).steps if step.what[:4] == "flat"
    ]

    assert flat.source == f"(EU) 2021/1060 art. {article}; VNa 866/2021"


@pytest.mark.parametrize("ruleset", RULESETS, ids=lambda ruleset: ruleset.id)
def test_no_rate_changes_while_a_rule_set_is_in_force(ruleset: Ruleset) -> None:
    assert len(ruleset.cost_models) >= 3
    for model in ruleset.cost_models:
        assert flat_rate(model, ruleset.since) == flat_rate(model, ruleset.until)


def test_rule_sets_of_a_period_follow_each_other_without_overlap() -> None:
    for period in {ruleset.period for ruleset in RULESETS}:
        rows = sorted((ruleset for ruleset in RULESETS if ruleset.period == period), key=lambda row: row.since)
        assert all(earlier.until < later.since for earlier, later in pairwise(rows))
        assert all(row.since <= row.until for row in rows)


@pytest.mark.parametrize(("day", "period"), [(date(2021, 10, 31), PERIOD_2021), (date(2026, 1, 1), PERIOD_2014)])
def test_a_day_without_rules_is_refused_rather_than_guessed(day: date, period: str) -> None:
    with pytest.raises(NoRulesetInForce) as refusal:
        ruleset_on(day, period)

    assert refusal.value.facts == {"day": day.isoformat(), "period": period}


def test_the_period_of_a_programme_is_read_from_its_cci_number() -> None:
    assert period_of("2014FI16M2OP001") == PERIOD_2014
    assert period_of("2021FI16FFPR001") == PERIOD_2021
    assert period_of("national") == PERIOD_2021


costs = st.lists(
    st.builds(
        Cost,
        category=st.sampled_from(CATEGORIES),
        description=st.just(""),
        year=st.integers(2026, 2029),
        amount=st.integers(0, 10**11).map(Money),
    ),
    max_size=20,
).map(tuple)
rates = st.decimals("0", "100", places=2).map(lambda percent: Rate.of(str(percent)))
models = st.sampled_from(contract.COST_MODELS)
money = st.integers(0, 10**9).map(Money)


@settings(deadline=None)
@given(costs, models, rates, money, money, st.none() | money)
def test_aid_is_never_above_the_rate_the_ceiling_or_what_was_sought(
    planned: tuple[Cost, ...], model: str, rate: Rate, most: Money, public: Money, sought: Money | None
) -> None:
    call = a_call(cost_model=model, aid_rate=rate, aid_most=most)

    aid = aid_for(planned, call, RULES, public_financing=public, sought=sought)

    assert ZERO <= aid.amount <= most
    assert aid.amount.cents * 100 <= aid.costs.total.cents * rate.percent
    assert aid.amount + public <= max(aid.costs.total, public)
    assert sought is None or aid.amount <= sought


@settings(deadline=None)
@given(costs, models, rates, money, money, st.none() | money)
def test_anyone_who_follows_the_steps_comes_to_the_same_sum(
    planned: tuple[Cost, ...], model: str, rate: Rate, most: Money, public: Money, sought: Money | None
) -> None:
    call = a_call(cost_model=model, aid_rate=rate, aid_most=most)

    aid = aid_for(planned, call, RULES, public_financing=public, sought=sought)

    assert sum_by_following(aid) == aid.amount
    assert aid.costs.direct == total(row.amount for row in planned)


@settings(deadline=None)
@given(costs, models)
def test_dividing_a_cost_into_rows_changes_nothing(planned: tuple[Cost, ...], model: str) -> None:
    halves = tuple(
        replace(row, amount=part) for row in planned for part in row.amount.split((1, 1)) if row.amount.cents
    )

    assert eligible_costs(model, halves, RULES).total == eligible_costs(model, planned, RULES).total


@settings(deadline=None)
@given(costs, models, rates)
def test_a_cost_taken_away_never_raises_the_aid(planned: tuple[Cost, ...], model: str, rate: Rate) -> None:
    call = a_call(cost_model=model, aid_rate=rate)

    assert aid_for(planned[1:], call, RULES).amount <= aid_for(planned, call, RULES).amount


def sum_by_following(aid: Aid, ruleset: Ruleset = RULES) -> Money:
    """The steps as a person with a calculator would go through them."""
    running = ZERO
    for step in aid.steps:
        assert step.amount is not None
        if step.sign == "+":
            running = running + step.amount
        elif step.sign == "×":
            running = running.at(Rate.of(step.facts["rate"]))
        elif step.sign == "≤":
            running = min(running, step.amount)
        assert step.sign == "≤" or (step.sign == "+") or running == step.amount, step
    return running
