"""Bringing a room's schema up to its models, one room at a time, once, whoever starts first."""

from __future__ import annotations

import importlib
from pathlib import Path

from alembic import command, context
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine, text
from sqlalchemy.engine import Connection

LOCK = 7_326_001  # any number, the same for every migrating process


class LaterData(Exception):
    """The data were written by a later version of Tukiväylä than this one; the text is a sentence that says so."""

    def __init__(self, room: str, revision: str) -> None:
        super().__init__(
            f"The data of {room} were written by a later version of Tukiväylä than this one "
            f"(migration {revision}, unknown here). Start that version, or bring back data of this version's time."
        )


def upgrade(room: str, url: str, *, to: str = "head") -> None:
    """Migrate one room's schema; another process that migrates at the same time waits for this one.

    Raises LaterData, before anything is changed.
    """
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg2://", 1))
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
        try:
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {room}"))
            connection.commit()
            config = _config(room)
            _must_be_known(room, config, connection)
            connection.rollback()  # alembic begins and commits by itself, unless a transaction is open
            config.attributes["connection"] = connection
            command.upgrade(config, to)
        finally:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": LOCK})
            connection.commit()
    engine.dispose()


def pending(room: str, connection: Connection) -> bool:
    """Whether the room's schema is behind its migrations."""
    return _revision(room, connection) != ScriptDirectory.from_config(_config(room)).get_current_head()


def _must_be_known(room: str, config: Config, connection: Connection) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    revision = _revision(room, connection)
    if revision is not None and revision not in known:
        raise LaterData(room, revision)


def _revision(room: str, connection: Connection) -> str | None:
    """The last migration that the room's data have gone through; None before the first."""
    exists = connection.execute(text("SELECT to_regclass(:name)"), {"name": f"{room}.alembic_version"}).scalar()
    if exists is None:
        return None
    revision: str | None = connection.execute(text(f"SELECT version_num FROM {room}.alembic_version")).scalar()
    return revision


def run_here(metadata: MetaData) -> None:
    """What a room's `migrations/env.py` calls: migrate in the connection that `upgrade` opened."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=metadata,
        version_table_schema=metadata.schema,
        include_schemas=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def _config(room: str) -> Config:
    package = importlib.import_module(f"services.{room}")
    config = Config()
    config.set_main_option("script_location", str(Path(str(package.__file__)).parent / "migrations"))
    return config
