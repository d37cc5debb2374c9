"""Parked messages for the command line: straight at each room's inbox, with or without the room running."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from shared.contracts import ROOMS
from shared.messaging import parking
from tukivayla.rooms import database, opened
from tukivayla.settings import Settings

PAGE = 200


def everything_parked(settings: Settings) -> Iterator[dict[str, Any]]:
    for room in ROOMS:
        page, seen, total = 1, 0, 1
        while seen < total:
            with Session(database(settings, room).engine) as session:
                found = parking.list_parked(session, room, page=page, size=PAGE, sort="")
            yield from found["items"]
            page, seen, total = page + 1, seen + PAGE, found["total"]


def whole(settings: Settings, room: str, message_id: str) -> dict[str, Any]:
    """Raises NotFound when no such message is parked there."""
    with Session(database(settings, room).engine) as session:
        return dict(parking.show_parked(session, room, message_id))


def replay(settings: Settings, room: str, message_id: str) -> dict[str, Any]:
    return dict(parking.replay(opened(settings, room).inbox, message_id, by=who()))


def discard(settings: Settings, room: str, message_id: str, reason: str) -> dict[str, Any]:
    return dict(parking.discard(opened(settings, room).inbox, message_id, by=who(), reason=reason))


def who() -> str:
    return f"cli:{getpass.getuser()}"
