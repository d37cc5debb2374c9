"""Simplified cost options: what a flat rate adds to the direct costs, by cost model and day.

The model is fixed by the funding decision and never changes (asetus 866/2021 2 §); the rate is the one
in force on the day of the decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shared.explained import Step
from shared.money import ZERO, Money, Rate, total
from shared.rules.dated import begun_last
from shared.rules.rule import Rule, titled
from shared.rules.versions import Version, Versions

RULE = Rule(
    name="flat_rate",
    version="1",
    since=date(2014, 4, 1),
    until=None,
    source="(EU) 2021/1060 art. 54-56; VNa 866/2021; VNa 358/2014; (EU) 1303/2013 art. 67-68b",
    titles=titled("Prosenttimääräinen korvaus", "Schablonsats", "Flat rate"),
)
STAFF_ONLY = frozenset({"staff"})
ALL_BUT_STAFF = frozenset({"services", "equipment", "materials", "travel", "other"})
_FROM_2014 = date(2014, 4, 1)  # the decree on eligible costs of 2014-2020 began
_FROM_2021 = date(2021, 7, 1)  # Regulation (EU) 2021/1060 entered into force


class NoSuchCostModel(KeyError):
    """Nobody has such a cost model, or it was not yet in use on the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatRate:
    """`rate` per cent of the costs in the `base` categories; an empty base means every direct cost.

    `covers_the_rest`: the flat rate stands for all other costs, so only the base may be claimed as cost lines.
    """

    model: str
    rate: Rate
    base: frozenset[str]
    covers_the_rest: bool
    since: date
    source: str

    def base_of(self, direct: Mapping[str, Money]) -> Money:
        """What the rate is taken of, out of direct costs by category."""
        return total(amount for category, amount in direct.items() if not self.base or category in self.base)

    def of(self, direct: Mapping[str, Money]) -> Money:
        """The flat-rate cost. The law says "up to": rounded down, so that no cent goes above it."""
        return self.base_of(direct).at(self.rate)


FLAT_RATES: tuple[FlatRate, ...] = (
    FlatRate(
        model="flat_7",
        rate=Rate.of("7"),
        base=frozenset(),
        covers_the_rest=False,
        since=_FROM_2021,
        source="(EU) 2021/1060 art. 54(a)",
    ),
    FlatRate(
        model="flat_15_staff",
        rate=Rate.of("15"),
        base=STAFF_ONLY,
        covers_the_rest=False,
        since=_FROM_2021,
        source="(EU) 2021/1060 art. 54(b)",
    ),
    FlatRate(
        model="flat_40",
        rate=Rate.of("40"),
        base=STAFF_ONLY,
        covers_the_rest=True,
        since=_FROM_2021,
        source="(EU) 2021/1060 art. 56(1)",
    ),
    # At most 25 per cent of the direct costs, by a method that is fair, equitable and verifiable: the rate that
    # the managing authority set by it is the call's business, and never above this.
    FlatRate(
        model="flat_25",
        rate=Rate.of("25"),
        base=frozenset(),
        covers_the_rest=False,
        since=_FROM_2021,
        source="(EU) 2021/1060 art. 54(c)",
    ),
    # Staff costs as a share of the other direct costs; not where their contracts pass the procurement thresholds.
    FlatRate(
        model="flat_20_for_staff",
        rate=Rate.of("20"),
        base=ALL_BUT_STAFF,
        covers_the_rest=True,
        since=_FROM_2021,
        source="(EU) 2021/1060 art. 55(1)",
    ),
    FlatRate(
        model="flat_1_5",
        rate=Rate.of("1.5"),
        base=frozenset(),
        covers_the_rest=False,
        since=_FROM_2021,
        source="(EU) 2021/1060 art. 54; VNa 866/2021",
    ),
    FlatRate(
        model="flat_24_staff",
        rate=Rate.of("24"),
        base=STAFF_ONLY,
        covers_the_rest=False,
        since=_FROM_2014,
        source="VNa 358/2014; (EU) 1303/2013 art. 68(1)",
    ),
    FlatRate(
        model="flat_17_staff",
        rate=Rate.of("17"),
        base=STAFF_ONLY,
        covers_the_rest=False,
        since=_FROM_2014,
        source="VNa 358/2014; (EU) 1303/2013 art. 68(1)",
    ),
)
MODELS = ("actual", *dict.fromkeys(row.model for row in FLAT_RATES))


def flat_rate(model: str, on: date) -> FlatRate | None:
    """The flat rate of the model on the day; None for actual costs. Raises NoSuchCostModel."""
    if model not in MODELS:
        raise NoSuchCostModel(model)
    if model == "actual":
        return None
    found = begun_last((row for row in FLAT_RATES if row.model == model), on)
    if found is None:
        raise NoSuchCostModel(f"{model} on {on}")
    return found


def flat_cost(model: str, direct: Mapping[str, Money], on: date) -> Money:
    """What the model adds to direct costs by category; zero for actual costs. Raises NoSuchCostModel."""
    rate = flat_rate(model, on)
    return rate.of(direct) if rate else ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class CostsByModel:
    """`direct` + `flat` = `eligible`; `not_claimable` are direct costs that the flat rate already stands for."""

    direct: Money
    flat: Money
    eligible: Money
    not_claimable: Money
    steps: tuple[Step, ...]


def costs_by_model(model: str, costs: Mapping[str, Money], on: date) -> CostsByModel:
    """Eligible costs out of planned or accepted ones by category. Raises NoSuchCostModel."""
    rate = flat_rate(model, on)
    claimable = {
        name: amount for name, amount in costs.items() if not (rate and rate.covers_the_rest) or name in rate.base
    }
    direct = total(claimable.values())
    left_out = total(costs.values()) - direct
    flat = rate.of(claimable) if rate else ZERO
    rows = [
        Step(sign="+", what="costs_in_category", amount=amount, facts={"category": name})
        for name, amount in claimable.items()
    ]
    if rate and left_out:
        rows.append(Step(sign="", what="covered_by_flat_rate", amount=left_out, source=rate.source))
    if rate:
        facts = {"model": model, "rate": str(rate.rate), "base": str(rate.base_of(claimable))}
        rows.append(Step(sign="+", what="flat_rate_costs", amount=flat, source=rate.source, facts=facts))
    rows.append(Step(sign="=", what="eligible_costs", amount=direct + flat))
    return CostsByModel(direct=direct, flat=flat, eligible=direct + flat, not_claimable=left_out, steps=tuple(rows))


VERSIONS = Versions(Version(rule=RULE, says=costs_by_model))
