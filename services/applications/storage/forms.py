"""Versions of the answers, and what goes with a draft, in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.applications.domain.applications import Case
from services.applications.domain.drafting import Drafting, LeftOut
from services.applications.domain.states import UNFILED, State
from services.applications.domain.versions import Version
from services.applications.mapping import to_application, to_call
from services.applications.records import ApplicationRecord, CallRecord
from services.applications.records.forms import CompanyPreferenceRecord, DraftingRecord, VersionRecord

V, D, A, C = VersionRecord, DraftingRecord, ApplicationRecord, CallRecord


class StoredVersions:
    """The application is locked before its versions are written: two who save follow each other."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def last(self, number: str) -> Version | None:
        found = self.session.scalars(select(V).where(V.number == number).order_by(V.place.desc()).limit(1)).first()
        return _to_version(found) if found else None

    def of(self, number: str) -> Sequence[Version]:
        found = self.session.scalars(select(V).where(V.number == number).order_by(V.place))
        return [_to_version(record) for record in found]

    def put(self, number: str, version: Version) -> None:
        values = {"number": number, **{name.name: getattr(version, name.name) for name in fields(Version)}}
        values["changes"] = dict(version.changes)
        new = insert(V).values(values)
        grown = {"at": new.excluded.at, "changes": new.excluded.changes}
        self.session.execute(new.on_conflict_do_update(index_elements=["number", "place"], set_=grown))


class StoredDraftings:
    def __init__(self, session: Session) -> None:
        self.session = session

    def of(self, number: str) -> Drafting:
        """What goes with the draft; nothing yet for one that nothing has been said of."""
        record = self.session.get(D, number)
        if record is None:
            return Drafting(number=number)
        values = {field.name: getattr(record, field.name) for field in fields(Drafting)}
        return Drafting(**{**values, "left_out": tuple(LeftOut(**one) for one in record.left_out)})

    def in_hands_of(self, business_id: str, person: str) -> Sequence[str]:
        """Unfiled ones that the person answers for, or has asked a signature for; always in the same order."""
        found = (
            select(A.number)
            .join(D, D.number == A.number)
            .where(A.business_id == business_id, A.state.in_([state.value for state in UNFILED]))
            .where(or_(D.responsible == person, D.asked_by == person))
            .order_by(A.number)
        )
        return self.session.scalars(found).all()

    def put(self, drafting: Drafting) -> None:
        values: dict[str, Any] = {field.name: getattr(drafting, field.name) for field in fields(Drafting)}
        values |= {
            "left_out": [asdict(one) for one in drafting.left_out],
            "registered": dict(drafting.registered),
        }
        self.session.merge(D(**values))
        self.session.flush()


class StoredCompanies:
    """What customers has told of companies."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def want_two(self, business_id: str) -> bool:
        record = self.session.get(CompanyPreferenceRecord, business_id)
        return record is not None and record.second_signature

    def put(self, business_id: str, second_signature: bool) -> None:
        self.session.merge(CompanyPreferenceRecord(business_id=business_id, second_signature=second_signature))
        self.session.flush()


class StoredPapers:
    """What came on paper and is being typed in."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def unfinished(self, authority: str) -> Sequence[Case]:
        """Oldest arrival first; a hundred at most."""
        found = self.session.execute(
            select(A, C)
            .join(C, C.call_id == A.call_id)
            .where(A.authority == authority, A.state == State.DRAFT.value, A.arrival.is_not(None))
            .order_by(func.coalesce(A.arrival["arrived_at"].astext, ""), A.number)
            .limit(100)
        )
        return [Case(application=to_application(application), call=to_call(call)) for application, call in found]


def _to_version(record: VersionRecord) -> Version:
    return Version(**{field.name: getattr(record, field.name) for field in fields(Version)})
