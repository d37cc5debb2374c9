"""A room's regular work, one replica at a time."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING
from uuid import uuid4

import structlog
from eventlet import Timeout
from sqlalchemy import text

from shared.asker import the_house
from shared.messaging.handlers import Regularly
from shared.messaging.wire import ServiceAway
from shared.storage.failures import is_database_away

if TYPE_CHECKING:
    from shared.messaging.room_service import RoomService

log = structlog.get_logger(__name__)


def make_round(service: RoomService, method_name: str) -> None:
    """Run the method unless another replica is at it; a failure is logged and the next round comes as usual."""
    try:
        _in_turn(service, method_name)
    except (Exception, Timeout) as error:  # the next round tries again; the room goes on with its other work
        if is_database_away(error) or isinstance(error, ServiceAway):
            log.warning("round_put_off", room=service.name, round=method_name, error=type(error).__name__)
        else:
            log.exception("round_failed", room=service.name, round=method_name)


def _in_turn(service: RoomService, method_name: str) -> None:
    method = getattr(service, method_name)
    mark: Regularly = method.mark
    asker = the_house(correlation_id=f"{service.name}.{method_name}.{uuid4().hex[:8]}")
    with service.office.work(asker) as work:
        taken = text("SELECT pg_try_advisory_xact_lock(:lock)")
        if not work.session.execute(taken, {"lock": _lock(service.name, method_name)}).scalar_one():
            return
        if mark.transaction:
            method(work)
        else:
            # The transaction stays open behind it only to hold the lock.
            work.session.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            method(asker)


def _lock(room: str, method_name: str) -> int:
    return int.from_bytes(blake2b(f"{room}.{method_name}".encode(), digest_size=8).digest(), signed=True)
