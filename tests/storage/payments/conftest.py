from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from services.payments.storage import PaymentsWork
from shared.asker import Asker
from shared.storage.database import Database
from tests.support.payments_builders import NOON
from tests.support.payments_fakes import Desk
from tests.support.payments_journeys import Journey
from tests.support.room_databases import empty, room_engine


@pytest.fixture(scope="session")
def payments_engine() -> Iterator[Engine]:
    with room_engine("payments", size=16) as engine:
        yield engine


@pytest.fixture
def room_database(payments_engine: Engine) -> Iterator[Database]:
    yield Database(payments_engine, demo=True)
    empty(payments_engine, "payments")


@pytest.fixture
def stored_journey(room_database: Database) -> Journey:
    """Claims in PostgreSQL."""
    return Journey(works_of(room_database))


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def journey(request: pytest.FixtureRequest) -> Any:
    """The same journey on the fake and on PostgreSQL."""
    return Journey(Desk().work) if request.param == "memory" else request.getfixturevalue("stored_journey")


def works_of(database: Database) -> Callable[..., Any]:
    @contextmanager
    def open_work(asker: Asker, now: datetime = NOON) -> Iterator[PaymentsWork]:
        with database.work(PaymentsWork, replace(asker, at=now)) as work:
            yield work

    return open_work
