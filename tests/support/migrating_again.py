"""A migration run on data that are there already: as in a house that is brought up to a new version."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

from shared.storage.migrations import upgrade


def run_again(engine: Engine, room: str, *, after: str, to: str, made: str = "") -> None:
    """The migration that follows `after` once more, its table `made`, if any, as if it had never been there."""
    with engine.begin() as connection:
        now = connection.execute(text(f"SELECT version_num FROM {room}.alembic_version")).scalar_one()
        if made:
            connection.execute(text(f"DROP TABLE {room}.{made}"))
        connection.execute(text(f"UPDATE {room}.alembic_version SET version_num = :after"), {"after": after})
    upgrade(room, engine.url.render_as_string(hide_password=False).replace("+psycopg2", ""), to=to)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {room}.alembic_version SET version_num = :now"), {"now": now})


def down_and_up(engine: Engine, room: str, *, to: str) -> None:
    """Back to an earlier version of the house, and up again, with the data that are there."""
    config = Config()
    config.set_main_option("script_location", f"services/{room}/migrations")
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, to)
        connection.rollback()
        command.upgrade(config, "head")
