from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from shared.storage.database import Database
from tests.support.monitoring_builders import NOW
from tests.support.room_databases import empty, room_engine


@pytest.fixture(scope="session")
def monitoring_engine() -> Iterator[Engine]:
    with room_engine("monitoring") as engine:
        yield engine


@pytest.fixture
def room_database(monitoring_engine: Engine) -> Iterator[Database]:
    yield Database(monitoring_engine, clock=lambda: NOW)
    empty(monitoring_engine, "monitoring")
