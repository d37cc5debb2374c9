"""The trail of a case as the company reads it: what happened, when, by whom; newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext

from services.gateway import formats
from services.gateway.portal.frame import words
from services.gateway.portal.people import name_of, names

# What the officials do among themselves is in the trail but tells a company nothing.
NOT_TOLD = frozenset(
    {
        "payments.grant_account_opened",
        "documents.invoice_read",
        "documents.document_stored",
        "applications.deadline_neared",
    }
)
SETBACKS = frozenset({"payments.payment_failed", "applications.request_expired", "customers.mail_failed"})


def timeline(entries: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Steps for the lane."""
    told = [entry for entry in entries if entry["type"] not in NOT_TOLD]
    names(entry["actor"] for entry in told)
    return [_step(entry, newest=place == 0) for place, entry in enumerate(reversed(told))]


def _who(entry: Mapping[str, Any]) -> str:
    """The person, and the API key that acted for them."""
    name = name_of(entry["actor"])
    return f"{name} ({gettext('API key %(key)s', key=entry['via'])})" if entry.get("via") else name


def _step(entry: Mapping[str, Any], newest: bool) -> dict[str, Any]:
    amount = entry["amount"]
    return {
        "title": words("event", entry["type"]),
        "time": entry["at"],
        "who": _who(entry),
        "text": formats.money(amount) if amount is not None else "",
        "kind": "stop" if entry["type"] in SETBACKS else "now" if newest else "",
    }
