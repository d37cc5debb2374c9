"""The visible text against the attached e-invoice: agreement makes sure, disagreement is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .figures import NAMES, Figure
from .vocabulary import key_of

AGREED = 99
ATTACHED_ONLY = 82  # nobody who looks at the page sees this value
DISAGREED = 60


def with_attached(visible: Mapping[str, Figure | None], attached: Mapping[str, str]) -> dict[str, Figure | None]:
    """The visible figures, each strengthened or weakened by what the attached data says."""
    return {name: _weighed(name, visible.get(name), attached.get(name, "")) for name in NAMES}


def _weighed(name: str, visible: Figure | None, attached: str) -> Figure | None:
    if not attached:
        return visible
    if visible is None:
        return Figure(attached, ATTACHED_ONLY, 0, (0.0, 0.0, 0.0, 0.0), "attached_data_only")
    if _same(name, visible.value, attached):
        return replace(visible, confidence=AGREED, why="attached_data_agrees")
    return replace(visible, confidence=min(visible.confidence, DISAGREED), why="attached_data_disagrees")


def _same(name: str, one: str, other: str) -> bool:
    if name == "seller_name":
        shorter, longer = sorted((key_of(one), key_of(other)), key=len)
        return len(shorter) > 3 and shorter in longer
    return key_of(one) == key_of(other) if name == "invoice_number" else one == other
