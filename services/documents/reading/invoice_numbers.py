"""The invoice's number: what its labels and its title say, backed by repeats and references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .dates import dates_in
from .evidence import Document, Label, figure, values_of
from .figures import Figure
from .layout import Cell, Word

LONGEST_NUMBER = 32
WORDS_TO_NUMBER = 4  # between a title and its number: "Rechnung des Versicherers Nr. 12"
NUMBER_WORDS = frozenset(("nr", "no", "n", "num", "nro", "numero", "number", "nummer", "nrs"))
PLAINLY_LABELLED = 90  # percent: right after its label, or beside it
SEVERAL_INVOICES = "several_invoices"
UPPER_PART = 0.45  # of the first page, where a bare "Number" can only be the invoice's

_NUMBER = re.compile(r"(?=[^\d]*\d)[A-Za-z0-9][\w./\-–_]*[\w]|\d")
_PREFIX = re.compile(r"[A-Z]{1,5}[-/]?")
_DECIMALS = re.compile(r"-?[\d.]*\d,\d{2}")
_EDGE = "#:;,.()[]°º*\"'"


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
        elsewhere = any(other.page != best.page and other.strength >= PLAINLY_LABELLED for other in rivals)
        confidence, why = min(confidence - 15, 72), SEVERAL_INVOICES if elsewhere else "conflict"
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
        high = label.page.number == 1 and cell.top < UPPER_PART * label.page.height
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
                announced = any(key in NUMBER_WORDS for key in cell.keys[hit.end : place]) or "#" in words[0].text
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
