"""The system under measurement: started for it, with its own data, stopped and removed afterwards."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import uuid
from abc import ABC, abstractmethod
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg2

from shared.blobs import Blobs
from shared.contracts import ROOMS
from shared.messaging.client import Client
from shared.messaging.settings import BusSettings
from tukivayla import private_postgres
from tukivayla.demo.builder import Builder
from tukivayla.demo.case import free_port, wait_until_ready

SERVER = os.environ.get("BENCH_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
BROKER = "amqp://guest:guest@127.0.0.1:5672/"


class Stand(ABC):
    """`address` of the gateway, `database_url`, `broker_url` or None. A context manager."""

    address: str
    database_url: str
    broker_url: str | None

    @abstractmethod
    def start(self) -> None: ...

    @abstractmethod
    def stop(self) -> None: ...

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def connection(self) -> Any:
        connection = psycopg2.connect(self.database_url)
        connection.autocommit = True
        return connection

    def writes_so_far(self) -> int:
        """How many writing transactions the server has given a number to."""
        with contextlib.closing(self.connection()) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT txid_current()")
            return int(cursor.fetchone()[0])

    def announced_so_far(self) -> int:
        with contextlib.closing(self.connection()) as connection, connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(f"SELECT count(*) FROM {room}.outbox" for room in ROOMS))
            return sum(int(row[0]) for row in cursor.fetchall())

    def settled(self) -> bool:
        """Every announcement sent, and heard by every room that hears."""
        with contextlib.closing(self.connection()) as connection, connection.cursor() as cursor:
            cursor.execute(
                " UNION ALL ".join(f"SELECT count(*) FROM {room}.outbox WHERE sent_at IS NULL" for room in ROOMS)
            )
            unsent = sum(int(row[0]) for row in cursor.fetchall())
            cursor.execute("SELECT count(*) FROM monitoring.inbox WHERE state = 'applied'")
            heard = int(cursor.fetchone()[0])
        return unsent == 0 and heard >= self.announced_so_far()


class Embedded(Stand):
    broker_url = None

    def __init__(self, directory: Path) -> None:
        self.var = directory / "embedded"

    def start(self) -> None:
        self.var.mkdir()
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(  # noqa: S603  our own interpreter and module
            [sys.executable, "-m", "tukivayla", "serve", "--port", str(port), "--no-demo-data"],
            env={**os.environ, "VAR_DIR": str(self.var), "RATE_LIMITS": "0", "DEMO": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until_ready(self.address, self.process)
        self.server, self.database_url = private_postgres.start(self.var / "postgres")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=60)
        self.server.cleanup()


class FullSetUp(Stand):
    """Each room its own process, the relay, the gateway under gunicorn; a database and a virtual host of its own."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory / "full"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.name = f"tukivayla_bench_{uuid.uuid4().hex[:8]}"

    def start(self) -> None:
        for place in ("blobs", "trail"):
            (self.directory / place).mkdir(parents=True)
        self._create_database()
        self._rabbit("add_vhost", self.name)
        self._rabbit("set_permissions", "-p", self.name, "guest", ".*", ".*", ".*")
        self.broker_url = f"{BROKER}{self.name}"
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.env = {
            **os.environ,
            "DATABASE_URL": self.database_url,
            "AMQP_URL": self.broker_url,
            "BLOB_DIR": str(self.directory / "blobs"),
            "TRAIL_DIR": str(self.directory / "trail"),
            "SECRET_KEY": uuid.uuid4().hex * 2,
            "PUBLIC_URL": self.address,
            "PORT": str(port),
            "DEMO": "1",
            "RATE_LIMITS": "0",
            "LOG_JSON": "1",
        }
        subprocess.run(self._command("migrate"), env=self.env, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        for service in (*ROOMS, "relay", "gateway"):
            self._run(service)
        wait_until_ready(self.address, self.processes[-1])
        client = Client(BusSettings(url=self.broker_url))
        Builder(client, Blobs(self.directory / "blobs"), datetime.now(UTC).date()).assemble()
        client.close()

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=30)
            process.kill()
        self._drop_database()
        self._rabbit("delete_vhost", self.name)

    def _rabbit(self, *arguments: str) -> None:
        subprocess.run(["rabbitmqctl", "--quiet", *arguments], check=True, stdout=subprocess.DEVNULL)  # noqa: S603, S607

    def _run(self, service: str) -> None:
        log = (self.directory / f"{service}.log").open("wb")
        self.processes.append(
            subprocess.Popen(self._command("run", service), env=self.env, stdout=log, stderr=log)  # noqa: S603
        )

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "tukivayla", *arguments]

    def _create_database(self) -> None:
        self._on_server(f"CREATE DATABASE {self.name}")
        self.database_url = SERVER.rpartition("/")[0] + f"/{self.name}"

    def _drop_database(self) -> None:
        self._on_server(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def _on_server(self, statement: str) -> None:
        with contextlib.closing(psycopg2.connect(SERVER)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
