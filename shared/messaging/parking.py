"""Parked facts: what operators see and may do. Every act is logged, and kept in the fact's own row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.errors import Conflict, NotFound
from shared.messaging.inbox import Inbox
from shared.messaging.inbox_table import InboxTable, Row
from shared.storage.failures import is_database_away

log = structlog.get_logger(__name__)

SORTS = {
    "": "settled_at DESC",
    "parked_at": "settled_at",
    "-parked_at": "settled_at DESC",
    "received_at": "received_at",
    "-received_at": "received_at DESC",
    "type": "type, settled_at",
    "-type": "type DESC, settled_at",
}


class NotParked(Conflict):
    """The fact is no longer parked; `status` says what it is."""

    code = "not_parked"


class CannotBeReplayed(Conflict):
    """What came is no fact at all: there is nothing to run, only to discard."""

    code = "cannot_be_replayed"


def list_parked(session: Session, room: str, *, page: int = 1, size: int = 50, sort: str = "") -> Mapping[str, Any]:
    """The fields of `shared.contracts.parking.ParkedMessages`."""
    order = SORTS.get(sort, SORTS[""])
    found = session.execute(
        text(f"{_parked(room)} ORDER BY {order}, message_id LIMIT :size OFFSET :skip"),
        {"room": room, "size": size, "skip": (page - 1) * size},
    )
    total = session.execute(text(f"SELECT count(*) FROM {room}.inbox WHERE state = 'parked'")).scalar_one()
    return {"items": [dict(row._mapping) for row in found], "total": total}


def show_parked(session: Session, room: str, message_id: str) -> Mapping[str, Any]:
    """The fields of `shared.contracts.parking.ParkedMessageWhole`. Raises NotFound."""
    found = session.execute(
        text(f"{_parked(room)} AND message_id = :message_id"), {"room": room, "message_id": message_id}
    ).one_or_none()
    if found is None:
        raise NotFound(message_id=message_id)
    return dict(found._mapping)


def replay(inbox: Inbox, message_id: str, *, by: str) -> Mapping[str, str]:
    """Run the fact's handler again now, and after it those that wait behind it.

    A fact parked for a gap runs without the ones that never came; should they come later, they are
    parked as overtaken. Gives its fate: applied, or waiting or parked once more.
    Raises NotFound, NotParked, CannotBeReplayed.
    """
    with inbox.rows() as rows:
        row = _parked_row(rows, message_id)
        if not row.subject:
            raise CannotBeReplayed(message_id=message_id)
        if row.reason == "gap" and rows.is_head(row):
            rows.move(row.subject, row.sequence - 1)
        note = f"replayed by {by}; before: {row.reason}: {row.detail}"
        # Its attempts start again, as what made it fail may have been mended.
        rows.mark_waiting(message_id, "replayed", note, 0, 0.0)
    log.info("fact_replayed", room=inbox.room, message_id=message_id, by=by, reason=row.reason)
    return _settled(inbox, row)


def discard(inbox: Inbox, message_id: str, *, by: str, reason: str) -> Mapping[str, str]:
    """Let the fact never take effect here, and those behind it go on. Raises NotFound, NotParked."""
    with inbox.rows() as rows:
        row = _parked_row(rows, message_id)
        note = f"discarded by {by}: {reason}; before: {row.reason}: {row.detail}"
        rows.mark_settled(message_id, "discarded", row.reason, note, row.attempts)
    log.warning("fact_discarded", room=inbox.room, message_id=message_id, by=by, reason=row.reason)
    return _settled(inbox, row)


def _settled(inbox: Inbox, row: Row) -> Mapping[str, str]:
    if row.subject:
        try:
            inbox.settle(row.subject)
        except Exception as error:  # the act itself is kept; those behind go on by themselves later
            if not is_database_away(error):
                raise
            log.warning("settling_put_off", room=inbox.room, message_id=row.message_id)
    with inbox.rows() as rows:
        now = rows.one(row.message_id)
    return {"message_id": row.message_id, "status": now.state if now else "applied"}


def _parked_row(rows: InboxTable, message_id: str) -> Row:
    """The row, its aggregate locked."""
    row = rows.one(message_id)
    if row is None:
        raise NotFound(message_id=message_id)
    if row.subject:
        rows.lock([row.subject])
        row = rows.one(message_id)
    if row is None or row.state != "parked":
        raise NotParked(message_id=message_id, status=row.state if row else "")
    return row


def _parked(room: str) -> str:
    return f"""
        SELECT :room AS room, message_id, type, version, substr(subject, strpos(subject, ':') + 1) AS subject,
               sequence, coalesce(reason, '') AS reason, coalesce(detail, '') AS detail, attempts, received_at,
               settled_at AS parked_at, body, (
                   SELECT count(*) FROM {room}.inbox AS later
                   WHERE later.subject = parked.subject AND later.sequence > parked.sequence
                     AND later.state = 'waiting' AND parked.subject <> ''
               ) AS waits_behind
        FROM {room}.inbox AS parked WHERE state = 'parked'"""
