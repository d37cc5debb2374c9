"""Contact history, written as facts are heard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.customers.domain.contacts import contact_in
from services.customers.ports import Work
from shared.asker import Role
from shared.messaging.envelope import Envelope


def record_contact(work: Work, fact: Envelope, data: Mapping[str, Any]) -> None:
    """What a company's own person did is also theirs: the company sees who has acted, and with which key."""
    contact = contact_in(fact.id, fact.type, fact.time, fact.subject, data)
    work.contacts.add(contact)
    if fact.role == Role.COMPANY:
        work.acts.add(
            act_id=fact.id,
            business_id=contact.business_id,
            at=contact.at,
            person_id=fact.actor,
            what=contact.what,
            subject=contact.subject,
            via=fact.via,
        )
