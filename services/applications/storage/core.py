"""Where the use cases find their things in PostgreSQL, within one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import func, or_, select, union, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from services.applications.domain.applications import Application, Case
from services.applications.domain.calls import Call
from services.applications.domain.correspondence.messages import COMPANY
from services.applications.domain.correspondence.requests import Stage
from services.applications.domain.envelopes import Envelope
from services.applications.domain.states import State
from services.applications.mapping import (
    columns_of_application,
    columns_of_call,
    to_application,
    to_call,
)
from services.applications.records import (
    APPLICATION_NUMBERS,
    ApplicationRecord,
    CallRecord,
    EnvelopeRecord,
    MessageRecord,
    RequestRecord,
    metadata,
)
from services.applications.storage.afterwards import StoredDecidedCases
from services.applications.storage.casework import (
    StoredInterests,
    StoredOfficials,
    StoredSubstitutions,
    StoredViews,
)
from services.applications.storage.correspondence import StoredMessages, StoredRequests
from services.applications.storage.deciding import (
    StoredAidRegister,
    StoredAssessments,
    StoredMovements,
    StoredReckonings,
    StoredUndertakings,
)
from services.applications.storage.forms import StoredCompanies, StoredDraftings, StoredPapers, StoredVersions
from services.applications.storage.scans import StoredInfectedFiles
from services.applications.storage.standings import StoredStandings
from services.applications.storage.transfers import StoredTransfers
from shared.errors import NotFound
from shared.sorting import sort_key
from shared.storage.work import Work

__all__ = ["ApplicationsWork", "metadata"]


class StoredCases:
    def __init__(self, session: Session) -> None:
        self.session = session
        # The session holds its records weakly; without this, `put` would read again what `locked` has read.
        self._locked: dict[str, ApplicationRecord] = {}

    def get(self, number: str) -> Case:
        return self._found(_case_numbered(number))[1]

    def locked(self, number: str) -> Case:
        # Whoever waited for the lock must see what the other one wrote, not what was read before waiting.
        statement = _case_numbered(number).with_for_update(of=ApplicationRecord)
        record, case = self._found(statement.execution_options(populate_existing=True))
        self._locked[number] = record
        return case

    def next_number(self) -> int:
        return int(self.session.execute(APPLICATION_NUMBERS.next_value()).scalar_one())

    def add(self, application: Application) -> None:
        self.session.add(ApplicationRecord(**columns_of_application(application)))
        self.session.flush()

    def put(self, application: Application) -> None:
        record = self._locked[application.number]
        for name, value in columns_of_application(application).items():
            setattr(record, name, value)
        self.session.flush()

    def perhaps_proposed_of(self, business_ids: Iterable[str]) -> Sequence[str]:
        own = ApplicationRecord.business_id.in_(tuple(business_ids))
        states = (State.IN_ASSESSMENT.value, State.PROPOSED.value)
        rows = select(ApplicationRecord.number).where(ApplicationRecord.state.in_(states), own)
        return self.session.scalars(rows.order_by(ApplicationRecord.number)).all()

    def with_document(self, document_id: str) -> Sequence[str]:
        file = [{"document_id": document_id}]
        shown = or_(
            RequestRecord.attachments.contains(file), RequestRecord.opinion.contains({"document_ids": [document_id]})
        )
        in_answer = select(RequestRecord.number).where(RequestRecord.state == Stage.ANSWERED.value, shown)
        in_message = select(MessageRecord.number).where(
            MessageRecord.side == COMPANY, MessageRecord.attachments.contains(file)
        )
        in_file = select(ApplicationRecord.number).where(ApplicationRecord.attachments.contains(file))
        return sorted(self.session.scalars(union(in_file, in_answer, in_message)))

    def _found(self, statement: Select[ApplicationRecord, CallRecord]) -> tuple[ApplicationRecord, Case]:
        found = self.session.execute(statement).one_or_none()
        if found is None:
            raise NotFound(what="application")
        application, call = found
        return application, Case(application=to_application(application), call=to_call(call))


class StoredCalls:
    def __init__(self, session: Session) -> None:
        self.session = session

    def get(self, call_id: str) -> Call:
        record = self.session.get(CallRecord, call_id)
        if record is None:
            raise NotFound(what="call")
        return to_call(record)

    def locked(self, call_id: str) -> Call | None:
        # A call that is not there yet has no row to lock: two who publish it at once queue at its name.
        self.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(call_id, 0))))
        record = self.session.get(CallRecord, call_id, with_for_update=True)
        return to_call(record) if record else None

    def is_answered(self, call_id: str) -> bool:
        anything = select(ApplicationRecord.number).where(ApplicationRecord.call_id == call_id).limit(1)
        return self.session.execute(anything).first() is not None

    def put(self, call: Call) -> None:
        self.session.merge(CallRecord(**columns_of_call(call), sort_name=sort_key(call.names["fi"])))
        self.session.flush()


class StoredEnvelopes:
    def __init__(self, session: Session) -> None:
        self.session = session

    def locked(self, empty: Envelope) -> Envelope:
        statement = select(EnvelopeRecord.amount, EnvelopeRecord.reserved).where(*_is(empty)).with_for_update()
        found = self.session.execute(statement).one_or_none()
        if found is None:
            return empty
        return Envelope(**_key(empty), amount=found.amount, reserved=found.reserved)

    def put(self, envelope: Envelope) -> None:
        values = {"amount": envelope.amount, "reserved": envelope.reserved}
        changed = self.session.execute(update(EnvelopeRecord).where(*_is(envelope)).values(values))
        if not changed.rowcount:  # type: ignore[attr-defined]  # an UPDATE has a count
            new = insert(EnvelopeRecord).values(**_key(envelope), **values)
            key = list(_key(envelope))
            # Another operator may have been a moment faster; what decisions have bound by then stays bound.
            self.session.execute(new.on_conflict_do_update(index_elements=key, set_={"amount": envelope.amount}))


class ApplicationsWork(Work):
    room = "applications"

    @cached_property
    def cases(self) -> StoredCases:
        return StoredCases(self.session)

    @cached_property
    def calls(self) -> StoredCalls:
        return StoredCalls(self.session)

    @cached_property
    def envelopes(self) -> StoredEnvelopes:
        return StoredEnvelopes(self.session)

    @cached_property
    def versions(self) -> StoredVersions:
        return StoredVersions(self.session)

    @cached_property
    def draftings(self) -> StoredDraftings:
        return StoredDraftings(self.session)

    @cached_property
    def companies(self) -> StoredCompanies:
        return StoredCompanies(self.session)

    @cached_property
    def papers(self) -> StoredPapers:
        return StoredPapers(self.session)

    @cached_property
    def interests(self) -> StoredInterests:
        return StoredInterests(self.session)

    @cached_property
    def transfers(self) -> StoredTransfers:
        return StoredTransfers(self.session)

    @cached_property
    def substitutions(self) -> StoredSubstitutions:
        return StoredSubstitutions(self.session)

    @cached_property
    def officials(self) -> StoredOfficials:
        return StoredOfficials(self.session)

    @cached_property
    def views(self) -> StoredViews:
        return StoredViews(self.session)

    @cached_property
    def requests(self) -> StoredRequests:
        return StoredRequests(self.session)

    @cached_property
    def messages(self) -> StoredMessages:
        return StoredMessages(self.session)

    @cached_property
    def assessments(self) -> StoredAssessments:
        return StoredAssessments(self.session)

    @cached_property
    def reckonings(self) -> StoredReckonings:
        return StoredReckonings(self.session)

    @cached_property
    def undertakings(self) -> StoredUndertakings:
        return StoredUndertakings(self.session)

    @cached_property
    def aid_register(self) -> StoredAidRegister:
        return StoredAidRegister(self.session)

    @cached_property
    def movements(self) -> StoredMovements:
        return StoredMovements(self.session)

    @cached_property
    def decided_cases(self) -> StoredDecidedCases:
        return StoredDecidedCases(self.session)

    @cached_property
    def standings(self) -> StoredStandings:
        return StoredStandings(self.session)

    @cached_property
    def infected_files(self) -> StoredInfectedFiles:
        return StoredInfectedFiles(self.session)


def _case_numbered(number: str) -> Select[ApplicationRecord, CallRecord]:
    return (
        select(ApplicationRecord, CallRecord)
        .join(CallRecord, CallRecord.call_id == ApplicationRecord.call_id)
        .where(ApplicationRecord.number == number)
    )


def _key(envelope: Envelope) -> dict[str, Any]:
    return {
        "authority": envelope.authority,
        "fund": envelope.fund,
        "priority": envelope.priority,
        "budget_year": envelope.budget_year,
    }


def _is(envelope: Envelope) -> tuple[Any, ...]:
    return tuple(getattr(EnvelopeRecord, name) == value for name, value in _key(envelope).items())
