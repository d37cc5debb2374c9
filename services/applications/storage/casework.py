"""Declarations, substitutes, officials and views in PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, delete, func, not_, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.applications.domain.interests import Answer, Declaration, Substitution, Verdict
from services.applications.domain.views import SavedView
from services.applications.records.casework import (
    DeclarationRecord,
    OfficialRecord,
    SubstitutionRecord,
    ViewRecord,
)
from shared.errors import NotFound

D, S, V = DeclarationRecord, SubstitutionRecord, ViewRecord


class StoredInterests:
    def __init__(self, session: Session) -> None:
        self.session = session

    def of(self, number: str, person: str) -> Declaration | None:
        found = self.session.scalars(select(D).where(*_newest(number), D.person == person)).one_or_none()
        return _to_declaration(found) if found else None

    def on(self, number: str) -> Sequence[Declaration]:
        found = self.session.scalars(select(D).where(*_newest(number)).order_by(D.declared_at, D.serial))
        return [_to_declaration(row) for row in found]

    def of_person(self, person: str, numbers: Collection[str]) -> Mapping[str, Declaration]:
        """The person's newest answers on these cases, by the number of the case."""
        newest = (D.number.in_(numbers), D.person == person, D.superseded_at.is_(None))
        return {row.number: _to_declaration(row) for row in self.session.scalars(select(D).where(*newest))}

    def answer(self, declaration: Declaration) -> None:
        newest = (*_newest(declaration.number), D.person == declaration.person)
        self.session.execute(update(D).where(*newest).values(superseded_at=declaration.declared_at))
        self.session.add(D(**_columns(declaration)))
        self.session.flush()

    def resolve(self, declaration: Declaration) -> None:
        newest = (*_newest(declaration.number), D.person == declaration.person)
        verdict = ("verdict", "resolved_by", "resolved_at", "reason")
        self.session.execute(update(D).where(*newest).values({name: getattr(declaration, name) for name in verdict}))

    def start_anew(self, number: str, at: datetime) -> None:
        conflict = and_(D.answer == Answer.CONFLICT, D.verdict.is_distinct_from(Verdict.LIFTED.value))
        shut_out = or_(conflict, D.verdict.is_not_distinct_from(Verdict.CONFIRMED.value))
        self.session.execute(update(D).where(*_newest(number), not_(shut_out)).values(superseded_at=at))


class StoredSubstitutions:
    def __init__(self, session: Session) -> None:
        self.session = session

    def get(self, substitution_id: str) -> Substitution:
        found = self.session.get(S, substitution_id)
        if found is None:
            raise NotFound(what="substitution")
        return _to_substitution(found)

    def of(self, authority: str, person: str, day: date) -> Substitution | None:
        """The one named last, where several cover the day."""
        on = (S.authority == authority, S.person == person, S.first <= day, S.last >= day)
        found = self.session.scalars(select(S).where(*on).order_by(S.named_at.desc()).limit(1)).one_or_none()
        return _to_substitution(found) if found else None

    def add(self, substitution: Substitution, at: datetime) -> None:
        self.session.add(S(**_columns(substitution), named_at=at))
        self.session.flush()

    def remove(self, substitution_id: str) -> None:
        self.session.execute(delete(S).where(S.substitution_id == substitution_id))


class StoredOfficials:
    def __init__(self, session: Session) -> None:
        self.session = session

    def has(self, authority: str, role: str, person: str) -> bool:
        return self.session.get(OfficialRecord, (authority, role, person)) is not None

    def add(self, authority: str, role: str, person: str) -> None:
        new = insert(OfficialRecord).values(authority=authority, role=role, person=person)
        self.session.execute(new.on_conflict_do_nothing())


class StoredViews:
    def __init__(self, session: Session) -> None:
        self.session = session

    def get(self, view_id: str) -> SavedView:
        found = self.session.get(V, view_id)
        if found is None:
            raise NotFound(what="view")
        return _to_view(found)

    def count_of(self, owner: str, authority: str) -> int:
        counted = select(func.count()).select_from(V).where(V.owner == owner, V.authority == authority)
        return int(self.session.execute(counted).scalar_one())

    def seen_by(self, person: str, authority: str) -> Sequence[SavedView]:
        theirs = (V.authority == authority, (V.owner == person) | V.shared)
        return [_to_view(row) for row in self.session.scalars(select(V).where(*theirs).order_by(V.name, V.view_id))]

    def put(self, view: SavedView) -> None:
        self.session.merge(V(**_columns(view)))
        self.session.flush()

    def remove(self, view_id: str) -> None:
        self.session.execute(delete(V).where(V.view_id == view_id))


def _newest(number: str) -> tuple[Any, ...]:
    return (D.number == number, D.superseded_at.is_(None))


def _columns(thing: Declaration | Substitution | SavedView) -> dict[str, Any]:
    return {field.name: getattr(thing, field.name) for field in fields(thing)}


def _to_declaration(record: DeclarationRecord) -> Declaration:
    values = {field.name: getattr(record, field.name) for field in fields(Declaration)}
    values["answer"] = Answer(record.answer)
    values["verdict"] = Verdict(record.verdict) if record.verdict else None
    return Declaration(**values)


def _to_substitution(record: SubstitutionRecord) -> Substitution:
    return Substitution(**{field.name: getattr(record, field.name) for field in fields(Substitution)})


def _to_view(record: ViewRecord) -> SavedView:
    return SavedView(**{field.name: getattr(record, field.name) for field in fields(SavedView)})
