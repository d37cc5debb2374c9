"""Messages between the caller and a worker: four bytes of length, then JSON."""

from __future__ import annotations

import json
import socket
import struct
import time
from typing import Any

_LENGTH = struct.Struct("!I")
CHUNK = 1 << 16


class Closed(Exception):
    """The other end is gone."""


class TooLong(Exception):
    """The other end announced more than was agreed."""


def send(channel: socket.socket, message: dict[str, Any]) -> None:
    body = json.dumps(message, ensure_ascii=False).encode()
    channel.sendall(_LENGTH.pack(len(body)) + body)


def receive(channel: socket.socket, *, longest: int, deadline: float | None = None) -> dict[str, Any]:
    """The next message. Raises TimeoutError at `deadline` (monotonic seconds), Closed and TooLong."""
    (length,) = _LENGTH.unpack(_exactly(channel, _LENGTH.size, deadline))
    if length > longest:
        raise TooLong(length)
    message = json.loads(_exactly(channel, length, deadline))
    if not isinstance(message, dict):
        raise Closed
    return message


def _exactly(channel: socket.socket, size: int, deadline: float | None) -> bytes:
    received = bytearray()
    while len(received) < size:
        channel.settimeout(None if deadline is None else max(0.001, deadline - time.monotonic()))
        part = channel.recv(min(CHUNK, size - len(received)))
        if not part:
            raise Closed
        received += part
    return bytes(received)
