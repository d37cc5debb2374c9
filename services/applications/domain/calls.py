"""Calls for applications: what may be applied for, where, when, and on what terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from services.applications.domain.conditions import Condition
from services.applications.domain.cost_models import categories_of
from services.applications.domain.errors import CallClosed, CallNotOpen, NoRulesetInForce
from services.applications.domain.form_objections import objections_to_attachments, objections_to_form
from services.applications.domain.forms import Form
from services.applications.domain.rulesets import period_of, ruleset_on
from services.applications.domain.selection import Selection, objections_to_selection
from shared.dates import Period, helsinki_day
from shared.errors import Fault, InvalidFields
from shared.money import Money, Rate
from shared.reference import authorities, regions


class Stage(StrEnum):
    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A result that the call asks every project to set a target for."""

    code: str
    names: Mapping[str, str]
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentRule:
    """A kind of file: needed always, or when the condition holds. No formats: all that are taken at all."""

    kind: str
    names: Mapping[str, str]
    required: bool
    required_when: Condition | None = None
    formats: tuple[str, ...] = ()
    most_bytes: int | None = None
    help: Mapping[str, str] = field(default_factory=dict)


def attachment_rule_from(data: Mapping[str, Any]) -> AttachmentRule:
    return AttachmentRule(**{**data, "formats": tuple(data.get("formats", ()))})


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call. Texts for people in three languages; `aid_rate` and `eu_share` in percent.

    `form` is the call's own; without one it asks the standard form. `conditions` are those that every grant of the
    call has: who applied knew of them.
    `period_first`–`period_last` is when a project of this call may run; `aid_most` caps one award,
    `aid_least` is the smallest aid worth deciding on.
    """

    call_id: str
    names: Mapping[str, str]
    summary: Mapping[str, str]
    fund: str
    programme: str
    priority: str
    specific_objective: str
    authority: str
    regions: tuple[str, ...]
    opens_at: datetime
    closes_at: datetime
    period_first: date
    period_last: date
    cost_model: str
    categories: tuple[str, ...]
    aid_rate: Rate
    aid_least: Money
    aid_most: Money
    eu_share: Rate
    budget_year: int
    legal_basis: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    attachments: tuple[AttachmentRule, ...]
    form: Form | None = None
    selection: Selection = field(default_factory=Selection)
    conditions: tuple[Mapping[str, str], ...] = ()

    @property
    def period(self) -> Period:
        return Period(self.period_first, self.period_last)

    @property
    def programme_period(self) -> str:
        return period_of(self.programme)

    def tells_of(self, condition: str) -> bool:
        """Whether the condition is one of the call's own, in any of its languages."""
        return any(condition.strip() == text for names in self.conditions for text in names.values())

    def stage_at(self, moment: datetime) -> Stage:
        """Open from `opens_at` on and up to `closes_at`: at 23.59.59 one is in time, at the stroke of midnight late."""
        if moment < self.opens_at:
            return Stage.UPCOMING
        return Stage.OPEN if moment < self.closes_at else Stage.CLOSED

    def must_be_open(self, moment: datetime) -> None:
        """Raises CallNotOpen before the call and CallClosed after it."""
        stage = self.stage_at(moment)
        if stage is Stage.UPCOMING:
            raise CallNotOpen(opens_at=self.opens_at.isoformat())
        if stage is Stage.CLOSED:
            raise CallClosed(closed_at=self.closes_at.isoformat())


def must_be_publishable(call: Call) -> None:
    """Raises InvalidFields with everything that would make the call unworkable for applicants or deciders."""
    if faults := tuple(_objections(call)):
        raise InvalidFields(faults=faults)


def _objections(call: Call) -> Iterator[Fault]:
    yield from _wrong_times(call)
    yield from _wrong_rules(call)
    yield from _wrong_places(call)
    yield from _wrong_money(call)
    yield from objections_to_form(call)
    yield from objections_to_attachments(call)
    yield from objections_to_selection(call.selection)
    if not call.legal_basis:
        yield Fault("legal_basis", "required")


def _wrong_times(call: Call) -> Iterator[Fault]:
    if call.closes_at <= call.opens_at:
        yield Fault("closes_at", "end_before_start", {"starts_on": call.opens_at.isoformat()})
    if call.period_last < call.period_first:
        yield Fault("period_last", "end_before_start", {"starts_on": call.period_first.isoformat()})


def _wrong_places(call: Call) -> Iterator[Fault]:
    if call.authority not in authorities.BY_CODE:
        yield Fault("authority", "unknown_authority")
    for at, region in enumerate(call.regions):
        if region not in regions.BY_CODE:
            yield Fault(f"regions.{at}", "unknown_region")


def _wrong_money(call: Call) -> Iterator[Fault]:
    if call.aid_most < call.aid_least:
        yield Fault("aid_most", "most_below_least", {"least": str(call.aid_least)})
    if call.aid_least.cents < 0:
        yield Fault("aid_least", "negative")


def _wrong_rules(call: Call) -> Iterator[Fault]:
    try:
        ruleset = ruleset_on(helsinki_day(call.opens_at), call.programme_period)
    except NoRulesetInForce as error:
        yield Fault("opens_at", error.code, error.facts)
        return
    if call.cost_model not in ruleset.cost_models:
        yield Fault("cost_model", "cost_model_not_in_period", {"period": ruleset.period})
        return
    allowed = categories_of(call.cost_model, ruleset)
    for at, category in enumerate(call.categories):
        if category not in allowed:
            yield Fault(f"categories.{at}", "category_not_in_model", {"model": call.cost_model})
