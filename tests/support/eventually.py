"""Waiting for what must come true, up to a deadline, without sleeping longer than needed."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Engine, text

T = TypeVar("T")


def eventually(look: Callable[[], T], *, within: float = 15.0, every: float = 0.02) -> T:
    """What `look` gives as soon as it is true; fails with the last thing seen when the deadline passes."""
    deadline = time.monotonic() + within
    while not (seen := look()):
        assert time.monotonic() < deadline, f"not so within {within} s; last seen: {seen!r}"
        time.sleep(every)
    return seen


def somebody_waits(engine: Engine) -> bool:
    """Whether a transaction of this database waits for another's lock."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with engine.connect() as connection:
        return bool(connection.execute(text(waiting)).scalar_one())
