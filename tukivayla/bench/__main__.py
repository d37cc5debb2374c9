"""Prints ratios against the raw limit of the same machine in the same minutes. Absolute figures drift; ratios less."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
from pathlib import Path

from tukivayla.bench.events import measure_events
from tukivayla.bench.flows import measure_flows
from tukivayla.bench.pages import measure_pages
from tukivayla.bench.report import Report
from tukivayla.bench.scale import measure_scale
from tukivayla.bench.stand import Embedded, FullSetUp, Stand

BUSY_LOAD = 0.5


def main() -> int:
    report = Report()
    report.say(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.2f}, Python {sys.version.split()[0]}")
    if os.getloadavg()[0] > BUSY_LOAD:
        report.say("The machine is busy: read the ratios, not the figures.")
    with tempfile.TemporaryDirectory(prefix="tukivayla-bench-") as directory:
        if broker_is_here():
            _measure_on(
                FullSetUp(Path(directory)), "full set-up: RabbitMQ, PostgreSQL, a process for each room", report
            )
        else:
            report.say("No RabbitMQ at 127.0.0.1:5672: the full set-up is not measured.")
        _measure_on(Embedded(Path(directory)), "embedded: one process, in-memory bus", report)
        measure_scale(Path(directory), report)
        measure_pages(report)
    report.print_all()
    return 0


def _measure_on(stand: Stand, title: str, report: Report) -> None:
    report.begin(title)
    with stand:
        measure_flows(stand, report)
        measure_events(stand, report)


def broker_is_here() -> bool:
    """A RabbitMQ that we may give a virtual host to."""
    if shutil.which("rabbitmqctl") is None:
        return False
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", 5672)) == 0


if __name__ == "__main__":
    sys.exit(main())
