"""The room's storage in memory, held to the same behaviour as PostgreSQL by tests/storage/applications."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.applications.domain.applications import Application, Case
from services.applications.domain.calls import Call
from services.applications.domain.correspondence.messages import COMPANY
from services.applications.domain.correspondence.requests import Stage
from services.applications.domain.envelopes import Envelope
from services.applications.domain.states import State
from shared.asker import Asker
from shared.contracts.terms import Event
from shared.errors import NotFound
from shared.messaging.schemas import schema_of
from tests.support.afterwards_fakes import AfterwardsKept, FakeDecidedCases
from tests.support.applications_builders import NOON
from tests.support.casework_fakes import CaseworkKept, FakeInterests, FakeOfficials, FakeSubstitutions, FakeViews
from tests.support.correspondence_fakes import CorrespondenceKept, FakeMessages, FakeRequests
from tests.support.deciding_fakes import (
    DecidingKept,
    FakeAidRegister,
    FakeAssessments,
    FakeMovements,
    FakeReckonings,
    FakeUndertakings,
)
from tests.support.forms_fakes import FakeCompanies, FakeDraftings, FakePapers, FakeStandings, FakeVersions, FormsKept
from tests.support.transfer_fakes import FakeTransfers, TransfersKept


@dataclass
class Desk:
    """What outlives a transaction."""

    applications: dict[str, Application] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    envelopes: dict[str, Envelope] = field(default_factory=dict)
    announced: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    casework: CaseworkKept = field(default_factory=CaseworkKept)
    forms: FormsKept = field(default_factory=FormsKept)
    correspondence: CorrespondenceKept = field(default_factory=CorrespondenceKept)
    deciding: DecidingKept = field(default_factory=DecidingKept)
    afterwards: AfterwardsKept = field(default_factory=AfterwardsKept)
    infected: set[str] = field(default_factory=set)
    transfers: TransfersKept = field(default_factory=TransfersKept)
    last_number: int = 80000

    @contextmanager
    def work(self, asker: Asker, now: datetime = NOON) -> Iterator[FakeWork]:
        """A transaction: nothing is kept of it when it ends with an exception."""
        before = (dict(self.applications), dict(self.calls), dict(self.envelopes), list(self.announced))
        casework, forms = self.casework.copy(), self.forms.copy()
        correspondence, deciding = self.correspondence.copy(), self.deciding.copy()
        afterwards, transfers = self.afterwards.copy(), self.transfers.copy()
        try:
            yield FakeWork(self, asker, now)
        except BaseException:
            self.correspondence, self.deciding = correspondence, deciding
            self.applications, self.calls, self.envelopes, self.announced = before
            self.casework, self.forms, self.afterwards = casework, forms, afterwards
            self.transfers = transfers
            raise


class FakeWork:
    def __init__(self, desk: Desk, asker: Asker, now: datetime) -> None:
        self.desk, self.asker, self.now = desk, asker, now
        self.cases, self.calls, self.envelopes = FakeCases(desk), FakeCalls(desk), FakeEnvelopes(desk)
        self.interests, self.substitutions = FakeInterests(desk.casework), FakeSubstitutions(desk.casework)
        self.versions, self.draftings = FakeVersions(desk.forms), FakeDraftings(desk.forms, desk.applications)
        self.companies, self.standings = FakeCompanies(desk.forms), FakeStandings(desk.forms)
        self.papers = FakePapers(desk.applications, desk.calls)
        self.officials, self.views = FakeOfficials(desk.casework), FakeViews(desk.casework)
        self.requests = FakeRequests(desk.correspondence, desk.applications, desk.calls)
        self.messages = FakeMessages(desk.correspondence)
        self.assessments, self.reckonings = FakeAssessments(desk.deciding), FakeReckonings(desk.deciding)
        self.undertakings, self.aid_register = FakeUndertakings(desk.deciding), FakeAidRegister(desk.deciding)
        self.movements = FakeMovements(desk.deciding)
        self.decided_cases = FakeDecidedCases(desk.afterwards)
        self.infected_files = FakeInfectedFiles(desk)
        self.transfers = FakeTransfers(desk.transfers)

    @property
    def arrived(self) -> datetime:
        return self.now

    def announce(self, event: Event, subject_id: str, **data: Any) -> None:
        """As strict as the real one: data that the contract would not carry is an error here too."""
        schema = schema_of(event.schema)
        wire = schema.dump(data)
        assert not schema.validate(wire), (event.type, schema.validate(wire))
        self.desk.announced.append((event.type, subject_id, wire))


class FakeInfectedFiles:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def note(self, document_id: str, at: datetime) -> None:
        self.desk.infected.add(document_id)

    def among(self, document_ids: Collection[str]) -> frozenset[str]:
        return frozenset(self.desk.infected.intersection(document_ids))


class FakeCases:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def get(self, number: str) -> Case:
        application = self.desk.applications.get(number)
        if application is None:
            raise NotFound(what="application")
        return Case(application=application, call=self.desk.calls[application.call_id])

    def locked(self, number: str) -> Case:
        return self.get(number)

    def next_number(self) -> int:
        self.desk.last_number += 1
        return self.desk.last_number

    def add(self, application: Application) -> None:
        self.desk.applications[application.number] = application

    def put(self, application: Application) -> None:
        assert application.version == self.desk.applications[application.number].version + 1
        self.desk.applications[application.number] = application

    def perhaps_proposed_of(self, business_ids: Iterable[str]) -> Sequence[str]:
        wanted, states = frozenset(business_ids), (State.IN_ASSESSMENT, State.PROPOSED)
        every = self.desk.applications.values()
        return sorted(one.number for one in every if one.business_id in wanted and one.state in states)

    def with_document(self, document_id: str) -> Sequence[str]:
        every = self.desk.applications.values()
        return sorted(one.number for one in every if document_id in self._files_of(one))

    def _files_of(self, application: Application) -> set[str]:
        number, kept = application.number, self.desk.correspondence
        answers = [one for one in kept.requests.values() if one.number == number and one.state is Stage.ANSWERED]
        messages = [one for one in kept.messages.values() if one.number == number and one.side == COMPANY]
        files = {file.document_id for one in (application, *answers, *messages) for file in one.attachments}
        return files.union(*(one.opinion.document_ids for one in answers if one.opinion))


class FakeCalls:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def get(self, call_id: str) -> Call:
        if call_id not in self.desk.calls:
            raise NotFound(what="call")
        return self.desk.calls[call_id]

    def locked(self, call_id: str) -> Call | None:
        return self.desk.calls.get(call_id)

    def is_answered(self, call_id: str) -> bool:
        return any(application.call_id == call_id for application in self.desk.applications.values())

    def put(self, call: Call) -> None:
        self.desk.calls[call.call_id] = call


class FakeEnvelopes:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def locked(self, empty: Envelope) -> Envelope:
        return self.desk.envelopes.get(empty.envelope_id, empty)

    def put(self, envelope: Envelope) -> None:
        self.desk.envelopes[envelope.envelope_id] = envelope
