"""The statements over one room's `inbox` and `positions`; no decisions here.

`subject` is here the fact's stream: the aggregate as one room numbers its facts. Whoever changes rows of a stream
holds its row in `positions`: that row is the stream's one lock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import TextClause, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from shared.messaging.envelope import Envelope


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """How far an aggregate has been applied, and whether later facts of it lie in the inbox unapplied."""

    last: int
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One unapplied fact in the inbox. `due`: its time has come, or it has none."""

    message_id: str
    type: str
    subject: str
    sequence: int
    state: str
    reason: str
    detail: str
    attempts: int
    due: bool
    body: dict[str, Any]


COLUMNS = (
    "message_id, type, subject, sequence, state, coalesce(reason, '') AS reason, coalesce(detail, '') AS detail, "
    "attempts, coalesce(due_at <= clock_timestamp(), true) AS due, body"
)


class InboxTable:
    def __init__(self, session: Session, room: str) -> None:
        self._session = session
        self._room = room

    def lock(self, subjects: Iterable[str]) -> dict[str, Position]:
        """Lock the aggregates, always in the same order, so that two replicas cannot wait for each other."""
        rows = self._run(
            """
            INSERT INTO {room}.positions AS held (subject, last)
            SELECT subject, 0 FROM unnest(CAST(:subjects AS text[])) AS subject ORDER BY subject
            ON CONFLICT (subject) DO UPDATE SET last = held.last
            RETURNING subject, last, EXISTS (
                SELECT 1 FROM {room}.inbox AS later
                WHERE later.subject = held.subject AND later.state <> 'applied' AND later.sequence > held.last
            ) AS open
            """,
            subjects=sorted(set(subjects)),
        )
        return {row.subject: Position(last=row.last, open=row.open) for row in rows}

    def add_applied(self, facts: Sequence[Envelope], positions: Mapping[str, int]) -> int:
        """Note the facts as applied and move the aggregates on; how many of the facts were new."""
        rows = self._run(
            """
            WITH moved AS (
                UPDATE {room}.positions AS held SET last = place.last
                FROM unnest(CAST(:subjects AS text[]), CAST(:lasts AS int[])) AS place (subject, last)
                WHERE held.subject = place.subject
            )
            INSERT INTO {room}.inbox (message_id, type, version, subject, sequence, state, settled_at)
            SELECT fact.*, 'applied', clock_timestamp()
            FROM unnest(CAST(:ids AS text[]), CAST(:types AS text[]), CAST(:versions AS int[]),
                        CAST(:of AS text[]), CAST(:sequences AS int[])) AS fact
            ON CONFLICT (message_id) DO NOTHING
            RETURNING 1
            """,
            subjects=list(positions),
            lasts=list(positions.values()),
            ids=[fact.id for fact in facts],
            types=[fact.type for fact in facts],
            versions=[fact.version for fact in facts],
            of=[fact.stream for fact in facts],
            sequences=[fact.sequence for fact in facts],
        )
        return len(rows)

    def add_waiting(self, fact: Envelope, reason: str = "") -> bool:
        """Keep the fact to be settled at once; False when it has been received before."""
        return bool(
            self._run(
                """
                INSERT INTO {room}.inbox (message_id, type, version, subject, sequence, state, body, reason, due_at)
                VALUES (:id, :type, :version, :subject, :sequence, 'waiting', :body, :reason, clock_timestamp())
                ON CONFLICT (message_id) DO NOTHING RETURNING 1
                """,
                id=fact.id,
                type=fact.type,
                version=fact.version,
                subject=fact.stream,
                sequence=fact.sequence,
                body=fact.to_wire(),
                reason=reason,
            )
        )

    def add_unreadable(self, message_id: str, body: Mapping[str, str], detail: str) -> None:
        self._run(
            """
            INSERT INTO {room}.inbox
                (message_id, type, version, subject, sequence, state, body, reason, detail, settled_at)
            VALUES (:id, 'unreadable', 0, '', 0, 'parked', :body, 'unreadable', :detail, clock_timestamp())
            ON CONFLICT (message_id) DO NOTHING RETURNING 1
            """,
            id=message_id,
            body=body,
            detail=detail,
        )

    def head(self, subject: str, last: int) -> Row | None:
        """The aggregate's first unapplied fact, leaving out those parked or discarded behind the position."""
        rows = self._run(
            f"""
            SELECT {COLUMNS} FROM {{room}}.inbox
            WHERE subject = :subject AND state <> 'applied' AND (sequence > :last OR state = 'waiting')
              AND (state <> 'discarded' OR sequence = :last + 1)
            ORDER BY sequence, received_at LIMIT 1
            """,
            subject=subject,
            last=last,
        )
        return _row(rows[0]) if rows else None

    def is_head(self, row: Row) -> bool:
        """Whether no earlier fact of the aggregate lies here unapplied."""
        head = self.head(row.subject, self.lock([row.subject])[row.subject].last)
        return head is not None and head.message_id == row.message_id

    def one(self, message_id: str) -> Row | None:
        rows = self._run(f"SELECT {COLUMNS} FROM {{room}}.inbox WHERE message_id = :id", id=message_id)
        return _row(rows[0]) if rows else None

    def move(self, subject: str, last: int) -> None:
        self._run("UPDATE {room}.positions SET last = :last WHERE subject = :subject", subject=subject, last=last)

    def mark_applied(self, message_id: str) -> None:
        self._run(
            """
            UPDATE {room}.inbox
            SET state = 'applied', body = NULL, due_at = NULL, settled_at = clock_timestamp()
            WHERE message_id = :id
            """,
            id=message_id,
        )

    def mark_waiting(self, message_id: str, reason: str, detail: str, attempts: int, seconds: float) -> None:
        self._run(
            """
            UPDATE {room}.inbox
            SET state = 'waiting', reason = :reason, detail = :detail, attempts = :attempts, settled_at = NULL,
                due_at = clock_timestamp() + make_interval(secs => :seconds)
            WHERE message_id = :id
            """,
            id=message_id,
            reason=reason,
            detail=detail,
            attempts=attempts,
            seconds=seconds,
        )

    def mark_settled(self, message_id: str, state: str, reason: str, detail: str, attempts: int) -> None:
        """Parked or discarded: out of the way of other aggregates, its body kept."""
        self._run(
            """
            UPDATE {room}.inbox
            SET state = :state, reason = :reason, detail = :detail, attempts = :attempts, due_at = NULL,
                settled_at = clock_timestamp()
            WHERE message_id = :id
            """,
            id=message_id,
            state=state,
            reason=reason,
            detail=detail,
            attempts=attempts,
        )

    def line_up_behind(self, subject: str, sequence: int) -> None:
        """Later facts of the aggregate wait without a time of their own: the first one's fate is theirs."""
        self._run(
            """
            UPDATE {room}.inbox SET due_at = NULL, reason = CASE reason WHEN 'fragile' THEN reason ELSE 'behind' END
            WHERE subject = :subject AND sequence > :sequence AND state = 'waiting' AND due_at IS NOT NULL
            """,
            subject=subject,
            sequence=sequence,
        )

    def subjects_due(self, most: int) -> list[str]:
        rows = self._run(
            """
            SELECT subject FROM {room}.inbox WHERE state = 'waiting' AND due_at <= clock_timestamp()
            GROUP BY subject ORDER BY min(due_at) LIMIT :most
            """,
            most=most,
        )
        return [row.subject for row in rows]

    def subjects_stranded(self, most: int) -> list[str]:
        """Aggregates whose next fact is there and could go: left so when a process died half-way."""
        rows = self._run(
            """
            SELECT subject FROM (
                SELECT DISTINCT ON (subject) subject, state, reason, due_at, sequence = held.last + 1 AS next
                FROM {room}.inbox AS unapplied JOIN {room}.positions AS held USING (subject)
                WHERE state <> 'applied' AND sequence > held.last
                  AND (state <> 'discarded' OR sequence = held.last + 1)
                ORDER BY subject, sequence
            ) AS head
            WHERE (state = 'waiting' AND due_at IS NULL) OR (next AND (state = 'discarded' OR reason = 'gap'))
            LIMIT :most
            """,
            most=most,
        )
        return [row.subject for row in rows]

    def forget(self, days: int) -> None:
        """Forget what was sent, heard and answered so long ago that nobody can repeat it any more."""
        for statement in (
            "DELETE FROM {room}.inbox WHERE state IN ('applied', 'discarded') AND {old} settled_at",
            "DELETE FROM {room}.outbox WHERE {old} sent_at",
            "DELETE FROM {room}.answers WHERE {old} answered_at",
        ):
            self._run(statement.replace("{old}", "now() - make_interval(days => :days) >"), days=days)

    def _run(self, statement: str, **values: Any) -> Sequence[Any]:
        result: Any = self._session.execute(_for_room(statement, self._room), values)
        rows: Sequence[Any] = result.all() if result.returns_rows else ()
        return rows


@cache
def _for_room(statement: str, room: str) -> TextClause:
    prepared = text(statement.replace("{room}", room))
    return prepared.bindparams(bindparam("body", type_=JSONB)) if ":body" in statement else prepared


def _row(row: Any) -> Row:
    return Row(**row._mapping)
