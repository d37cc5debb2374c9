"""What a database error means: run it again, wait for the database, or a mistake of ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

T = TypeVar("T")

ATTEMPTS = 5
SERIALIZATION_FAILURE = "40001"
DEADLOCK_DETECTED = "40P01"
RUN_AGAIN = frozenset({SERIALIZATION_FAILURE, DEADLOCK_DETECTED})
# Connection exceptions, shutting down, starting up, read-only after a failover, out of connections or disk.
AWAY_CLASSES = ("08", "53", "57P")
READ_ONLY_TRANSACTION = "25006"


class DatabaseAway(Exception):
    """The database cannot work now; what was tried has not been done, or it cannot be known."""


def is_to_be_run_again(error: BaseException) -> bool:
    return _state(error) in RUN_AGAIN


def is_database_away(error: BaseException) -> bool:
    if isinstance(error, DatabaseAway | PoolTimeout):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = _state(error)
    if state:
        return state.startswith(AWAY_CLASSES)
    return error.connection_invalidated or type(error).__name__ in ("OperationalError", "InterfaceError")


def run_again_when_disturbed(attempt: Callable[[], T]) -> T:
    """Run `attempt`, a whole transaction, again after a serialization failure or a deadlock; four times at most."""
    for _ in range(ATTEMPTS - 1):
        try:
            return attempt()
        except DBAPIError as error:
            if not is_to_be_run_again(error):
                raise
    return attempt()


def _state(error: BaseException) -> str:
    original = getattr(error, "orig", None)
    return getattr(original, "pgcode", None) or ""
