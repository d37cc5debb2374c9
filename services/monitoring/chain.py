"""Reading the trail and its signed heads from PostgreSQL."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import Row as SqlRow
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.monitoring.domain.checkpoints import Checkpoint
from services.monitoring.domain.trail import Entry, Head
from services.monitoring.tables import CHECKPOINTS, TRAIL


def entries_after(session: Session, position: int, *, most: int) -> list[Entry]:
    """The next entries of the trail, at most so many."""
    following = select(TRAIL).where(TRAIL.c.position > position).order_by(TRAIL.c.position).limit(most)
    return [entry_of(row) for row in session.execute(following)]


def entry_of(row: SqlRow[Any]) -> Entry:
    values = dict(row._mapping)
    return Entry(**{**values, "previous": bytes(values["previous"]), "hash": bytes(values["hash"])})


def trail_head(session: Session) -> Head:
    last = select(TRAIL.c.position, TRAIL.c.hash).order_by(TRAIL.c.position.desc()).limit(1)
    found = session.execute(last).first()
    return Head(position=found.position, hash=bytes(found.hash)) if found else Head()


def checkpoints(session: Session) -> list[Checkpoint]:
    rows = session.execute(select(CHECKPOINTS).order_by(CHECKPOINTS.c.position))
    return [
        Checkpoint(position=row.position, hash=bytes(row.hash), at=row.at, signature=bytes(row.signature))
        for row in rows
    ]


def add_checkpoint(session: Session, checkpoint: Checkpoint) -> None:
    session.execute(insert(CHECKPOINTS).values(asdict(checkpoint)).on_conflict_do_nothing())
