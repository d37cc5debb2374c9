"""The invoice's number and its date."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from .dates import WrittenDate, dates_in
from .evidence import Document, Label, figure, values_of
from .figures import Figure
from .layout import Cell, Page, Word
from .vocabulary import Hit

_NUMBER = re.compile(r"(?=[^\d]*\d)[A-Za-z0-9][\w./\-–_]*[\w]|\d")
_PREFIX = re.compile(r"[A-Z]{1,5}[-/]?")
_DECIMALS = re.compile(r"-?[\d.]*\d,\d{2}")
_EDGE = "#:;,.()[]°º*\"'"
LONGEST_NUMBER = 32
WORDS_TO_NUMBER = 4  # between a title and its number: "Rechnung des Versicherers Nr. 12"
NUMBER_WORDS = frozenset(["nr", "no", "n", "num", "nro", "numero", "number", "nummer", "nrs"])

_DAYS = re.compile(
    r"(?<!\d)(\d{1,3})\s*(?:pv|pvä|päivä\w*|days?|dagar|dgr|tagen?|jours?|dagen|päeva|pva|d)\b", re.I
)
USUAL_TERMS = frozenset((7, 8, 10, 14, 15, 20, 21, 28, 30, 31, 45, 60, 90))


@dataclass(slots=True)
class NumberFound:
    """A value that may be the invoice's number, with every place that says so."""

    value: str
    page: int
    words: Sequence[Word]
    strength: int
    places: int = 1


def invoice_number(document: Document) -> Figure | None:
    """The invoice's number: what its labels and its title say, backed by repeats and references."""
    found: dict[str, NumberFound] = {}
    for candidate in (*_after_labels(document), *_after_titles(document), *_after_bare_labels(document)):
        known = found.get(candidate.value)
        if known is None:
            found[candidate.value] = candidate
        else:
            best = max(known, candidate, key=lambda one: one.strength)
            found[candidate.value] = replace(best, places=known.places + 1)
    if not found:
        return None
    ranked = sorted(found.values(), key=lambda one: -(one.strength + 2 * min(one.places, 3)))
    return _number_figure(document, ranked)


def _number_figure(document: Document, ranked: list[NumberFound]) -> Figure:
    best = ranked[0]
    rivals = [other for other in ranked[1:] if other.strength >= best.strength - 4]
    confidence, why = best.strength, "label_and_value"
    if best.places > 1:
        confidence, why = confidence + 4, "repeated"
    if _in_a_reference(document, best.value):
        confidence, why = confidence + 5, "in_the_reference"
    if rivals:
        confidence, why = min(confidence - 15, 72), "conflict"
    return figure(best.value, min(confidence, 98), best.page, best.words, why)


def _after_labels(document: Document) -> Iterator[NumberFound]:
    for label in document.labelled("field", "invoice_number"):
        if _is_about_another(label):
            continue
        for cell, start, place in values_of(label):
            value, words = _number_at(cell, start, reach=2)
            if value:
                yield NumberFound(value, label.page.number, words, {"after": 93, "right": 92}.get(place, 86))
                break


def _after_bare_labels(document: Document) -> Iterator[NumberFound]:
    """Values of a label that is only "Number", at the top of the first page."""
    for label in document.labelled("field", "bare_number"):
        cell = label.cell
        high = label.page.number == 1 and cell.top < 0.45 * label.page.height
        if not high or label.hit.start or len([key for key in cell.keys[: label.hit.end] if key]) > 1:
            continue
        for value_cell, start, place in values_of(label):
            value, words = _number_at(value_cell, start, reach=1)
            if value:
                yield NumberFound(value, 1, words, 76 if place == "below" else 82)
                break


def _is_about_another(label: Label) -> bool:
    """Whether words before the label say that the number is another document's."""
    before = [hit for hit in label.cell.hits if hit.end <= label.hit.start]
    return any("other_number" in hit.meanings("field") for hit in before) or (
        "other_number" in label.hit.meanings("field")
    )


def _after_titles(document: Document) -> Iterator[NumberFound]:
    for label in document.labelled("field", "title"):
        cell, hit = label.cell, label.hit
        if label.page.number > 2 or any("other_number" in h.meanings("field") for h in cell.hits):
            continue
        for place in range(hit.end, min(hit.end + WORDS_TO_NUMBER, len(cell.words))):
            value, words = _number_at(cell, place, reach=1)
            if value:
                announced = (
                    any(key in NUMBER_WORDS for key in cell.keys[hit.end : place]) or "#" in words[0].text
                )
                close = place == hit.end
                if announced or close:
                    strength = 88 if hit.start == 0 and (close or announced) else 74
                    yield NumberFound(value, label.page.number, words, strength)
                break
        else:
            yield from _beside_title(label)


def _beside_title(label: Label) -> Iterator[NumberFound]:
    """The number in the cell right of a title that stands alone: "LASKU      1234"."""
    cell, row = label.cell, label.page.rows[label.cell.row]
    alone = label.hit.start == 0 and label.hit.end == len(cell.words)
    if alone and label.page.number == 1 and cell.index + 1 < len(row):
        beside = row[cell.index + 1]
        value, words = _number_at(beside, 0, reach=1)
        if value and len(beside.words) <= 2 and any(letter.isdigit() for letter in value):
            yield NumberFound(value, label.page.number, words, 76)


def _number_at(cell: Cell, start: int, reach: int) -> tuple[str, Sequence[Word]]:
    """The number that begins at one of the next `reach` words, skipping stops and "Nr."."""
    words, place, tried = cell.words, start, 0
    while place < len(words) and tried < reach:
        text = words[place].text.strip(_EDGE)
        if not text or cell.keys[place] in NUMBER_WORDS:
            place += 1
            continue
        if _PREFIX.fullmatch(text) and place + 1 < len(words) and words[place + 1].text[:1].isdigit():
            second = words[place + 1].text.strip(_EDGE)
            if _is_number(second):
                return f"{text} {second}", words[place : place + 2]
        if _is_number(text):
            return text, words[place : place + 1]
        place, tried = place + 1, tried + 1
    return "", ()


def _is_number(text: str) -> bool:
    if len(text) > LONGEST_NUMBER or not _NUMBER.fullmatch(text) or _DECIMALS.fullmatch(text):
        return False
    return not any(
        written.end - written.start >= len(text) - 1 and len(text) < 12
        for written in dates_in(text)
        if not text.isdigit()
    )


def _in_a_reference(document: Document, value: str) -> bool:
    """Whether a payment reference on the page is built from this number."""
    digits = "".join(letter for letter in value if letter.isdigit())
    if len(digits) < 4:
        return False
    for label in document.labelled("field", "other_number"):
        for cell, start, _ in values_of(label):
            text = "".join(word.text for word in cell.words[start:])
            if text != value and len(text) > len(digits) and digits in text.replace("-", ""):
                return True
    return False


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


@dataclass(slots=True)
class Calendar:
    """The dates of a document and what they say of one another."""

    found: list[DateFound]
    terms: set[int] = field(default_factory=set)  # days of payment that the page mentions

    @property
    def due(self) -> set[date]:
        return {one.day for one in self.found if one.kind == "due"}


def invoice_date(document: Document, dollars: bool) -> Figure | None:
    """The invoice's date. `dollars` says that the sums are, so that 3/4 may be March the fourth."""
    calendar = _calendar(document)
    month_first = _month_first(calendar, dollars and document.language == "en")
    by_day: dict[date, list[DateFound]] = defaultdict(list)
    for one in calendar.found:
        _read_in_order(one, month_first)
        if one.kind in ("invoice", "named", ""):
            by_day[one.day].append(one)
    ranked = sorted(
        (max(places, key=lambda one: one.strength) for places in by_day.values()),
        key=lambda one: -one.strength,
    )
    ranked = [one for one in ranked if one.strength > 0]
    return _date_figure(document, calendar, ranked, by_day, month_first) if ranked else None


def _date_figure(
    document: Document,
    calendar: Calendar,
    ranked: list[DateFound],
    by_day: dict[date, list[DateFound]],
    month_first: bool | None,
) -> Figure:
    best = ranked[0]
    confidence, why = best.strength, "label_and_value" if best.kind else "unlabelled"
    days_to_pay = {(due - best.day).days for due in calendar.due}
    if days_to_pay & calendar.terms - {0}:
        confidence, why = confidence + 6, "term_of_payment_agrees"
    elif days_to_pay & USUAL_TERMS:
        confidence, why = confidence + 5, why if best.kind else "due_date_agrees"
    if len(by_day[best.day]) > 1:
        confidence += 2
    if not best.kind and len({one.day for one in calendar.found}) == 1:
        confidence, why = confidence + 12, "only_candidate"
    if any(due < best.day for due in calendar.due):
        confidence, why = min(confidence, 70), "after_due_date"
    if any(other.strength >= best.strength - 3 for other in ranked[1:]):
        confidence, why = min(confidence - 12, 76), "conflict"
    if best.written.other and month_first and not _proven_month_first(calendar):
        confidence, why = min(confidence, 84), "day_or_month_first"
    elif best.written.other and month_first is None and document.language == "en":
        confidence, why = min(confidence, 78), "day_or_month_first"
    if best.written.short_year and not best.written.points:
        confidence -= 4
    return figure(best.day.isoformat(), min(confidence, 98), best.page.number, best.words, why)


def _read_in_order(one: DateFound, month_first: bool | None) -> None:
    if month_first and one.written.other:
        one.written = replace(one.written, day=one.written.other, other=one.written.day)


def _month_first(calendar: Calendar, american: bool) -> bool | None:
    """Which comes first in this document's dates; None when nothing tells."""
    telling = [one.written for one in calendar.found if not one.written.points]
    if any(written.other for written in telling):
        if _proven_month_first(calendar):
            return True
        if any(_only_day_first(one) for one in calendar.found):
            return False
        if american:
            return True
    return None


def _proven_month_first(calendar: Calendar) -> bool:
    return any(_only_month_first(one) for one in calendar.found)


def _text_of(one: DateFound) -> str:
    return " ".join(word.text for word in one.words)


def _only_month_first(one: DateFound) -> bool:
    parts = re.findall(r"\d+", _text_of(one))
    slashed = "/" in _text_of(one) or "-" in _text_of(one)
    return slashed and len(parts) == 3 and len(parts[0]) <= 2 and int(parts[0]) <= 12 < int(parts[1])


def _only_day_first(one: DateFound) -> bool:
    parts = re.findall(r"\d+", _text_of(one))
    slashed = "/" in _text_of(one) or "-" in _text_of(one)
    return slashed and len(parts) == 3 and len(parts[0]) <= 2 and int(parts[1]) <= 12 < int(parts[0]) <= 31


def _calendar(document: Document) -> Calendar:
    calendar = Calendar([])
    for page in document.pages:
        for cell in page.cells:
            text = cell.text
            if not any(letter.isdigit() for letter in text):
                continue
            calendar.terms |= {int(match[1]) for match in _DAYS.finditer(text)}
            calendar.found += _dates_of(page, cell, text)
    _note_headlines(calendar, document)
    return calendar


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
            return kind, {"invoice": 93, "named": 86}.get(kind, 0)
    prose = first > 4
    if first == 0 or (not prose and not before):
        row = page.rows[cell.row]
        if cell.index and (kind := _kind_of_hits(_closing(row[cell.index - 1]))):
            return kind, {"invoice": 93, "named": 86}.get(kind, 0)
        if kind := _kind_above(page, cell):
            return kind, {"invoice": 91, "named": 84}.get(kind, 0)
    if prose:
        return "", 0
    return "", 52 if page.number == 1 and cell.top < 0.45 * page.height else 20


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
    reach = 3.2 * (cell.bottom - cell.top)
    for row in reversed(page.rows[max(0, cell.row - 3) : cell.row]):
        for other in row:
            if other.overlaps(cell.x0, cell.x1) and cell.top - other.bottom < reach:
                kind = _kind_of_hits(other.hits)
                title = kind == "invoice" and not any(
                    "invoice_date" in hit.meanings("field") for hit in other.hits
                )
                return "headline" if title else kind
    return None


def _note_headlines(calendar: Calendar, document: Document) -> None:
    """A date right under the title, with no label of its own, is the invoice's more often than not."""
    for one in calendar.found:
        if one.kind == "headline":
            one.kind, one.strength = "", 78 if one.page.number == 1 else 30
    if not calendar.due and len(calendar.terms) == 1 and document.pages:
        (term,) = calendar.terms
        days = {one.day for one in calendar.found}
        for one in calendar.found:
            if not one.kind and one.day + timedelta(days=term) in days:
                one.strength += 6
