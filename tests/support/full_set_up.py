"""Every service as its own operating-system process, with a database and a broker that nobody else uses."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

from shared.blobs import Blobs
from shared.contracts import ROOMS
from shared.messaging.client import Client
from tests.support.databases import fresh_database
from tests.support.private_rabbit import PrivateRabbit
from tukivayla.demo.builder import Builder
from tukivayla.demo.case import free_port, wait_until_ready
from tukivayla.settings import Settings, from_environment


@dataclass
class Running:
    """What the tests may do with it: ask at `address`, run a command, restart a service."""

    address: str
    directory: Path
    environment: dict[str, str]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        with mock.patch.dict(os.environ, self.environment, clear=True):
            return from_environment()

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command(*arguments), env=self.environment, capture_output=True, text=True, timeout=60, check=False
        )

    def start(self, service: str) -> None:
        log = (self.directory / f"{service}.log").open("ab")
        self.processes[service] = subprocess.Popen(
            command("run", service), env=self.environment, stdout=log, stderr=log
        )

    def restart(self, service: str) -> int:
        """SIGTERM, wait for the end, start anew. Gives the exit code."""
        process = self.processes[service]
        process.terminate()
        code = process.wait(timeout=45)
        self.start(service)
        return code

    def stop(self) -> None:
        for process in reversed(self.processes.values()):
            process.terminate()
        for process in self.processes.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=20)
            process.kill()


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "tukivayla", *arguments]


@contextlib.contextmanager
def full_set_up(directory: Path) -> Iterator[Running]:
    with fresh_database("full") as database_url, broker() as amqp_url, on(directory, database_url, amqp_url) as running:
        yield running


@contextlib.contextmanager
def on(directory: Path, database_url: str, amqp_url: str) -> Iterator[Running]:
    """The same on a database and a broker that the test holds in its hand."""
    port = free_port()
    running = Running(f"http://127.0.0.1:{port}", directory, _environment(directory, port, database_url, amqp_url))
    migrated = running.run("migrate")
    assert migrated.returncode == 0, migrated.stderr
    try:
        for service in (*ROOMS, "relay", "gateway"):
            running.start(service)
        wait_until_ready(running.address, running.processes["gateway"])
        _assemble_the_cast(running)
        yield running
    finally:
        running.stop()


def _environment(directory: Path, port: int, database_url: str, amqp_url: str) -> dict[str, str]:
    for name in ("blobs", "trail"):
        (directory / name).mkdir()
    return {
        **os.environ,
        "DATABASE_URL": database_url,
        "AMQP_URL": amqp_url,
        "BLOB_DIR": str(directory / "blobs"),
        "TRAIL_DIR": str(directory / "trail"),
        "SECRET_KEY": uuid.uuid4().hex * 2,
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
        "DEMO": "1",
        "WEB_PROCESSES": "1",
    }


def _assemble_the_cast(running: Running) -> None:
    client = Client(running.settings.bus)
    Builder(client, Blobs(running.directory / "blobs"), datetime.now(UTC).date()).assemble()
    client.close()


@contextlib.contextmanager
def broker() -> Iterator[str]:
    node = PrivateRabbit()
    node.start()
    try:
        yield node.url
    finally:
        node.remove()
