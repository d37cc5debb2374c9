"""Carries one room's announcements from its outbox to the broker, in order, each until it is confirmed.

Plain kombu, no eventlet needed. One relay leads per room, by an advisory lock of its database session; another
stands by. A batch is sent without waiting, then its confirms are collected, then it is marked as sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from hashlib import blake2b
from itertools import count
from threading import Event
from time import monotonic
from typing import Any

import structlog
from sqlalchemy import Connection, TextClause, text
from sqlalchemy.exc import SQLAlchemyError

from shared.messaging.connections import AGAIN, LOST, PERSISTENT, connected, publish
from shared.messaging.settings import BusSettings
from shared.messaging.topology import FACTS, HOUSE, Topology, TopologyMismatch
from shared.storage.database import Database
from shared.telemetry import RELAY_BATCH_SECONDS, RELAY_REFUSED, RELAYED, UNSENT_SECONDS

log = structlog.get_logger(__name__)

IDLE_IN_MEMORY = 0.5


@dataclass(frozen=True, slots=True)
class Announcement:
    id: int
    message_id: str
    routing_key: str
    body: bytes
    seconds_old: float
    again: bool = False


class Relay:
    """`run` until the event is set; it outlives every loss of the database and the broker."""

    def __init__(self, database: Database, room: str, settings: BusSettings, topology: Topology = HOUSE) -> None:
        self._engine = database.engine
        self._bell = database.bell
        self._room = room
        self._settings = settings
        self._topology = topology
        self.leading = Event()

    def run(self, stop: Event) -> None:
        failures = 0
        while not stop.is_set():
            began = monotonic()
            try:
                self._lead_or_stand_by(stop)
            except TopologyMismatch as mismatch:
                log.critical("topology_mismatch", queue=mismatch.name, said=mismatch.said)
                failures = len(self._settings.reconnect_delays)
            except (SQLAlchemyError, *LOST) as error:
                failures = 1 if monotonic() - began > self._settings.heartbeat else failures + 1
                log.warning("relay_interrupted", room=self._room, error=f"{type(error).__name__}: {error}")
            except Exception:  # whatever it is: a relay that ended in silence would be worse than one that tries again
                failures = len(self._settings.reconnect_delays)
                log.exception("relay_failed", room=self._room)
            finally:
                self.leading.clear()
            delays = self._settings.reconnect_delays
            stop.wait(delays[min(failures, len(delays)) - 1] if failures else 0)

    def _lead_or_stand_by(self, stop: Event) -> None:
        with self._engine.connect() as session, _leadership(session, self._room) as leads:
            if not leads:
                stop.wait(self._settings.relay_standby_poll)
                return
            with connected(self._settings, f"tukivayla relay {self._room}") as connection:
                sender = Sender(connection, self._settings, self._topology)
                self.leading.set()
                log.info("relay_leads", room=self._room)
                self._carry(session, sender, stop)

    def _carry(self, session: Connection, sender: Sender, stop: Event) -> None:
        delays, refusals = self._settings.reconnect_delays, 0
        found_unsent = self._left_by_the_dead(session)
        idle = self._settings.relay_gather
        while not stop.is_set():
            self._bell.clear()
            batch = _unsent(session, self._room, self._settings.relay_batch, found_unsent)
            if batch and self._send(session, sender, batch):
                stop.wait(delays[min(refusals, len(delays) - 1)])
                refusals += 1
                continue
            refusals = 0
            if len(batch) < self._settings.relay_batch:
                idle = self._next_idle(idle, busy=bool(batch))
                sender.keep_alive()
                if self._bell.wait(idle):
                    stop.wait(self._settings.relay_gather)  # what comes together travels together

    def _left_by_the_dead(self, session: Connection) -> int:
        """The last announcement that may have been in hand when this process last died, by its outbox id."""
        return _last_unsent(session, self._room) if self._settings.in_memory else 0

    def _next_idle(self, idle: float, *, busy: bool) -> float:
        if self._settings.in_memory:
            return IDLE_IN_MEMORY  # nobody else announces: the bell tells, and looking is only for the end
        return self._settings.relay_gather if busy else min(idle * 2, self._settings.relay_idle_poll)

    def _send(self, session: Connection, sender: Sender, batch: Sequence[Announcement]) -> int:
        """How many the broker would not take; those stay unsent."""
        UNSENT_SECONDS.labels(self._room).set(batch[0].seconds_old)
        with RELAY_BATCH_SECONDS.labels(self._room).time():
            outcome = sender.send(batch)
        if outcome.confirmed:
            _mark_sent(session, self._room, outcome.confirmed)
            RELAYED.labels(self._room).inc(len(outcome.confirmed))
        if outcome.refused:
            message_id, why = next(iter(outcome.refused.items()))
            count = len(outcome.refused)
            log.error("announcements_refused", room=self._room, count=count, first=message_id, why=why)
            RELAY_REFUSED.labels(self._room).inc(count)
        return len(outcome.refused)


@dataclass(slots=True)
class Outcome:
    """`confirmed` are outbox ids, `refused` maps message ids to what the broker said."""

    confirmed: list[int] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


class Sender:
    """Publishes batches over one channel and collects the broker's confirms."""

    def __init__(self, connection: Any, settings: BusSettings, topology: Topology) -> None:
        self._connection = connection
        self._settings = settings
        self._channel = connection.channel()
        topology.declare_facts(self._channel)
        self._channel.confirm_select()
        self._channel.events["basic_ack"].add(self._on_ack)
        self._channel.events["basic_nack"].add(self._on_nack)
        self._channel.events["basic_return"].add(self._on_return)
        self._tags = count(1)
        self._outstanding: dict[int, Announcement] = {}
        self._outcome = Outcome()

    def send(self, batch: Sequence[Announcement]) -> Outcome:
        """Raises one of LOST; TimeoutError when a confirm does not come in time."""
        self._outcome = Outcome()
        for announcement in batch:
            self._outstanding[next(self._tags)] = announcement
            publish(
                self._channel,
                announcement.body,
                exchange=FACTS,
                routing_key=announcement.routing_key,
                mandatory=True,
                delivery_mode=PERSISTENT,
                headers={AGAIN: True} if announcement.again else None,
                message_id=announcement.message_id,
            )
        deadline = monotonic() + self._settings.confirm_seconds
        while self._outstanding:
            self._connection.drain_events(timeout=max(0.001, deadline - monotonic()))
        return self._outcome

    def keep_alive(self) -> None:
        """Hear what the broker has to say meanwhile, and show that we live."""
        if self._settings.in_memory:
            return
        with suppress(TimeoutError):  # nothing to hear is the usual case
            self._connection.drain_events(timeout=0.001)
        self._connection.heartbeat_check()

    def _on_ack(self, tag: int, multiple: bool) -> None:
        for announcement in self._settled(tag, multiple=multiple):
            # An unroutable message is returned first and then confirmed all the same.
            if announcement.message_id not in self._outcome.refused:
                self._outcome.confirmed.append(announcement.id)

    def _on_nack(self, tag: int, multiple: bool) -> None:
        for announcement in self._settled(tag, multiple=multiple):
            self._outcome.refused[announcement.message_id] = "the broker could not keep it"

    def _on_return(self, error: Exception, _exchange: str, _routing_key: str, message: Any) -> None:
        self._outcome.refused[message.properties["message_id"]] = f"no queue hears it: {error}"

    def _settled(self, tag: int, *, multiple: bool) -> Iterator[Announcement]:
        tags = [earlier for earlier in self._outstanding if earlier <= tag] if multiple else [tag]
        for settled in tags:
            if announcement := self._outstanding.pop(settled, None):
                yield announcement


def send_again(database: Database, room: str, since: datetime) -> int:
    """Have everything sent since then sent once more, and say how much that is.

    For a broker that has lost what it confirmed. Consumers skip what they have; it takes time, and nothing else.
    """
    with database.transaction() as session:
        statement = text(f"UPDATE {room}.outbox SET sent_at = NULL WHERE sent_at >= :since RETURNING 1")
        return len(session.execute(statement, {"since": since}).all())


@contextmanager
def _leadership(session: Connection, room: str) -> Iterator[bool]:
    lock = {"lock": int.from_bytes(blake2b(f"relay {room}".encode(), digest_size=8).digest(), signed=True)}
    leads = bool(session.execute(text("SELECT pg_try_advisory_lock(:lock)"), lock).scalar_one())
    session.commit()
    try:
        yield leads
    finally:
        # A pooled session lives on, and would lead without knowing.
        if leads:
            _let_go(session, lock)


def _let_go(session: Connection, lock: dict[str, int]) -> None:
    try:
        session.rollback()
        session.execute(text("SELECT pg_advisory_unlock(:lock)"), lock)
        session.commit()
    except SQLAlchemyError:
        session.invalidate()


def _unsent(session: Connection, room: str, most: int, again_until: int) -> list[Announcement]:
    found = session.execute(_reading(room), {"most": most}).all()
    session.commit()
    return [
        Announcement(
            id=row.id,
            message_id=row.message_id,
            routing_key=row.routing_key,
            body=row.body.encode(),
            seconds_old=row.seconds_old,
            again=row.id <= again_until,
        )
        for row in found
    ]


def _last_unsent(session: Connection, room: str) -> int:
    last = session.execute(text(f"SELECT coalesce(max(id), 0) FROM {room}.outbox WHERE sent_at IS NULL")).scalar_one()
    session.commit()
    return int(last)


def _mark_sent(session: Connection, room: str, ids: Sequence[int]) -> None:
    session.execute(_marking(room), {"ids": list(ids)})
    session.commit()


@cache
def _reading(room: str) -> TextClause:
    return text(
        "SELECT id, message_id, routing_key, body::text AS body, "
        "extract(epoch FROM clock_timestamp() - created_at)::float AS seconds_old "
        f"FROM {room}.outbox WHERE sent_at IS NULL ORDER BY id LIMIT :most"
    )


@cache
def _marking(room: str) -> TextClause:
    return text(f"UPDATE {room}.outbox SET sent_at = now() WHERE id = ANY(:ids)")
