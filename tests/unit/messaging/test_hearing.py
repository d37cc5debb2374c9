"""Who hears whom: what the rooms' methods say and what the bus brings them agree."""

from __future__ import annotations

import importlib

import pytest

from shared.contracts import EVENTS, OPERATIONS, ROOMS
from shared.contracts.hearing import HEARS
from shared.messaging.room_service import RoomService


def service_of(room: str) -> type[RoomService]:
    module = importlib.import_module(f"services.{room}.service")
    found: type[RoomService] = getattr(module, f"{room.capitalize()}Service")
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_no_room_hears_more_than_reaches_it(room: str) -> None:
    assert service_of(room).ears.rooms <= set(HEARS[room])


@pytest.mark.parametrize("room", ROOMS)
def test_nothing_is_brought_to_a_room_that_has_no_ear_for_it(room: str) -> None:
    assert set(HEARS[room]) == service_of(room).ears.rooms


@pytest.mark.parametrize("room", ROOMS)
def test_every_operation_of_a_room_has_its_desk(room: str) -> None:
    promised = {address for address, operation in OPERATIONS.items() if operation.room == room}
    assert promised <= service_of(room).desks.keys()


def test_every_room_that_announces_is_heard_by_someone() -> None:
    heard = {source for sources in HEARS.values() for source in sources}
    assert {event.room for event in EVENTS.values()} <= heard
