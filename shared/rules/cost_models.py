"""Simplified cost options: what a flat rate adds to the direct costs, by cost model and day.

The model is fixed by the funding decision and never changes (asetus 866/2021 2 §); the rate is the one
in force on the day of the decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shared.money import ZERO, Money, Rate, total

STAFF_ONLY = frozenset({"staff"})
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
)
_MODELS = frozenset({"actual", *(row.model for row in FLAT_RATES)})


def flat_rate(model: str, on: date) -> FlatRate | None:
    """The flat rate of the model on the day; None for actual costs. Raises NoSuchCostModel."""
    if model not in _MODELS:
        raise NoSuchCostModel(model)
    if model == "actual":
        return None
    in_force = [row for row in FLAT_RATES if row.model == model and row.since <= on]
    if not in_force:
        raise NoSuchCostModel(f"{model} on {on}")
    return max(in_force, key=lambda row: row.since)


def flat_cost(model: str, direct: Mapping[str, Money], on: date) -> Money:
    """What the model adds to direct costs by category; zero for actual costs. Raises NoSuchCostModel."""
    rate = flat_rate(model, on)
    return rate.of(direct) if rate else ZERO
