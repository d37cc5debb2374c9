"""A RabbitMQ node of the test's own, on free ports, that may be stopped, killed and started again."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import kombu

SECONDS_TO_START = 60
QUEUES = [
    f"{kind}{room}{end}" for kind, end in (("facts.", ".v1"), ("rpc.", "")) for room in ("till", "kitchen", "ledger")
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _server() -> str:
    """Debian's own command changes the user and the directory; the script behind it does neither."""
    behind = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
    return str(behind) if behind.exists() else shutil.which("rabbitmq-server") or "rabbitmq-server"


class PrivateRabbit:
    def __init__(self) -> None:
        self._home = Path(tempfile.mkdtemp(prefix="tukivayla-rabbit-"))
        self._port = free_port()
        (self._home / "plugins").write_text("[].")
        (self._home / "rabbit.conf").write_text(
            f"listeners.tcp.default = 127.0.0.1:{self._port}\nloopback_users = none\n"
        )
        self._environment = {
            **os.environ,
            "HOME": str(self._home),
            "RABBITMQ_NODENAME": f"tukivayla{self._port}@localhost",
            "RABBITMQ_MNESIA_BASE": str(self._home / "data"),
            "RABBITMQ_LOG_BASE": str(self._home / "log"),
            "RABBITMQ_CONFIG_FILE": str(self._home / "rabbit"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self._home / "plugins"),
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 1:1",
        }
        self._node: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"amqp://guest:guest@127.0.0.1:{self._port}//"

    def start(self) -> None:
        self._node = subprocess.Popen(
            [_server()],
            env=self._environment,
            cwd=self._home,  # where a killed node leaves its dump
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            assert self._node.poll() is None, "the node died while starting"
            assert time.monotonic() < deadline, "the node did not start in time"
            time.sleep(0.1)

    def empty(self) -> None:
        """Take every queue of the house away, for the next test."""
        for name in QUEUES:
            with kombu.Connection(self.url) as connection:
                connection.channel().queue_delete(name)

    def stop(self) -> None:
        """As at a restart of its machine."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """As when its machine loses power."""
        self._end(signal.SIGKILL)

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self._home, ignore_errors=True)

    def _end(self, how: signal.Signals) -> None:
        if self._node is None:
            return
        # The server is a script that started the Erlang machine: the whole group must go.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._node.pid, how)
        self._node.wait(30)
        self._node = None

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self._port), timeout=1) as probe:
                probe.sendall(b"AMQP\x00\x00\x09\x01")
                return bool(probe.recv(1))
        except OSError:
            return False
