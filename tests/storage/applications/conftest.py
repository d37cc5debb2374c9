from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from services.applications.storage import ApplicationsWork
from shared.asker import Asker
from shared.storage.database import Database
from tests.support.applications_builders import NOON
from tests.support.applications_fakes import Desk
from tests.support.applications_journeys import Journey
from tests.support.room_databases import empty, room_engine


@pytest.fixture(scope="session")
def applications_engine() -> Iterator[Engine]:
    with room_engine("applications", size=24) as engine:
        yield engine


@pytest.fixture
def room_database(applications_engine: Engine) -> Iterator[Database]:
    yield Database(applications_engine, demo=True)
    empty(applications_engine, "applications")


@pytest.fixture
def stored_journey(room_database: Database) -> Journey:
    """Cases in PostgreSQL."""
    return Journey(works_of(room_database))


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def journey(request: pytest.FixtureRequest) -> Any:
    """The same journey on the fake and on PostgreSQL."""
    return Journey(Desk().work) if request.param == "memory" else request.getfixturevalue("stored_journey")


def works_of(database: Database) -> Callable[..., Any]:
    @contextmanager
    def open_work(asker: Asker, now: datetime = NOON) -> Iterator[ApplicationsWork]:
        with database.work(ApplicationsWork, replace(asker, at=now)) as work:
            yield work

    return open_work
