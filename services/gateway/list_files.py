"""A list as a file that anybody's spreadsheet opens: CSV (RFC 4180) as a Finnish or Swedish Excel reads it by itself.

Semicolons between the fields, because the comma is in the sums; UTF-8 with its mark, so that å, ä and ö stay.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO

from shared.money import Money

MEDIA_TYPE = "text/csv"
MOST_ROWS = 5_000

# A cell that begins so is a formula to a spreadsheet, also in the wide letters that some keyboards write.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# An English spreadsheet parts the cells at commas, and then this begins one. A Finnish "-osa" after a comma is no sum.
_AFTER_ANOTHER_SEPARATOR = re.compile("(?<!^)([,;\\t\\r\\n][ \u00a0]*)(?=[=+@\uff1d\uff0b\uff20]|[-\uff0d][ (0-9])")


def as_csv(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Each cell as it reads on the page. What would be a formula gets an apostrophe in front, and is text."""
    written = StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def sum_cell(amount: Money | None) -> str:
    """`1234,50`: a number to the spreadsheet."""
    return "" if amount is None else f"{amount.cents // 100},{amount.cents % 100:02}"


def day_cell(day: date | None) -> str:
    return "" if day is None else f"{day.day}.{day.month}.{day.year}"


def _safe(cell: str) -> str:
    text = _AFTER_ANOTHER_SEPARATOR.sub(r"\1'", cell)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) else text
