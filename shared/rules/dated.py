"""Rows of a table of the law, and which of them holds on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class Begun(Protocol):
    """Holds from `since` until a later row of its kind begins."""

    @property
    def since(self) -> date: ...


class Dated(Begun, Protocol):
    """Holds from `since` to `until`, both days included; None while no end is known."""

    @property
    def until(self) -> date | None: ...


B = TypeVar("B", bound=Begun)
D = TypeVar("D", bound=Dated)


def holding(rows: Iterable[D], on: date) -> tuple[D, ...]:
    """Those that hold on the day, in their order."""
    return tuple(row for row in rows if row.since <= on and (row.until is None or on <= row.until))


def begun_last(rows: Iterable[B], on: date) -> B | None:
    """The one that began last, on the day or before; None when none had begun."""
    return max((row for row in rows if row.since <= on), key=lambda row: row.since, default=None)
