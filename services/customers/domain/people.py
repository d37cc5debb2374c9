"""People, and what each may act as.

A mandate lets a person act for a company; a post makes an official of the person. Each of them is a
capacity, one of which is chosen for a session.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from services.customers.domain.errors import NotYourCapacity
from shared.asker import Role
from shared.dates import helsinki_day

TOLD_FOR = timedelta(days=365)  # since a register's word lapsed


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """`capacity_id` is stable, so that a link or a cookie may name it. `last` day, None for no end."""

    capacity_id: str
    role: Role
    business_id: str | None = None
    undertaking_name: str | None = None
    rights: tuple[str, ...] = ()
    authority: str | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """Hallintolaki 434/2003 12 §: an agent acts within what the principal allowed. No rights, no mandate.

    `source` is whose word it is: the mandate register's (it lapses at `until`), the company's own, an operator's.
    """

    business_id: str
    undertaking_name: str
    rights: tuple[str, ...]
    source: str = "operator"
    until: datetime | None = None
    given_by: str = field(default="", compare=False)
    given_at: datetime | None = field(default=None, compare=False)

    def holds_at(self, now: datetime) -> bool:
        return bool(self.rights) and (self.until is None or now < self.until)

    def is_told_at(self, now: datetime) -> bool:
        return bool(self.rights) and (self.until is None or now < self.until + TOLD_FOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """An official's duty at an authority from `first` to `last`, both included; `last` None while it lasts."""

    role: Role
    authority: str
    first: date
    last: date | None = None

    def is_held_on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def capacity(self) -> Capacity:
        return Capacity(
            capacity_id=f"p:{self.role.name}:{self.authority}",
            role=self.role,
            authority=self.authority,
            last=self.last,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """`issuer` and `subject` are the identity provider's name for the person; ours is `person_id`."""

    person_id: str
    issuer: str
    subject: str
    name: str
    language: str
    mandates: tuple[Mandate, ...] = ()
    posts: tuple[Post, ...] = ()

    def mandates_of(self, business_id: str) -> tuple[Mandate, ...]:
        """Every ground there is or was for acting for the company, ended ones too."""
        return tuple(mandate for mandate in self.mandates if mandate.business_id == business_id)

    def told_as(self, business_id: str, now: datetime) -> frozenset[str]:
        """The rights with which the person is told of what concerns the company; none for whoever is told nothing.

        A register's word that has lapsed lets nobody act before it is asked again, but the person is still told, so
        that they come to ask; whoever has not come for a year is not, nor is anybody whose right has been ended.
        """
        mandates = (one for one in self.mandates_of(business_id) if one.is_told_at(now))
        return frozenset(right for one in mandates for right in one.rights)

    def capacities_at(self, now: datetime) -> tuple[Capacity, ...]:
        """Companies first, by name, then posts. What several mandates for one company allow is allowed together."""
        held: dict[str, list[Mandate]] = {}
        for mandate in self.mandates:
            if mandate.holds_at(now):
                held.setdefault(mandate.business_id, []).append(mandate)
        companies = (_capacity(mandates) for mandates in held.values())
        posts = (post.capacity() for post in self.posts if post.is_held_on(helsinki_day(now)))
        return (
            *sorted(companies, key=lambda capacity: (capacity.undertaking_name or "", capacity.capacity_id)),
            *sorted(posts, key=lambda capacity: capacity.capacity_id),
        )

    def acting_as(self, capacity_id: str, now: datetime) -> Capacity:
        """The capacity of that id at that moment; raises NotYourCapacity."""
        for capacity in self.capacities_at(now):
            if capacity.capacity_id == capacity_id:
                return capacity
        raise NotYourCapacity(capacity_id=capacity_id)


def company_capacity_id(business_id: str) -> str:
    return f"c:{business_id}"


def _capacity(mandates: Sequence[Mandate]) -> Capacity:
    first = mandates[0]
    return Capacity(
        capacity_id=company_capacity_id(first.business_id),
        role=Role.COMPANY,
        business_id=first.business_id,
        undertaking_name=first.undertaking_name,
        rights=tuple(sorted({right for mandate in mandates for right in mandate.rights})),
    )
