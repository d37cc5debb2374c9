"""The embedded run as somebody's laptop has it: started, killed, started again, always with the same data."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tukivayla.demo.case import free_port, wait_until_ready
from tukivayla.private_postgres import DATABASE


class Embedded:
    def __init__(self, var: Path, *, port: int | None = None) -> None:
        self.var = var
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {**os.environ, "VAR_DIR": str(var), "DEMO": "1", "RATE_LIMITS": "0"}
        self.process: subprocess.Popen[bytes] | None = None
        self.output = var.with_name("output.log")

    def begin(self, *arguments: str) -> None:
        """Start it without waiting."""
        output = self.output.open("ab")  # a pipe that nobody reads would fill, and stop the house
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tukivayla", "serve", "--port", str(self.port), *(arguments or ["--no-demo-data"])],
            env=self.environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )

    def start(self, *arguments: str) -> None:
        self.begin(*arguments)
        wait_until_ready(self.address, self.process)

    def said(self) -> str:
        """Everything it has written so far, both streams."""
        return self.output.read_text(encoding="utf-8")

    @property
    def database_url(self) -> str:
        """Of its private PostgreSQL, as long as that runs; its socket is in another place after each start."""
        lines = (self.var / "postgres" / "postmaster.pid").read_text().splitlines()
        return f"postgresql://postgres@/{DATABASE}?host={lines[4]}"

    def kill(self) -> None:
        """As when the battery dies: no chance to tidy up. The private PostgreSQL is a process of its own and lives."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=10)

    def stop(self) -> int:
        """Ctrl-C; gives the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=60)

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tukivayla", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
