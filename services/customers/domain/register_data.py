"""What the business register says of a company: read, kept with its evidence, never overtyped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256

FRESH_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """`kind` is visiting or postal; `line` as one would write it on an envelope."""

    kind: str
    line: str
    post_code: str
    city: str
    municipality_code: str | None
    country: str

    def __str__(self) -> str:
        place = " ".join(part for part in (self.post_code, self.city) if part)
        return ", ".join(part for part in (self.line, place, self.country) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """An open insolvency proceeding: restructuring, liquidation or bankruptcy."""

    kind: str
    since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`code_set` tells the classification: TOIMI3 is TOL 2008, TOIMI4 TOL 2025. Never compare codes across sets."""

    code: str
    code_set: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """An answer as it came: `raw` letter by letter, and the `digest` that was taken of it then."""

    business_id: str
    fetched_at: datetime
    digest: str
    raw: str
    source: str = "ytj"

    @property
    def unchanged(self) -> bool:
        """Whether the words are those that the digest was taken of."""
        return sha256(self.raw.encode()).hexdigest() == self.digest


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterData:
    """The facts of one company as the register told them at `fetched_at`; `digest` is SHA-256 of its own words."""

    business_id: str
    name: str
    form: Mapping[str, str]
    form_code: str
    business_line: Line | None
    addresses: tuple[Address, ...]
    vat_liable: bool
    situations: tuple[Situation, ...]
    registered_on: date | None
    ended_on: date | None
    website: str
    digest: str
    fetched_at: datetime
    source: str = "ytj"
    stale: bool = False

    @property
    def municipality_code(self) -> str | None:
        """Of the visiting address, else the postal one."""
        known = sorted(self.addresses, key=lambda address: address.kind != "visiting")
        return next((address.municipality_code for address in known if address.municipality_code), None)

    @property
    def city(self) -> str:
        known = sorted(self.addresses, key=lambda address: address.kind != "visiting")
        return next((address.city for address in known if address.city), "")

    @property
    def vat_id(self) -> str | None:
        """ "FI" and the eight digits, for those who are liable."""
        return "FI" + self.business_id.replace("-", "") if self.vat_liable else None

    @property
    def is_association(self) -> bool:
        """By the form's own name: the register's codes for it vary between its interfaces."""
        return "yhdistys" in self.form.get("fi", "").lower()

    def is_fresh(self, now: datetime, fresh_for: timedelta = FRESH_FOR) -> bool:
        return now - self.fetched_at < fresh_for

    def as_last_said(self) -> RegisterData:
        """The same, told to be old: the register does not answer now."""
        return replace(self, stale=True)

    def said_of(self, about: str) -> str:
        """The register's own word on one field, for a company that disagrees with it."""
        said: Mapping[str, str] = {
            "name": self.name,
            "form": self.form.get("fi") or self.form_code,
            "business_line": f"{self.business_line.code} ({self.business_line.code_set})" if self.business_line else "",
            "address": "; ".join(str(address) for address in self.addresses),
            "vat": "liable" if self.vat_liable else "not liable",
            "situation": ", ".join(situation.kind for situation in self.situations),
            "ended": self.ended_on.isoformat() if self.ended_on else "",
            "website": self.website,
        }
        return said[about]
