"""What has happened in a case as officials read it: everything, with who in which role, the newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext

from services.gateway import formats
from services.gateway.portal.frame import words
from services.gateway.portal.pages import portal
from services.gateway.portal.people import THE_HOUSE, name_of, names
from services.gateway.rooms import ask
from shared.contracts.monitoring import CASE_TRAIL
from shared.errors import NotForYou, NotFound
from shared.messaging.wire import ServiceAway

MAIL_FAILED = "customers.mail_failed"
SETBACKS = frozenset(
    {
        "payments.payment_failed",
        "applications.proposal_returned",
        "payments.payment_returned",
        "payments.claim_released",
        MAIL_FAILED,
    }
)


def trail_of(number: str) -> list[dict[str, Any]]:
    """The trail hears of a case a moment after it is filed, and may be silent; the page opens without it."""
    try:
        entries: list[dict[str, Any]] = ask(CASE_TRAIL, number=number)["entries"]
    except (NotFound, NotForYou, ServiceAway):
        return []
    return entries


def about_claim(entries: Iterable[dict[str, Any]], claim_id: str) -> list[dict[str, Any]]:
    return [entry for entry in entries if claim_id in (entry["data"].get("claim_id"), entry["subject"].split("/")[-1])]


def lane(entries: Iterable[Mapping[str, Any]], most: int = 8) -> list[dict[str, Any]]:
    """The newest entries as steps of the lane."""
    newest = list(reversed(list(entries)))[:most]
    names(entry["actor"] for entry in newest)
    return [_step(entry, newest=place == 0) for place, entry in enumerate(newest)]


def who(entry: Mapping[str, Any]) -> str:
    """Name and role, and the API key that acted for them; what the service did by itself has but one name."""
    if entry["actor"] == THE_HOUSE:
        return name_of(entry["actor"])
    told = f"{name_of(entry['actor'])}, {words('role', entry['role'])}"
    return f"{told}, {gettext('API key %(key)s', key=entry['via'])}" if entry.get("via") else told


portal.add_app_template_global(who, "who_as_what")


def _step(entry: Mapping[str, Any], newest: bool) -> dict[str, Any]:
    amount = entry["amount"]
    failed = words("mail_kind", entry["data"].get("kind")) if entry["type"] == MAIL_FAILED else ""
    note = failed or str(entry["data"].get("note") or "")
    told = [formats.money(amount) if amount is not None else "", note[:200]]
    return {
        "title": words("event", entry["type"]),
        "time": entry["at"],
        "who": who(entry),
        "text": " · ".join(text for text in told if text),
        "kind": "stop" if entry["type"] in SETBACKS else "now" if newest else "",
    }
