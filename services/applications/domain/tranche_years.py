"""Which years a grant of 2014–2020 is granted by: the plan's, one at a time (laki 8/2014)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from services.applications.domain.aid import AidTerms
from services.applications.domain.cost_models import eligible_costs
from services.applications.domain.plans import Cost
from services.applications.domain.rulesets import PERIOD_2014, Ruleset
from shared.explained import Step

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


class TermsByYears(AidTerms, Protocol):
    """What of a call says whether its grants are granted by years."""

    @property
    def programme_period(self) -> str: ...


def first_tranche(terms: TermsByYears, accepted: tuple[Cost, ...], ruleset: Ruleset) -> tuple[Step, ...]:
    """The ceiling that the first decision has when later years are decided later; none when there is one year."""
    year = first_year(terms.programme_period, accepted)
    if year is None:
        return ()
    amount = eligible_costs(terms.cost_model, up_to(accepted, year), ruleset).total.at(terms.aid_rate)
    return (Step(sign="≤", what=FIRST_TRANCHE, amount=amount, source=SOURCE, facts={"year": str(year)}),)
