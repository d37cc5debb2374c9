"""Contact history, written as facts are heard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.customers.domain.contacts import contact_in
from services.customers.ports import Work
from shared.messaging.envelope import Envelope


def record_contact(work: Work, fact: Envelope, data: Mapping[str, Any]) -> None:
    work.contacts.add(contact_in(fact.id, fact.type, fact.time, fact.subject, data))
