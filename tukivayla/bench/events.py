"""Events a second from their commit to the commit of every room that hears them."""

from __future__ import annotations

import contextlib
import json
import time
import uuid
from datetime import UTC, datetime
from typing import Any

from psycopg2.extras import execute_values

from shared.contracts.applications import CASE_TAKEN
from shared.messaging.envelope import Envelope
from shared.messaging.topology import HOUSE
from tukivayla.bench.raw import delivery_seconds, rows_seconds
from tukivayla.bench.report import Report
from tukivayla.bench.stand import Stand
from tukivayla.demo.people import eventually

EVENTS = 3000
AGGREGATES = 300


def measure_events(stand: Stand, report: Report) -> None:
    listeners = [room for room, heard in HOUSE.hears.items() if CASE_TAKEN.room in heard]
    before = stand.writes_so_far()
    ids = announce(stand)
    began = time.monotonic()
    eventually(lambda: heard_by_all(stand, ids, listeners), seconds=120, what="every room to hear")
    elapsed = time.monotonic() - began
    writes = stand.writes_so_far() - before
    rows = EVENTS * len(listeners)
    raw = rows_seconds(stand, rows, writes)
    raw += delivery_seconds(stand, EVENTS, len(listeners)) if stand.broker_url else 0.0
    report.say(f"  {EVENTS} events, heard by {len(listeners)} rooms, in {writes} writing transactions")
    report.say(
        "  raw: bare drivers deliver the same messages to as many queues and write a row for each, as many commits"
    )
    report.add(
        "events, commit to every consumer's commit", EVENTS / elapsed, EVENTS / raw, unit="events", target="0.30"
    )


def announce(stand: Stand) -> list[str]:
    """Put events into the outbox of applications, all in one commit, as if so many cases had been acted on."""
    stamp = uuid.uuid4().hex[:8]
    rows = [_row(f"{CASE_TAKEN.subject}/B{stamp}-{n % AGGREGATES}", n // AGGREGATES + 1) for n in range(EVENTS)]
    with contextlib.closing(stand.connection()) as connection, connection.cursor() as cursor:
        # One statement, so one commit: nothing is heard before the clock is started.
        execute_values(
            cursor,
            "INSERT INTO applications.outbox (message_id, routing_key, body) VALUES %s",
            rows,
            page_size=len(rows),
        )
    return [str(row[0]) for row in rows]


def _row(subject: str, sequence: int) -> tuple[str, str, str]:
    envelope = Envelope(
        id=str(uuid.uuid4()),
        source="/applications",
        type=CASE_TAKEN.type,
        version=CASE_TAKEN.version,
        subject=subject,
        sequence=sequence,
        time=datetime.now(UTC),
        actor="bench",
        role="handler",
        authority="ITA",
        correlation_id="bench",
        causation_id="",
        data={"number": subject.partition("/")[2], "handler": "bench", "authority": "ITA"},
    )
    return envelope.id, CASE_TAKEN.routing_key, json.dumps(envelope.to_wire())


def heard_by_all(stand: Stand, ids: list[str], rooms: list[str]) -> bool:
    with contextlib.closing(stand.connection()) as connection, connection.cursor() as cursor:
        return all(_heard(cursor, room, ids) for room in rooms)


def _heard(cursor: Any, room: str, ids: list[str]) -> bool:
    cursor.execute(f"SELECT count(*) FROM {room}.inbox WHERE state = 'applied' AND message_id = ANY(%s)", (ids,))
    return int(cursor.fetchone()[0]) == len(ids)
