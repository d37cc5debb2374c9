"""Money as whole euro cents, and the percentages that are taken of it.

There is one type for money from the HTTP body to the column, so that no float and no
second rounding can creep in between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import reduce

MOST_CENTS = 10**14 - 1  # 999 999 999 999.99 euros: beyond any programme, well inside a bigint

_CANONICAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]{2}", re.ASCII)
_PERCENT = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,4})?", re.ASCII)


class NotMoney(ValueError):
    """The text is not an amount in euros with two decimals."""


class NotARate(ValueError):
    """The text is not a percentage between 0 and 100."""


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of euros in whole cents."""

    cents: int

    def __post_init__(self) -> None:
        if not isinstance(self.cents, int) or abs(self.cents) > MOST_CENTS:
            raise NotMoney(f"not an amount in cents: {self.cents!r}")

    @classmethod
    def eur(cls, text: str) -> Money:
        """Read the canonical form, "1234.50". People's own spellings are read at the edge (`shared.typed`)."""
        if not _CANONICAL.fullmatch(text):
            raise NotMoney(f"not an amount with two decimals: {text!r}")
        return cls(int(text.replace(".", "")))

    def __str__(self) -> str:
        sign = "-" if self.cents < 0 else ""
        euros, cents = divmod(abs(self.cents), 100)
        return f"{sign}{euros}.{cents:02}"

    def __bool__(self) -> bool:
        return self.cents != 0

    def __neg__(self) -> Money:
        return Money(-self.cents)

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + other.cents)

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - other.cents)

    def at(self, rate: Rate) -> Money:
        """The rate's share, rounded down: a grant never pays a cent too much."""
        return self._share(rate, ROUND_DOWN)

    def at_nearest(self, rate: Rate) -> Money:
        """The rate's share, half a cent up: for amounts that are no ceiling, such as the VAT of an invoice."""
        return self._share(rate, ROUND_HALF_UP)

    def _share(self, rate: Rate, rounding: str) -> Money:
        exact = Decimal(self.cents) * rate.percent / 100
        return Money(int(exact.to_integral_value(rounding=rounding)))

    def split(self, weights: Sequence[int]) -> tuple[Money, ...]:
        """Share by whole-number weights; cents that do not divide go to the last part that has any weight.

        Raises ValueError when no weight is positive or one is negative.
        """
        if not any(weights) or min(weights) < 0:
            raise ValueError(f"cannot split by {weights!r}")
        whole = sum(weights)
        parts = [abs(self.cents) * weight // whole for weight in weights]
        last = max(index for index, weight in enumerate(weights) if weight)
        parts[last] += abs(self.cents) - sum(parts)
        return tuple(Money(part if self.cents >= 0 else -part) for part in parts)


ZERO = Money(0)


def total(amounts: Iterable[Money]) -> Money:
    """The sum; nothing added up is zero euros."""
    return reduce(Money.__add__, amounts, ZERO)


@dataclass(frozen=True, slots=True, order=True)
class Rate:
    """A percentage from 0 to 100, exact to four decimals."""

    percent: Decimal

    @classmethod
    def of(cls, text: str) -> Rate:
        """Read "40", "26.44"; raises NotARate for anything else or over 100."""
        if not _PERCENT.fullmatch(text) or Decimal(text) > 100:
            raise NotARate(f"not a percentage: {text!r}")
        return cls(Decimal(text))

    def __str__(self) -> str:
        return f"{self.percent.normalize():f}"
