"""A process of the restaurant for tests: rooms, relays or both, driven over a socket, dying where it is told to.

`python -m tests.support.world '{"url": …, "database": …, "rooms": […], "relays": […], "die": …, "settings": {…}}'`
prints its port; each line of JSON sent there is a command, each answered by a line.
"""

from __future__ import annotations

from shared.messaging.green import go_green

go_green()

import json  # noqa: E402  whatever waits must be imported after the patches
import os  # noqa: E402
import signal  # noqa: E402
import socket  # noqa: E402
import sys  # noqa: E402
from collections.abc import Callable  # noqa: E402
from threading import Event, Thread  # noqa: E402
from typing import Any  # noqa: E402

from shared.asker import Asker, Role  # noqa: E402
from shared.contracts import health, parking  # noqa: E402
from shared.errors import DomainError  # noqa: E402
from shared.messaging import inbox_table, relay  # noqa: E402
from shared.messaging.client import Client  # noqa: E402
from shared.messaging.connections import PERSISTENT, connected, publish  # noqa: E402
from shared.messaging.reader import QueueReader  # noqa: E402
from shared.messaging.relay import Relay, Sender  # noqa: E402
from shared.messaging.runner import Runner  # noqa: E402
from shared.messaging.settings import BusSettings  # noqa: E402
from shared.messaging.topology import FACTS  # noqa: E402
from shared.messaging.wire import ServiceAway, ServiceFault  # noqa: E402
from shared.storage.database import Database, connect  # noqa: E402
from shared.telemetry import configure_logs  # noqa: E402
from tests.support.test_rooms import OPERATIONS, SERVICES, TOPOLOGY  # noqa: E402


def die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_at(point: str) -> None:
    """Put death where the crash matrix wants it."""
    if point == "after commit, before publish":
        Sender.send = die  # type: ignore[method-assign, assignment]
    elif point == "after publish, before mark":
        relay._mark_sent = die
    elif point == "after the consumer's commit, before ack":
        _die_instead_of(QueueReader, "acknowledge", lambda reader: reader._queue.startswith("facts."))
    elif point == "before the consumer's commit":
        inbox_table.InboxTable.add_applied = die  # type: ignore[method-assign, assignment]


def _die_instead_of(cls: type, name: str, when: Callable[[Any], bool]) -> None:
    original = getattr(cls, name)

    def replaced(self: Any, *args: Any, **kwargs: Any) -> Any:
        return die() if when(self) else original(self, *args, **kwargs)

    setattr(cls, name, replaced)


class World:
    def __init__(self, plan: dict[str, Any]) -> None:
        self.settings = BusSettings(url=plan["url"], **plan.get("settings", {}))
        self.databases = {room: Database(connect(plan["database"], size=6)) for room in SERVICES}
        self.runner = Runner([SERVICES[room] for room in plan["rooms"]], self.databases, self.settings, TOPOLOGY)
        self.client = Client(self.settings)
        self.stop_relays = Event()
        self.relays = [
            Thread(target=Relay(self.databases[room], room, self.settings, TOPOLOGY).run, args=[self.stop_relays])
            for room in plan["relays"]
        ]

    def start(self) -> None:
        self.runner.start()
        for thread in self.relays:
            thread.start()

    def stop(self) -> None:
        self.runner.stop()
        self.stop_relays.set()
        for thread in self.relays:
            thread.join()

    def do(self, order: dict[str, Any]) -> dict[str, Any]:
        match order.pop("do"):
            case "ask":
                return self.ask(**order)
            case "publish":
                return self.publish(**order)
        raise LookupError(order)

    def ask(
        self, operation: str, room: str = "till", role: str = "company", key: str | None = None, **data: Any
    ) -> dict[str, Any]:
        known = OPERATIONS | {op.name: op for op in (*parking.operations(room), health.operation(room))}
        asker = Asker(person="P1", role=Role(role), rights=frozenset({"prepare", "sign"}), idempotency_key=key)
        try:
            op = known[operation]
            return {"answer": op.gives().dump(self.client.ask(op, asker, **data))}
        except DomainError as refusal:
            faults = [[fault.path, fault.rule] for fault in refusal.faults]
            family = type(refusal).__mro__[1].__name__
            return {"refusal": refusal.code, "family": family, "facts": refusal.facts, "faults": faults}
        except ServiceFault as fault:
            return {"fault": fault.reference}
        except ServiceAway as away:
            return {"away": str(away)}

    def publish(self, routing_key: str, bodies: list[str]) -> dict[str, Any]:
        with connected(self.settings, "a hand from outside") as connection:
            channel = connection.channel()
            for body in bodies:
                publish(channel, body.encode(), exchange=FACTS, routing_key=routing_key, delivery_mode=PERSISTENT)
        return {}


def serve(world: World, talk: socket.socket) -> None:
    with talk, talk.makefile("rw") as lines:
        for line in lines:
            lines.write(json.dumps(world.do(json.loads(line))) + "\n")
            lines.flush()


def listen(world: World, listener: socket.socket) -> None:
    while True:
        talk, _ = listener.accept()
        Thread(target=serve, args=[world, talk], daemon=True).start()


def main() -> None:
    plan = json.loads(sys.argv[1])
    configure_logs(json=False)
    die_at(plan.get("die", ""))
    world = World(plan)
    leave = Event()
    signal.signal(signal.SIGTERM, lambda *_: leave.set())
    world.start()
    listener = socket.create_server(("127.0.0.1", 0))
    Thread(target=listen, args=[world, listener], daemon=True).start()
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    leave.wait()
    world.stop()


if __name__ == "__main__":
    main()
