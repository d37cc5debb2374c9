"""Requests and messages in memory, held to the same behaviour as PostgreSQL by tests/storage/applications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from services.applications.domain.applications import Application, Case
from services.applications.domain.calls import Call
from services.applications.domain.correspondence.messages import Message, MessageDraft
from services.applications.domain.correspondence.requests import WAITED_FOR_IN, Kind, PartyRequest, Stage
from services.applications.domain.states import UNFILED
from shared.errors import NotFound


@dataclass
class CorrespondenceKept:
    """What outlives a transaction."""

    requests: dict[tuple[str, int], PartyRequest] = field(default_factory=dict)
    messages: dict[tuple[str, int], Message] = field(default_factory=dict)
    drafts: dict[tuple[str, str], MessageDraft] = field(default_factory=dict)
    told: set[tuple[str, int, date, int]] = field(default_factory=set)

    def copy(self) -> CorrespondenceKept:
        return deepcopy(self)


class FakeRequests:
    def __init__(
        self, kept: CorrespondenceKept, applications: Mapping[str, Application], calls: Mapping[str, Call]
    ) -> None:
        self.kept, self.applications, self.calls = kept, applications, calls

    def next_place(self, number: str) -> int:
        return len(self.of_case(number)) + 1

    def get(self, number: str, place: int) -> PartyRequest:
        found = self.kept.requests.get((number, place))
        if found is None:
            raise NotFound(what="request")
        return found

    def of_case(self, number: str) -> Sequence[PartyRequest]:
        return tuple(request for key, request in sorted(self.kept.requests.items()) if key[0] == number)

    def add(self, request: PartyRequest) -> None:
        assert not any(other.is_open for other in self.of_case(request.number))
        self.kept.requests[request.number, request.place] = request

    def put(self, request: PartyRequest) -> None:
        assert request.version == self.get(request.number, request.place).version + 1
        self.kept.requests[request.number, request.place] = request

    def run_out(self, last_day: date) -> Sequence[tuple[str, int]]:
        return [key for key, request in self.kept.requests.items() if request.is_open and request.due_on <= last_day]

    def open_until(self, kinds: Sequence[Kind], first: date, last: date) -> Sequence[tuple[Case, PartyRequest]]:
        return [
            (self._case(request.number), request)
            for request in self.kept.requests.values()
            if request.state is Stage.OPEN
            and request.kind in kinds
            and first <= request.due_on <= last
            and self.applications[request.number].state in WAITED_FOR_IN[request.kind]
        ]

    def drafts_closing(self, after: datetime, until: datetime) -> Sequence[Case]:
        cases = [self._case(number) for number, one in self.applications.items() if one.state in UNFILED]
        return [case for case in cases if after < case.call.closes_at <= until]

    def told(self, number: str, place: int, last_day: date, days: int, at: datetime) -> bool:
        key = (number, place, last_day, days)
        first_time = key not in self.kept.told
        self.kept.told.add(key)
        return first_time

    def _case(self, number: str) -> Case:
        application = self.applications[number]
        return Case(application=application, call=self.calls[application.call_id])


class FakeMessages:
    def __init__(self, kept: CorrespondenceKept) -> None:
        self.kept = kept

    def next_no(self, number: str) -> int:
        return len(self.of_case(number, with_notes=True)) + 1

    def add(self, message: Message) -> None:
        self.kept.messages[message.number, message.message_no] = message

    def of_case(self, number: str, *, with_notes: bool) -> Sequence[Message]:
        mine = (message for key, message in sorted(self.kept.messages.items()) if key[0] == number)
        return tuple(message for message in mine if with_notes or not message.internal)

    def mark_read(self, number: str, side: str, up_to: int, by: str, at: datetime) -> None:
        for key, message in self.kept.messages.items():
            if key[0] == number and message.side == side and key[1] <= up_to and message.read_at is None:
                self.kept.messages[key] = replace(message, read_at=at)

    def unread(self, number: str, side: str) -> int:
        shown = self.of_case(number, with_notes=False)
        return sum(message.side == side and message.read_at is None for message in shown)

    def draft(self, number: str, person: str) -> MessageDraft:
        return self.kept.drafts.get((number, person), MessageDraft())

    def keep_draft(self, number: str, person: str, draft: MessageDraft, at: datetime) -> None:
        self.kept.drafts[number, person] = draft
