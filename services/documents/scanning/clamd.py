"""clamd's INSTREAM command: the file goes over a socket in pieces, the verdict comes back in a line.

The daemon gets bytes, never a path: it may run on another machine and needs no right to the blob directory.
https://docs.clamav.net/manual/Usage/Scanning.html (clamd protocol). Plain blocking sockets: under eventlet
the caller works in a thread of its own (`off_hub`), where the patched ones would have no hub to wait on.
"""

from __future__ import annotations

import struct
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from eventlet import patcher

from services.documents.domain.scans import LONGEST_FINDING, LargerThanScanner, ScannerAway, Verdict

_socket: Any = patcher.original("socket")

CHUNK = 64 * 1024
LONGEST_ANSWER = 4096
CONNECT_SECONDS = 5.0
SCAN_SECONDS = 120.0
DEFAULT_PORT = 3310

_LENGTH = struct.Struct(">I")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clamd:
    """Where the daemon listens: a path of a unix socket, or host and port. `seconds` is for a whole scan."""

    path: str = ""
    host: str = ""
    port: int = DEFAULT_PORT
    seconds: float = SCAN_SECONDS
    connect_seconds: float = CONNECT_SECONDS

    @classmethod
    def at(cls, address: str, **changes: float) -> Clamd:
        """ "/run/clamav/clamd.ctl", "unix:///run/…", "tcp://host:3310", "host:3310" or "host". Raises ValueError."""
        if address.startswith("/"):
            return cls(path=address, **changes)  # type: ignore[arg-type]  # the changes are numbers by name
        parts = urlsplit(address if "//" in address else f"tcp://{address}")
        if parts.scheme == "unix" and parts.path:
            return cls(path=parts.path, **changes)  # type: ignore[arg-type]  # as above
        if parts.scheme == "tcp" and parts.hostname:
            return cls(host=parts.hostname, port=parts.port or DEFAULT_PORT, **changes)  # type: ignore[arg-type]
        raise ValueError(f"CLAMD_ADDRESS cannot be read: {address}")

    def scan(self, path: Path) -> Verdict:
        """Raises ScannerAway and LargerThanScanner; FileNotFoundError when there is no such file."""
        deadline = time.monotonic() + self.seconds
        with path.open("rb") as file:
            try:
                with self._connected() as channel:
                    answer = _streamed(channel, file, deadline)
            except (OSError, TimeoutError) as error:
                raise ScannerAway(f"{type(error).__name__}: {error}") from error
        return _verdict(answer)

    def ping(self) -> bool:
        """Whether a daemon answers at all."""
        try:
            with self._connected() as channel:
                channel.sendall(b"zPING\0")
                return _answer(channel, time.monotonic() + self.connect_seconds) == "PONG"
        except OSError:
            return False

    def _connected(self) -> Any:
        if self.path:
            channel = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
            channel.settimeout(self.connect_seconds)
            try:
                channel.connect(self.path)
            except OSError:
                channel.close()
                raise
            return channel
        return _socket.create_connection((self.host, self.port), timeout=self.connect_seconds)


def _streamed(channel: Any, file: Any, deadline: float) -> str:
    """The daemon's answer. It may answer, and hang up, before it has taken everything: then that answer counts."""
    try:
        channel.settimeout(_left(deadline))
        channel.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK):
            channel.settimeout(_left(deadline))
            channel.sendall(_LENGTH.pack(len(chunk)) + chunk)
        channel.settimeout(_left(deadline))
        channel.sendall(_LENGTH.pack(0))
    except (BrokenPipeError, ConnectionResetError):
        if not (early := _early_answer(channel, deadline)):
            raise
        return early
    return _answer(channel, deadline)


def _early_answer(channel: Any, deadline: float) -> str:
    try:
        return _answer(channel, deadline)
    except OSError:
        return ""


def _answer(channel: Any, deadline: float) -> str:
    """Up to the NUL that ends it, or until the daemon hangs up."""
    answer = b""
    while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
        channel.settimeout(_left(deadline))
        piece = channel.recv(LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.split(b"\0", 1)[0].decode("utf-8", "replace").strip()


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("the scan took too long")
    return left


def _verdict(answer: str) -> Verdict:
    said = answer.removeprefix("stream:").strip()
    if said == "OK":
        return Verdict(None)
    if said.endswith(" FOUND"):
        return Verdict(said.removesuffix(" FOUND").strip()[:LONGEST_FINDING] or "unnamed")
    if "size limit exceeded" in said:
        raise LargerThanScanner(said)
    raise ScannerAway(said or "no answer")
