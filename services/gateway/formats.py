"""Sums, days and times as people of each language write them (no-break spaces inside, `−` for minus)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal
from flask import Flask

from services.gateway.language import LOCALES, language_now
from shared.dates import HELSINKI
from shared.money import Money, Rate
from shared.typed import Unreadable, read_day, read_money

NO_BREAK = "\u00a0"
MINUS = "\u2212"
NOT_APPLICABLE = "–"

_DAY = {"fi": "d.M.y", "sv": "d.M.y", "en": "d MMMM y"}
_WEEKDAY = {"fi": "ccc d.M.y", "sv": "ccc d.M.y", "en": "ccc d MMMM y"}
_CLOCK = {"fi": "H.mm", "sv": "H.mm", "en": "HH:mm"}
_SECONDS = {"fi": "H.mm.ss", "sv": "H.mm.ss", "en": "HH:mm:ss"}
_AT = {"fi": "klo", "sv": "kl.", "en": "at"}


def money(amount: Money | None, language: str | None = None) -> str:
    """`1 234,50 €`; what does not apply is a dash, and zero is `0,00 €`."""
    if amount is None:
        return NOT_APPLICABLE
    euros = Decimal(amount.cents) / 100
    return _tidy(format_currency(euros, "EUR", locale=LOCALES[language or language_now()]))


def plain_money(amount: Money | None) -> str:
    """A sum for a form field, without the euro sign: `1 234,50`, the way people type it in every language."""
    return "" if amount is None else _tidy(format_decimal(Decimal(amount.cents) / 100, "#,##0.00", locale="fi_FI"))


def as_money(typed: str) -> str:
    """A sum as somebody typed it, tidied when it can be read; otherwise exactly as typed."""
    try:
        return money(read_money(typed)) if typed.strip() else NOT_APPLICABLE
    except Unreadable:
        return typed


def as_day(typed: str | None, language: str | None = None) -> str:
    """A day as somebody typed it, tidied when it can be read; otherwise exactly as typed."""
    try:
        return day(read_day(typed), language) if typed else ""
    except Unreadable:
        return typed or ""


def percent(rate: Rate | int, language: str | None = None) -> str:
    """`35 %`, in English `35%`; as many decimals as the rate has."""
    chosen = language or language_now()
    number = rate.percent.normalize() if isinstance(rate, Rate) else Decimal(rate)
    digits = _tidy(format_decimal(number, "#,##0.####", locale=LOCALES[chosen]))
    return f"{digits}%" if chosen == "en" else f"{digits}{NO_BREAK}%"


def day(value: date | None, language: str | None = None) -> str:
    """`22.11.2026`; of a moment, the day in Finland."""
    return _date(value, _DAY, language or language_now())


def weekday(value: date | None, language: str | None = None) -> str:
    """`su 22.11.2026`."""
    return _date(value, _WEEKDAY, language or language_now())


def typed_day(value: date | None) -> str:
    """A day for a form field: `22.11.2026` in every language."""
    return "" if value is None else f"{value.day}.{value.month}.{value.year}"


def last_moment(ends: datetime) -> datetime:
    """The end as people announce it: what must arrive before midnight is in time "until 23.59" the day before."""
    at_midnight = ends.astimezone(HELSINKI).time() == time()
    return ends - timedelta(seconds=1) if at_midnight else ends


def clock(moment: datetime, language: str | None = None) -> str:
    """`23.59`: the hour in Finland."""
    return _hour(moment, _CLOCK, language or language_now())


def moment(value: datetime | None, language: str | None = None) -> str:
    """`22.11.2026 klo 23.59`, Finnish time."""
    return _moment(value, _CLOCK, language or language_now())


def second(value: datetime | None, language: str | None = None) -> str:
    """`22.11.2026 klo 23.59.07`: for receipts and the trail."""
    return _moment(value, _SECONDS, language or language_now())


def span(first: date | None, last: date | None, language: str | None = None) -> str:
    """`1.9.–31.10.2026`; the year once when it is the same."""
    if first is None or last is None:
        return NOT_APPLICABLE
    chosen = language or language_now()
    same = first.year == last.year
    if chosen == "en":
        return f"{_short(first, 'd MMMM', 'en') if same else day(first, 'en')} to {day(last, 'en')}".replace(" ", " ")
    start = f"{first.day}.{first.month}" + ("." if chosen == "fi" else "") if same else day(first, chosen)
    return f"{start}–{day(last, chosen)}"


def size(count: int, language: str | None = None) -> str:
    """A file's size in kilobytes or megabytes: `84 kt`, `2,1 Mt`."""
    chosen = language or language_now()
    byte = "t" if chosen == "fi" else "B"
    if count < 1_000_000:
        return f"{max(1, count // 1000)}{NO_BREAK}k{byte}"
    return f"{format_decimal(Decimal(count) / 1_000_000, '0.0', locale=LOCALES[chosen])}{NO_BREAK}M{byte}"


def number(count: int, language: str | None = None) -> str:
    return _tidy(format_decimal(count, "#,##0", locale=LOCALES[language or language_now()]))


FILTERS: dict[str, Callable[..., Any]] = {
    "money": money,
    "as_money": as_money,
    "as_day": as_day,
    "plain_money": plain_money,
    "percent": percent,
    "day": day,
    "weekday": weekday,
    "typed_day": typed_day,
    "clock": clock,
    "last_moment": last_moment,
    "moment": moment,
    "second": second,
    "size": size,
    "number": number,
}


def install(app: Flask) -> None:
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals["span"] = span


def _tidy(text: str) -> str:
    return text.replace("-", MINUS).replace("\u202f", NO_BREAK)


def _finnish(value: date) -> date:
    return value.astimezone(HELSINKI) if isinstance(value, datetime) else value


def _short(value: date, pattern: str, language: str) -> str:
    return format_date(_finnish(value), pattern, locale=LOCALES[language])


def _date(value: date | None, patterns: dict[str, str], language: str) -> str:
    return NOT_APPLICABLE if value is None else _short(value, patterns[language], language)


def _hour(value: datetime, patterns: dict[str, str], language: str) -> str:
    return format_datetime(value, patterns[language], tzinfo=HELSINKI, locale=LOCALES[language])


def _moment(value: datetime | None, patterns: dict[str, str], language: str) -> str:
    if value is None:
        return NOT_APPLICABLE
    hour = _hour(value, patterns, language)
    return f"{day(value, language)} {_AT[language]}{NO_BREAK}{hour}"
