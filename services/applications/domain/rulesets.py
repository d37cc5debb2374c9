"""Rule sets: which rules a sum was computed by, kept on every proposal and decision.

A rule that changes gets a new row with its first day; a decided case keeps the rule set it was decided by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from services.applications.domain.errors import NoRulesetInForce
from shared.money import Rate

PERIOD_2014 = "2014-2020"
PERIOD_2021 = "2021-2027"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatRate:
    """A flat-rate cost: `rate` percent of `base`, which is all direct costs or the direct staff costs."""

    rate: Rate
    base: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruleset:
    """In force from `since` to `until`, both days included. `flat_rates` by cost model."""

    id: str
    period: str
    since: date
    until: date
    flat_rates: Mapping[str, FlatRate]

    def is_in_force(self, day: date) -> bool:
        return self.since <= day <= self.until


DIRECT = "direct"
STAFF = "staff"

RULESETS: tuple[Ruleset, ...] = (
    Ruleset(
        id="2021-2027/1",
        period=PERIOD_2021,
        # The Finnish acts of the period (756/2021, 757/2021, 758/2021) and the decrees 866/2021 and 867/2021
        # came into force in autumn 2021; the company-aid act on 1.11.2021. Costs are eligible to the end
        # of 2029 (CPR art. 63(2)).
        since=date(2021, 11, 1),
        until=date(2029, 12, 31),
        flat_rates={
            "flat_7": FlatRate(rate=Rate.of("7"), base=DIRECT, source="(EU) 2021/1060 54 (a); VNa 866/2021"),
            "flat_15_staff": FlatRate(rate=Rate.of("15"), base=STAFF, source="(EU) 2021/1060 54 (b); VNa 866/2021"),
            "flat_40": FlatRate(rate=Rate.of("40"), base=STAFF, source="(EU) 2021/1060 56 (1); VNa 866/2021"),
        },
    ),
)


def ruleset_on(day: date, period: str) -> Ruleset:
    """The rules of a programme period on a day. Raises NoRulesetInForce when there are none."""
    for ruleset in RULESETS:
        if ruleset.period == period and ruleset.is_in_force(day):
            return ruleset
    raise NoRulesetInForce(day=day.isoformat(), period=period)


def period_of(programme: str) -> str:
    """The programme period. A programme's CCI number begins with the first year of its period
    (2014FI16M2OP001); a national programme has no such number and follows the period that is running."""
    return PERIOD_2014 if programme.startswith("2014") else PERIOD_2021
