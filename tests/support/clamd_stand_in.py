"""A server that speaks clamd's protocol on a real socket, and finds what a test tells it to find.

with ClamdStandIn(finds={MARK: "Test.Mark"}) as clamd:
    Clamd.at(clamd.address).scan(path)
"""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

# A mark of our own, put together when it is needed: a scanner of the developer's machine must not find it in a file.
MARK = b"TUKIVAYLA-TEST-" + b"SIGNATURE-" + b"4711"


class ClamdStandIn:
    """`most` bytes may a stream have. `answer` instead of a verdict: bytes, or None to hang up without a word.

    `silent`: take everything and say nothing. `at_once`: answer before anything has been sent.
    """

    def __init__(
        self,
        *,
        finds: dict[bytes, str] | None = None,
        most: int = 10_000_000,
        answer: Callable[[bytes], bytes | None] | None = None,
        silent: bool = False,
        path: Path | None = None,
    ) -> None:
        self._finds, self._most, self._own_answer, self._silent = finds or {MARK: "Test.Mark"}, most, answer, silent
        self.scanned: list[bytes] = []
        self._listener = socket.socket(socket.AF_UNIX if path else socket.AF_INET, socket.SOCK_STREAM)
        self._listener.bind(str(path) if path else ("127.0.0.1", 0))
        self._listener.listen()
        self.address = str(path) if path else f"127.0.0.1:{self._listener.getsockname()[1]}"
        self._over = threading.Event()

    def __enter__(self) -> ClamdStandIn:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                channel, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(channel,), daemon=True).start()

    def _talk(self, channel: socket.socket) -> None:
        with channel, channel.makefile("rb") as stream:
            try:
                command = _until_nul(stream)
                answer = b"PONG" if command == b"zPING" else self._scan(stream)
            except OSError:
                return
            if self._silent:
                self._over.wait(30)
            elif answer is not None:
                channel.sendall(answer + b"\0")

    def _scan(self, stream: object) -> bytes | None:
        content = b""
        while length := struct.unpack(">I", stream.read(4))[0]:  # type: ignore[attr-defined]
            content += stream.read(length)  # type: ignore[attr-defined]
            if len(content) > self._most:
                return b"INSTREAM size limit exceeded. ERROR"
        self.scanned.append(content)
        if self._own_answer:
            return self._own_answer(content)
        for sought, name in self._finds.items():
            if sought in content:
                return f"stream: {name} FOUND".encode()
        return b"stream: OK"


def _until_nul(stream: object) -> bytes:
    said = b""
    while (byte := stream.read(1)) not in (b"\0", b""):  # type: ignore[attr-defined]
        said += byte
    return said
