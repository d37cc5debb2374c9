"""The seller's name: headings, the bank account's holder, company form, letterhead and web address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .evidence import Document, Label, figure, party_of
from .figures import Figure
from .layout import Cell, Page, Word
from .vocabulary import Hit, key_of

SEPARATORS = frozenset("|·•–—-,;:/*")
LONGEST_NAME = 7  # words
SENTENCE_ENDS = ("GmbH.", "Oy.", "Oyj.", "Ab.", "AB.", "AG.", "KG.", "SAS.", "SARL.")  # forms that have no stop
LEAST_WORTH = 8
SHORTEST_HEADING = 4  # letters; "de" and "from" alone head nothing
HEIGHTS_TO_NAME = 5  # how far under its heading, in heights of the text, a name may stand
CLEAR_LEAD = 12  # by which one name must be better supported than the next
BANK_WORDS = ("iban", "bic", "swift", "bank", "tili", "bankgiro", "plusgiro", "kontonummer", "account", "pankki")
# Short forms as companies write them; in other letters they are words of some language ("as", "se").
SHORT_FORMS = frozenset(
    (
        *("Oy", "OY", "Ab", "AB", "Ky", "KY", "Ay", "AY", "HB", "KB", "AG", "KG", "UG", "SA", "SE"),
        *("OÜ", "OU", "AS", "BV", "NV", "SL", "EK", "Co"),
    )
)
# How much each kind of evidence weighs; the sum ranks the names and sets the confidence.
WEIGHTS = {
    "seller_heading": 40,
    "payee": 34,
    "web_address": 24,
    "company_form": 22,
    "beside_vat_id": 18,
    "letterhead": 16,
    "sender_line": 16,
    "footer": 14,
    "repeated": 12,
    "first_words": 8,
    "buyer": -70,
}

_DOMAIN = re.compile(r"(?:www\.|@|https?://(?:www\.)?)([a-z0-9-]+)\.[a-z]{2,}", re.I)
_MAIL_HOSTS = frozenset(("gmail", "outlook", "hotmail", "yahoo"))


@dataclass(slots=True)
class NameFound:
    """A possible seller's name and the kinds of evidence for it."""

    text: str
    page: int
    words: Sequence[Word]
    evidence: set[str] = field(default_factory=set)
    places: int = 0


def seller_name(document: Document, vat_id: Figure | None) -> Figure | None:
    """The seller's name: headings, the bank account's holder, company form, letterhead and web address."""
    found: dict[str, NameFound] = {}
    domains = _domains(document)
    for name in _names(document, vat_id):
        key = key_of(name.text)
        known = found.setdefault(key, name)
        known.evidence |= name.evidence
        known.places += 1
    for key, name in found.items():
        if name.places > 1:
            name.evidence.add("repeated")
        if any(len(domain) > 3 and (domain in key or key in domain) for domain in domains):
            name.evidence.add("web_address")
    ranked = sorted(found.values(), key=_name_worth, reverse=True)
    if not ranked or _name_worth(ranked[0]) < LEAST_WORTH:
        return None
    return _name_figure(ranked)


def _name_worth(name: NameFound) -> int:
    kinds = name.evidence
    if kinds & {"seller_heading", "payee"}:
        # A heading speaks louder than where else the name happens to stand.
        kinds = kinds - {"buyer"}
    return sum(WEIGHTS[kind] for kind in kinds)


def _name_figure(ranked: list[NameFound]) -> Figure:
    best = ranked[0]
    worth = _name_worth(best)
    lead = worth - (_name_worth(ranked[1]) if len(ranked) > 1 else 0)
    confidence = min(96, 50 + worth // 2)
    if lead < CLEAR_LEAD:
        confidence = min(confidence - 8, 76)
    if "seller_heading" not in best.evidence and "payee" not in best.evidence:
        confidence = min(confidence, 90)
    strongest = max(best.evidence, key=lambda kind: WEIGHTS[kind])
    return figure(best.text, confidence, best.page, best.words, strongest)


def _names(document: Document, vat_id: Figure | None) -> Iterator[NameFound]:
    for who, kind in (("seller", "seller_heading"), ("payee", "payee")):
        yield from _under_headings(document, who, kind)
    for page in document.pages[:3]:
        for cell in page.cells:
            yield from _with_company_form(page, cell, vat_id)
    if document.pages:
        yield from _first_words(document.pages[0])


def _under_headings(document: Document, who: str, kind: str) -> Iterator[NameFound]:
    for label in document.labelled("party", who):
        if "buyer" in label.hit.meanings("party") or len(key_of(label.cell.text)) < SHORTEST_HEADING:
            continue
        if who == "seller" or _beside_a_bank(label.page, label.cell):
            yield from _after_heading(label, kind)


def _after_heading(label: Label, kind: str) -> Iterator[NameFound]:
    """The name after a heading in its cell, in the next cell, or in the rows below."""
    cell, page, end = label.cell, label.page, label.hit.end
    colon = _ends_with_colon(cell, end)
    if end < len(cell.words):
        if colon or (kind == "payee" and label.hit.start == 0):
            yield from _name_in(page, cell, end, kind)
        return
    if label.hit.start and not colon:
        return
    row = page.rows[cell.row]
    if colon and cell.index + 1 < len(row):
        yield from _name_in(page, row[cell.index + 1], 0, kind)
    elif colon or kind == "seller_heading":
        yield from _first_name_below(page, cell, kind)


def _ends_with_colon(cell: Cell, end: int) -> bool:
    return cell.words[end - 1].text.endswith(":") or (end < len(cell.words) and cell.words[end].text == ":")


def _first_name_below(page: Page, cell: Cell, kind: str) -> Iterator[NameFound]:
    for other in list(page.below(cell, HEIGHTS_TO_NAME * (cell.bottom - cell.top)))[:3]:
        names = list(_name_in(page, _after_word_for_name(page, other), 0, kind))
        if names:
            yield names[0]
            return


def _after_word_for_name(page: Page, cell: Cell) -> Cell:
    """The cell after one that only says "Name:"."""
    row = page.rows[cell.row]
    says_name = any("name" in hit.meanings("party") and hit.end == len(cell.words) for hit in cell.hits)
    return row[cell.index + 1] if says_name and cell.index + 1 < len(row) else cell


def _beside_a_bank(page: Page, cell: Cell) -> bool:
    """Whether a bank account stands near: else a "recipient" is the one who gets the invoice."""
    near = page.rows[max(0, cell.row - 4) : cell.row + 5]
    return any(key.startswith(BANK_WORDS) for row in near for other in row for key in other.keys)


def _name_in(page: Page, cell: Cell, start: int, kind: str) -> Iterator[NameFound]:
    """The name that a cell begins with, unless it is a label, a number or a code."""
    words: list[Word] = []
    for place in range(start, min(len(cell.words), start + LONGEST_NAME)):
        text = cell.words[place].text
        if text in SEPARATORS or _is_label(cell, place):
            if words:
                break
            continue
        words.append(cell.words[place])
        if text.endswith((",", ";")):
            break
    text = " ".join(word.text for word in words).strip(" ,;:|")
    web = "@" in text or "www." in text or "://" in text
    if not web and sum(letter.isalpha() for letter in text) >= 3 and sum(letter.isdigit() for letter in text) <= 3:
        yield NameFound(text, page.number, words, {kind})


def _is_label(cell: Cell, place: int) -> bool:
    """Whether a label stands here, rather than a name that sounds like one ("Lieferant GmbH")."""
    hit = next((hit for hit in cell.hits if hit.start == place), None)
    if hit is None or not (hit.meanings("field") | hit.meanings("party")):
        return False
    return hit.end == len(cell.words) or cell.words[hit.end - 1].text.endswith(":") or bool(hit.meanings("field"))


def _with_company_form(page: Page, cell: Cell, vat_id: Figure | None) -> Iterator[NameFound]:
    for hit in cell.hits:
        if "form" not in hit.meanings("company") or not _is_form(cell, hit):
            continue
        start = _start_of_name(cell, hit.start)
        end = _end_of_name(cell, hit.end)
        words = cell.words[start:end]
        if end - start < 2 or end - start > LONGEST_NAME + 2:
            continue
        name = " ".join(word.text for word in words).strip(" ,;:|")
        if name.endswith(SENTENCE_ENDS):
            name = name[:-1]
        if sum(letter.isalpha() for letter in name) >= 4:
            yield NameFound(name, page.number, words, _placed_evidence(page, cell, start, end, vat_id))


def _is_form(cell: Cell, hit: Hit) -> bool:
    text = cell.words[hit.start].text
    if len(text) <= 2 and hit.end - hit.start == 1 and text not in SHORT_FORMS:
        return False
    return any(letter.isupper() for letter in text) or text == "gmbh"


def _start_of_name(cell: Cell, form: int) -> int:
    """The first word of a name that has its company form at `form` (before or after the name)."""
    labels = [hit.end for hit in cell.hits if hit.end <= form and _parts_a_name(hit)]
    start = form
    while start > max(labels, default=0):
        text = cell.words[start - 1].text
        comma_before_form = text.endswith(",") and start == form and start - 1 > 0
        if text in SEPARATORS or text.endswith((";", ":", "|")) or (text.endswith(",") and not comma_before_form):
            break
        start -= 1
    # A name may hold small words ("Au bon moulin SARL") but does not begin with one.
    while start < form and not (cell.words[start].text[:1].isupper() or cell.words[start].text[:1].isdigit()):
        start += 1
    return start if form - start <= LONGEST_NAME - 2 else _capitals_before(cell, form)


def _parts_a_name(hit: Hit) -> bool:
    """Whether a label ends what stands before a name; "du" and "de" belong to names."""
    return bool(hit.meanings("field") - {"date"} or hit.meanings("party") - {"seller"})


def _capitals_before(cell: Cell, form: int) -> int:
    start = form
    while start and (cell.words[start - 1].text[:1].isupper() or cell.words[start - 1].text in "&+"):
        start -= 1
    return start


def _end_of_name(cell: Cell, after: int) -> int:
    ends = after
    while ends < len(cell.words):
        forms = [h for h in cell.hits if h.start == ends and "form" in h.meanings("company") and _is_form(cell, h)]
        if forms:
            ends = forms[0].end
        elif cell.words[ends].text in ("&", "+") and ends + 1 < len(cell.words):
            ends += 1
        else:
            break
    if ends == after and after == 1:
        # The form stands first: "Tmi Väinö Virtanen", "Ab Firma".
        while ends < len(cell.words) and cell.words[ends].text[:1].isupper() and ends < 4:
            ends += 1
    return ends


def _placed_evidence(page: Page, cell: Cell, start: int, end: int, vat_id: Figure | None) -> set[str]:
    evidence = {"company_form"}
    footer = page.in_footer(cell)
    party = party_of(page, cell, start)
    if not footer and (party == "buyer" or _under_sender_line(page, cell)):
        evidence.add("buyer")
    if footer:
        evidence.add("footer")
    if page.in_letterhead(cell):
        evidence.add("letterhead")
    if end < len(cell.words) and cell.words[end].text in SEPARATORS and start == 0 and not footer:
        evidence.add("sender_line")
    if vat_id and vat_id.page == page.number and _near(cell, vat_id):
        evidence.add("beside_vat_id")
    return evidence


def _under_sender_line(page: Page, cell: Cell) -> bool:
    """Whether it opens the address window of a letter: under the small line that says who sends it."""
    above = [other for row in page.rows[max(0, cell.row - 2) : cell.row] for other in row]
    return any(
        abs(other.x0 - cell.x0) < 4
        and sum(word.text in SEPARATORS for word in other.words) >= 2
        and any(letter.isdigit() for letter in other.text)
        for other in above
    )


def _near(cell: Cell, vat_id: Figure) -> bool:
    x0, top, x1, _ = vat_id.box
    height = cell.bottom - cell.top
    return abs(cell.top - top) < 5 * height and (cell.overlaps(x0, x1) or abs(cell.top - top) < height)


def _first_words(page: Page) -> Iterator[NameFound]:
    """What stands at the very top, which is most often the sender."""
    for row in page.rows[:3]:
        for cell in row:
            if any(hit.meanings("field") | hit.meanings("sum") | hit.meanings("party") for hit in cell.hits):
                continue
            yield from _name_in(page, cell, 0, "first_words")


def _domains(document: Document) -> set[str]:
    return {
        key_of(match[1]) for page in document.pages for cell in page.cells for match in _DOMAIN.finditer(cell.text)
    } - _MAIL_HOSTS
