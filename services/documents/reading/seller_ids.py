"""The seller's VAT number, told from the buyer's by headings and place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .evidence import Document, figure, party_of
from .figures import Figure
from .identifiers import VatId, swedish_vat_id, vat_ids_in
from .layout import Cell, Page, Word

HEADED, IN_FOOTER, IN_LETTERHEAD = 4, 3, 2  # how strongly a place says that data is the seller's


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


def _id_confidence(places: list[IdFound], best: IdFound, rivals: list[list[IdFound]], buyers: bool) -> tuple[int, str]:
    checked = any(one.vat_id.checked for one in places)
    labelled = any(one.labelled for one in places)
    placed = max(one.seller for one in places) >= IN_LETTERHEAD
    # Without a place that proves it, even a right number may be the buyer's: to be checked.
    confidence = 84 + 6 * checked + 4 * labelled + 3 * placed + 2 * (buyers and not rivals)
    why = "check_digits_right" if checked else "check_digits_wrong"
    if not checked:
        confidence = min(confidence - 4, 90) if labelled else 60
    if best.vat_id.derived and all(one.vat_id.derived for one in places):
        confidence = min(confidence, 96)
    if any(_worth(rival)[0] >= _worth(places)[0] - 2 for rival in rivals):
        confidence, why = min(confidence, 70), "conflict"
    elif rivals and max(one.seller for one in places) < IN_FOOTER:
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
    footer = page.in_footer(cell)
    place = IN_FOOTER if footer else IN_LETTERHEAD if page.in_letterhead(cell) else 0
    seller = place + HEADED * (party in ("seller", "payee"))
    return IdFound(vat_id, page, cell, seller, party == "buyer" and not footer, labelled)
