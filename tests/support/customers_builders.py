"""People, companies and askers with fixed values; a test shows only what matters to it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from services.customers.domain.people import Mandate, Person, Post
from services.customers.domain.undertakings import Undertaking
from shared.asker import Asker, Role

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
COMPANY = "9137024-1"
OTHER_COMPANY = "9211050-5"

OPERATOR = Asker(person="operator-1", role=Role.OPERATOR, authority="ITA")
HANDLER = Asker(person="handler-1", role=Role.HANDLER, authority="ITA")
VISITOR = Asker(person="", role=Role.VISITOR)


def a_representative(business_id: str = COMPANY, person: str = "person-1", *rights: str) -> Asker:
    allowed = frozenset(rights or ("prepare", "sign"))
    return Asker(person=person, role=Role.COMPANY, rights=allowed, business_id=business_id)


def an_undertaking(business_id: str = COMPANY, name: str = "Mallimetalli Esimerkki Oy", **facts: Any) -> Undertaking:
    known = {"language": "fi", "municipality": "Mikkeli", "registered_at": NOW, "registered_by": "operator-1"}
    return Undertaking(business_id=business_id, name=name, **{**known, **facts})


def a_mandate(business_id: str = COMPANY, *rights: str, name: str = "Mallimetalli Esimerkki Oy") -> Mandate:
    return Mandate(business_id=business_id, undertaking_name=name, rights=rights or ("prepare", "sign"))


def a_post(
    role: Role = Role.HANDLER, authority: str = "ITA", first: date = date(2026, 1, 1), last: date | None = None
) -> Post:
    return Post(role=role, authority=authority, first=first, last=last)


def a_person(*duties: Mandate | Post, person_id: str = "person-1", issuer: str = "idp") -> Person:
    return Person(
        person_id=person_id,
        issuer=issuer,
        subject=f"subject of {person_id}",
        name="Satu Esimerkki",
        language="fi",
        mandates=tuple(duty for duty in duties if isinstance(duty, Mandate)),
        posts=tuple(duty for duty in duties if isinstance(duty, Post)),
    )
