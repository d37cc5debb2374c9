"""The handler's assessment as values: what it asks, and what could be read of what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from shared.errors import Fault
from shared.money import ZERO, Money

# An enterprise's figures of the latest closed accounts, and with _before those of the year before.
FIGURES = ("staff", "turnover", "balance")
# GBER art. 2(18), first the accounts, then what the other tests ask; the last four are asked of large enterprises.
ACCOUNTS = ("capital", "invested_fund", "other_reserves", "retained", "result")
YEARS = ("debt", "equity", "ebitda", "interest")
TEXTS = (
    "accounts_end_on",
    *FIGURES,
    *(f"{name}_before" for name in FIGURES),
    "owners_changed",
    "public_share",
    "public_exception",
    "founded_on",
    "limited_liability",
    *ACCOUNTS,
    "insolvent",
    "rescue_aid",
    "restructuring",
    *YEARS,
    *(f"{name}_before" for name in YEARS),
    "tax_checked_on",
    "tax_source",
    "tax_result",
    "recovery_checked_on",
    "recovery_source",
    "recovery_result",
    "works_started",
    "works_started_on",
    "municipality",
    "sector",
    "activity",
    "other_aid_amount",
    "other_aid_rate",
    "other_aid_source",
    "opinion_on",
    "opinion_result",
    "opinion_ground",
    "notes",
)
TABLES: Mapping[str, tuple[str, ...]] = {
    "eligibility": ("code", "answer", "basis"),
    "scores": ("code", "points", "grounds"),
    "checklist": ("code", "done", "note"),
    "enterprises": ("name", "business_id", "share", "controls", *FIGURES),
    "earlier_aid": ("business_id", "name", "granted_on", "amount", "authority", "regulation", "same_as"),
}
TAX_RESULTS = ("none", "arranged", "debt")
RECOVERY_RESULTS = ("none", "outstanding")
OPINIONS = ("for", "against", "none_given")
YES, NO = "yes", "no"

Typed = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """Figures of one accounting year; None where not given."""

    staff: Decimal | None = None
    turnover: Money | None = None
    balance: Money | None = None

    @property
    def is_whole(self) -> bool:
        return None not in (self.staff, self.turnover, self.balance)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enterprise:
    """A partner or linked enterprise: `share` of capital or votes in percent, or `controls` whatever the share."""

    name: str
    business_id: str
    share: Decimal
    controls: bool
    figures: Year


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredAid:
    """De minimis aid that another granter gave, as the applicant or the register told it.

    `same_as` is the official's word on it: the number of the registered award that it is, or that it is another.
    """

    business_id: str
    name: str
    granted_on: date
    amount: Money
    authority: str
    regulation: str
    same_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    answer: bool
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    points: int
    grounds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What an official looked up: on which day, where, with which result."""

    on: date
    source: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """What could be read. None, or an empty mapping, where nothing was given; `faults` name what couldn't be read."""

    eligibility: Mapping[str, Answered] = field(default_factory=dict)
    scores: Mapping[str, Scored] = field(default_factory=dict)
    done: frozenset[str] = frozenset()
    latest: Year = Year()
    before: Year = Year()
    owners_changed: bool = False
    public_share: Decimal = Decimal(0)
    public_exception: str = ""
    enterprises: tuple[Enterprise, ...] = ()
    founded_on: date | None = None
    limited_liability: bool = True
    accounts: Mapping[str, Money] = field(default_factory=dict)
    insolvent: bool | None = None
    rescue_aid: bool | None = None
    restructuring: bool | None = None
    last_year: Mapping[str, Money] = field(default_factory=dict)
    year_before: Mapping[str, Money] = field(default_factory=dict)
    tax: Checked | None = None
    recovery: Checked | None = None
    works_started: bool | None = None
    works_started_on: date | None = None
    municipality: str = ""
    sector: str = ""
    activity: str = ""
    other_aid: Money = ZERO
    other_aid_rate: Decimal | None = None
    earlier_aid: tuple[DeclaredAid, ...] = ()
    opinion: Checked | None = None
    faults: tuple[Fault, ...] = ()
