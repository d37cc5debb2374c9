"""Cost models: how the costs that a project may be aided on follow from the costs in its plan.

A flat-rate part is rounded to the nearest cent, half a cent up: it is a cost, not aid. What is paid of it
is capped later, in `aid`. The call fixes the model for the project's whole life (VNa 866/2021 2 §).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.applications.domain.plans import CATEGORIES, Cost
from services.applications.domain.rulesets import STAFF, FlatRate, Ruleset
from shared.explained import Step
from shared.money import ZERO, Money, total

ACTUAL = "actual"
STAFF_ONLY = "flat_40"  # everything else is the flat part (CPR 2021/1060 art. 56(1))
ACTUAL_SOURCE = "(EU) 2021/1060 53 (1) (a); VNa 866/2021"


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibleCosts:
    """`direct` + `flat` = `total`; `steps` say how, row by row."""

    direct: Money
    flat: Money
    steps: tuple[Step, ...]

    @property
    def total(self) -> Money:
        return self.direct + self.flat


def categories_of(model: str) -> tuple[str, ...]:
    """The cost categories that a plan may contain under the model."""
    return (STAFF,) if model == STAFF_ONLY else CATEGORIES


def eligible_costs(model: str, costs: Iterable[Cost], ruleset: Ruleset) -> EligibleCosts:
    """Planned direct costs by category, and the flat part that the model adds to them."""
    by_category = sums_by_category(costs)
    direct = total(by_category.values())
    rows = [
        Step(sign="+", what="costs_in_category", amount=amount, source=ACTUAL_SOURCE, facts={"category": category})
        for category, amount in by_category.items()
    ]
    flat_rate = ruleset.flat_rates.get(model)
    flat = ZERO
    if flat_rate:
        base = base_of(flat_rate, by_category)
        flat = base.at_nearest(flat_rate.rate)
        rows.append(_flat_step(model, flat_rate, base, flat))
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


def base_of(flat_rate: FlatRate, by_category: dict[str, Money]) -> Money:
    if flat_rate.base == STAFF:
        return by_category.get(STAFF, ZERO)
    return total(by_category.values())


def _flat_step(model: str, flat_rate: FlatRate, base: Money, flat: Money) -> Step:
    return Step(
        sign="+",
        what="flat_rate_costs",
        amount=flat,
        source=flat_rate.source,
        facts={"model": model, "rate": str(flat_rate.rate), "of": flat_rate.base, "base": str(base)},
    )
