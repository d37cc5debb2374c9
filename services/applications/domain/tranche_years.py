"""Which years a grant of 2014–2020 is granted by: the plan's, one at a time (laki 8/2014)."""

from __future__ import annotations

from collections.abc import Iterable

from services.applications.domain.plans import Cost
from services.applications.domain.rulesets import PERIOD_2014
from shared.explained import Step
from shared.money import Money

FIRST_TRANCHE = "first_tranche"  # the step that says an award granted its first year only
SOURCE = "laki 8/2014"


def years_of(costs: Iterable[Cost]) -> tuple[int, ...]:
    return tuple(sorted({cost.year for cost in costs if cost.amount}))


def first_year(period: str, costs: Iterable[Cost]) -> int | None:
    """The year that the first decision grants, None when the whole is granted at once."""
    years = years_of(costs)
    return years[0] if period == PERIOD_2014 and len(years) > 1 else None


def up_to(costs: tuple[Cost, ...], year: int) -> tuple[Cost, ...]:
    return tuple(cost for cost in costs if cost.year <= year)


def first_tranche_step(year: int, amount: Money) -> Step:
    return Step(sign="≤", what=FIRST_TRANCHE, amount=amount, source=SOURCE, facts={"year": str(year)})
