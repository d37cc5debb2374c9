"""The fields of a payment claim as the form has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from services.gateway.portal.company.parts import Part
from shared.errors import Fault

LABELS: dict[str, LazyString] = {
    "period_first": _l("Costs from"),
    "period_last": _l("Costs until"),
    "account": _l("Bank account (IBAN)"),
    "lines": _l("Costs"),
    "category": _l("Cost category"),
    "description": _l("What was bought or who worked"),
    "supplier": _l("Supplier"),
    "supplier_id": _l("Supplier's business or VAT ID"),
    "invoice_number": _l("Invoice number"),
    "incurred_on": _l("Day of the invoice or the work"),
    "paid_on": _l("Day when you paid"),
    "net": _l("Sum without VAT"),
    "vat": _l("Value added tax"),
    "gross": _l("Sum with VAT"),
    "claimed": _l("Claimed of this cost"),
    "kulut_oikein": _l(
        "The costs are of this project, they have been paid, and no other public aid has been claimed for them."
    ),
    "file": _l("Invoice"),
}
LABELS = LABELS | {f"lines.{name}": label for name, label in LABELS.items()}

HEAD = Part(
    path="", name=_l("Period and account"), template="", keys=("period_first", "period_last", "account"), columns={}
)
LINE = Part(
    path="",
    name=_l("Cost"),
    template="",
    keys=(
        "category",
        "description",
        "supplier",
        "supplier_id",
        "invoice_number",
        "incurred_on",
        "paid_on",
        "net",
        "vat",
        "gross",
        "claimed",
    ),
    columns={},
)


def lines_of(claim: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The draft's lines as typed."""
    lines = claim["typed"].get("lines")
    return lines if isinstance(lines, list) else []


def line_faults(faults: Iterable[Mapping[str, Any]], index: int) -> list[Fault]:
    """The faults of one line (index from 0), as faults of the line's own page: "lines.3.net" is "net"."""
    start = f"lines.{index}."
    return [
        Fault(fault["path"].removeprefix(start), fault["rule"], fault.get("facts", {}))
        for fault in faults
        if fault["path"].startswith(start)
    ]
