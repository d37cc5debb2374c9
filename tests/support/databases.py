"""A database that exists for one test or one module."""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg2


@contextlib.contextmanager
def fresh_database(purpose: str) -> Iterator[str]:
    """An empty database on the tests' server; gives its URL."""
    server = os.environ["TEST_DATABASE_URL"]
    name = f"tukivayla_{purpose}_{uuid.uuid4().hex[:8]}"
    with contextlib.closing(psycopg2.connect(server)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
            try:
                yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
            finally:
                cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
