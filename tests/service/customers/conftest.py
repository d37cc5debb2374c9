from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.support.customers_rooms import House, a_house
from tests.support.room_databases import empty, room_engine


@pytest.fixture(scope="session")
def companies_engine() -> Iterator[Engine]:
    with room_engine("customers", suite="companies") as made:
        yield made


@pytest.fixture
def house(companies_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with a_house(companies_engine, monkeypatch) as made:
        yield made
    empty(companies_engine, "customers")
