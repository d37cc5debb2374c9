"""The test's side of `tests.support.world`: starts the processes, talks to them, looks into their database."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, create_engine, text

from tests.support import test_rooms

EVERY_ROOM = ("till", "kitchen", "ledger")
QUICK: dict[str, Any] = {
    "retry_delays": [0.1, 0.2],
    "gap_limit": 2.0,
    "rpc_seconds": 3.0,
    "relay_standby_poll": 0.2,
    "confirm_seconds": 5.0,
    "reconnect_delays": [0.1, 0.2, 0.5],
    "stop_seconds": 10.0,
    "heartbeat": 10,
}


class Process:
    """One world, and a line to it."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.support.world", json.dumps(plan)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.getcwd()},
        )
        assert self._child.stdout is not None
        line = self._child.stdout.readline()
        assert line.strip(), "the process died while starting"
        self.port = int(line)

    def do(self, **order: Any) -> dict[str, Any]:
        """Send one command and wait for its answer; on a connection of its own, so threads may do it together."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as talk, talk.makefile("rw") as lines:
            lines.write(json.dumps(order) + "\n")
            lines.flush()
            line = lines.readline()
        if not line:
            raise ConnectionResetError("the process died")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def ask(self, operation: str, **data: Any) -> dict[str, Any]:
        return self.do(do="ask", operation=operation, **data)

    def publish(self, *facts: str, routing_key: str = "till.sold.v1") -> None:
        self.do(do="publish", routing_key=routing_key, bodies=list(facts))

    def terminate(self) -> int:
        """SIGTERM, and the exit status."""
        self._child.send_signal(signal.SIGTERM)
        return self._child.wait(30)

    def kill(self) -> None:
        self._child.kill()
        self._child.wait(10)

    def dies_within(self, seconds: float) -> bool:
        try:
            self._child.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def wait_until_dead(self) -> None:
        self._child.wait(30)


class Restaurant:
    """A database of its own, a broker, and processes that come and go."""

    def __init__(self, server: str, url: str) -> None:
        self._name = f"tukivayla_bus_{uuid4().hex[:12]}"
        self._server = create_engine(_driver(server), isolation_level="AUTOCOMMIT", pool_pre_ping=True)
        with self._server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {self._name}"))
        self.database = server.rpartition("/")[0] + f"/{self._name}"
        self.engine: Engine = create_engine(_driver(self.database), pool_pre_ping=True)
        test_rooms.build(self.engine)
        self.url = url
        self._processes: list[Process] = []

    def open(
        self,
        rooms: Sequence[str] = EVERY_ROOM,
        relays: Sequence[str] | None = None,
        *,
        die: str = "",
        **settings: Any,
    ) -> Process:
        plan = {
            "url": self.url,
            "database": self.database,
            "rooms": list(rooms),
            "relays": list(rooms if relays is None else relays),
            "die": die,
            "settings": {**QUICK, **settings},
        }
        process = Process(plan)
        self._processes.append(process)
        return process

    def close(self) -> None:
        for process in self._processes:
            process.kill()
        self.engine.dispose()
        with self._server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {self._name} WITH (FORCE)"))
        self._server.dispose()

    def plates(self, table: str) -> list[str]:
        """What the kitchen has cooked for a table, in order."""
        return [
            row.dish
            for row in self.rows(
                "SELECT dish FROM kitchen.plates WHERE subject = :s ORDER BY number", s=f"table/{table}"
            )
        ]

    def served(self) -> dict[str, list[int]]:
        return test_rooms.streams(self.engine, "kitchen.plates")

    def booked(self) -> dict[str, list[int]]:
        """What the ledger has noted of the till, in order per table."""
        return test_rooms.streams(self.engine, "(SELECT * FROM ledger.lines WHERE type = 'till.sold') AS lines")

    def parked(self, room: str = "kitchen") -> list[Any]:
        return self.rows(f"SELECT * FROM {room}.inbox WHERE state = 'parked' ORDER BY settled_at")

    def number(self, statement: str, **values: Any) -> int:
        with self.engine.connect() as connection:
            return int(connection.execute(text(statement), values).scalar_one())

    def rows(self, statement: str, **values: Any) -> list[Any]:
        with self.engine.connect() as connection:
            return list(connection.execute(text(statement), values))

    def change(self, statement: str, **values: Any) -> None:
        with self.engine.begin() as connection:
            connection.execute(text(statement), values)


@contextmanager
def restaurant(server: str, url: str) -> Iterator[Restaurant]:
    house = Restaurant(server, url)
    try:
        yield house
    finally:
        house.close()


def sold(table: str, sequence: int, dish: str = "soup", *, version: int = 1, **over: Any) -> str:
    """A fact as the till would send it."""
    return json.dumps(
        {
            "specversion": "1.0",
            "id": f"{table}-{sequence}-{version}",
            "source": "/till",
            "type": "till.sold",
            "dataschemaversion": version,
            "datacontenttype": "application/json",
            "subject": f"table/{table}",
            "sequence": sequence,
            "time": "2026-03-02T10:00:00+00:00",
            "actor": "P1",
            "actorrole": "company",
            "authority": None,
            "correlationid": "c",
            "causationid": "",
            "data": {"dish": dish},
            **over,
        }
    )


def _driver(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg2://", 1)
