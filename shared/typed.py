"""What people type, read as values: `1 234,5` is 1234.50 euros, `22.11.26` is 22 November 2026.

Ambiguous spellings are refused, never guessed. The rule codes are the edge's key to a sentence.
"""

from __future__ import annotations

import re
from datetime import date

from shared.money import MOST_CENTS, Money

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_EUROS = re.compile(r"([+\-\u2212]?)(\d{1,15})(?:[.,](\d{1,2}))?", re.ASCII)
_GROUPED = re.compile(r"[+\-\u2212]?\d{1,3}(?: \d{3})+(?:[.,]\d{1,2})?", re.ASCII)
_THOUSANDS_OR_DECIMALS = re.compile(r"[+\-\u2212]?\d{1,3}(?:[.,]\d{3})+", re.ASCII)
_FINNISH_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{2}|\d{4})", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


class Unreadable(ValueError):
    """`rule` says which rule the text breaks: not_a_number, three_decimals, ambiguous_number, too_large,
    not_a_date, no_such_day."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


def read_money(text: str) -> Money:
    """Euros as people write them: comma or point, spaces between thousands, a euro sign. Raises Unreadable."""
    tidy = _SPACES.sub(" ", text).strip().removesuffix("€").removesuffix("EUR").removeprefix("€").strip()
    if _THOUSANDS_OR_DECIMALS.fullmatch(tidy):
        many = len(re.findall(r"[.,]", tidy)) > 1
        raise Unreadable("ambiguous_number" if many or tidy.lstrip("+-\u2212")[0] != "0" else "three_decimals")
    if re.fullmatch(r"[+\-\u2212]?[\d ]+[.,]\d{3,}", tidy, re.ASCII):
        raise Unreadable("three_decimals")
    if " " in tidy and not _GROUPED.fullmatch(tidy):
        raise Unreadable("not_a_number")
    found = _EUROS.fullmatch(tidy.replace(" ", ""))
    if not found:
        raise Unreadable("too_large" if re.fullmatch(r"\d{16,}([.,]\d{1,2})?", tidy, re.ASCII) else "not_a_number")
    sign, euros, cents = found.groups()
    amount = int(euros) * 100 + int((cents or "0").ljust(2, "0"))
    if amount > MOST_CENTS:
        raise Unreadable("too_large")
    return Money(amount if sign in ("", "+") else -amount)


def read_day(text: str) -> date:
    """`22.11.2026`, `22.11.26` or `2026-11-22`. Two digits mean 2000–2099. Raises Unreadable."""
    tidy = text.strip()
    if found := _FINNISH_DAY.fullmatch(tidy):
        day, month, year = (int(part) for part in found.groups())
        year += 2000 if year < 100 else 0
    elif found := _ISO_DAY.fullmatch(tidy):
        year, month, day = (int(part) for part in found.groups())
    else:
        raise Unreadable("not_a_date")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Unreadable("no_such_day") from error
