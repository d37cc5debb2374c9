"""Assessments, reckonings, undertakings, registered aid and movements of the envelopes, in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.applications.domain.aid_register import OwnershipLink, RegisteredAid
from services.applications.domain.filed_reckonings import DECISION, FiledReckoning, SavedAssessment
from services.applications.domain.movements import Movement
from services.applications.domain.register_facts import RegisterFacts
from services.applications.records import (
    AidRecord,
    AssessmentRecord,
    MovementRecord,
    OwnershipLinkRecord,
    ReckoningRecord,
    RegisterFactsRecord,
)
from shared.money import ZERO, Money

A, L = AidRecord, OwnershipLinkRecord


class StoredAssessments:
    """The case's own row is locked by whoever saves."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def get(self, number: str) -> SavedAssessment | None:
        row = self.session.get(AssessmentRecord, number, populate_existing=True)
        return SavedAssessment(**_values(row, SavedAssessment)) if row else None

    def put(self, assessment: SavedAssessment) -> None:
        self.session.merge(AssessmentRecord(**_all(assessment)))
        self.session.flush()


class StoredReckonings:
    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, reckoning: FiledReckoning) -> None:
        self.session.execute(insert(ReckoningRecord).values(**_all(reckoning)))

    def of_case(self, number: str) -> Sequence[FiledReckoning]:
        """Newest first."""
        rows = select(ReckoningRecord).where(ReckoningRecord.number == number)
        rows = rows.order_by(ReckoningRecord.reckoning_id.desc())
        return [FiledReckoning(**_values(row, FiledReckoning)) for row in self.session.scalars(rows)]

    def decision(self, number: str) -> FiledReckoning | None:
        return next((one for one in self.of_case(number) if one.kind == DECISION), None)


class StoredUndertakings:
    def __init__(self, session: Session) -> None:
        self.session = session

    def links_around(self, business_id: str) -> tuple[OwnershipLink, ...]:
        """Every link that hangs together with the undertaking, however far, ended ones too."""
        links: dict[str, OwnershipLink] = {}
        seen: set[str] = set()
        frontier = {business_id}
        while frontier:
            seen |= frontier
            touching = select(L).where(or_(L.owner.in_(frontier), L.owned.in_(frontier)))
            found = self.session.scalars(touching.execution_options(populate_existing=True)).all()
            links |= {row.link_id: OwnershipLink(**_values(row, OwnershipLink)) for row in found}
            frontier = {end for row in found for end in (row.owner, row.owned)} - seen
        return tuple(links[link_id] for link_id in sorted(links))

    def lock(self, members: Iterable[str]) -> None:
        """Nobody else decides on aid to any of them before this transaction ends.

        Always in the order of their names, after the case and before the envelope: nobody waits in a ring.
        """
        for member in sorted(members):
            key = func.hashtextextended(f"undertaking {member}", 0)
            self.session.execute(select(func.pg_advisory_xact_lock(key)))

    def register_facts(self, business_id: str) -> RegisterFacts | None:
        return _told(self.session.get(RegisterFactsRecord, business_id, populate_existing=True))

    def told_by_register(self, business_id: str) -> RegisterFacts | None:
        found = self.session.get(RegisterFactsRecord, business_id, populate_existing=True, with_for_update=True)
        return _told(found)

    def note_register(self, facts: RegisterFacts) -> None:
        values = _all(facts) | {"situations": list(facts.situations)}
        new = insert(RegisterFactsRecord).values(**values)
        rest = {name: new.excluded[name] for name in values if name != "business_id"}
        self.session.execute(new.on_conflict_do_update(index_elements=["business_id"], set_=rest))

    def record(self, link: OwnershipLink) -> None:
        values = _all(link)
        new = insert(OwnershipLinkRecord).values(**values)
        rest = {name: new.excluded[name] for name in values if name != "link_id"}
        self.session.execute(new.on_conflict_do_update(index_elements=["link_id"], set_=rest))


class StoredAidRegister:
    def __init__(self, session: Session) -> None:
        self.session = session

    def of(self, members: Iterable[str], basis: str) -> tuple[RegisteredAid, ...]:
        """Awards in force to any of them, as they stand after the last commit."""
        rows = select(A).where(A.business_id.in_(tuple(members)), A.basis == basis, A.ended_on.is_(None))
        rows = rows.order_by(A.granted_on, A.number, A.act).execution_options(populate_existing=True)
        return tuple(RegisteredAid(**_values(row, RegisteredAid)) for row in self.session.scalars(rows))

    def add(self, aid: RegisteredAid, at: datetime, act: int = 1) -> None:
        self.session.execute(insert(AidRecord).values(**_all(aid), act=act, recorded_at=at, ended_on=None))

    def take_back(self, number: str, amount: Money, on: date) -> None:
        left = amount
        for row in self._parts(number):
            if row.amount <= left:
                left, row.ended_on = left - row.amount, on
            else:
                left, row.amount = ZERO, row.amount - left
        self.session.flush()

    def end(self, number: str, on: date) -> None:
        for row in self._parts(number):
            row.ended_on = on
        self.session.flush()

    def _parts(self, number: str) -> Sequence[AidRecord]:
        """In force, locked, the one that was added last before the others."""
        rows = select(A).where(A.number == number, A.ended_on.is_(None)).order_by(A.act.desc()).with_for_update()
        return self.session.scalars(rows.execution_options(populate_existing=True)).all()


class StoredMovements:
    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, number: str, movement: Movement) -> None:
        self.session.execute(insert(MovementRecord).values(number=number, **_all(movement)))

    def of(self, number: str) -> tuple[Movement, ...]:
        rows = select(MovementRecord).where(MovementRecord.number == number).order_by(MovementRecord.movement_id)
        return tuple(Movement(**_values(row, Movement)) for row in self.session.scalars(rows))


def _all(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _told(row: RegisterFactsRecord | None) -> RegisterFacts | None:
    return row and RegisterFacts(**{**_values(row, RegisterFacts), "situations": tuple(row.situations)})


def _values(row: Any, kind: type[Any]) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in fields(kind)}
