"""Dates as invoices print them, in the languages of the month list."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

EARLIEST_YEAR = 1990
LATEST_YEAR = 2079

_NUMERIC = re.compile(
    r"(?<![\d.,/-])(?:"
    r"(?P<y>\d{4})(?P<s1>\s?[-./]\s?)(?P<m>\d{1,2})(?P=s1)(?P<d>\d{1,2})"
    r"|(?P<a>\d{1,2})(?P<s2>\s?[-./]\s?)(?P<b>\d{1,2})(?:(?P=s2)(?P<year>\d{4}|\d{2}))"
    r")(?![\d/-]|[.,]\d)"
)
_COMPACT = re.compile(r"(?<![\d.,/-])(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?![\d.,/-])")
_CHINESE = re.compile(r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日")
_DAY_FIRST = re.compile(
    r"(?<![\d.,/-])(?P<d>\d{1,2})(?:\.|er|st|nd|rd|th|:e|e)?[\s.-]{0,2}(?:de\s+|of\s+)?(?P<name>[^\W\d_]{3,12})\.?,?[\s-]{0,2}(?:de\s+)?(?P<year>\d{4}|\d{2})(?!\d)"
)
_MONTH_FIRST = re.compile(
    r"(?<!\w)(?P<name>[^\W\d_]{3,12})\.?[\s-]{0,2}(?P<d>\d{1,2})(?:st|nd|rd|th)?\s?,?\s{0,2}(?P<year>\d{4})(?!\d)"
)
_YEAR_FIRST = re.compile(r"(?<!\d)(?P<year>\d{4})[\s-](?P<name>[^\W\d_]{3,12})\.?[\s-](?P<d>\d{1,2})(?!\d)")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date on the page. `other` is the second way to read it, when day and month could change places."""

    day: date
    start: int
    end: int
    other: date | None = None
    short_year: bool = False
    points: bool = False
    order: str = ""  # "day" or "month" when only this can come first, as in 13/12/2026


@cache
def months() -> dict[str, int]:
    """Month numbers by their names in every language, in small letters."""
    names = tomllib.loads((Path(__file__).parent / "months.toml").read_text(encoding="utf-8"))
    return {
        name: number for language in names.values() for number, forms in enumerate(language, start=1) for name in forms
    }


def dates_in(text: str) -> Iterator[WrittenDate]:
    """The dates written in a line of text, from left to right within each form."""
    for match in _NUMERIC.finditer(text):
        written = _year_month_day(match) if match["y"] else _day_month_year(match)
        if written:
            yield written
    if any(letter.isalpha() for letter in text):
        yield from _with_month_names(text)
    for form in (_COMPACT, _CHINESE):
        for match in form.finditer(text):
            if written := _year_month_day(match):
                yield written


def _with_month_names(text: str) -> Iterator[WrittenDate]:
    taken = -1
    for form in (_DAY_FIRST, _MONTH_FIRST, _YEAR_FIRST):
        for match in form.finditer(text):
            month = months().get(match["name"].casefold())
            day = _day(match["year"], month, match["d"]) if month else None
            if day and match.start() > taken:
                taken = match.end()
                yield WrittenDate(day, match.start(), match.end(), short_year=len(match["year"]) == 2)


def _year_month_day(match: re.Match[str]) -> WrittenDate | None:
    day = _day(match["y"], match["m"], match["d"])
    return WrittenDate(day, match.start(), match.end()) if day else None


def _day_month_year(match: re.Match[str]) -> WrittenDate | None:
    first, second, year = match["a"], match["b"], match["year"]
    points = "." in match["s2"]
    day_first = _day(year, second, first)
    # Nobody writes the month first between points: 03.12.2026 is the third of December.
    month_first = None if points else _day(year, first, second)
    day = day_first or month_first
    if day is None:
        return None
    other = month_first if day_first and month_first != day_first else None
    order = "" if points or (day_first and month_first) else "day" if day_first else "month"
    return WrittenDate(day, match.start(), match.end(), other, len(year) == 2, points, order)


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    full_year = int(year)
    if full_year < 100:
        full_year += 2000 if full_year < LATEST_YEAR - 2000 else 1900
    if not EARLIEST_YEAR <= full_year <= LATEST_YEAR:
        return None
    try:
        return date(full_year, int(month), int(day))
    except ValueError:
        return None
