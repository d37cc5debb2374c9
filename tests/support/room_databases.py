"""A fresh, migrated database for one room's tests, emptied between them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT
from sqlalchemy import Engine, MetaData, text

from shared.storage.database import connect
from shared.storage.migrations import upgrade

BUS_TABLES = {"outbox", "inbox", "streams", "positions", "answers", "alembic_version"}


@contextmanager
def room_engine(room: str, *, size: int = 5, suite: str = "storage") -> Iterator[Engine]:
    """The room's migrations run once; the database goes with the last test. Each suite has its own."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    name = f"tukivayla_test_{room}_{suite}_{worker}"
    _instead_of(name)
    url = _url_of(name)
    upgrade(room, url)
    engine = connect(url, size=size)
    yield engine
    engine.dispose()
    _at_the_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def empty(engine: Engine, room: str) -> None:
    """Every table of the room without rows; triggers that guard a table don't stand in the way of a test.

    Rows are deleted, not truncated: for the few there are it takes a tenth of the time.
    """
    with engine.begin() as connection:
        tables = connection.scalars(
            text("SELECT tablename FROM pg_tables WHERE schemaname = :room AND tablename <> 'alembic_version'"),
            {"room": room},
        ).all()
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("; ".join(f"DELETE FROM {room}.{table}" for table in tables)))
        connection.execute(text(f"ALTER TABLE {room}.outbox ALTER COLUMN id RESTART"))


def _instead_of(name: str) -> None:
    _at_the_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    _at_the_server(f"CREATE DATABASE {name}")


def _at_the_server(statement: str) -> None:
    connection = psycopg2.connect(_server())
    try:
        connection.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()


def _server() -> str:
    return os.environ.get("TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres")


def _url_of(name: str) -> str:
    return urlunsplit(urlsplit(_server())._replace(path=f"/{name}"))


def differences(engine: Engine, tables: MetaData) -> list[str]:
    """What the room's own migrated tables lack or have too much; the bus's tables have tests of their own."""
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_schemas": True,
                "include_name": lambda name, kind, parents: kind != "schema" or name == tables.schema,
                "include_object": lambda thing, name, kind, reflected, other: not _is_of_the_bus(thing, name, kind),
            },
        )
        return [str(difference) for difference in compare_metadata(context, tables)]


def _is_of_the_bus(thing: Any, name: str | None, kind: str) -> bool:
    table = name if kind == "table" else getattr(getattr(thing, "table", None), "name", None)
    return table in BUS_TABLES
