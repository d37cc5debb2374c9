"""A change of a grant that is paid by a simplified cost option: the model and its rate are the award's for good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.applications import use_cases
from services.applications.domain.amendments import LUMP_SUM, Wish, objections_to
from services.applications.domain.applications import Case
from services.applications.domain.first_acts import opened
from services.applications.domain.plans import Cost, Target
from shared.contracts.applications import ActTerms, WishedTerms
from shared.errors import DomainError, InvalidFields
from shared.money import ZERO, Money, Rate, total
from shared.rules.cost_models import flat_rate
from tests.support import applications_builders as an
from tests.support.afterwards_journeys import AWARDED_ON, Afterwards, costs
from tests.support.applications_fakes import Desk
from tests.support.applications_journeys import Journey

SPRING, CHANGE = date(2027, 3, 1), date(2027, 4, 1)
# What a model lets a plan contain, and a plan of 20 000 euros in it.
PLANS = {
    "flat_7": ("equipment", "services"),
    "flat_15_staff": ("staff", "services"),
    "flat_40": ("staff",),
    "flat_1_5": ("equipment", "services"),
}
models = pytest.mark.parametrize("model", PLANS)


def rows(model: str, first: str, second: str = "0.00") -> list[dict[str, Any]]:
    categories = PLANS[model]
    asked = costs(first, categories[0])
    return asked + (costs(second, categories[1]) if len(categories) > 1 and second != "0.00" else [])


def by_the_model(model: str, planned: list[dict[str, Any]]) -> tuple[Money, Money]:
    """Eligible costs and aid at 50 per cent, reckoned here apart from the house's own rules."""
    direct = total(row["amount"] for row in planned)
    rate = flat_rate(model, AWARDED_ON)
    assert rate
    base = total(row["amount"] for row in planned if not rate.base or row["category"] in rate.base)
    eligible = direct + base.at(rate.rate)
    return eligible, eligible.at(Rate.of("50"))


def granted(model: str) -> tuple[Afterwards, Desk, str]:
    """20 000 euros of direct costs in the first category that the model allows, aided by half of the eligible."""
    desk = Desk()
    journey = Journey(desk.work)
    call = an.a_call(cost_model=model, categories=PLANS[model])
    journey.publish(call)
    journey.fund("500000.00", call)
    category = PLANS[model][0]
    after = Afterwards(journey)
    eligible, aid = by_the_model(model, rows(model, "20000.00"))
    own = eligible - aid
    number = journey.draft(
        costs=[an.cost_row("20 000,00", category)],
        financing=[{"source": "own", "year": "2027", "amount": str(own).replace(".", ",")}],
    )
    journey.do(an.COMPANY, use_cases.submit, number, 3)
    journey.do(an.HANDLER, use_cases.take_case, number, 4)
    journey.propose(number, 5, "approve", [an.accepted("20000.00", category)])
    journey.decide(number)
    return after, desk, number


def amended(after: Afterwards, number: str, wished: list[dict[str, Any]]) -> Any:
    after.ask_amendment(number, on=SPRING, change_on=CHANGE, costs=wished)
    about = len(after.acts(number, on=SPRING)["amendments"])
    return after.done(number, "amendment", about=about, verdict="approve", on=SPRING)


def rules(refused: Callable[[], object]) -> set[tuple[str, str]]:
    with pytest.raises(InvalidFields) as refusal:
        refused()
    return {(fault.path, fault.rule) for fault in refusal.value.faults}


# ---- flat rates ----


@models
def test_the_flat_part_follows_the_new_costs_at_the_rate_of_the_award(model: str) -> None:
    after, desk, number = granted(model)
    wished = rows(model, "31234.57", "5000.03")

    shown = amended(after, number, wished)

    assert (shown["terms"].eligible_costs, shown["terms"].aid) == by_the_model(model, wished)
    assert shown["cost_model"] == model
    awarded, changed = (
        next(data for name, _, data in desk.announced if name.endswith(kind))
        for kind in ("grant_awarded", "grant_amended")
    )
    assert awarded["cost_model"] == changed["cost_model"] == model
    [step] = [step for step in changed["steps"] if step["what"] == "flat_rate_costs"]
    assert step["facts"]["model"] == model


@models
def test_fewer_costs_lower_the_flat_part_with_them_and_give_the_rest_back(model: str) -> None:
    after, _desk, number = granted(model)
    wished = rows(model, "12000.01")

    shown = amended(after, number, wished)

    eligible, aid = by_the_model(model, wished)
    assert (shown["terms"].eligible_costs, shown["terms"].aid, shown["bound"]) == (eligible, aid, aid)


@settings(max_examples=30, deadline=None)
@given(
    model=st.sampled_from(sorted(PLANS)),
    changes=st.lists(st.tuples(st.integers(200_000, 9_000_000), st.integers(0, 900_000)), min_size=1, max_size=4),
)
def test_through_any_changes_the_grant_is_what_the_model_gives_on_the_last_of_them(
    model: str, changes: list[tuple[int, int]]
) -> None:
    after, _desk, number = granted(model)
    stands = rows(model, "20000.00")
    for first, second in changes:
        wished = rows(model, str(Money(first)), str(Money(second)))
        try:
            amended(after, number, wished)
            stands = wished
        except DomainError:
            waits = [act for act in after.acts(number)["acts"] if act["state"] == "proposed"]
            assert not waits
            open_ones = [one for one in after.acts(number)["amendments"] if one["state"].value == "filed"]
            for one in open_ones:
                after.done(number, "amendment", about=one["amendment"], verdict="reject", on=SPRING)

    shown = after.acts(number)
    eligible, aid = by_the_model(model, stands)
    assert shown["terms"].eligible_costs == eligible
    assert shown["terms"].aid == shown["bound"] == min(aid, Money.eur("200000.00"))


def test_what_the_flat_rate_covers_does_not_come_beside_it_by_a_change() -> None:
    after, _desk, number = granted("flat_40")

    wished = {"costs": costs("20000.00", "staff") + costs("5000.00", "travel")}

    assert rules(lambda: after.ask_amendment(number, on=SPRING, change_on=CHANGE, **wished)) == {
        ("wished.costs.1.category", "category_not_in_call")
    }


@models
def test_a_correction_too_is_reckoned_by_the_model_of_the_award(model: str) -> None:
    after, _desk, number = granted(model)
    right = rows(model, "18000.00")

    shown = after.done(
        number, "correction_of_fact", about=1, ground="facts", consent=True, changes={"costs": right}, on=SPRING
    )

    assert (shown["terms"].eligible_costs, shown["terms"].aid) == by_the_model(model, right)
    assert shown["cost_model"] == model


@pytest.mark.parametrize("schema", [WishedTerms, ActTerms])
def test_neither_the_company_nor_an_official_can_name_another_model(schema: Any) -> None:
    assert "cost_model" not in schema().fields
    assert schema().validate({"cost_model": "actual"})


# ---- a lump sum ----


@pytest.fixture
def lump_sum(journey: Journey, desk: Desk) -> tuple[Any, Any]:
    """The terms of a grant and its call, as they would be had the call paid a lump sum."""
    number = Afterwards(journey).granted()
    call = replace(desk.calls["IS-2026-14"], cost_model=LUMP_SUM)
    return opened(Case(application=desk.applications[number], call=call), ()).terms, call


def objections(lump_sum: tuple[Any, Any], **wished: Any) -> set[tuple[str, str]]:
    terms, call = lump_sum
    return {(one.path, one.rule) for one in objections_to(Wish(**wished), CHANGE, terms, call, SPRING)}


def test_of_a_lump_sum_the_time_can_change(lump_sum: tuple[Any, Any]) -> None:
    assert objections(lump_sum, period_last=date(2028, 3, 31)) == set()


@pytest.mark.parametrize(
    "wished",
    [
        {"costs": (Cost(category="equipment", description="", year=2027, amount=Money.eur("30000.00")),)},
        {"costs": (Cost(category="equipment", description="", year=2027, amount=Money.eur("10000.00")),)},
        {"indicators": (Target(code="RCR01", target="1"),)},
        {"period_last": date(2028, 3, 31), "indicators": (Target(code="RCR01", target="1"),)},
    ],
    ids=["more", "less", "another outcome", "time and outcome"],
)
def test_and_neither_its_sum_nor_the_outcome_that_it_pays_for(lump_sum: tuple[Any, Any], wished: Any) -> None:
    assert ("wished", "only_time_of_lump_sum") in objections(lump_sum, **wished)


def test_a_lump_sum_is_not_reckoned_anew_when_its_time_changes(journey: Journey) -> None:
    after = Afterwards(journey)
    number = after.granted()
    after.ask_amendment(number, on=SPRING, change_on=CHANGE, period_last=date(2028, 3, 31))

    shown = after.done(number, "amendment", about=1, verdict="approve", on=SPRING)

    first, last = (act["terms"] for act in shown["acts"])
    assert (last.aid, last.eligible_costs, last.costs) == (first.aid, first.eligible_costs, first.costs)
    assert last.aid > ZERO
