"""Sums, percentages, days and moments as each language writes them.

Spaces inside numbers and before € and % are no-break, the minus is a minus sign.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from shared.dates import HELSINKI, Period
from shared.money import Money

NO_BREAK = "\u00a0"
MINUS = "\u2212"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Formats:
    """How one language writes; `clock` stands between a day and the time of day."""

    money: Callable[[Money], str]
    percent: Callable[[Decimal], str]
    day: Callable[[date], str]
    days: Callable[[Period], str]
    clock: str
    hour_mark: str

    def moment(self, at: datetime) -> str:
        """The moment in Finland, to the minute."""
        local = at.astimezone(HELSINKI)
        return f"{self.day(local.date())} {self.clock}{NO_BREAK}{local.hour}{self.hour_mark}{local.minute:02}"


def _nordic_money(amount: Money) -> str:
    euros, cents = divmod(abs(amount.cents), 100)
    grouped = f"{euros:,}".replace(",", NO_BREAK)
    return f"{_sign(amount)}{grouped},{cents:02}{NO_BREAK}€"


def _english_money(amount: Money) -> str:
    euros, cents = divmod(abs(amount.cents), 100)
    return f"{_sign(amount)}€{euros:,}.{cents:02}"


def _sign(amount: Money) -> str:
    return MINUS if amount.cents < 0 else ""


def _nordic_percent(percent: Decimal) -> str:
    return f"{percent.normalize():f}".replace(".", ",") + f"{NO_BREAK}%"


def _english_percent(percent: Decimal) -> str:
    return f"{percent.normalize():f}%"


def _nordic_day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def _english_day(day: date) -> str:
    return f"{day.day}{NO_BREAK}{MONTHS[day.month - 1]}{NO_BREAK}{day.year}"


def _finnish_days(period: Period) -> str:
    return _nordic_days(period, after_day=".")


def _swedish_days(period: Period) -> str:
    return _nordic_days(period, after_day="")


def _nordic_days(period: Period, *, after_day: str) -> str:
    first, last = period.first, period.last
    if first.year != last.year:
        return f"{_nordic_day(first)}–{_nordic_day(last)}"
    return f"{first.day}.{first.month}{after_day}–{_nordic_day(last)}"


def _english_days(period: Period) -> str:
    first, last = period.first, period.last
    beginning = f"{first.day}{NO_BREAK}{MONTHS[first.month - 1]}" if first.year == last.year else _english_day(first)
    return f"{beginning} to {_english_day(last)}"


FORMATS = {
    "fi": Formats(
        money=_nordic_money,
        percent=_nordic_percent,
        day=_nordic_day,
        days=_finnish_days,
        clock="klo",
        hour_mark=".",
    ),
    "sv": Formats(
        money=_nordic_money,
        percent=_nordic_percent,
        day=_nordic_day,
        days=_swedish_days,
        clock="kl.",
        hour_mark=".",
    ),
    "en": Formats(
        money=_english_money,
        percent=_english_percent,
        day=_english_day,
        days=_english_days,
        clock="at",
        hour_mark=":",
    ),
}
