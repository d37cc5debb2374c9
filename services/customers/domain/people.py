"""People, and what each may act as.

A mandate lets a person act for a company; a post makes an official of the person. Each of them is a
capacity, one of which is chosen for a session.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.customers.domain.errors import NotYourCapacity
from shared.asker import Role


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
    """Hallintolaki 434/2003 12 §: an agent acts within what the principal allowed. No rights, no mandate."""

    business_id: str
    undertaking_name: str
    rights: tuple[str, ...]

    def capacity(self) -> Capacity:
        return Capacity(
            capacity_id=f"c:{self.business_id}",
            role=Role.COMPANY,
            business_id=self.business_id,
            undertaking_name=self.undertaking_name,
            rights=self.rights,
        )


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

    def capacities_on(self, day: date) -> tuple[Capacity, ...]:
        """Companies first, by name, then posts."""
        companies = (mandate.capacity() for mandate in self.mandates if mandate.rights)
        posts = (post.capacity() for post in self.posts if post.is_held_on(day))
        return (
            *sorted(companies, key=lambda capacity: (capacity.undertaking_name or "", capacity.capacity_id)),
            *sorted(posts, key=lambda capacity: capacity.capacity_id),
        )

    def acting_as(self, capacity_id: str, day: date) -> Capacity:
        """The capacity of that id on that day; raises NotYourCapacity."""
        for capacity in self.capacities_on(day):
            if capacity.capacity_id == capacity_id:
                return capacity
        raise NotYourCapacity(capacity_id=capacity_id)
