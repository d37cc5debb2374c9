"""Who sent the invoice: the seller's VAT number and name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .evidence import Document, figure, party_of
from .figures import Figure
from .identifiers import VatId, swedish_vat_id, vat_ids_in
from .layout import Cell, Page, Word
from .vocabulary import Hit, key_of

FOOTER = 0.84  # of the page's height; below it stands the sender's own data
LETTERHEAD = 0.2
SEPARATORS = frozenset("|·•–—-,;:/*")
_DOMAIN = re.compile(r"(?:www\.|@|https?://(?:www\.)?)([a-z0-9-]+)\.[a-z]{2,}", re.I)
LONGEST_NAME = 7  # words
BANK_WORDS = ("iban", "bic", "swift", "bank", "tili", "bankgiro", "plusgiro", "kontonummer", "account", "pankki")


@dataclass(slots=True)
class IdFound:
    """A VAT number on the page: how strongly it is the seller's, and the words."""

    vat_id: VatId
    page: Page
    cell: Cell
    seller: int
    buyer: bool
    labelled: bool

    @property
    def words(self) -> Sequence[Word]:
        return self.cell.words[self.vat_id.start : self.vat_id.end]


def seller_vat_id(document: Document) -> Figure | None:
    """The seller's VAT number, told from the buyer's by headings and place."""
    found: dict[str, list[IdFound]] = defaultdict(list)
    for one in _ids(document):
        found[one.vat_id.value].append(one)
    sellers = {value: places for value, places in found.items() if not any(one.buyer for one in places)}
    if not sellers:
        return None
    ranked = sorted(sellers.values(), key=_worth, reverse=True)
    best = max(ranked[0], key=lambda one: (not one.vat_id.derived, one.seller, one.labelled))
    confidence, why = _id_confidence(ranked[0], best, rivals=ranked[1:], buyers=len(found) > len(sellers))
    return figure(best.vat_id.value, confidence, best.page.number, best.words, why)


def _worth(places: list[IdFound]) -> tuple[int, int, int]:
    checked = any(one.vat_id.checked for one in places)
    labelled = any(one.labelled for one in places)
    return (
        sum(one.seller for one in places) + 2 * checked + 3 * labelled,
        len(places),
        -places[0].page.number,
    )


def _id_confidence(
    places: list[IdFound], best: IdFound, rivals: list[list[IdFound]], buyers: bool
) -> tuple[int, str]:
    checked = any(one.vat_id.checked for one in places)
    labelled = any(one.labelled for one in places)
    proven = max(one.seller for one in places) >= 3
    confidence = 86 + 6 * checked + 4 * labelled + 3 * proven + 2 * (buyers and not rivals)
    why = "check_digits_right" if checked else "check_digits_wrong"
    if not checked:
        confidence = min(confidence - 4, 90) if labelled else 60
    if best.vat_id.derived and all(one.vat_id.derived for one in places):
        confidence = min(confidence, 96)
    if any(_worth(rival)[0] >= _worth(places)[0] - 2 for rival in rivals):
        confidence, why = min(confidence, 70), "conflict"
    elif rivals and not proven:
        confidence, why = min(confidence, 85), "two_parties"
    return confidence, why


def _ids(document: Document) -> Iterator[IdFound]:
    for page in document.pages:
        for cell in page.cells:
            if not any(letter.isdigit() for letter in cell.text):
                continue
            for vat_id in (*vat_ids_in([word.text for word in cell.words]), *_swedish(page, cell)):
                labelled = _says_vat_id(page, cell, vat_id.start)
                if labelled or vat_id.checked:
                    yield _placed(page, cell, vat_id, labelled)


def _swedish(page: Page, cell: Cell) -> Iterator[VatId]:
    for place, word in enumerate(cell.words):
        value = swedish_vat_id(word.text)
        if value and _says_vat_id(page, cell, place):
            yield VatId(value, place, place + 1, checked=True, derived=True)


def _says_vat_id(page: Page, cell: Cell, start: int) -> bool:
    before = [hit for hit in cell.hits if hit.end <= start]
    if not before and cell.index:
        before = page.rows[cell.row][cell.index - 1].hits
    if not before:
        above = [other for row in page.rows[max(0, cell.row - 2) : cell.row] for other in row]
        before = [hit for other in above if other.overlaps(cell.x0, cell.x1) for hit in other.hits]
    return any(hit.meanings("field") & {"vat_id", "business_id"} for hit in before)


def _placed(page: Page, cell: Cell, vat_id: VatId, labelled: bool) -> IdFound:
    party = party_of(page, cell, vat_id.start)
    seller = 0
    if party in ("seller", "payee"):
        seller += 4
    if cell.top > FOOTER * page.height:
        seller += 3
    elif page.number == 1 and cell.top < LETTERHEAD * page.height:
        seller += 2
    footer = cell.top > FOOTER * page.height
    return IdFound(vat_id, page, cell, seller, party == "buyer" and not footer, labelled)


@dataclass(slots=True)
class NameFound:
    """A possible seller's name and the kinds of evidence for it."""

    text: str
    page: int
    words: Sequence[Word]
    evidence: set[str] = field(default_factory=set)
    places: int = 0


TWO_LETTER_FORMS = frozenset(["Oy", "OY", "Ab", "AB", "Ky", "KY", "Ay", "AY", "HB", "KB", "AG", "KG", "UG", "SA", "SE", "OÜ", "OU", "AS", "BV", "NV", "SL", "EK", "Co"])
WEIGHTS = {
    "seller_heading": 40,
    "payee": 34,
    "company_form": 22,
    "letterhead": 16,
    "sender_line": 16,
    "footer": 14,
    "web_address": 24,
    "beside_vat_id": 18,
    "repeated": 12,
    "first_words": 8,
    "buyer": -70,
}


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


LEAST_WORTH = 8


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
    if lead < 12:
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
        cell, page, hit = label.cell, label.page, label.hit
        colon = ":" in (cell.words[hit.end - 1].text[-1], *(word.text for word in cell.words[hit.end : hit.end + 1]))
        if (hit.start and not colon) or "buyer" in hit.meanings("party") or len(key_of(cell.text)) < 4:
            continue
        if who == "payee" and not _beside_a_bank(page, cell):
            continue
        if hit.end < len(cell.words) and (colon or who == "payee"):
            yield from _name_in(page, cell, hit.end, kind)
            continue
        if hit.end < len(cell.words):
            continue
        row = page.rows[cell.row]
        if colon and cell.index + 1 < len(row):
            yield from _name_in(page, row[cell.index + 1], 0, kind)
        elif who == "seller" or colon:
            for other in list(page.below(cell, 5 * (cell.bottom - cell.top)))[:3]:
                names = list(_name_in(page, _after_word_for_name(page, other), 0, kind))
                yield from names[:1]
                if names:
                    break


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
    words = []
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
        name = " ".join(word.text for word in words).strip(" ,;:|.")
        if sum(letter.isalpha() for letter in name) >= 4:
            yield NameFound(name, page.number, words, _placed_evidence(page, cell, start, end, vat_id))


def _is_form(cell: Cell, hit: Hit) -> bool:
    text = cell.words[hit.start].text
    if len(text) <= 2 and hit.end - hit.start == 1 and text not in TWO_LETTER_FORMS:
        return False
    return any(letter.isupper() for letter in text) or text == "gmbh"


def _start_of_name(cell: Cell, form: int) -> int:
    """The first word of a name that has its company form at `form` (before or after the name)."""
    labels = [
        hit.end for hit in cell.hits if hit.end <= form and hit.meanings("field") | hit.meanings("party")
    ]
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


def _capitals_before(cell: Cell, form: int) -> int:
    start = form
    while start and (cell.words[start - 1].text[:1].isupper() or cell.words[start - 1].text in "&+"):
        start -= 1
    return start


def _end_of_name(cell: Cell, after: int) -> int:
    ends = after
    while ends < len(cell.words):
        forms = [
            h for h in cell.hits if h.start == ends and "form" in h.meanings("company") and _is_form(cell, h)
        ]
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
    footer = cell.top > FOOTER * page.height
    party = party_of(page, cell, start)
    if not footer and (party == "buyer" or _under_sender_line(page, cell)):
        evidence.add("buyer")
    if footer:
        evidence.add("footer")
    if page.number == 1 and cell.top < LETTERHEAD * page.height:
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
    x0, top, x1, bottom = vat_id.box
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
        key_of(match[1])
        for page in document.pages
        for cell in page.cells
        for match in _DOMAIN.finditer(cell.text)
    } - {"gmail", "outlook", "hotmail", "yahoo"}
