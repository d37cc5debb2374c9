"""What was read from an invoice: its figures, where they stand, and how sure the reading is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NAMES = (
    "invoice_number",
    "invoice_date",
    "seller_name",
    "seller_vat_id",
    "net",
    "vat",
    "gross",
    "currency",
)

SURE = 95  # percent: independent evidence agrees, a person need not check
WORTH_CHECKING = 80  # percent: likely right, shown for a person to confirm
WORTH_SAYING = 50  # percent: below this nothing is said at all

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Figure:
    """One value read from an invoice.

    `value` is text: money as "1234.50", a date as "2026-03-12". `confidence` is whole percent.
    `box` is (x0, top, x1, bottom) in points from the page's upper left corner; a figure that
    stands nowhere on the page (it came from attached data) has page 0 and an empty box.
    `why` is a short code of what supports or weakens the value.
    """

    value: str
    confidence: int
    page: int
    box: Box
    why: str

    def to_wire(self) -> dict[str, Any]:
        return {
            "value": self.value,
            "confidence": self.confidence,
            "page": self.page,
            "box": [round(edge, 1) for edge in self.box],
            "why": self.why,
        }

    @classmethod
    def from_wire(cls, data: Mapping[str, Any]) -> Figure:
        x0, top, x1, bottom = data["box"]
        return cls(data["value"], data["confidence"], data["page"], (x0, top, x1, bottom), data["why"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was read from one file, or the reason why it could not be read.

    `reason` is a stable code: `not_a_pdf`, `empty_file`, `file_not_found`, `file_too_large`,
    `encrypted`, `damaged`, `active_content`, `no_text`, `too_many_pages`, `too_slow`,
    `too_much_memory`, `too_much_text`.
    """

    file: str
    readable: bool
    reason: str | None = None
    pages: int = 0
    invoice_number: Figure | None = None
    invoice_date: Figure | None = None
    seller_name: Figure | None = None
    seller_vat_id: Figure | None = None
    net: Figure | None = None
    vat: Figure | None = None
    gross: Figure | None = None
    currency: Figure | None = None

    @classmethod
    def refused(cls, file: str, reason: str, pages: int = 0) -> Reading:
        return cls(file=file, readable=False, reason=reason, pages=pages)

    @classmethod
    def of(cls, file: str, pages: int, figures: Mapping[str, Figure | None]) -> Reading:
        """The reading of a file that could be read, with the figures found by name."""
        given: dict[str, Any] = {name: figures.get(name) for name in NAMES}
        return cls(file=file, readable=True, pages=pages, **given)

    @property
    def figures(self) -> dict[str, Figure | None]:
        """The eight figures by name, in the order a person reads an invoice."""
        return {name: getattr(self, name) for name in NAMES}

    def to_json(self) -> dict[str, Any]:
        """The dictionary that the command line prints: values, and confidence from 0 to 1."""
        found = {name: figure for name, figure in self.figures.items() if figure}
        return {
            "file": self.file,
            "readable": self.readable,
            **{name: found[name].value if name in found else None for name in NAMES},
            "confidence": {name: round(figure.confidence / 100, 2) for name, figure in found.items()},
            "reason": self.reason,
        }

    def to_wire(self) -> dict[str, Any]:
        """What a worker sends to the process that asked."""
        figures = {name: figure.to_wire() for name, figure in self.figures.items() if figure}
        return {
            "file": self.file,
            "readable": self.readable,
            "reason": self.reason,
            "pages": self.pages,
            "figures": figures,
        }

    @classmethod
    def from_wire(cls, data: Mapping[str, Any]) -> Reading:
        figures = {name: Figure.from_wire(figure) for name, figure in data["figures"].items()}
        return cls(
            file=data["file"],
            readable=data["readable"],
            reason=data["reason"],
            pages=data["pages"],
            **figures,
        )
