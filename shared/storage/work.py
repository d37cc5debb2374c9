"""One transaction: what is read, changed and announced in it stands or falls together."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import uuid4

from sqlalchemy import TextClause, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from shared.asker import Asker
from shared.contracts.terms import Event
from shared.messaging.envelope import Envelope
from shared.messaging.schemas import schema_of

ANNOUNCED = "announced"
WAITED_MOST = timedelta(minutes=5)  # a request that nobody has answered by then has been given up at the door


class Work:
    """A room's transaction in the making. Each room's own Work adds its repositories.

    `asker` is who asks, `now` the moment that counts for everything done in it.
    Commit and rollback belong to whoever opened it (`shared.storage.database.Database.work`).
    """

    room: str

    def __init__(self, session: Session, asker: Asker, now: datetime) -> None:
        self.session = session
        self.asker = asker
        self.now = now

    @property
    def arrived(self) -> datetime:
        """When the request came to the house: a deadline is kept by who came in time, however long they queued.

        `now` when the door did not say, or says what can't be.
        """
        received = self.asker.received_at
        if received is None or not self.now - WAITED_MOST <= received <= self.now:
            return self.now
        return received

    def announce(self, event: Event, subject_id: str, **data: Any) -> Envelope:
        """Put a fact in the outbox, next in its aggregate's stream. It leaves after the commit.

        `data` is checked by being dumped through the event's schema and loaded again: a producer
        cannot announce what no consumer could read.
        """
        schema = schema_of(event.schema)
        wire = schema.dump(data)
        if faults := schema.validate(wire):
            raise ValueError(f"{event.type} v{event.version} does not hold to its contract: {faults}")
        envelope = Envelope(
            id=str(uuid4()),
            source=f"/{self.room}",
            type=event.type,
            version=event.version,
            subject=f"{event.subject}/{subject_id}",
            sequence=0,
            time=self.now,
            actor=self.asker.person,
            role=self.asker.role.value,
            authority=self.asker.authority,
            correlation_id=self.asker.correlation_id,
            causation_id=self.asker.causation_id,
            data=wire,
            via=self.asker.via,
        )
        return replace(envelope, sequence=self._put_in_outbox(envelope, event.routing_key))

    def _put_in_outbox(self, envelope: Envelope, routing_key: str) -> int:
        """One round trip: the next number of the stream, and the announcement that bears it."""
        numbered = self.session.execute(
            _announcing(self.room),
            {"subject": envelope.subject, "id": envelope.id, "key": routing_key, "body": envelope.to_wire()},
        )
        self.session.info[ANNOUNCED] = True
        return int(numbered.scalar_one())


@cache
def _announcing(room: str) -> TextClause:
    # The stream's row stays locked until commit: two writers of one aggregate cannot swap places.
    return text(
        f"""
        WITH numbered AS (
            INSERT INTO {room}.streams AS stream (subject, last) VALUES (:subject, 1)
            ON CONFLICT (subject) DO UPDATE SET last = stream.last + 1 RETURNING last
        ), announced AS (
            INSERT INTO {room}.outbox (message_id, routing_key, body)
            SELECT :id, :key, :body || jsonb_build_object('sequence', last) FROM numbered
        )
        SELECT last FROM numbered
        """
    ).bindparams(bindparam("body", type_=JSONB))
