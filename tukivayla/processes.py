"""Rooms or the relay as processes of the full set-up: `python -m tukivayla.processes ROOM…|relay`."""

from __future__ import annotations

import sys

ROOMS_HERE = [name for name in sys.argv[1:] if name != "relay"]

if ROOMS_HERE:
    from shared.messaging.green import go_green

    go_green()  # before anything else is imported

import os
import signal
import threading

from prometheus_client import start_http_server

from services.customers.settings import RegisterSettingsMissing, registers_in
from shared.contracts import ROOMS
from shared.messaging.relay import Relay
from shared.messaging.topology import TopologyMismatch
from shared.telemetry import configure_logs
from tukivayla.rooms import database, runner
from tukivayla.settings import Settings, WrongSettings, from_environment


def main() -> int:
    try:
        settings = from_environment()
        if "customers" in ROOMS_HERE:
            registers_in(os.environ)
    except (WrongSettings, RegisterSettingsMissing) as faults:
        print(faults, file=sys.stderr)
        return 2
    configure_logs(json=settings.log_json)
    if settings.metrics_port:
        start_http_server(settings.metrics_port)
    stop = threading.Event()
    relays = _start_relays(settings, stop) if "relay" in sys.argv[1:] else []
    try:
        if ROOMS_HERE:
            _run_rooms(settings)
        else:
            _wait(stop)
    except TopologyMismatch as mismatch:
        print(mismatch, file=sys.stderr)
        return 3
    finally:
        stop.set()
        for thread in relays:
            thread.join(timeout=settings.bus.stop_seconds)
    return 0


def _run_rooms(settings: Settings) -> None:
    databases = {room: database(settings, room) for room in ROOMS_HERE}
    rooms = runner(settings, ROOMS_HERE, databases)
    rooms.start()
    rooms.wait()


def _start_relays(settings: Settings, stop: threading.Event) -> list[threading.Thread]:
    threads = []
    for room in ROOMS:
        relay = Relay(database(settings, room), room, settings.bus)
        thread = threading.Thread(target=relay.run, args=(stop,), name=f"relay {room}", daemon=True)
        thread.start()
        threads.append(thread)
    return threads


def _wait(stop: threading.Event) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    while not stop.wait(1.0):
        pass


if __name__ == "__main__":
    sys.exit(main())
