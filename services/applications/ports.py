"""What the use cases need of storage and of the bus, and no more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from services.applications.domain.aid_register import OwnershipLink, RegisteredAid
from services.applications.domain.applications import Application, Case
from services.applications.domain.calls import Call
from services.applications.domain.correspondence.messages import Message, MessageDraft
from services.applications.domain.correspondence.requests import Kind, PartyRequest
from services.applications.domain.decided_cases import DecidedCase
from services.applications.domain.drafting import Drafting
from services.applications.domain.envelopes import Envelope
from services.applications.domain.filed_reckonings import FiledReckoning, SavedAssessment
from services.applications.domain.interests import Declaration, Substitution
from services.applications.domain.movements import Movement
from services.applications.domain.register_facts import RegisterFacts
from services.applications.domain.transfers import Transfer
from services.applications.domain.versions import Version
from services.applications.domain.views import SavedView
from shared.asker import Asker
from shared.contracts.terms import Event
from shared.money import Money


class Cases(Protocol):
    def get(self, number: str) -> Case:
        """Raises NotFound."""

    def locked(self, number: str) -> Case:
        """The newest version, which nobody else can change before this transaction ends. Raises NotFound."""

    def next_number(self) -> int: ...

    def add(self, application: Application) -> None: ...

    def put(self, application: Application) -> None:
        """Keep the next version of what `locked` gave."""

    def perhaps_proposed_of(self, business_ids: Iterable[str]) -> Sequence[str]:
        """Numbers of those undertakings' cases that wait for a decision, or may be being proposed at this moment: who
        locks them knows."""

    def with_document(self, document_id: str) -> Sequence[str]:
        """Numbers of cases that have the document: in the application, in an answer that was sent, in an opinion or in
        a message of the company."""


class Calls(Protocol):
    def get(self, call_id: str) -> Call:
        """Raises NotFound."""

    def locked(self, call_id: str) -> Call | None: ...

    def is_answered(self, call_id: str) -> bool:
        """Whether any application has been started in the call."""

    def put(self, call: Call) -> None: ...


class Envelopes(Protocol):
    def locked(self, empty: Envelope) -> Envelope:
        """The envelope as it is kept, locked; `empty` itself when nothing has ever been granted to it."""

    def put(self, envelope: Envelope) -> None: ...


class Versions(Protocol):
    def last(self, number: str) -> Version | None: ...

    def of(self, number: str) -> Sequence[Version]:
        """Oldest first."""

    def put(self, number: str, version: Version) -> None:
        """A new version, or the same place again when it has grown."""


class Standings(Protocol):
    """Cases whose standing is still to be told."""

    def take(self) -> str | None:
        """One of them, struck off the list with this transaction; one that another process has is passed over."""


class Draftings(Protocol):
    def of(self, number: str) -> Drafting:
        """What goes with the draft; an empty one when nothing has been said yet."""

    def in_hands_of(self, business_id: str, person: str) -> Sequence[str]:
        """Unfiled applications that the person answers for or has asked a signature for, always in the same order."""

    def put(self, drafting: Drafting) -> None: ...


class Companies(Protocol):
    def want_two(self, business_id: str) -> bool:
        """Whether the company wants two persons for whatever it sends."""

    def put(self, business_id: str, second_signature: bool) -> None: ...


class Papers(Protocol):
    def unfinished(self, authority: str) -> Sequence[Case]:
        """What officials of the authority are typing in, oldest arrival first."""


class Interests(Protocol):
    def of(self, number: str, person: str) -> Declaration | None:
        """The person's newest answer on the case."""

    def on(self, number: str) -> Sequence[Declaration]:
        """Everyone's newest answer on the case, oldest first."""

    def answer(self, declaration: Declaration) -> None:
        """The person's next answer; earlier ones are kept beside it."""

    def resolve(self, declaration: Declaration) -> None:
        """The superior's verdict on the newest answer."""

    def start_anew(self, number: str, at: datetime) -> None:
        """Everyone answers anew, save whom a conflict shuts out for good. The earlier answers are kept."""


class Transfers(Protocol):
    def next_ordinal(self, number: str) -> int: ...

    def last(self, number: str) -> Transfer | None: ...

    def add(self, transfer: Transfer) -> None: ...


class Substitutions(Protocol):
    def get(self, substitution_id: str) -> Substitution:
        """Raises NotFound."""

    def of(self, authority: str, person: str, day: date) -> Substitution | None:
        """Who stands in for the person on the day; the one named last where several do."""

    def add(self, substitution: Substitution, at: datetime) -> None: ...

    def remove(self, substitution_id: str) -> None: ...


class Officials(Protocol):
    def has(self, authority: str, role: str, person: str) -> bool: ...

    def add(self, authority: str, role: str, person: str) -> None: ...


class Views(Protocol):
    def get(self, view_id: str) -> SavedView:
        """Raises NotFound."""

    def count_of(self, owner: str, authority: str) -> int: ...

    def put(self, view: SavedView) -> None: ...

    def remove(self, view_id: str) -> None: ...


class Requests(Protocol):
    """Requests of a case. Lock the case first: its requests are then nobody else's."""

    def next_place(self, number: str) -> int: ...

    def get(self, number: str, place: int) -> PartyRequest:
        """Raises NotFound."""

    def of_case(self, number: str) -> Sequence[PartyRequest]:
        """Oldest first."""

    def add(self, request: PartyRequest) -> None: ...

    def put(self, request: PartyRequest) -> None: ...

    def open_until(self, kinds: Sequence[Kind], first: date, last: date) -> Sequence[tuple[Case, PartyRequest]]:
        """Open requests whose last day is among those, each with its case while it waits for the answer."""

    def drafts_closing(self, after: datetime, until: datetime) -> Sequence[Case]:
        """Unfiled applications whose call closes between those moments."""

    def told(self, number: str, place: int, last_day: date, days: int, at: datetime) -> bool:
        """Note that the deadline has been told of. False when it had been already."""


class Messages(Protocol):
    def next_no(self, number: str) -> int: ...

    def add(self, message: Message) -> None: ...

    def of_case(self, number: str, *, with_notes: bool) -> Sequence[Message]: ...

    def mark_read(self, number: str, side: str, up_to: int, by: str, at: datetime) -> None:
        """The messages of `side` up to that one have been read by the other side."""

    def unread(self, number: str, side: str) -> int:
        """How many messages of `side` the other side hasn't opened."""

    def draft(self, number: str, person: str) -> MessageDraft: ...

    def keep_draft(self, number: str, person: str, draft: MessageDraft, at: datetime) -> None:
        """An empty one is none."""


class Assessments(Protocol):
    def get(self, number: str) -> SavedAssessment | None: ...

    def put(self, assessment: SavedAssessment) -> None:
        """Lock the case first."""


class Reckonings(Protocol):
    def add(self, reckoning: FiledReckoning) -> None: ...

    def of_case(self, number: str) -> Sequence[FiledReckoning]:
        """Newest first."""

    def decision(self, number: str) -> FiledReckoning | None: ...


class Undertakings(Protocol):
    def links_around(self, business_id: str) -> tuple[OwnershipLink, ...]:
        """Every link that hangs together with the undertaking, however far, ended ones too."""

    def lock(self, members: Iterable[str]) -> None:
        """Nobody else decides on aid to them meanwhile. After the case is locked, before the envelope is."""

    def record(self, link: OwnershipLink) -> None: ...

    def register_facts(self, business_id: str) -> RegisterFacts | None:
        """What was heard of the undertaking last."""

    def told_by_register(self, business_id: str) -> RegisterFacts | None:
        """What was heard of the undertaking last, locked."""

    def note_register(self, facts: RegisterFacts) -> None: ...


class AidRegister(Protocol):
    def of(self, members: Iterable[str], basis: str) -> tuple[RegisteredAid, ...]:
        """Awards in force to any of them; of an award that was raised, each part from its own day."""

    def add(self, aid: RegisteredAid, at: datetime, act: int = 1) -> None:
        """What the act gives the right to: the award, or what a later act adds to it."""

    def take_back(self, number: str, amount: Money, on: date) -> None:
        """Less gross grant equivalent by a later act: what was added last goes first. Nothing without an award."""

    def end(self, number: str, on: date) -> None:
        """The award lost its force; nothing when there is none."""


class Movements(Protocol):
    def add(self, number: str, movement: Movement) -> None:
        """Beside every change of an envelope's reserved sum, in the same transaction."""

    def of(self, number: str) -> tuple[Movement, ...]:
        """What the case has bound and given back, in order."""


class DecidedCases(Protocol):
    def find(self, number: str) -> DecidedCase | None:
        """The case with what has followed its decision, its movements apart; None while nothing has."""

    def put(self, case: DecidedCase) -> None:
        """Lock the application first."""

    def may_be_final(self, today: date, most: int) -> Sequence[str]:
        """Cases with an act whose time for review has passed and that is not marked final."""


class InfectedFiles(Protocol):
    """Files in which the documents room found a virus."""

    def note(self, document_id: str, at: datetime) -> None: ...

    def among(self, document_ids: Collection[str]) -> frozenset[str]: ...


class Work(Protocol):
    """One transaction: what is read, changed and announced in it stands or falls together."""

    @property
    def now(self) -> datetime: ...
    @property
    def arrived(self) -> datetime:
        """When the request came to the house; deadlines look at it."""

    @property
    def asker(self) -> Asker: ...
    @property
    def cases(self) -> Cases: ...
    @property
    def calls(self) -> Calls: ...
    @property
    def envelopes(self) -> Envelopes: ...
    @property
    def versions(self) -> Versions: ...
    @property
    def standings(self) -> Standings: ...
    @property
    def draftings(self) -> Draftings: ...
    @property
    def companies(self) -> Companies: ...
    @property
    def papers(self) -> Papers: ...
    @property
    def interests(self) -> Interests: ...
    @property
    def transfers(self) -> Transfers: ...
    @property
    def substitutions(self) -> Substitutions: ...
    @property
    def officials(self) -> Officials: ...
    @property
    def views(self) -> Views: ...
    @property
    def requests(self) -> Requests: ...
    @property
    def messages(self) -> Messages: ...
    @property
    def assessments(self) -> Assessments: ...
    @property
    def reckonings(self) -> Reckonings: ...
    @property
    def undertakings(self) -> Undertakings: ...
    @property
    def aid_register(self) -> AidRegister: ...
    @property
    def movements(self) -> Movements: ...
    @property
    def decided_cases(self) -> DecidedCases: ...
    @property
    def infected_files(self) -> InfectedFiles: ...
    def announce(self, event: Event, subject_id: str, **data: Any) -> object: ...
