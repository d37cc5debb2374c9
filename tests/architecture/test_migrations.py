"""A room's migrations end at its models: what is deployed is what is tested."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, create_engine, text

from shared.contracts import ROOMS
from shared.storage.migrations import LaterData, pending, upgrade
from tests.support.databases import fresh_database

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def empty_database():
    with fresh_database("migrations") as url:
        yield url


@pytest.mark.parametrize("room", ROOMS)
def test_migrations_end_at_the_models(room, empty_database):
    upgrade(room, empty_database)
    metadata = models_of(room)
    engine = create_engine(empty_database.replace("postgresql://", "postgresql+psycopg2://", 1))

    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_schemas": True,
                "include_name": lambda name, kind, parents: kind != "schema" or name == room,
                "version_table_schema": room,
                "compare_type": True,
            },
        )
        differences = [change for change in compare_metadata(context, metadata) if not _is_version_table(change)]
        still_pending = pending(room, connection)
    engine.dispose()

    assert differences == []
    assert not still_pending


def models_of(room: str) -> MetaData:
    """What the room's `migrations/env.py` compares with."""
    source = (Path(importlib.import_module(f"services.{room}").__file__).parent / "migrations/env.py").read_text()
    module, name = re.search(rf"from (services\.{room}\.\w+) import (\w+)", source).groups()
    return getattr(importlib.import_module(module), name)


def _is_version_table(change: object) -> bool:
    return isinstance(change, tuple) and change[0] == "remove_table" and change[1].name == "alembic_version"


def test_migrating_twice_changes_nothing(empty_database):
    for _ in range(2):
        upgrade("customers", empty_database)

    engine = create_engine(empty_database.replace("postgresql://", "postgresql+psycopg2://", 1))
    with engine.connect() as connection:
        assert not pending("customers", connection)
    engine.dispose()


def test_data_of_a_later_version_are_refused_by_name_and_left_as_they_are(empty_database):
    upgrade("customers", empty_database)
    engine = create_engine(empty_database.replace("postgresql://", "postgresql+psycopg2://", 1))
    with engine.begin() as connection:
        before = connection.execute(text("SELECT version_num FROM customers.alembic_version")).scalar()
        connection.execute(text("UPDATE customers.alembic_version SET version_num = '9999'"))

    with pytest.raises(LaterData, match=r"customers were written by a later version.*9999"):
        upgrade("customers", empty_database)

    with engine.begin() as connection:
        assert connection.execute(text("SELECT version_num FROM customers.alembic_version")).scalar() == "9999"
        connection.execute(text("UPDATE customers.alembic_version SET version_num = :before"), {"before": before})
    engine.dispose()
