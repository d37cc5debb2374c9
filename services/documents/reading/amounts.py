"""Sums of money as invoices print them: 1 234,50 · 1.234,50- · (1,234.50) · 1'234.50 · 100,-"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

MINUSES = "−–—-"  # the plain hyphen last, so that it is plain in a character class too
_SIGNS = re.compile(rf"^[{MINUSES}]|[{MINUSES}]$|^\(.*\)$")
_TWO_DECIMALS = re.compile(
    r"(?P<whole>\d+|\d{1,3}(?:(?P<group>[ .,'’′])\d{3})(?:(?P=group)\d{3})*)(?P<mark>[.,])(?P<cents>\d{2})"
)
_INDIAN = re.compile(r"(?P<whole>\d{1,2}(?:,\d{2})*,\d{3})\.(?P<cents>\d{2})")
_GROUPED = re.compile(r"\d{1,3}(?:(?P<group>[ .,'’′])\d{3})(?:(?P=group)\d{3})*")
_ROUND = re.compile(rf"(?P<whole>\d+|\d{{1,3}}(?:[ .'’′]\d{{3}})+)[.,][{MINUSES}]{{1,2}}")
_ONE_DECIMAL = re.compile(r"(?P<whole>\d+)[.,](?P<tenth>\d)")
_NOT_DIGITS = re.compile(r"\D")
MOST_DIGITS = 13  # cents of ten thousand million; longer runs of digits are account numbers


def cents_of(text: str) -> int | None:
    """Whole cents of a sum printed with two decimals (or `100,-`); None for anything else."""
    body, sign = without_sign(text)
    match = _TWO_DECIMALS.fullmatch(body) or _INDIAN.fullmatch(body)
    if match is None:
        round_sum = _ROUND.fullmatch(body)
        return sign * digits(round_sum["whole"]) * 100 if round_sum else None
    if match.groupdict().get("group") == match.groupdict().get("mark", ""):
        return None
    whole = digits(match["whole"])
    return sign * (whole * 100 + int(match["cents"])) if whole < 10**MOST_DIGITS else None


def cents_of_rough(text: str, decimal_mark: str) -> int | None:
    """Whole cents of a sum printed without full decimals: 1939, 1.939 or 12,5.

    `decimal_mark` is the document's own; a group separator that equals it makes a fraction,
    and a fraction of other than one digit is a price or a quantity, not a sum.
    """
    body, sign = without_sign(text)
    grouped = _GROUPED.fullmatch(body)
    if grouped and grouped["group"] != decimal_mark:
        return sign * digits(body) * 100
    tenth = _ONE_DECIMAL.fullmatch(body)
    if tenth and decimal_mark in body:
        return sign * (int(tenth["whole"]) * 100 + int(tenth["tenth"]) * 10)
    return sign * int(body) * 100 if body.isdecimal() and len(body) <= 9 else None


def without_sign(text: str) -> tuple[str, int]:
    """The text without its minus or its brackets, and the sign these gave."""
    if not _SIGNS.search(text):
        return text.removeprefix("+"), 1
    if _ROUND.fullmatch(text):
        return text, 1
    return text.strip(f"{MINUSES}()").strip(), -1


def decimal_mark_of(texts: Iterable[str]) -> str:
    """The decimal mark most sums of a document use; a comma when they do not tell."""
    points = commas = 0
    for text in texts:
        match = _TWO_DECIMALS.fullmatch(without_sign(text)[0])
        if match:
            points += match["mark"] == "."
            commas += match["mark"] == ","
    return "." if points > commas else ","


def digits(text: str) -> int:
    return int(_NOT_DIGITS.sub("", text))


def as_text(cents: int) -> str:
    """Cents as the wire writes money: 123450 is "1234.50"."""
    return str(Decimal(cents).scaleb(-2).quantize(Decimal("0.01")))
