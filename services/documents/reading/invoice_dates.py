"""The invoice's date among all the dates on its pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from .dates import WrittenDate, dates_in
from .evidence import Document, figure
from .figures import Figure
from .layout import Cell, Page, Word
from .vocabulary import Hit

USUAL_TERMS = frozenset((7, 8, 10, 14, 15, 20, 21, 28, 30, 31, 45, 60, 90))  # days of payment
UPPER_PART = 0.45  # of the first page, where an unlabelled date is most often the invoice's
WORDS_OF_PROSE = 4  # a date after more words than these stands in a sentence
ROWS_TO_LABEL, HEIGHTS_TO_LABEL = 3, 3.2  # how far above a date its label may stand

# Confidence, in percent, by what the label says and where it stands.
_BESIDE = {"invoice": 93, "named": 86}
_ABOVE = {"invoice": 91, "named": 84}
_UNDER_TITLE, _HIGH_UP, _ELSEWHERE = 78, 52, 20

_DAYS = re.compile(r"(?<!\d)(\d{1,3})\s*(?:pv|pvä|päivä\w*|days?|dagar|dgr|tagen?|jours?|dagen|päeva|pva|d)\b", re.I)


@dataclass(slots=True)
class DateFound:
    """A date on the page and what the words near it say it is."""

    written: WrittenDate
    page: Page
    cell: Cell
    words: Sequence[Word]
    kind: str = ""  # invoice, named (only "date"), other, due, or nothing
    strength: int = 0

    @property
    def day(self) -> date:
        return self.written.day

    @property
    def eligible(self) -> bool:
        """Whether it may be the invoice's date: nothing says that it is another one."""
        return self.kind in ("invoice", "named", "")


@dataclass(slots=True)
class Calendar:
    """The dates of a document and what they say of one another."""

    found: list[DateFound]
    terms: set[int] = field(default_factory=set)  # days of payment that the page mentions
    month_first: bool = False
    order_proven: bool = False  # by a date that can be read in one order only
    british: bool = False

    @property
    def due(self) -> set[date]:
        return {one.day for one in self.found if one.kind == "due"}


def invoice_date(document: Document, currency: str) -> Figure | None:
    """The invoice's date. The currency helps to tell whether 3/4 is the third of April or March the fourth."""
    calendar = _calendar(document, american=currency == "USD" and document.language == "en")
    calendar.british = currency == "GBP"
    by_day: dict[date, list[DateFound]] = defaultdict(list)
    for one in calendar.found:
        if one.eligible:
            by_day[one.day].append(one)
    best_of_day = (max(places, key=lambda one: one.strength) for places in by_day.values())
    ranked = sorted((one for one in best_of_day if one.strength > 0), key=lambda one: -one.strength)
    return _figure_of(ranked, calendar, document) if ranked else None


def _figure_of(ranked: list[DateFound], calendar: Calendar, document: Document) -> Figure:
    best = ranked[0]
    confidence, why = _supported(best, calendar)
    if any(due < best.day for due in calendar.due):
        confidence, why = min(confidence, 70), "after_due_date"
    if any(other.strength >= best.strength - 3 for other in ranked[1:]):
        confidence, why = min(confidence - 12, 76), "conflict"
    if best.written.other and not calendar.order_proven:
        # Elsewhere than in English nobody writes the month first.
        most = 84 if calendar.month_first or calendar.british else 78 if document.language == "en" else confidence
        confidence, why = (most, "day_or_month_first") if most < confidence else (confidence, why)
    if best.written.short_year and not best.written.points:
        confidence -= 4
    return figure(best.day.isoformat(), min(confidence, 98), best.page.number, best.words, why)


def _supported(best: DateFound, calendar: Calendar) -> tuple[int, str]:
    """The label's strength, and what else on the pages speaks for the date."""
    confidence, why = best.strength, "label_and_value" if best.kind else "unlabelled"
    days_to_pay = {(due - best.day).days for due in calendar.due}
    if days_to_pay & calendar.terms - {0}:
        confidence, why = confidence + 6, "term_of_payment_agrees"
    elif days_to_pay & USUAL_TERMS:
        confidence, why = confidence + 5, why if best.kind else "due_date_agrees"
    if sum(one.day == best.day and one.eligible for one in calendar.found) > 1:
        confidence += 2
    if not best.kind and len({one.day for one in calendar.found}) == 1:
        confidence, why = confidence + 12, "only_candidate"
    return confidence, why


def _calendar(document: Document, american: bool) -> Calendar:
    calendar = Calendar([])
    for page in document.pages:
        for cell in page.cells:
            text = cell.text
            if any(letter.isdigit() for letter in text):
                calendar.terms |= {int(match[1]) for match in _DAYS.finditer(text)}
                calendar.found += _dates_of(page, cell, text)
    _settle_order(calendar, american)
    _note_headlines(calendar)
    return calendar


def _settle_order(calendar: Calendar, american: bool) -> None:
    """Decide whether months come first in this document, and read its dates so."""
    orders = {one.written.order for one in calendar.found} - {""}
    calendar.order_proven = len(orders) == 1
    calendar.month_first = orders == {"month"} or (not orders and american)
    if calendar.month_first:
        for one in calendar.found:
            if one.written.other:
                one.written = replace(one.written, day=one.written.other, other=one.written.day)


def _dates_of(page: Page, cell: Cell, text: str) -> Iterator[DateFound]:
    if len(text) < 6:
        return
    starts, place = [], 0
    for word in cell.words:
        starts.append(place)
        place += len(word.text) + 1
    for written in dates_in(text):
        first = max(i for i, start in enumerate(starts) if start <= written.start)
        last = max(i for i, start in enumerate(starts) if start < written.end)
        if text[written.start : written.end].isdigit() and _is_called_a_number(page, cell, first):
            continue
        one = DateFound(written, page, cell, cell.words[first : last + 1])
        one.kind, one.strength = _kind_of(page, cell, first, last)
        yield one


def _kind_of(page: Page, cell: Cell, first: int, last: int) -> tuple[str, int]:
    """What the words before a date, else beside or above it, say that it is; and how strongly."""
    before = [hit for hit in cell.hits if hit.end <= first]
    if before:
        kind = _kind_of_hits(before)
        if kind != "invoice" and any(hit.meanings("sum") & {"prepaid", "pay"} for hit in before):
            kind = "other"
        if kind:
            return kind, _BESIDE.get(kind, 0)
    prose = first > WORDS_OF_PROSE
    if first == 0 or (not prose and not before):
        row = page.rows[cell.row]
        if cell.index and (kind := _kind_of_hits(_closing(row[cell.index - 1]))):
            return kind, _BESIDE.get(kind, 0)
        if kind := _kind_above(page, cell):
            return kind, _ABOVE.get(kind, 0)
    if prose:
        return "", 0
    return "", _HIGH_UP if page.number == 1 and cell.top < UPPER_PART * page.height else _ELSEWHERE


def _is_called_a_number(page: Page, cell: Cell, first: int) -> bool:
    """Whether the label nearest to bare digits says number: 20260117 may be an invoice's name or a day."""
    before = [hit for hit in cell.hits if hit.end <= first]
    if not before and cell.index:
        before = _closing(page.rows[cell.row][cell.index - 1])
    meanings = before[-1].meanings("field") if before else set()
    return bool(meanings & {"invoice_number", "other_number"}) and not meanings & {"date", "invoice_date"}


def _closing(cell: Cell) -> list[Hit]:
    """The labels of a cell, if it ends with one: after a value of its own it labels nothing further."""
    closes = any(hit.end == len(cell.words) or not any(cell.keys[hit.end :]) for hit in cell.hits[-1:])
    return cell.hits if closes else []


def _kind_of_hits(hits: Sequence[Hit]) -> str | None:
    fields = [hit.meanings("field") for hit in hits]
    fields = [meanings for meanings in fields if meanings]
    if not fields:
        return None
    final = fields[-1]
    if "due_date" in final:
        return "due"
    if "other_date" in final:
        return "other"
    if "invoice_date" in final and "date" not in final:
        return "invoice"
    return _kind_of_plain(fields, final)


def _kind_of_plain(fields: list[set[str]], final: set[str]) -> str | None:
    plain = bool(final & {"date", "invoice_date"})
    earlier = set().union(*fields[:-1]) if plain else set().union(*fields)
    if "other_number" in earlier or "other_date" in earlier:
        return "other" if "invoice_number" not in earlier and "title" not in earlier else "named"
    if earlier & {"invoice_number", "title"}:
        return "invoice"
    return "named" if plain else None


def _kind_above(page: Page, cell: Cell) -> str | None:
    reach = HEIGHTS_TO_LABEL * (cell.bottom - cell.top)
    for row in reversed(page.rows[max(0, cell.row - ROWS_TO_LABEL) : cell.row]):
        for other in row:
            if other.overlaps(cell.x0, cell.x1) and cell.top - other.bottom < reach:
                kind = _kind_of_hits(other.hits)
                title = kind == "invoice" and not any("invoice_date" in hit.meanings("field") for hit in other.hits)
                return "headline" if title else kind
    return None


def _note_headlines(calendar: Calendar) -> None:
    """A date right under the title, with no label of its own, is the invoice's more often than not."""
    for one in calendar.found:
        if one.kind == "headline":
            one.kind, one.strength = "", _UNDER_TITLE if one.page.number == 1 else _ELSEWHERE
    if not calendar.due and len(calendar.terms) == 1:
        (term,) = calendar.terms
        days = {one.day for one in calendar.found}
        for one in calendar.found:
            if not one.kind and one.day + timedelta(days=term) in days:
                one.strength += 6
