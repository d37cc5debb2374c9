"""One question to somebody outside the authority: asked, put off, answered in time or late, or left unanswered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from services.applications.domain.attachments import Attachment
from services.applications.domain.correspondence import due_days
from services.applications.domain.errors import MoreTimeNotAsked, MoreTimeWaits, RequestAnswered, RequestClosed
from services.applications.domain.states import DECIDED, State
from services.applications.domain.typed_answers import Answers
from shared.dates import helsinki_day
from shared.errors import ChangedMeanwhile, Fault, InvalidFields, NotFound


class Kind(StrEnum):
    COMPLETION = due_days.COMPLETION  # täydennyspyyntö / begäran om komplettering
    HEARING = due_days.HEARING  # kuuleminen / hörande
    OPINION = due_days.OPINION  # lausuntopyyntö / begäran om utlåtande


class Stage(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    EXPIRED = "expired"
    CLOSED = "closed"


STATE_WHILE_OPEN = {
    Kind.COMPLETION: State.IN_COMPLETION,
    Kind.HEARING: State.IN_HEARING,
    Kind.OPINION: State.ON_OPINION,
}
# Where an open request is still waited for. Before an act against it the party is heard after the decision too, and
# the case stays as it was decided.
WAITED_FOR_IN: Mapping[Kind, frozenset[State]] = {
    Kind.COMPLETION: frozenset({State.IN_COMPLETION}),
    Kind.HEARING: frozenset({State.IN_HEARING}) | DECIDED,
    Kind.OPINION: frozenset({State.ON_OPINION}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreTime:
    """What the company asked; `granted` None while it waits for the handler."""

    until: date
    reason: str
    asked_at: datetime
    granted: bool | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    given_by: str
    given_on: date
    stance: str
    binding: bool
    text: str
    document_ids: tuple[str, ...]
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A filed version of the application: what it said and its digest."""

    answers: Answers
    attachments: tuple[Attachment, ...]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRequest:
    """`keys` and `attachment_kinds` are what a completion may change; `facts` and `document_ids` what a hearing is on.

    `reply`, `answers` and `attachments` are the answer, in the making until `answered_at`. `before` and `after` are
    the filed versions around a completion that took effect.
    """

    number: str
    place: int
    kind: Kind
    state: Stage = Stage.OPEN
    version: int = 1
    asked: str
    asked_by: str
    asked_at: datetime
    language: str
    due_on: date
    due_first: date
    keys: tuple[str, ...] = ()
    attachment_kinds: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    document_ids: tuple[str, ...] = ()
    giver: str = ""
    giver_name: str = ""
    reply: str = ""
    answers: Answers = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    saved_by: str | None = None
    saved_at: datetime | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None
    took_effect: bool = False
    more_time: MoreTime | None = None
    before: Filed | None = None
    after: Filed | None = None
    opinion: Opinion | None = None

    @property
    def is_open(self) -> bool:
        return self.state is Stage.OPEN

    @property
    def waits_for_more_time(self) -> bool:
        return self.is_open and self.more_time is not None and self.more_time.granted is None

    def is_late_at(self, now: datetime) -> bool:
        """Sent after its last day, or not sent and the day is over."""
        return due_days.is_over(self.due_on, self.answered_at or now)

    def has_run_out_at(self, now: datetime) -> bool:
        """Time runs out when the day is over, unless the handler owes an answer to a request for more of it."""
        return self.is_open and due_days.is_over(self.due_on, now) and not self.waits_for_more_time

    def must_be_of(self, kind: Kind) -> None:
        if self.kind is not kind:
            raise NotFound(what="request")

    def must_be_the_partys(self) -> None:
        """An opinion is not the party's to answer. Raises NotFound."""
        if self.kind is Kind.OPINION:
            raise NotFound(what="request")

    def must_be_answerable(self, version: int) -> None:
        """Open, or run out: a late answer is kept too. Raises RequestAnswered, RequestClosed, ChangedMeanwhile."""
        if self.state is Stage.ANSWERED:
            raise RequestAnswered(by=self.answered_by, at=_iso(self.answered_at))
        if self.state is Stage.CLOSED:
            raise RequestClosed(number=self.number)
        self._must_be_at(version)

    def must_be_open(self, version: int) -> None:
        """Raises RequestAnswered, RequestClosed, ChangedMeanwhile."""
        if self.state is Stage.EXPIRED:
            raise RequestClosed(number=self.number)
        self.must_be_answerable(version)

    def saved(self, reply: str, answers: Answers, by: str, at: datetime) -> PartyRequest:
        """The answer in the making. Raises InvalidFields: not_asked_for, for a key that is not to be changed."""
        others = sorted(key for key in answers if key not in self.keys)
        if others:
            raise InvalidFields(faults=[Fault(f"answers.{key[:40]}", "not_asked_for") for key in others[:20]])
        return self._saved(by, at, reply=reply, answers=answers)

    def with_attachments(self, attachments: tuple[Attachment, ...], by: str, at: datetime) -> PartyRequest:
        return self._saved(by, at, attachments=attachments)

    def must_ask_for(self, kind: str) -> None:
        """Raises InvalidFields: not_asked_for. To a hearing the party may add what it likes (HL 34 §)."""
        if self.kind is Kind.COMPLETION and kind not in self.attachment_kinds:
            raise InvalidFields(faults=[Fault("attachment.kind", "not_asked_for")])

    def must_say_something(self) -> None:
        """Raises InvalidFields: an empty answer is no answer."""
        if not (self.reply.strip() or self.answers or self.attachments):
            raise InvalidFields(faults=[Fault("reply", "required")])

    def answered(self, by: str, at: datetime, **outcome: Any) -> PartyRequest:
        return self._next(state=Stage.ANSWERED, answered_by=by, answered_at=at, **outcome)

    def expired(self) -> PartyRequest:
        """The draft of the answer stays: it can still be sent, late."""
        return self._next(state=Stage.EXPIRED)

    def closed(self) -> PartyRequest:
        return self._next(state=Stage.CLOSED)

    def asking_more_time(self, until: date, reason: str, at: datetime) -> PartyRequest:
        """Raises MoreTimeWaits; InvalidFields: not_later, due_too_late. It has to be asked while the time runs."""
        if self.waits_for_more_time:
            raise MoreTimeWaits(number=self.number)
        if due_days.is_over(self.due_on, at):
            raise RequestClosed(number=self.number)
        day = due_days.later_day(until, self.due_on, helsinki_day(at), "until")
        return self._next(more_time=MoreTime(until=day, reason=reason, asked_at=at))

    def due_later(self, due_on: date, at: datetime) -> PartyRequest:
        """A later last day, asked for or not. Raises InvalidFields: not_later, due_too_late."""
        day = due_days.later_day(due_on, self.due_on, helsinki_day(at), "due_on")
        asked = replace(self.more_time, granted=True) if self.waits_for_more_time and self.more_time else self.more_time
        return self._next(due_on=day, more_time=asked)

    def more_time_refused(self, reason: str) -> PartyRequest:
        """The day stays. Raises MoreTimeNotAsked."""
        if not self.waits_for_more_time or self.more_time is None:
            raise MoreTimeNotAsked(number=self.number)
        return self._next(more_time=replace(self.more_time, granted=False, answer=reason))

    def with_opinion(self, opinion: Opinion) -> PartyRequest:
        """Raises InvalidFields: opinion_from_future."""
        if opinion.given_on > helsinki_day(opinion.recorded_at):
            raise InvalidFields(faults=[Fault("given_on", "opinion_from_future")])
        return self.answered(opinion.recorded_by, opinion.recorded_at, opinion=opinion, took_effect=True)

    def _must_be_at(self, version: int) -> None:
        if version != self.version:
            raise ChangedMeanwhile(by=self.saved_by or self.asked_by, at=_iso(self.saved_at or self.asked_at))

    def _saved(self, by: str, at: datetime, **changes: Any) -> PartyRequest:
        return self._next(saved_by=by, saved_at=at, **changes)

    def _next(self, **changes: Any) -> PartyRequest:
        return replace(self, version=self.version + 1, **changes)


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
