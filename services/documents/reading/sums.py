"""Sums of money on the pages, and what the words beside and above say of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from .amounts import MINUSES, cents_of, cents_of_rough, decimal_mark_of
from .dates import dates_in
from .layout import Cell, Page, Word
from .vocabulary import Hit, hits_in

GROUP_GAP = 1.15  # times the width of a digit: widest space between the thousands of one number
SIGN_GAP = 0.5  # times the height: farthest a minus may stand from its number
ROWS_TO_HEADER = 45
TEXTS_PASSED = 3  # texts without meaning that may stand between a column and its heading
HEADER_LINES = 3

_CURRENCY = re.compile(
    r"(?:EUR|SEK|NOK|DKK|USD|GBP|CHF|PLN|INR|DEM|CZK|HUF|RON|BGN|CAD|AUD|JPY|KR|RS|KN|FT|ZŁ|DM|EUROA?|€|\$|£|₹|¥)\.?,?",
    re.I,
)
_EDGES = re.compile(rf"^(?:{_CURRENCY.pattern})(?=[\d{MINUSES}])|(?<=[\d{MINUSES}])(?:{_CURRENCY.pattern}|\*+)$", re.I)
_NUMBER = re.compile(rf"[(+{MINUSES}]?\d[\d.,'’′]*[{MINUSES}]{{0,2}}\)?")
_GROUP = re.compile(rf"\d{{3}}(?:[.,]\d{{2}})?[{MINUSES}]?\)?")
_OPENING = re.compile(rf"[+{MINUSES}]?\d{{1,3}}")
_PERCENT = re.compile(r"\(?(\d{1,2}(?:[.,]\d{1,3})?)\)?%\)?:?")


@dataclass(slots=True, eq=False)
class Sum:
    """One printed sum in cents, where it stands, and what labels say of it.

    `beside` are the meanings of the words before it in its row, `above` those of its column's
    heading. `exact` sums show their cents; others need a label to be believed.
    """

    cents: int
    page: int
    row: int
    words: tuple[Word, ...]
    exact: bool
    currency: bool
    beside: frozenset[str] = frozenset()
    above: frozenset[str] = frozenset()
    heading: tuple[int, int, int] | None = None  # page, row and cell of the heading
    under_heading: int = 0  # exact sums that share it
    mates: int = 0  # other exact sums in its row
    fields: frozenset[str] = frozenset()

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def top(self) -> float:
        return self.words[0].top


@dataclass(slots=True)
class _Number:
    """A number in a row, before it is known to be money: its words `start:end` of a cell."""

    cell: Cell
    start: int
    end: int
    text: str
    currency: bool
    words: tuple[Word, ...] = field(default_factory=tuple)


def sums_on(pages: Sequence[Page]) -> list[Sum]:
    """Every sum of money on the pages, in reading order, with what the labels say of it."""
    numbers = {page.number: [list(_numbers_in(row)) for row in page.rows] for page in pages}
    mark = decimal_mark_of(number.text for rows in numbers.values() for row in rows for number in row)
    return [found for page in pages for found in _sums_of(page, numbers[page.number], mark)]


def percentages_on(pages: Iterable[Page]) -> set[str]:
    """The percentages printed on the pages, as text with a point."""
    return {
        match[1].replace(",", ".")
        for page in pages
        for cell in page.cells
        for text in _with_percent_sign(cell.words)
        if (match := _PERCENT.fullmatch(text))
    }


def _with_percent_sign(words: Sequence[Word]) -> Iterator[str]:
    for before, after in pairwise([*words, Word("", 0, 0, 0, 0)]):
        if before.text.endswith(("%", "%:", "%)")):
            yield before.text
        elif after.text.startswith("%"):
            yield before.text + "%"


def _sums_of(page: Page, rows: list[list[_Number]], mark: str) -> list[Sum]:
    found: list[Sum] = []
    by_row: dict[int, list[Sum]] = {}
    for row, numbers in enumerate(rows):
        for place, number in enumerate(numbers):
            made = _sum_of(number, row, mark)
            if made is None:
                continue
            beside = _hits_beside(page, number, numbers[place - 1] if place else None)
            made.beside = _meanings(beside, "sum")
            made.fields = _meanings(beside, "field") | _meanings(beside, "party")
            _look_up(page, made, by_row)
            found.append(made)
            by_row.setdefault(row, []).append(made)
    shared = Counter(one.heading for one in found if one.exact)
    for one in found:
        one.under_heading = shared[one.heading]
        one.mates = sum(other is not one and other.exact for other in by_row[one.row])
    return found


def _sum_of(number: _Number, row: int, mark: str) -> Sum | None:
    cents = cents_of(number.text)
    exact = cents is not None
    if cents is None and not _has_date(number.cell.text):
        cents = cents_of_rough(number.text, mark)
    if cents is None:
        return None
    return Sum(cents, number.cell.page, row, number.words, exact, number.currency)


@lru_cache(maxsize=512)
def _has_date(text: str) -> bool:
    return any(True for _ in dates_in(text))


def _numbers_in(row: Sequence[Cell]) -> Iterator[_Number]:
    for cell in row:
        place = 0
        while place < len(cell.words):
            number = _number_at(cell, place)
            if number:
                yield number
            place = number.end if number else place + 1


def _number_at(cell: Cell, start: int) -> _Number | None:
    words = cell.words
    text, stripped = _bare(words[start].text)
    if not _NUMBER.fullmatch(text):
        return None
    end = start + 1
    grows = bool(_OPENING.fullmatch(text))
    while grows and end < len(words) and _is_next_group(words[end - 1], words[end]):
        part, more = _bare(words[end].text)
        text, stripped, end = f"{text} {part}", stripped or more, end + 1
        grows = part.isdecimal()
    after = words[end].text if end < len(words) else ""
    if after.startswith("%"):
        return None
    before = words[start - 1] if start else None
    if before and before.text in MINUSES and words[start].x0 - before.x1 < SIGN_GAP * before.height:
        text = f"-{text}"
    if after in MINUSES and after and words[end].x0 - words[end - 1].x1 < 0.2 * words[end].height:
        text = f"{text}-"
    currency = stripped or any(_is_currency(text) for text in (after, before.text if before else ""))
    return _Number(cell, start, end, text, currency, tuple(words[start:end]))


def _is_next_group(before: Word, word: Word) -> bool:
    digit_width = (word.x1 - word.x0) / len(word.text)
    return word.x0 - before.x1 < GROUP_GAP * digit_width and bool(_GROUP.fullmatch(_bare(word.text)[0]))


def _bare(text: str) -> tuple[str, bool]:
    """The text without a currency stuck to it and without a closing stop, and whether there was one."""
    trimmed = text.strip(";:*").rstrip(".")
    if trimmed.startswith("(") != trimmed.endswith(")"):
        trimmed = trimmed.strip("()")
    if trimmed[:1].isdigit() and trimmed[-1:].isdigit():
        return trimmed.rstrip(","), False
    bare = _EDGES.sub("", trimmed)
    return (bare if bare.endswith(tuple(MINUSES)) else bare.rstrip(",")), bare != trimmed


def _is_currency(text: str) -> bool:
    return bool(text) and bool(_CURRENCY.fullmatch(text.strip("()")))


def _hits_beside(page: Page, number: _Number, before: _Number | None) -> list[Hit]:
    """The labels nearest to the left of a number in its row, and those stuck right behind it."""
    cell = number.cell
    start = before.end if before and before.cell is cell else 0
    hits = [hit for hit in cell.hits if start <= hit.start and hit.end <= number.start]
    behind = [hit for hit in cell.hits if hit.start in (number.end, number.end + 1)]
    if any(
        key.isalpha() and not _is_currency(word.text)
        for key, word in zip(cell.keys[start : number.start], cell.words[start:], strict=False)
    ):
        return hits + _telling(behind)
    for left in reversed(page.rows[cell.row][: cell.index] if start == 0 else [cell]):
        if left is cell:
            return hits + [hit for hit in cell.hits if hit.end <= number.start]
        if any(key.isalpha() and not _is_currency(word.text) for key, word in zip(left.keys, left.words, strict=True)):
            return left.hits + _telling(behind)
    return _telling(behind)


def _telling(hits: Iterable[Hit]) -> list[Hit]:
    """Of the words behind a sum only these speak of it: "29.99 TTC"."""
    return [hit for hit in hits if hit.meanings("sum") & {"incl", "excl"}][:1]


def _meanings(hits: Iterable[Hit], family: str) -> frozenset[str]:
    return frozenset(meaning for hit in hits for meaning in hit.meanings(family))


def _look_up(page: Page, made: Sum, by_row: dict[int, list[Sum]]) -> None:
    """Find the heading of the sum's column: the first text with a meaning above it.

    A sum of the same column met on the way has found it already.
    """
    passed = 0
    for row in range(made.row - 1, max(-1, made.row - ROWS_TO_HEADER), -1):
        for other in by_row.get(row, ()):
            if other.x0 < made.x1 and made.x0 < other.x1:
                made.above, made.heading = other.above, other.heading
                return
        for cell in page.rows[row]:
            if cell.overlaps(made.x0, made.x1) and any(key.isalpha() for key in cell.keys):
                made.above = _heading(page, cell, made)
                made.heading = (page.number, row, cell.index) if made.above else None
                passed += 1
        if made.heading or passed >= TEXTS_PASSED:
            return


def _heading(page: Page, cell: Cell, made: Sum) -> frozenset[str]:
    """What a heading says, which may be wrapped over some lines."""
    lines = [cell]
    for row in reversed(page.rows[max(0, cell.row - HEADER_LINES) : cell.row]):
        over = [other for other in row if other.overlaps(made.x0, made.x1)]
        if not over or lines[0].top - over[0].bottom > 0.8 * (cell.bottom - cell.top):
            break
        lines.insert(0, over[0])
    keys = [key for line in lines for key in line.keys if key]
    return _meanings(hits_in(keys), "sum")
