"""A project's plan as values: what it costs by year and category, who pays, what it aims at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared.money import Money, total

CATEGORIES = ("staff", "services", "equipment", "materials", "travel", "other")
SOURCES = ("own", "private", "municipality", "other_public")
PUBLIC_SOURCES = frozenset({"municipality", "other_public"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """One planned cost: euros in one category and calendar year."""

    category: str
    description: str
    year: int
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Financing:
    source: str
    year: int
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What the project promises on one indicator; `target` is a plain decimal number as text."""

    code: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What could be read of the answers. A day or text that could not be is None or empty."""

    title: str = ""
    summary: str = ""
    region: str = ""
    municipality: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    costs: tuple[Cost, ...] = ()
    financing: tuple[Financing, ...] = ()
    indicators: tuple[Target, ...] = ()

    @property
    def direct_costs(self) -> Money:
        return total(row.amount for row in self.costs)

    @property
    def other_financing(self) -> Money:
        return total(row.amount for row in self.financing)

    @property
    def public_financing(self) -> Money:
        return total(row.amount for row in self.financing if row.source in PUBLIC_SOURCES)
