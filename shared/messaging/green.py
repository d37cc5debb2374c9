"""Making one process cooperate: eventlet's patches, psycopg2's wait, and a proof that they work.

Only processes that run nameko containers call this, before anything else is imported.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine

SLEEP_SECONDS = 0.1


class DoesNotCooperate(RuntimeError):
    """A wait for the database stopped every greenlet: one slow statement would stop the process."""


def go_green() -> None:
    """Patch the standard library and psycopg2 so that whoever waits lets the others run."""
    # eventlet's own resolver has broken name resolution more than once; the system's is good enough.
    os.environ["EVENTLET_NO_GREENDNS"] = "yes"
    import eventlet

    eventlet.monkey_patch()
    from psycopg2 import extensions

    extensions.set_wait_callback(_wait_greenly)


def prove_it(engine: Engine) -> None:
    """Raises DoesNotCooperate unless a greenlet goes on while another waits for the database."""
    import eventlet

    turns = 0

    def take_turns() -> None:
        nonlocal turns
        while True:
            turns += 1
            eventlet.sleep(0.01)

    other = eventlet.spawn(take_turns)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"SELECT pg_sleep({SLEEP_SECONDS})")
    finally:
        other.kill()
    if turns == 0:
        raise DoesNotCooperate


def _wait_greenly(connection: object, timeout: float | None = None) -> None:
    from eventlet.hubs import trampoline
    from psycopg2 import OperationalError, extensions

    while True:
        state = connection.poll()  # type: ignore[attr-defined]
        if state == extensions.POLL_OK:
            return
        if state == extensions.POLL_READ:
            trampoline(connection.fileno(), read=True)  # type: ignore[attr-defined]
        elif state == extensions.POLL_WRITE:
            trampoline(connection.fileno(), write=True)  # type: ignore[attr-defined]
        else:
            raise OperationalError(f"unexpected state of a connection: {state}")
