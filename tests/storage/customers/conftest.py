from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from shared.storage.database import Database
from tests.support.customers_builders import NOW
from tests.support.room_databases import empty, room_engine


@pytest.fixture(scope="session")
def customers_engine() -> Iterator[Engine]:
    with room_engine("customers") as engine:
        yield engine


@pytest.fixture
def room_database(customers_engine: Engine) -> Iterator[Database]:
    yield Database(customers_engine, clock=lambda: NOW)
    empty(customers_engine, "customers")
