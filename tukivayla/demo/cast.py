"""Putting the invented people and companies in place, and finding who may take a step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from services.customers.demo import ALL_RIGHTS, DEMO_ISSUER, UNDERTAKINGS, people
from shared.asker import Asker, Role
from shared.contracts import Operation, customers
from tukivayla.demo.companies import COMPANIES, Company

# Representatives of the companies that only fill the lists: nobody signs in as them.
FILLER_ISSUER = "demo-filler"

CHIEF_COMPANIES = {
    "9137024-1": ("10", "ITA"),
    "9211050-5": ("11", "ITA"),
    "9248063-7": ("15", "PLI"),
    "9285076-5": ("13", "KES"),
    "9322089-6": ("17", "POH"),
    "9359102-1": ("09", "KAA"),
    "9433128-0": ("01", "KAA"),
}


class Rooms(Protocol):
    def ask(self, operation: Operation, asker: Asker, /, **data: Any) -> dict[str, Any]: ...


@dataclass
class Cast:
    """Who acts. `representatives` by business id, `staff` by (authority, duty): person ids."""

    rooms: Rooms
    at: datetime
    companies: list[Company] = field(default_factory=list)
    representatives: dict[str, str] = field(default_factory=dict)
    staff: dict[tuple[str, str], str] = field(default_factory=dict)

    def assemble(self) -> None:
        """Everyone and every company, once: the same keys again change nothing."""
        chief = [_company(row.business_id, row.name, row.language, row.municipality) for row in UNDERTAKINGS]
        self.companies = [*chief, *COMPANIES]
        for company in self.companies:
            self._register(company)
        for person in people():
            person_id = self._welcome(DEMO_ISSUER, person.subject, person.name, person.language)
            for business_id, rights in person.mandates:
                self._give_mandate(person_id, business_id, list(rights))
            for role, authority in person.posts:
                self._give_post(person_id, role, authority)
                self.staff.setdefault((authority, person.duty), person_id)
        for company in COMPANIES:
            person_id = self._welcome(FILLER_ISSUER, company.business_id, company.person, company.language)
            self._give_mandate(person_id, company.business_id, list(ALL_RIGHTS))

    def representative(self, company: Company, at: datetime, key: str) -> Asker:
        return Asker(
            person=self.representatives[company.business_id],
            role=Role.COMPANY,
            business_id=company.business_id,
            rights=frozenset(ALL_RIGHTS),
            language=company.language,
            at=at,
            idempotency_key=key,
            correlation_id=key,
        )

    def official(self, authority: str, duty: str, role: Role, at: datetime, key: str) -> Asker:
        person = self.staff[authority, duty]
        return Asker(person=person, role=role, authority=authority, at=at, idempotency_key=key, correlation_id=key)

    def operator(self, key: str) -> Asker:
        return Asker(
            person="demo", role=Role.OPERATOR, authority="ITA", at=self.at, idempotency_key=key, correlation_id=key
        )

    def of_authority(self, authority: str) -> Iterator[Company]:
        return (company for company in self.companies if company.authority == authority)

    def _register(self, company: Company) -> None:
        self.rooms.ask(
            customers.REGISTER_UNDERTAKING,
            self.operator(f"demo-company-{company.business_id}"),
            business_id=company.business_id,
            name=company.name,
            language=company.language,
            municipality=company.municipality,
        )

    def _welcome(self, issuer: str, subject: str, name: str, language: str) -> str:
        visitor = Asker(person="demo", role=Role.VISITOR, at=self.at, idempotency_key=f"demo-{issuer}-{subject}")
        welcomed = self.rooms.ask(
            customers.WELCOME, visitor, issuer=issuer, subject=subject, name=name, language=language
        )
        return str(welcomed["person_id"])

    def _give_mandate(self, person_id: str, business_id: str, rights: list[str]) -> None:
        self.representatives.setdefault(business_id, person_id)
        key = self.operator(f"demo-mandate-{person_id}-{business_id}")
        self.rooms.ask(customers.GIVE_MANDATE, key, person_id=person_id, business_id=business_id, rights=rights)

    def _give_post(self, person_id: str, role: Role, authority: str) -> None:
        key = self.operator(f"demo-post-{person_id}-{role}-{authority}")
        self.rooms.ask(customers.GIVE_POST, key, person_id=person_id, role=role.value, authority=authority)


def _company(business_id: str, name: str, language: str, municipality: str) -> Company:
    region, authority = CHIEF_COMPANIES[business_id]
    return Company(
        business_id=business_id,
        name=name,
        language=language,
        municipality=municipality,
        region=region,
        authority=authority,
        person="",
    )
