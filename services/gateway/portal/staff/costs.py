"""The costs of an application: as they were filed, and beside them what the proposal accepts."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
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


def differences(filed: Sequence[Cost], accepted: Iterable[Mapping[str, Any]]) -> list[Difference]:
    """Row by row in the order filed.

    An accepted cost is the filed one of the same category, year and description; when no row has that
    description, the next one of the category and year. Two rows alike in all are met in their order.
    """
    given = [Cost(row["category"], row["description"], row["year"], row["amount"]) for row in accepted]
    exact = _taken(filed, given, lambda cost: cost.what)
    loose = _taken(filed, given, lambda cost: (cost.category, cost.year), already=exact)
    amounts = [exact.get(at, loose.get(at, ZERO)) for at in range(len(filed))]
    found = zip(count(1), filed, amounts, strict=False)
    return [
        Difference(place=place, cost=cost, accepted=amount) for place, cost, amount in found if amount != cost.amount
    ]


def _taken(
    filed: Sequence[Cost], given: list[Cost], alike: Callable[[Cost], object], already: Container[int] = ()
) -> dict[int, Money]:
    """Filed row (from 0) → the accepted sum that is its own; what is taken leaves `given`."""
    taken = {}
    for at, cost in enumerate(filed):
        own = None if at in already else next((one for one in given if alike(one) == alike(cost)), None)
        if own is not None:
            given.remove(own)
            taken[at] = own.amount
    return taken


def _read(row: Mapping[str, Any]) -> Cost | None:
    try:
        amount = read_money(str(row.get("amount", "")))
        year = int(str(row.get("year", "")).strip())
    except (Unreadable, ValueError):
        return None
    return Cost(str(row.get("category", "")), str(row.get("description") or "").strip(), year, amount)
