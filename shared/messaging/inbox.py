"""A room's inbox: the queue that counts. A fact is in it, with its fate, before the broker is told "done".

The usual fact is the next of its aggregate and is applied with a batch of others in one transaction. Anything
else (out of order, failed, unknown) is first kept as `waiting`, then settled aggregate by aggregate: the first
unapplied fact of an aggregate is its head, the others wait behind it. So nothing overtakes and nothing is lost.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, assert_never

import structlog
from eventlet import Timeout
from sqlalchemy.orm import Session

from shared.messaging.envelope import Envelope
from shared.messaging.hearing import Hearing, Unacceptable, Unreadable, read_fact
from shared.messaging.inbox_table import InboxTable, Row
from shared.messaging.settings import BusSettings
from shared.storage.database import Database
from shared.storage.failures import is_database_away, run_again_when_disturbed
from shared.storage.work import Work
from shared.telemetry import facts_settled

log = structlog.get_logger(__name__)

AT_ONCE = 100
FRAGILE = "fragile"  # came before and was not finished: handled with care
DETAIL_MOST = 2000


class Step(Enum):
    """What to do with the head of an aggregate."""

    APPLY = auto()
    PASS_DISCARDED = auto()
    PARK_OVERTAKEN = auto()
    PARK_GAP = auto()
    WAIT_FOR_GAP = auto()
    REST = auto()


def step_for(head: Row, last: int) -> Step:
    """`last` is the sequence number that the aggregate has been applied to."""
    if head.sequence <= last:
        return Step.PARK_OVERTAKEN
    if head.state == "discarded":
        return Step.PASS_DISCARDED
    if head.sequence == last + 1 and head.reason == "gap":
        return Step.APPLY
    if head.state == "parked":
        return Step.REST
    if head.sequence == last + 1:
        return Step.APPLY if head.due else Step.REST
    if head.reason == "gap":
        return Step.PARK_GAP if head.due else Step.REST
    return Step.WAIT_FOR_GAP


class _NotAllNew(Exception):
    """A fact of the batch had been received before; found out too late to leave it out."""


@dataclass(slots=True)
class _Batch:
    """What came together: `heard` may go at once, `others` are settled one by one."""

    heard: list[tuple[Envelope, dict[str, Any]]] = field(default_factory=list)
    others: list[Envelope] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)


class Inbox:
    def __init__(self, database: Database, kind: type[Work], hearing: Hearing, settings: BusSettings) -> None:
        self.room = hearing.room
        self._database = database
        self._kind = kind
        self._hearing = hearing
        self._settings = settings

    def receive(self, bodies: Sequence[bytes], *, careful: bool = False) -> None:
        """Apply or keep what came; when it returns, the broker may forget it.

        `careful` keeps everything before applying anything, and counts each attempt before it is made: some of
        it came before and was not finished, perhaps because it takes the process down.
        Raises what `shared.storage.failures.is_database_away` knows when the database cannot work.
        """
        batch = self._sorted(bodies)
        late: Sequence[Envelope] = [fact for fact, _ in batch.heard]
        if batch.heard and not careful:
            late = self._apply_together(batch.heard)
        self._keep([*late, *batch.others], batch.unreadable, careful=careful)

    def settle_due(self) -> None:
        """Settle every aggregate with a fact whose time has come."""
        self._settle_all("due")

    def settle_stranded(self) -> None:
        """Settle what a process left half-way when it died."""
        self._settle_all("stranded")

    def settle(self, subject: str) -> None:
        """Apply the aggregate's facts from its head on, as far as they go."""
        begun: set[str] = set()
        while self._settle_head(subject, begun):
            pass

    def forget(self, *, days: int) -> None:
        with self.rows() as rows:
            rows.forget(days)

    @contextmanager
    def rows(self) -> Iterator[InboxTable]:
        with self._database.transaction() as session:
            yield InboxTable(session, self.room)

    def apply(self, session: Session, row: Row) -> None:
        """Have one kept fact heard and move its aggregate to it."""
        rows = InboxTable(session, self.room)
        fact = Envelope.from_wire(row.body)
        self._hear(session, [(fact, self._hearing.data_of(fact))])
        rows.mark_applied(row.message_id)
        rows.move(row.subject, row.sequence)

    # Together

    def _sorted(self, bodies: Sequence[bytes]) -> _Batch:
        batch = _Batch()
        for body in bodies:
            try:
                fact = read_fact(body)
            except Unreadable as unreadable:
                batch.unreadable.append(unreadable)
                continue
            try:
                batch.heard.append((fact, self._hearing.data_of(fact)))
            except Unacceptable:
                batch.others.append(fact)
        return batch

    def _apply_together(self, heard: Sequence[tuple[Envelope, dict[str, Any]]]) -> Sequence[Envelope]:
        """Apply those that are next in their aggregates; give back the rest, or all when any of them fails."""
        try:
            return self._apply_those_next(heard)
        except (Exception, Timeout) as error:  # one of them is at fault: settled one by one, we shall see which
            if is_database_away(error):
                raise
            log.info("batch_undone", room=self.room, facts=len(heard), error=type(error).__name__)
            return [fact for fact, _ in heard]

    def _apply_those_next(self, heard: Sequence[tuple[Envelope, dict[str, Any]]]) -> Sequence[Envelope]:
        with self._database.transaction() as session:
            rows = InboxTable(session, self.room)
            positions = rows.lock(fact.stream for fact, _ in heard)
            lasts = {subject: position.last for subject, position in positions.items()}
            following: list[tuple[Envelope, dict[str, Any]]] = []
            rest: list[Envelope] = []
            for fact, data in heard:
                if not positions[fact.stream].open and fact.sequence == lasts[fact.stream] + 1:
                    lasts[fact.stream] = fact.sequence
                    following.append((fact, data))
                else:
                    rest.append(fact)
            if following:
                self._hear(session, following)
                self._note_applied(rows, [fact for fact, _ in following], lasts)
        facts_settled(self.room, "applied", len(following))
        return rest

    def _note_applied(self, rows: InboxTable, facts: Sequence[Envelope], lasts: dict[str, int]) -> None:
        moved = {fact.stream: lasts[fact.stream] for fact in facts}
        if rows.add_applied(facts, moved) != len(facts):
            raise _NotAllNew

    def _hear(self, session: Session, facts: Sequence[tuple[Envelope, dict[str, Any]]]) -> None:
        self._hearing.hear(self._database, self._kind, session, facts)
        session.flush()

    # One by one

    def _keep(self, facts: Sequence[Envelope], unreadable: Sequence[Unreadable], *, careful: bool) -> None:
        if not facts and not unreadable:
            return
        with self.rows() as rows:
            for body in unreadable:
                rows.add_unreadable(body.id, {"text": body.text}, str(body)[:DETAIL_MOST])
            new = [fact for fact in facts if rows.add_waiting(fact, FRAGILE if careful else "")]
        for body in unreadable:
            log.error("fact_parked", room=self.room, message_id=body.id, reason="unreadable")
        facts_settled(self.room, "parked", len(unreadable))
        facts_settled(self.room, "repeated", len(facts) - len(new))
        for subject in dict.fromkeys(fact.stream for fact in new):
            self.settle(subject)

    def _settle_all(self, which: str) -> None:
        while True:
            with self.rows() as rows:
                subjects = rows.subjects_due(AT_ONCE) if which == "due" else rows.subjects_stranded(AT_ONCE)
            for subject in subjects:
                self.settle(subject)
            if len(subjects) < AT_ONCE:
                return

    def _settle_head(self, subject: str, begun: set[str]) -> bool:
        """One step with the aggregate's head; False when there is nothing more to do now."""
        tried: list[Row] = []
        try:
            return run_again_when_disturbed(lambda: self._one_step(subject, tried, begun))
        except (Exception, Timeout) as error:  # whatever a handler raises is the fact's failure, and kept with it
            if not tried or is_database_away(error):
                raise
            self._note_failure(tried[-1], error)
            return False

    def _one_step(self, subject: str, tried: list[Row], begun: set[str]) -> bool:
        with self._database.transaction() as session:
            rows = InboxTable(session, self.room)
            last = rows.lock([subject])[subject].last
            head = rows.head(subject, last)
            if head is None:
                return False
            rows.line_up_behind(subject, head.sequence)
            step = Step.APPLY if head.message_id in begun else step_for(head, last)
            if step is Step.APPLY and head.reason == FRAGILE and head.message_id not in begun:
                begun.add(head.message_id)
                return self._begin(rows, head)
            if step is Step.APPLY:
                tried.append(head)
            return self._take(step, session, head)

    def _begin(self, rows: InboxTable, head: Row) -> bool:
        """Count the attempt before it is made; False when it has been made often enough."""
        delays = self._settings.retry_delays
        if head.attempts > len(delays):
            self._park(rows, head, "fatal", f"begun {head.attempts} times, never finished: it may stop the process")
            return False
        seconds = _with_jitter(delays[min(head.attempts, len(delays) - 1)])
        rows.mark_waiting(head.message_id, FRAGILE, "", head.attempts + 1, seconds)
        return True

    def _take(self, step: Step, session: Session, head: Row) -> bool:
        rows = InboxTable(session, self.room)
        match step:
            case Step.APPLY:
                self.apply(session, head)
                facts_settled(self.room, "applied")
                return True
            case Step.PASS_DISCARDED:
                rows.move(head.subject, head.sequence)
                return True
            case Step.PARK_OVERTAKEN:
                self._park(rows, head, "overtaken", "a later or another fact of the aggregate was applied before it")
                return True
            case Step.PARK_GAP:
                self._park(rows, head, "gap", f"waited {self._settings.gap_limit:g} s for an earlier fact")
                return False
            case Step.WAIT_FOR_GAP:
                rows.mark_waiting(head.message_id, "gap", "", head.attempts, self._settings.gap_limit)
                return False
            case Step.REST:
                return False
            case _:
                assert_never(step)

    def _park(self, rows: InboxTable, row: Row, reason: str, detail: str) -> None:
        rows.mark_settled(row.message_id, "parked", reason, detail[:DETAIL_MOST], row.attempts)
        facts_settled(self.room, "parked")
        log.error("fact_parked", room=self.room, message_id=row.message_id, type=row.type, reason=reason)

    def _note_failure(self, row: Row, error: BaseException) -> None:
        attempts = row.attempts if row.reason == FRAGILE else row.attempts + 1
        delays = self._settings.retry_delays
        reason = error.reason if isinstance(error, Unacceptable) else "failed"
        detail = error.detail if isinstance(error, Unacceptable) else f"{type(error).__name__}: {error}"
        with self.rows() as rows:
            rows.lock([row.subject])
            now = rows.one(row.message_id)
            if now is None or now.state not in ("waiting", "parked") or now.attempts != row.attempts:
                return  # another replica got to it in between
            if isinstance(error, Unacceptable) or attempts > len(delays):
                rows.mark_settled(row.message_id, "parked", reason, detail[:DETAIL_MOST], attempts)
                outcome = "parked"
            else:
                seconds = _with_jitter(delays[attempts - 1])
                rows.mark_waiting(row.message_id, reason, detail[:DETAIL_MOST], attempts, seconds)
                outcome = "waiting"
        facts_settled(self.room, outcome)
        log.warning(
            f"fact_{outcome}", room=self.room, message_id=row.message_id, type=row.type, reason=reason,
            attempts=attempts, error=type(error).__name__,
        )  # fmt: skip


def _with_jitter(seconds: float) -> float:
    return seconds * random.uniform(0.8, 1.2)  # noqa: S311  spreads retries, guards nothing
