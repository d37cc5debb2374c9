"""One's own address and wishes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.customers.domain.mail.choices import ALWAYS_SENT, as_address, kinds_for, must_be_allowed, when_told
from services.customers.ports import Work


def get_preferences(work: Work) -> dict[str, Any]:
    """The address, and for each kind that concerns the asker's role when it is told."""
    person = work.asker.person
    wishes = work.mail.wishes_of(person)
    return {
        "person_id": person,
        "email": work.mail.address_of(person),
        "choices": [
            {"kind": kind, "when": when_told(kind, wishes), "fixed": kind in ALWAYS_SENT}
            for kind in kinds_for(work.asker.role)
        ],
    }


def set_contact(work: Work, *, email: str) -> dict[str, Any]:
    """The asker's own address; empty ends mail. Raises InvalidFields: not_an_email, too_long."""
    work.mail.set_address(work.asker.person, as_address(email), work.now)
    return get_preferences(work)


def set_preferences(work: Work, *, choices: Mapping[str, str]) -> dict[str, Any]:
    """Raises InvalidFields: cannot_be_turned_off."""
    must_be_allowed(choices)
    for kind, when in choices.items():
        work.mail.wish(work.asker.person, kind, when)
    return get_preferences(work)
