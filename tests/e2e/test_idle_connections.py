"""Browsers keep their connections: those who only look must not shut the others out."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
import requests

from tests.support.embedded import Embedded

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

LOOKERS = 100
QUESTION = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture
def house(tmp_path) -> Iterator[Embedded]:
    running = Embedded(tmp_path / "var")
    running.start()
    yield running
    running.stop()


def test_a_hundred_idle_browsers_do_not_keep_a_new_one_waiting(house: Embedded) -> None:
    idle = [answered_and_kept(house.port) for _ in range(LOOKERS)]

    assert requests.get(f"{house.address}/kirjaudu", timeout=10).ok

    for connection in idle:
        connection.close()


def answered_and_kept(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    connection.sendall(QUESTION)
    assert connection.recv(1024).startswith(b"HTTP/1.1 200")
    return connection
