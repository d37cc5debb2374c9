"""One cost of a claim, before and after its verification."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from shared.money import ZERO, Money
from shared.sorting import sort_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the machine read for one field and how sure it was, in percent."""

    value: str
    confidence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    """`claimed` ≤ `gross` = `net` + `vat`. `accepted` is None until verified; what is not accepted is cut."""

    line: int
    category: str
    description: str
    supplier: str = ""
    supplier_id: str = ""
    invoice_number: str = ""
    incurred_on: date
    paid_on: date
    net: Money
    vat: Money = ZERO
    gross: Money
    claimed: Money
    document_id: str | None = None
    read: Mapping[str, Reading] = field(default_factory=dict)
    accepted: Money | None = None
    cut_reason: str | None = None
    cut_note: str | None = None
    finding: str | None = None

    @property
    def cut(self) -> Money | None:
        return None if self.accepted is None else self.claimed - self.accepted

    @property
    def invoice_key(self) -> str | None:
        """What the same invoice has in common wherever it is claimed: supplier, number, day and gross sum.

        Spelling does not count: spaces, dashes, case, "Oy". None when the line names no invoice.
        """
        supplier = _bare(self.supplier_id) or sort_key(self.supplier)
        number = _bare(self.invoice_number)
        if not supplier or not number:
            return None
        return f"{supplier}|{number}|{self.incurred_on}|{self.gross}"


def _bare(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def by_category(lines: Iterable[CostLine]) -> dict[str, Money]:
    """Accepted direct costs by category."""
    sums: defaultdict[str, Money] = defaultdict(lambda: ZERO)
    for line in lines:
        sums[line.category] += line.accepted or ZERO
    return dict(sums)
