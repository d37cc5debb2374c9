"""How a room's part of the bus is, in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.telemetry import seconds_since_settled


def of_room(session: Session, room: str) -> Mapping[str, Any]:
    """The fields of `shared.contracts.health.RoomHealth`."""
    figures = session.execute(
        text(
            f"""
            SELECT outbox.unsent, outbox.unsent_seconds, inbox.waiting, inbox.parked
            FROM (
                SELECT count(*) AS unsent,
                       coalesce(extract(epoch FROM now() - min(created_at)), 0)::int AS unsent_seconds
                FROM {room}.outbox WHERE sent_at IS NULL
            ) AS outbox,
            (
                SELECT count(*) FILTER (WHERE state = 'waiting') AS waiting,
                       count(*) FILTER (WHERE state = 'parked') AS parked
                FROM {room}.inbox WHERE state <> 'applied'
            ) AS inbox
            """
        )
    ).one()
    return {"room": room, "settled_seconds": seconds_since_settled(room), **figures._mapping}
