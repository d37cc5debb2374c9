from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from shared.storage.database import Database
from tests.support.documents_builders import NOW
from tests.support.room_databases import empty, room_engine


@pytest.fixture(scope="session")
def documents_engine() -> Iterator[Engine]:
    with room_engine("documents") as engine:
        yield engine


@pytest.fixture
def room_database(documents_engine: Engine) -> Iterator[Database]:
    yield Database(documents_engine, clock=lambda: NOW)
    empty(documents_engine, "documents")
