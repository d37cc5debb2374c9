"""The decisions of one case, one after another: each an act of its own, none ever overwritten.

An act carries the terms of the grant as it leaves them, so the terms in force are those of the last act, and
every earlier version stands where it stood.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import rfc8785

from services.applications.domain.appeals import Appeal
from services.applications.domain.correspondence.hearings import Hearing
from services.applications.domain.plans import Cost, Target
from shared.explained import Step
from shared.money import ZERO, Money, Rate


class ActKind(StrEnum):
    AWARD = "award"  # tukipäätös / stödbeslut
    REFUSAL = "refusal"  # kielteinen päätös / avslag
    CORRECTION_OF_FACT = "correction_of_fact"  # asiavirheen korjaaminen, HL 50 §
    CORRECTION_OF_ERROR = "correction_of_error"  # kirjoitusvirheen korjaaminen, HL 51 §
    AMENDMENT = "amendment"  # muutospäätös / ändringsbeslut
    TRANCHE = "tranche"  # vuosittainen rahoituspäätös / årligt finansieringsbeslut
    SUSPENSION = "suspension"  # maksamisen keskeyttäminen / avbrytande av utbetalningen, VAL 19 §
    RESUMPTION = "resumption"  # keskeytyksen päättäminen / avbrottet upphör
    CANCELLATION = "cancellation"  # tuen peruuttaminen / återkallande av stödet
    CLOSURE = "closure"  # sulkeminen / avslutande
    REVIEW_DECISION = "review_decision"  # oikaisuvaatimuspäätös / omprövningsbeslut


CORRECTIONS = frozenset({ActKind.CORRECTION_OF_FACT, ActKind.CORRECTION_OF_ERROR})


class ActState(StrEnum):
    PROPOSED = "proposed"
    RETURNED = "returned"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a decision says. `costs` are the accepted direct costs; `granted_to` the last year granted so far when
    the grant is granted year by year (2014–2020), else None."""

    outcome: str
    aid: Money
    eligible_costs: Money
    aid_rate: Rate
    costs: tuple[Cost, ...]
    period_first: date | None
    period_last: date | None
    conditions: tuple[str, ...]
    indicators: tuple[Target, ...]
    contact_name: str
    contact_email: str
    contact_phone: str
    reasoning: str
    granted_to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that differs, as texts: sums "1234.50", days ISO 8601; "" where there is nothing."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One sending of the act with its instruction. A later one took the place of a wrong one (HL 49 §)."""

    sent_on: date
    channel: str
    served_on: date
    last_day: date
    final_from: date
    why: str
    recorded_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """`about` is the act, amendment or review it answers. `ground`, `year` and `progress` belong to some kinds only.

    `hearing` of an act against the party. `corrected_by`: the act that corrected this one; it is marked so, and kept
    (HL 52 §). `fell`: why it was returned by itself, when the case changed under it.
    """

    ordinal: int
    kind: ActKind
    state: ActState
    about: int | None
    verdict: str
    ground: str
    year: int | None
    progress: str
    reasons: str
    terms: Terms
    changes: tuple[Change, ...]
    legal_basis: tuple[str, ...]
    ruleset: str
    steps: tuple[Step, ...]
    proposed_by: str
    proposed_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    return_note: str | None = None
    appeal: Appeal | None = None
    digest: str | None = None
    corrected_by: int | None = None
    services: tuple[Service, ...] = ()
    became_final_on: date | None = None
    hearing: Hearing | None = None
    fell: str = ""

    @property
    def service(self) -> Service | None:
        """The sending that counts: the last one."""
        return self.services[-1] if self.services else None

    @property
    def is_decided(self) -> bool:
        return self.state is ActState.DECIDED

    def sent(self, service: Service) -> Act:
        return replace(self, services=(*self.services, service), became_final_on=None)


def changes_between(before: Terms, after: Terms) -> tuple[Change, ...]:
    """What the new terms change, field by field; of costs by category and year."""
    return tuple(_changes(before, after))


def _changes(before: Terms, after: Terms) -> Iterator[Change]:
    for name in ("outcome", "aid", "eligible_costs", "period_first", "period_last"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield Change(what=name, before=_text(old), after=_text(new))
    yield from _of_amounts(_costs(before), _costs(after))
    yield from _of_targets(before, after)
    if before.conditions != after.conditions:
        yield Change(what="conditions", before="\n".join(before.conditions), after="\n".join(after.conditions))
    for name in ("contact_name", "contact_email", "contact_phone", "reasoning", "granted_to"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield Change(what=name, before=_text(old), after=_text(new))


def _of_amounts(before: dict[str, Money], after: dict[str, Money]) -> Iterator[Change]:
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key, ZERO), after.get(key, ZERO)
        if old != new:
            yield Change(what=f"costs.{key}", before=str(old), after=str(new))


def _of_targets(before: Terms, after: Terms) -> Iterator[Change]:
    old = {target.code: target.target for target in before.indicators}
    new = {target.code: target.target for target in after.indicators}
    for code in sorted(old.keys() | new.keys()):
        if old.get(code) != new.get(code):
            yield Change(what=f"indicators.{code}", before=old.get(code, ""), after=new.get(code, ""))


def _costs(terms: Terms) -> dict[str, Money]:
    sums: dict[str, Money] = {}
    for cost in terms.costs:
        key = f"{cost.category}.{cost.year}"
        sums[key] = sums.get(key, ZERO) + cost.amount
    return sums


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def digest_of(number: str, act: Act) -> str:
    """SHA-256 in hex of the canonical JSON (RFC 8785) of what was decided, by whom, when and on what ground."""
    decided: dict[str, Any] = {
        "number": number,
        "act": act.ordinal,
        "kind": act.kind.value,
        "about": act.about,
        "verdict": act.verdict,
        "ground": act.ground,
        "reasons": act.reasons,
        "legal_basis": list(act.legal_basis),
        "ruleset": act.ruleset,
        "proposed_by": act.proposed_by,
        "decided_by": act.decided_by,
        "decided_at": act.decided_at.isoformat() if act.decided_at else None,
        "terms": as_document(act.terms),
    }
    if act.hearing:
        # Left out where there is none: a seal from before hearings were kept here still holds.
        decided["hearing"] = {"place": act.hearing.place, "ground": act.hearing.ground, "reason": act.hearing.reason}
    return hashlib.sha256(rfc8785.dumps(decided)).hexdigest()


def as_document(terms: Terms) -> dict[str, Any]:
    """The terms as JSON can hold them: the same shape in the digest, in the database and back."""
    values = {field.name: getattr(terms, field.name) for field in fields(Terms)}
    return {
        **values,
        "aid": str(terms.aid),
        "eligible_costs": str(terms.eligible_costs),
        "aid_rate": str(terms.aid_rate),
        "costs": [
            {"category": c.category, "description": c.description, "year": c.year, "amount": str(c.amount)}
            for c in terms.costs
        ],
        "period_first": _text(terms.period_first) or None,
        "period_last": _text(terms.period_last) or None,
        "conditions": list(terms.conditions),
        "indicators": [{"code": target.code, "target": target.target} for target in terms.indicators],
    }


def terms_of(document: dict[str, Any]) -> Terms:
    """The terms that `as_document` wrote."""
    return Terms(
        **{
            **document,
            "aid": Money.eur(document["aid"]),
            "eligible_costs": Money.eur(document["eligible_costs"]),
            "aid_rate": Rate.of(document["aid_rate"]),
            "costs": tuple(Cost(**{**cost, "amount": Money.eur(cost["amount"])}) for cost in document["costs"]),
            "period_first": _day(document["period_first"]),
            "period_last": _day(document["period_last"]),
            "conditions": tuple(document["conditions"]),
            "indicators": tuple(Target(**target) for target in document["indicators"]),
        }
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
