"""The company's application to change its grant: what may be asked, and until when (VAL 688/2001 11–12 §)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import rfc8785

from services.applications.domain.acts import Terms
from services.applications.domain.calls import Call
from services.applications.domain.plans import Cost, Target
from services.applications.domain.reading import MOST_AMOUNT
from shared.errors import Fault
from shared.money import ZERO

LUMP_SUM = "lump_sum"  # a model whose sum pays for an outcome: of it only the time can change


class AmendmentState(StrEnum):
    FILED = "filed"
    WITHDRAWN = "withdrawn"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What should change; None leaves a thing as it is."""

    period_last: date | None = None
    costs: tuple[Cost, ...] | None = None
    indicators: tuple[Target, ...] | None = None
    contact_name: str | None = None
    contact_email: str | None = None
    contact_phone: str | None = None

    def named(self) -> tuple[str, ...]:
        """The names of what it asks to change."""
        return tuple(name for name in self.__dataclass_fields__ if getattr(self, name) is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """`change_on`: the day the change would take place. `digest` of what was filed."""

    ordinal: int
    wish: Wish
    change_on: date
    grounds: str
    filed_by: str
    filed_at: datetime
    digest: str
    state: AmendmentState = AmendmentState.FILED
    decided_by_act: int | None = None


def objections_to(wish: Wish, change_on: date, terms: Terms, call: Call, today: date) -> Iterator[Fault]:
    """What is wrong with an application filed today: it has to come before the change, before the end, and ask for
    something that can change."""
    if terms.period_last and today > terms.period_last:
        yield Fault("wished.period_last", "after_the_end", {"ended": terms.period_last.isoformat()})
    if change_on <= today:
        yield Fault("change_on", "change_already_made", {"today": today.isoformat()})
    if not wish.named():
        yield Fault("wished", "nothing_changes")
    if call.cost_model == LUMP_SUM and set(wish.named()) - {"period_last"}:
        yield Fault("wished", "only_time_of_lump_sum")
    yield from objections_to_terms(wish, terms, call, "wished")


def objections_to_terms(wish: Wish, terms: Terms, call: Call, path: str) -> Iterator[Fault]:
    """What no change of a grant may do, whoever asks for it."""
    first, last = terms.period_first, wish.period_last or terms.period_last
    if wish.period_last is not None:
        if first and wish.period_last < first:
            yield Fault(f"{path}.period_last", "end_before_start", {"starts_on": first.isoformat()})
        elif wish.period_last > call.period_last:
            facts = {"first": call.period_first.isoformat(), "last": call.period_last.isoformat()}
            yield Fault(f"{path}.period_last", "outside_call_period", facts)
    if wish.costs is not None:
        yield from _wrong_costs(wish.costs, first, last, call, path)
    if wish.indicators is not None:
        yield from _wrong_indicators(wish.indicators, call, path)


def _wrong_costs(
    costs: tuple[Cost, ...], first: date | None, last: date | None, call: Call, path: str
) -> Iterator[Fault]:
    if not costs:
        yield Fault(f"{path}.costs", "required")
    for at, row in enumerate(costs):
        if row.amount < ZERO:
            yield Fault(f"{path}.costs.{at}.amount", "negative")
        if row.amount > MOST_AMOUNT:
            yield Fault(f"{path}.costs.{at}.amount", "too_large", {"most": str(MOST_AMOUNT)})
        if row.category not in call.categories:
            facts = {"categories": ", ".join(call.categories)}
            yield Fault(f"{path}.costs.{at}.category", "category_not_in_call", facts)
        if first and last and not first.year <= row.year <= last.year:
            facts = {"first": str(first.year), "last": str(last.year)}
            yield Fault(f"{path}.costs.{at}.year", "year_outside_project", facts)


def _wrong_indicators(indicators: tuple[Target, ...], call: Call, path: str) -> Iterator[Fault]:
    known = {indicator.code for indicator in call.indicators}
    for at, target in enumerate(indicators):
        if target.code not in known:
            yield Fault(f"{path}.indicators.{at}.code", "unknown_indicator")
    for code in sorted(known - {target.code for target in indicators}):
        yield Fault(f"{path}.indicators", "indicator_missing", {"code": code})


def digest_of_amendment(number: str, wish: Wish, change_on: date, grounds: str) -> str:
    """SHA-256 in hex of the canonical JSON (RFC 8785) of what was filed."""
    filed: dict[str, Any] = {
        "number": number,
        "wished": wish_document(wish),
        "change_on": change_on.isoformat(),
        "grounds": grounds,
    }
    return hashlib.sha256(rfc8785.dumps(filed)).hexdigest()


def wish_document(wish: Wish) -> dict[str, Any]:
    """The wish as JSON can hold it."""
    return {
        "period_last": wish.period_last.isoformat() if wish.period_last else None,
        "costs": None
        if wish.costs is None
        else [
            {"category": c.category, "description": c.description, "year": c.year, "amount": str(c.amount)}
            for c in wish.costs
        ],
        "indicators": None
        if wish.indicators is None
        else [{"code": target.code, "target": target.target} for target in wish.indicators],
        "contact_name": wish.contact_name,
        "contact_email": wish.contact_email,
        "contact_phone": wish.contact_phone,
    }
