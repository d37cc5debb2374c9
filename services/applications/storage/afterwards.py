"""Decided cases in PostgreSQL: one row the case, its acts, reviews and amendments beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.applications.domain.acts import Act, ActKind, ActState, Change, Service, as_document, terms_of
from services.applications.domain.amendments import Amendment, AmendmentState, Wish, wish_document
from services.applications.domain.appeals import Appeal
from services.applications.domain.decided_cases import DecidedCase, HeardClaim, Standing
from services.applications.domain.plans import Cost, Target
from services.applications.domain.reviews import Review, ReviewKind, ReviewState
from services.applications.mapping import from_hearing, to_hearing
from services.applications.records import (
    ActRecord,
    AmendmentRecord,
    DecidedCaseRecord,
    HeardClaimRecord,
    Record,
    ReviewRecord,
)
from shared.explained import Step
from shared.money import Money
from shared.rules.service_of_decision import Way

Json = dict[str, Any]

_HEAD = ("number", "version", "business_id", "authority", "changed_by", "changed_at")
_SAME_IN_ACT = tuple(
    field.name
    for field in fields(Act)
    if field.name not in ("kind", "state", "terms", "changes", "legal_basis", "steps", "appeal", "services", "hearing")
)


class StoredDecidedCases:
    """The application's row is locked by whoever changes the case, so two never write here at once."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def find(self, number: str) -> DecidedCase | None:
        head = self.session.get(DecidedCaseRecord, number, populate_existing=True)
        if head is None:
            return None
        return DecidedCase(
            **{name: getattr(head, name) for name in _HEAD},
            channel=Way(head.channel),
            standing=Standing(head.standing),
            acts=tuple(_act(row) for row in self._rows(ActRecord, number)),
            reviews=tuple(_review(row) for row in self._rows(ReviewRecord, number)),
            amendments=tuple(_amendment(row) for row in self._rows(AmendmentRecord, number)),
            claims=self._claims(number),
        )

    def put(self, case: DecidedCase) -> None:
        """Keep the case as it is now. An act is never rewritten: only its marks change (see `records.afterwards`)."""
        head = {name: getattr(case, name) for name in _HEAD}
        self._upsert(DecidedCaseRecord, head | {"channel": case.channel.value, "standing": case.standing.value})
        for act in case.acts:
            self._upsert(ActRecord, _of_act(case.number, act), "number", "ordinal")
        for review in case.reviews:
            self._upsert(ReviewRecord, _of_review(case.number, review), "number", "ordinal")
        for amendment in case.amendments:
            self._upsert(AmendmentRecord, _of_amendment(case.number, amendment), "number", "ordinal")
        for claim in case.claims:
            self._upsert(HeardClaimRecord, {"number": case.number, **_of_claim(claim)}, "claim_id")

    def may_be_final(self, today: date, most: int) -> Sequence[str]:
        """Cases with an act whose time for review has passed and that is not marked final.

        What a pending review holds open is left out: courts take years, and those cases would fill every round.
        """
        act, review = ActRecord, ReviewRecord
        due = (act.final_from <= today) & act.became_final_on.is_(None) & (act.state == "decided")
        of_it = (review.number == act.number) & (review.act == act.ordinal)
        held_open = exists().where(of_it, review.in_time, review.state == "pending")
        rows = select(act.number).where(due, ~held_open).group_by(act.number).order_by(act.number).limit(most)
        return self.session.scalars(rows).all()

    def _rows(self, record: type[Any], number: str) -> Sequence[Any]:
        rows = select(record).where(record.number == number).order_by(record.ordinal)
        return self.session.scalars(rows.execution_options(populate_existing=True)).all()

    def _claims(self, number: str) -> tuple[HeardClaim, ...]:
        table = HeardClaimRecord
        rows = select(table).where(table.number == number).order_by(table.claim_id)
        rows = rows.execution_options(populate_existing=True)
        names = [field.name for field in fields(HeardClaim)]
        return tuple(HeardClaim(**{name: getattr(row, name) for name in names}) for row in self.session.scalars(rows))

    def _upsert(self, record: type[Record], values: Mapping[str, Any], *key: str) -> None:
        key = key or ("number",)
        new = insert(record).values(**values)
        rest = {name: new.excluded[name] for name in values if name not in key}
        self.session.execute(new.on_conflict_do_update(index_elements=list(key), set_=rest))


def _of_claim(claim: HeardClaim) -> Json:
    return {field.name: getattr(claim, field.name) for field in fields(HeardClaim)}


def _act(row: ActRecord) -> Act:
    return Act(
        **{name: getattr(row, name) for name in _SAME_IN_ACT},
        kind=ActKind(row.kind),
        state=ActState(row.state),
        terms=terms_of(row.terms),
        changes=tuple(Change(**change) for change in row.changes),
        legal_basis=tuple(row.legal_basis),
        steps=tuple(_step(step) for step in row.steps),
        appeal=Appeal(**row.appeal) if row.appeal else None,
        services=tuple(_service(service) for service in row.services),
        hearing=to_hearing(row.hearing),
    )


def _of_act(number: str, act: Act) -> Json:
    return {
        "number": number,
        **{name: getattr(act, name) for name in _SAME_IN_ACT},
        "kind": act.kind.value,
        "state": act.state.value,
        "terms": as_document(act.terms),
        "changes": [asdict(change) for change in act.changes],
        "legal_basis": list(act.legal_basis),
        "steps": [_of_step(step) for step in act.steps],
        "appeal": asdict(act.appeal) if act.appeal else None,
        "services": [_of_service(service) for service in act.services],
        "hearing": from_hearing(act.hearing),
        "final_from": act.service.final_from if act.service else None,
    }


def _service(document: Json) -> Service:
    days = ("sent_on", "served_on", "last_day", "final_from")
    return Service(**{**document, **{name: date.fromisoformat(document[name]) for name in days}})


def _of_service(service: Service) -> Json:
    return {
        name: value.isoformat() if isinstance(value, date) else str(value) for name, value in asdict(service).items()
    }


def _step(document: Json) -> Step:
    amount = document["amount"]
    return Step(**{**document, "amount": None if amount is None else Money.eur(amount)})


def _of_step(step: Step) -> Json:
    amount = None if step.amount is None else str(step.amount)
    return {"sign": step.sign, "what": step.what, "amount": amount, "source": step.source, "facts": dict(step.facts)}


def _review(row: ReviewRecord) -> Review:
    values = {field.name: getattr(row, field.name) for field in fields(Review)}
    return Review(**{**values, "kind": ReviewKind(row.kind), "state": ReviewState(row.state)})


def _of_review(number: str, review: Review) -> Json:
    values = {field.name: getattr(review, field.name) for field in fields(Review)}
    return {"number": number, **values, "kind": review.kind.value, "state": review.state.value}


def _amendment(row: AmendmentRecord) -> Amendment:
    same = ("ordinal", "change_on", "grounds", "filed_by", "filed_at", "digest", "decided_by_act")
    return Amendment(
        **{name: getattr(row, name) for name in same}, state=AmendmentState(row.state), wish=_wish(row.wished)
    )


def _of_amendment(number: str, amendment: Amendment) -> Json:
    same = ("ordinal", "change_on", "grounds", "filed_by", "filed_at", "digest", "decided_by_act")
    return {
        "number": number,
        **{name: getattr(amendment, name) for name in same},
        "state": amendment.state.value,
        "wished": wish_document(amendment.wish),
    }


def _wish(document: Json) -> Wish:
    costs, indicators, last = document["costs"], document["indicators"], document["period_last"]
    return Wish(
        **{
            **document,
            "period_last": date.fromisoformat(last) if last else None,
            "costs": None
            if costs is None
            else tuple(Cost(**{**cost, "amount": Money.eur(cost["amount"])}) for cost in costs),
            "indicators": None if indicators is None else tuple(Target(**target) for target in indicators),
        }
    )
