"""Every room's service class, by name; and a room's desk opened without a bus, for the command line."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from threading import Event
from typing import Any

from nameko import config

from shared.contracts import ROOMS
from shared.messaging.office import OpenOffice
from shared.messaging.runner import Runner
from shared.storage.database import Database, connect
from tukivayla.settings import Settings


def service_class(room: str) -> type[Any]:
    """The nameko class of a room: `services.payments.service.PaymentsService`."""
    module = importlib.import_module(f"services.{room}.service")
    found: type[Any] = getattr(module, f"{room.capitalize()}Service")
    return found


def database(settings: Settings, room: str) -> Database:
    return Database(connect(settings.database_urls[room], size=settings.pool_size), demo=settings.demo)


def databases(settings: Settings) -> dict[str, Database]:
    return {room: database(settings, room) for room in ROOMS}


def runner(
    settings: Settings, rooms: Sequence[str], own: Mapping[str, Database], closing: Event | None = None
) -> Runner:
    """A runner of these rooms, each with its database and the places its settings name."""
    made = Runner([service_class(room) for room in rooms], own, settings.bus, closing=closing)
    config.update(
        {
            "BLOB_DIR": str(settings.blob_dir),
            "SERVICE_ADDRESS": settings.service_address,
            "CLAMD_ADDRESS": settings.clamd_address,
        }
    )
    return made


def opened(settings: Settings, room: str) -> Any:
    """The room's service with its office, outside any container: what the CLI replays parked messages with."""
    service = service_class(room)()
    work_kind = service_class(room).office.work_kind
    service.office = OpenOffice(database(settings, room), work_kind, settings.bus)
    return service
