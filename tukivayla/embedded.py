"""Everything in one process: the private PostgreSQL, the in-memory bus, the rooms, the relays, the web.

`python -m tukivayla.embedded HOST PORT filled|empty`; `tukivayla serve` is the door to it.
"""

from __future__ import annotations

from shared.messaging.green import go_green

go_green()  # before anything else is imported

import errno
import gc
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic
from typing import Any

import eventlet
import eventlet.semaphore
import eventlet.wsgi
import structlog
from flask import Flask

from shared.blobs import Blobs
from shared.contracts import ROOMS
from shared.messaging.client import Client
from shared.messaging.relay import Relay
from shared.messaging.runner import Runner
from shared.storage.migrations import LaterData, upgrade
from shared.telemetry import configure_logs
from tukivayla import private_postgres
from tukivayla.places import CannotStart, Places
from tukivayla.rooms import databases, runner
from tukivayla.settings import Settings
from tukivayla.standins.running import stand_in

log = structlog.get_logger(__name__)

HTTP_WORKERS = 32  # requests worked on at once; a browser's idle connections take no place among them
CONNECTIONS_MOST = 1000
IDLE_SECONDS = 30
FILLING_PAUSE_SECONDS = 0.05
FILLER_SECONDS = 1.0  # what it had in hand it does at the next start, by the same keys


def main() -> int:
    host, port, filling = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "filled"
    began = monotonic()
    configure_logs(json=False, level=logging.WARNING)
    # What letters and mails lead to is this very house.
    os.environ.setdefault("PUBLIC_URL", f"http://{host}:{port}")
    try:
        listener = listen(host, port)
        places = Places.from_environment()
        places.prepare()
        _server, url = private_postgres.start(places.postgres)
        settings = places.settings(url)
        for room in ROOMS:
            upgrade(room, settings.database_urls[room])
    except (CannotStart, LaterData) as refusal:
        print(refusal, file=sys.stderr)
        return 2
    # Without a mail server the mails lie here as files.
    os.environ.setdefault("MAIL_DIR", str(places.mail))
    stand_in(os.environ, serve_aside)
    House(places, settings, listener).live(filling=filling, began=began)
    return 0


def serve_aside(app: Flask, port: int) -> int:
    """A small server beside the house, on the loopback; when its port is taken, on any that is free."""
    try:
        aside = eventlet.listen(("127.0.0.1", port), reuse_port=False)
    except OSError:
        aside = eventlet.listen(("127.0.0.1", 0), reuse_port=False)
    eventlet.spawn(eventlet.wsgi.server, aside, app, log_output=False, debug=False)
    return int(aside.getsockname()[1])


def at_most(requests: int, app: Callable[..., Any]) -> Callable[..., Any]:
    """The same WSGI app, with no more than so many requests inside it; the others wait their turn."""
    places = eventlet.semaphore.Semaphore(requests)

    def in_turn(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        with places:
            return app(environ, start_response)

    return in_turn


def listen(host: str, port: int) -> eventlet.greenio.GreenSocket:
    """Raises CannotStart with what to do when the port is taken or forbidden."""
    try:
        listener = eventlet.listen((host, port), reuse_port=False)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotStart(
                f"Port {port} is taken by another program. Stop it, or choose another: make run PORT={port + 10}"
            ) from error
        raise CannotStart(
            f"Cannot listen on {host}:{port}: {error.strerror}. Choose another with HOST and PORT."
        ) from error
    # Connections inherit it. Without it the last part of a long page waits some 40 ms for the browser's ACK.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


class House:
    """What lives while the embedded run lives; started in order, stopped in the opposite one."""

    def __init__(self, places: Places, settings: Settings, listener: eventlet.greenio.GreenSocket) -> None:
        self.places = places
        self.settings = settings
        self.listener = listener
        self.stopping = threading.Event()
        self.address = "http://{}:{}".format(*listener.getsockname())

    def live(self, *, filling: bool, began: float) -> None:
        self.databases = databases(self.settings)
        self.client = Client(self.settings.bus, name="tukivayla gateway")
        rooms = self._open_rooms()
        relays = [self._thread(self._relay, room) for room in ROOMS]
        web = eventlet.spawn(self._serve)
        gc.freeze()  # what has been loaded stays: no collection need look at it again
        self._welcome(monotonic() - began)
        filler = self._thread(self._fill, filling) if self.settings.demo else None
        self._wait_for_the_end(rooms)
        self._stop(web, rooms, relays, filler)

    def _open_rooms(self) -> Runner:
        opened = runner(self.settings, ROOMS, self.databases, closing=self.stopping)
        opened.start()
        return opened

    def _relay(self, room: str) -> None:
        Relay(self.databases[room], room, self.settings.bus).run(self.stopping)

    def _serve(self) -> None:
        from tukivayla.web import embedded_app

        app = embedded_app(self.places, self.settings, self.client, self.address)
        in_turn = at_most(HTTP_WORKERS, app)
        eventlet.wsgi.server(
            self.listener, in_turn, max_size=CONNECTIONS_MOST, keepalive=IDLE_SECONDS, log_output=False, debug=False
        )

    def _fill(self, cases: bool) -> None:
        """Invented people, and cases unless they are there already; a builder that was stopped goes on."""
        from tukivayla.demo.builder import Builder

        done = self.places.var / ("demo_filled" if cases else "demo_people")
        anchor = self.places.var / "demo_anchor"
        if done.exists():
            return
        if not anchor.exists():
            anchor.write_text(datetime.now(UTC).date().isoformat())
        day = datetime.fromisoformat(anchor.read_text()).date()
        builder = Builder(self.client, Blobs(self.places.blobs), day, FILLING_PAUSE_SECONDS, self._tell_progress)
        if cases:
            builder.build()
        else:
            builder.assemble()
        done.touch()

    def _tell_progress(self, done: int, whole: int) -> None:
        if self.stopping.is_set():
            raise SystemExit
        if done == whole:
            print(f"The demonstration is complete: {whole} cases.", flush=True)

    def _welcome(self, seconds: float) -> None:
        print(f"\nTukiväylä is ready at {self.address} (started in {seconds:.1f} s)\n")
        if self.settings.demo:
            from services.customers.demo import CHIEF

            print(f"Sign in at {self.address}/kirjaudu as")
            for person in CHIEF:
                print(f"  {person.name:20} {person.duty}")
            print("or anybody else on that page. The people, companies and cases are invented.")
        print("Ctrl-C stops.\n", flush=True)

    def _wait_for_the_end(self, rooms: Runner) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())
        while not self.stopping.wait(0.5):
            rooms.raise_if_died()

    def _stop(
        self,
        web: eventlet.greenthread.GreenThread,
        rooms: Runner,
        relays: list[threading.Thread],
        filler: threading.Thread | None,
    ) -> None:
        print("\nStopping: finishing what is in hand…", flush=True)
        web.kill()
        for thread in relays:
            thread.join(timeout=self.settings.bus.stop_seconds)
        if filler:
            filler.join(timeout=FILLER_SECONDS)  # it may wait for facts that no relay carries any more
        rooms.stop()
        self.client.close()
        for database in self.databases.values():
            database.engine.dispose()
        print("Stopped. Everything is kept.", flush=True)

    def _thread(self, target: object, *arguments: object) -> threading.Thread:
        thread = threading.Thread(target=target, args=arguments, daemon=True)  # type: ignore[arg-type]
        thread.start()
        return thread


if __name__ == "__main__":
    sys.exit(main())
