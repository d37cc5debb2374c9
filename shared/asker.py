"""Who is asking: the person, the role, and on whose behalf. Every request inside the house carries one."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    """What a person acts as. One at a time; a person with several chooses at sign-in."""

    VISITOR = "visitor"
    COMPANY = "company"
    HANDLER = "handler"  # valmistelija / esittelijä: assesses, proposes awards, presents payments
    DECISION_MAKER = "decision_maker"  # ratkaisija
    VERIFIER = "verifier"  # varmentaja
    PAYER = "payer"  # maksaja
    AUDITOR = "auditor"  # tarkastaja
    OPERATOR = "operator"  # pääkäyttäjä
    SYSTEM = "system"  # the house itself, handling what it heard


STAFF = frozenset({Role.HANDLER, Role.DECISION_MAKER, Role.VERIFIER, Role.PAYER, Role.AUDITOR, Role.OPERATOR})
EVERYONE = frozenset(Role)
# Who takes part in handling a case on the authority's behalf, and so says first whether anything disqualifies them
# (hallintolaki 434/2003 27–30 §). An auditor takes no part in the case: looks at it afterwards and changes nothing.
DECLARES = frozenset({Role.HANDLER, Role.DECISION_MAKER, Role.VERIFIER, Role.PAYER})
READS_CASES = STAFF - {Role.OPERATOR}  # an operator's work needs no case's content


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """`authority` is set for staff, `business_id` for a company's representative; never both.

    `rights` are what the company lets its representative do ("prepare", "sign"); empty is to read.
    `via` names the API key that acts for the person, where it is not the person's own hand.
    """

    person: str
    role: Role
    authority: str | None = None
    business_id: str | None = None
    rights: frozenset[str] = frozenset()
    via: str = ""
    language: str = "fi"
    correlation_id: str = ""
    causation_id: str = ""
    idempotency_key: str | None = None
    at: datetime | None = None  # another clock; obeyed in demo mode only
    received_at: datetime | None = None  # when the request came to the gateway: deadlines look at it

    def to_wire(self) -> dict[str, Any]:
        wire = asdict(self)
        wire["at"] = self.at.isoformat() if self.at else None
        wire["received_at"] = self.received_at.isoformat() if self.received_at else None
        wire["rights"] = sorted(self.rights)
        return wire

    @classmethod
    def from_wire(cls, wire: dict[str, Any]) -> Asker:
        at = datetime.fromisoformat(wire["at"]) if wire.get("at") else None
        received_at = datetime.fromisoformat(wire["received_at"]) if wire.get("received_at") else None
        known = {name: wire[name] for name in cls.__dataclass_fields__ if name in wire}
        rights = frozenset(wire.get("rights", ()))
        return cls(**{**known, "role": Role(wire["role"]), "rights": rights, "at": at, "received_at": received_at})


def the_house(correlation_id: str, causation_id: str = "", at: datetime | None = None) -> Asker:
    """The asker behind what the house does by itself on hearing a fact."""
    return Asker(person="system", role=Role.SYSTEM, correlation_id=correlation_id, causation_id=causation_id, at=at)
