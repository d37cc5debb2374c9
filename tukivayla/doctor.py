"""What is wrong with a set-up, and the mend: settings, database, broker, clock, disk."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from services.documents.scanning.clamd import Clamd
from shared.asker import Asker, Role
from shared.contracts import ROOMS
from shared.contracts.health import operation as health_of
from shared.dates import helsinki_day
from shared.errors import DomainError
from shared.messaging.client import Client
from shared.messaging.connections import LOST, connected
from shared.messaging.topology import HOUSE, TopologyMismatch, declare_requests
from shared.messaging.wire import ServiceAway, ServiceFault
from shared.storage.migrations import pending
from tukivayla.places import LEAST_FREE_BYTES, CannotStart, Places
from tukivayla.settings import Settings, WrongSettings, from_environment
from tukivayla.tables import ending

SKEW_SECONDS_MOST = 2.0
FAULTS = (ServiceAway, ServiceFault, DomainError, SQLAlchemyError, *LOST)


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    well: bool
    found: str
    mend: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def examine() -> Iterator[Finding]:
    """Every finding, the well ones too. Never raises for what it looks at."""
    yield _python()
    yield _tables()
    if not (os.environ.get("DATABASE_URL") or os.environ.get("AMQP_URL")):
        yield from _embedded()
        return
    try:
        settings = from_environment()
    except WrongSettings as faults:
        yield Finding("settings", False, str(faults), "Set them in the environment; docs/deploy.md lists them all.")
        return
    yield Finding("settings", True, "complete")
    for room in ROOMS:
        yield _database(room, settings)
    yield _clock(settings)
    yield _broker(settings)
    yield _disk("blob directory", settings.blob_dir)
    yield _disk("trail directory", settings.trail_dir)
    yield _scanner(settings)


def does_its_work(service: str, settings: Settings) -> str | None:
    """None when SERVICE does its work; else what is wrong."""
    checks: dict[str, Callable[[Settings], str | None]] = {"gateway": _gateway_fault, "relay": _relay_fault}
    return checks[service](settings) if service in checks else _room_fault(service, settings)


def engine_of(url: str) -> Engine:
    return create_engine(url.replace("postgresql://", "postgresql+psycopg2://", 1))


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding(
        "python", sys.version_info >= (3, 11), version, "" if sys.version_info >= (3, 11) else "Use 3.11 to 3.13."
    )


def _tables() -> Finding:
    """Nothing is broken by a table of the law that ends, but whoever runs the house has to hear of it in time."""
    today = helsinki_day(datetime.now(UTC))
    found = ending(today)
    if not found:
        return Finding("tables of the law", True, "none ends soon")
    told = ", ".join(f"{one.name} ({one.last})" for one in found)
    return Finding("tables of the law", True, f"ended or ending: {told}", "Run: tukivayla tables")


def _embedded() -> Iterator[Finding]:
    places = Places.from_environment()
    yield Finding("settings", True, f"embedded run, data in {places.var}")
    try:
        places.prepare()
    except CannotStart as refusal:
        yield Finding("disk", False, str(refusal), "Then start again.")
        return
    yield _disk("disk", places.var)


def _scanner(settings: Settings) -> Finding:
    """No scanner is a choice, and said; one that does not answer is a fault."""
    if not settings.clamd_address:
        return Finding("virus scanner", True, "none (CLAMD_ADDRESS is not set): files are marked unscanned")
    answers = Clamd.at(settings.clamd_address).ping()
    said = f"clamd at {settings.clamd_address} {'answers' if answers else 'does not answer'}"
    return Finding("virus scanner", answers, said, "" if answers else "Start clamd, or mend CLAMD_ADDRESS.")


def _database(room: str, settings: Settings) -> Finding:
    what = f"database of {room}"
    engine = engine_of(settings.database_urls[room])
    try:
        with engine.connect() as connection:
            version = connection.execute(text("SHOW server_version")).scalar()
            behind = pending(room, connection)
    except SQLAlchemyError as error:
        said = str(getattr(error, "orig", error)).strip().splitlines()[0]
        return Finding(what, False, said, "Start PostgreSQL, or mend DATABASE_URL (host, user, password).")
    finally:
        engine.dispose()
    if int(str(version).split(".")[0]) < 15:
        return Finding(what, False, f"PostgreSQL {version}", "Version 15 or later is needed.")
    if behind:
        return Finding(what, False, "its schema is behind", "Run: tukivayla migrate")
    return Finding(what, True, f"PostgreSQL {version}, schema up to date")


def _clock(settings: Settings) -> Finding:
    """This machine's clock against the database's: decisions and deadlines are dated by both."""
    engine = engine_of(settings.database_urls[ROOMS[0]])
    try:
        with engine.connect() as connection:
            theirs = float(connection.execute(text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one())
    except SQLAlchemyError:
        return Finding("clock", False, "the database could not be asked", "Mend the database first.")
    finally:
        engine.dispose()
    skew = abs(time.time() - theirs)
    mend = "" if skew <= SKEW_SECONDS_MOST else "Synchronise both clocks (NTP): deadlines are counted by the second."
    return Finding("clock", not mend, f"{skew:.1f} s apart from the database's", mend)


def _broker(settings: Settings) -> Finding:
    host = urlsplit(settings.bus.url.split(";")[0]).hostname
    try:
        with connected(settings.bus, "tukivayla doctor") as connection:
            channel = connection.channel()
            HOUSE.declare_facts(channel)
            for room in ROOMS:
                declare_requests(channel, room)
    except TopologyMismatch as mismatch:
        return Finding("broker", False, str(mismatch), f"Stop the rooms, empty and delete the queue {mismatch.name}.")
    except LOST as error:
        return Finding("broker", False, f"{host}: {type(error).__name__}", "Start RabbitMQ, or mend AMQP_URL.")
    return Finding("broker", True, f"{host} answers, its queues are ours")


def _disk(what: str, place: Path) -> Finding:
    if not place.is_dir() or not os.access(place, os.W_OK):
        return Finding(what, False, f"{place} cannot be written", "Make the directory, owned by whoever runs this.")
    free = shutil.disk_usage(place).free
    mend = "" if free >= LEAST_FREE_BYTES else f"Free at least {LEAST_FREE_BYTES // 1_000_000} MB."
    return Finding(what, not mend, f"{free // 1_000_000} MB free in {place}", mend)


def _room_fault(room: str, settings: Settings) -> str | None:
    asker = Asker(person="health", role=Role.SYSTEM)
    client = Client(settings.bus, name="tukivayla health")
    try:
        client.ask(health_of(room), asker)
    except FAULTS as error:
        return f"{room}: {type(error).__name__} {error}"
    finally:
        client.close()
    return None


def _relay_fault(settings: Settings) -> str | None:
    """The relay does its work when no announcement waits longer than a minute."""
    for room in ROOMS:
        overdue = (
            f"SELECT count(*) FROM {room}.outbox WHERE sent_at IS NULL AND created_at < now() - interval '1 minute'"
        )
        engine = engine_of(settings.database_urls[room])
        try:
            with engine.connect() as connection:
                if stuck := connection.execute(text(overdue)).scalar():
                    return f"relay: {stuck} announcements of {room} wait for over a minute"
        except SQLAlchemyError as error:
            return f"relay: {room}: {type(error).__name__}"
        finally:
            engine.dispose()
    return None


def _gateway_fault(settings: Settings) -> str | None:
    address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/health/live"
    host = urlsplit(os.environ.get("PUBLIC_URL", "http://127.0.0.1")).netloc
    try:
        answered = requests.get(address, headers={"Host": host}, timeout=5)
    except requests.RequestException as error:
        return f"gateway: {type(error).__name__}"
    return None if answered.ok else f"gateway: {answered.text[:300]}"
