"""Contact history: what a company and an authority have had to do with each other, so that it is told once.

What officials do among themselves (taking a case, proposing, verifying) is no contact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """`what` is a stable code; `subject` the case or claim ("application/A80655"); `event_id` the fact behind it."""

    event_id: str
    at: datetime
    what: str
    subject: str
    authority: str | None
    business_id: str


CONTACTS: Mapping[str, str] = {
    "applications.application_submitted": "application_submitted",
    "applications.application_withdrawn": "application_withdrawn",
    "applications.case_transferred": "case_transferred",
    "applications.grant_awarded": "grant_awarded",
    "applications.grant_refused": "grant_refused",
    "payments.claim_submitted": "claim_submitted",
    "payments.payment_decided": "payment_decided",
    "payments.payment_settled": "payment_settled",
    "payments.payment_failed": "payment_failed",
    "documents.letter_written": "letter_written",
}


def contact_in(event_id: str, event_type: str, at: datetime, subject: str, data: Mapping[str, Any]) -> Contact:
    """The contact that a fact is. A letter belongs to the case it is about, other facts to their own subject."""
    return Contact(
        event_id=event_id,
        at=at,
        what=CONTACTS[event_type],
        subject=str(data.get("subject", subject)),
        authority=data.get("authority"),
        business_id=data["business_id"],
    )
