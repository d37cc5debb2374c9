"""The highest part of a priority's spending that the Union's fund may pay, by period, fund and region."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared.errors import Fault, InvalidFields
from shared.explained import Step
from shared.money import Money, Rate
from shared.rules.rule import Rule, titled

RULE = Rule(
    name="cofinancing_ceiling",
    version="1",
    since=date(2014, 1, 1),
    until=date(2029, 12, 31),
    source="(EU) 2021/1060 art. 112(3)-(4); (EU) 1303/2013 art. 120(3)",
    titles=titled("EU:n osuuden enimmäismäärä", "Högsta EU-andel", "Highest Union share"),
)
LESS, TRANSITION, MORE = "less_developed", "transition", "more_developed"
CATEGORIES = (LESS, TRANSITION, MORE)
P2014, P2021 = "2014-2020", "2021-2027"
# CPR21 art. 112(3): 85, 60, 40; regions that stood in a better-paid category before (70 and 50) are not in
# Finland. Art. 112(4): the Just Transition Fund follows the category too. CPR13 art. 120(3): all of Finland
# was more developed.
_RATES: dict[tuple[str, str], dict[str, str]] = {
    (P2021, "ERDF"): {LESS: "85", TRANSITION: "60", MORE: "40"},
    (P2021, "ESF+"): {LESS: "85", TRANSITION: "60", MORE: "40"},
    (P2021, "JTF"): {LESS: "85", TRANSITION: "70", MORE: "50"},
    (P2014, "ERDF"): {LESS: "80", TRANSITION: "60", MORE: "50"},
    (P2014, "ESF"): {LESS: "80", TRANSITION: "60", MORE: "50"},
}
_SOURCES = {P2021: "(EU) 2021/1060 art. 112(3)-(4)", P2014: "(EU) 1303/2013 art. 120(3)"}
# FI1D, East and North Finland, is a transition region in 2021-2027; from knowledge, to be checked in the list of
# Implementing Decision (EU) 2021/1130.
_TRANSITION_2021 = frozenset({"10", "11", "12", "16", "17", "18", "19"})


@dataclass(frozen=True, slots=True, kw_only=True)
class UnionShare:
    category: str
    rate: Rate
    within: bool
    most: Money | None
    steps: tuple[Step, ...]


def category_of(region: str, period: str) -> str:
    """The category of a Finnish region (maakunta code) in the period."""
    return TRANSITION if period == P2021 and region in _TRANSITION_2021 else MORE


def cofinancing_ceiling(
    period: str,
    fund: str,
    *,
    region: str = "",
    category: str = "",
    asked: Rate | None = None,
    public_costs: Money | None = None,
) -> UnionShare:
    """The ceiling for a region, or a category where no region is told. Raises InvalidFields.

    The ceiling is kept by a whole priority: one project may be above it when others are below.
    """
    if not (region or category):
        raise InvalidFields(faults=[Fault("region", "required")])
    chosen = category or category_of(region, period)
    by_category = _RATES.get((period, fund))
    if by_category is None:
        raise InvalidFields(faults=[Fault("fund", "fund_not_in_period", {"fund": fund, "period": period})])
    rate = Rate.of(by_category[chosen])
    within = asked is None or asked <= rate
    most = None if public_costs is None else public_costs.at(rate)
    source = _SOURCES[period]
    rows = [
        Step(sign="", what="category_of_region", source=source, facts={"category_of_region": chosen, "region": region}),
        Step(sign="≤", what="union_share_at_most", amount=most, source=source, facts={"rate": str(rate)}),
    ]
    if asked is not None:
        what = "share_within" if within else "share_too_high"
        rows.append(Step(sign="=", what=what, source=source, facts={"rate": str(asked)}))
    return UnionShare(category=chosen, rate=rate, within=within, most=most, steps=tuple(rows))
