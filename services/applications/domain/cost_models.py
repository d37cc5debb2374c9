"""Cost models: how the costs that a project may be aided on follow from the costs in its plan.

The flat rates are in `shared.rules.cost_models`, for claims are paid by the same ones; they round down.
The call fixes the model for the project's whole life (VNa 866/2021 2 §).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.applications.domain.plans import CATEGORIES, Cost
from services.applications.domain.rulesets import PERIOD_2014, PERIOD_2021, Ruleset
from shared.explained import Step
from shared.money import ZERO, Money, total
from shared.rules.cost_models import FlatRate, flat_rate

DECREES = {PERIOD_2021: "VNa 866/2021", PERIOD_2014: "VNa 358/2014"}
ACTUAL_ARTICLES = {PERIOD_2021: "(EU) 2021/1060 art. 53(1)(a)", PERIOD_2014: "(EU) 1303/2013 art. 67(1)(a)"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibleCosts:
    """`direct` + `flat` = `total`; `steps` say how, row by row."""

    direct: Money
    flat: Money
    steps: tuple[Step, ...]

    @property
    def total(self) -> Money:
        return self.direct + self.flat


def categories_of(model: str, ruleset: Ruleset) -> tuple[str, ...]:
    """The cost categories that a plan may contain under the model."""
    rate = flat_rate(model, ruleset.since)
    if rate and rate.covers_the_rest:
        return tuple(category for category in CATEGORIES if category in rate.base)
    return CATEGORIES


def eligible_costs(model: str, costs: Iterable[Cost], ruleset: Ruleset) -> EligibleCosts:
    """Planned direct costs by category, and the flat part that the model adds to them."""
    by_category = sums_by_category(costs)
    direct = total(by_category.values())
    decree = DECREES[ruleset.period]
    source = f"{ACTUAL_ARTICLES[ruleset.period]}; {decree}"
    rows = [
        Step(sign="+", what="costs_in_category", amount=amount, source=source, facts={"category": category})
        for category, amount in by_category.items()
    ]
    flat = ZERO
    if rate := flat_rate(model, ruleset.since):
        flat = rate.of(by_category)
        rows.append(_flat_step(rate, rate.base_of(by_category), flat, decree))
    rows.append(Step(sign="=", what="eligible_costs", amount=direct + flat))
    return EligibleCosts(direct=direct, flat=flat, steps=tuple(rows))


def sums_by_category(costs: Iterable[Cost]) -> dict[str, Money]:
    """Sums in the order of the form, only categories that occur."""
    rows = tuple(costs)
    return {
        category: total(row.amount for row in rows if row.category == category)
        for category in CATEGORIES
        if any(row.category == category for row in rows)
    }


def _flat_step(rate: FlatRate, base: Money, flat: Money, decree: str) -> Step:
    return Step(
        sign="+",
        what="flat_rate_costs",
        amount=flat,
        source=rate.source if decree in rate.source else f"{rate.source}; {decree}",
        facts={"model": rate.model, "rate": str(rate.rate), "base": str(base)},
    )
