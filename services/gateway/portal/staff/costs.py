"""The costs of an application: as they were filed, and beside them what the proposal accepts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from shared.money import ZERO, Money
from shared.typed import Unreadable, read_money


@dataclass(frozen=True, slots=True)
class Cost:
    """One planned cost. `amount` in euros; a filed application's costs can all be read."""

    category: str
    description: str
    year: int
    amount: Money

    @property
    def what(self) -> tuple[str, str, int]:
        return (self.category, self.description, self.year)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A cost of which less is accepted than was applied for."""

    place: int
    cost: Cost
    accepted: Money

    @property
    def cut(self) -> Money:
        return self.cost.amount - self.accepted


def filed_costs(case: Mapping[str, Any]) -> list[Cost]:
    """The rows of the application in their order. A row that cannot be read is not there: it was never filed."""
    rows = case["answers"].get("costs") or []
    return [cost for cost in map(_read, rows) if cost]


def differences(filed: Iterable[Cost], accepted: Iterable[Mapping[str, Any]]) -> list[Difference]:
    """Row by row in the order filed. Two rows alike in all but the sum are met in their order."""
    given: dict[tuple[str, str, int], list[Money]] = {}
    for row in accepted:
        given.setdefault((row["category"], row["description"], row["year"]), []).append(row["amount"])
    found = [(place, cost, _next(given.get(cost.what))) for place, cost in enumerate(filed, start=1)]
    return [
        Difference(place=place, cost=cost, accepted=amount) for place, cost, amount in found if amount != cost.amount
    ]


def _next(amounts: list[Money] | None) -> Money:
    return amounts.pop(0) if amounts else ZERO


def _read(row: Mapping[str, Any]) -> Cost | None:
    try:
        amount = read_money(str(row.get("amount", "")))
        year = int(str(row.get("year", "")).strip())
    except (Unreadable, ValueError):
        return None
    return Cost(str(row.get("category", "")), str(row.get("description") or "").strip(), year, amount)
