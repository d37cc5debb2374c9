"""Which room's facts reach which room. A room may hear less than reaches it; it never hears more."""

from __future__ import annotations

from collections.abc import Mapping

HEARS: Mapping[str, tuple[str, ...]] = {
    "customers": ("applications", "documents", "payments"),
    "documents": ("applications", "payments"),
    "applications": ("customers", "documents", "payments"),
    "payments": ("applications",),
    "monitoring": ("applications", "customers", "documents", "payments"),
}
