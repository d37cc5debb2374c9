"""Where the bus meets nameko: what starts a worker for a request, for facts, or because it is time.

The workers are nameko's (`container.spawn_worker`), so its life cycle, dependency providers and hooks apply.
The reading, answering and acknowledging are ours: nameko's own drop a message whose handler failed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

import structlog
from eventlet import sleep
from eventlet.event import Event
from eventlet.queue import LightQueue
from eventlet.timeout import Timeout
from nameko import config
from nameko.exceptions import ContainerBeingKilled
from nameko.extensions import Entrypoint

from shared.messaging.handlers import Regularly, marked
from shared.messaging.reader import Delivery, QueueReader
from shared.messaging.settings import BusSettings
from shared.messaging.topology import Topology, declare_requests, facts_queue_of, requests_queue_of
from shared.messaging.wire import Reply, Request
from shared.storage.failures import is_database_away

log = structlog.get_logger(__name__)


class _RoomEntrypoint(Entrypoint):  # type: ignore[misc]  # nameko ships no types
    """An entrypoint that runs workers one after another or many, and can wait for one."""

    @property
    def settings(self) -> BusSettings:
        settings: BusSettings = config["bus"]
        return settings

    @property
    def room(self) -> str:
        room: str = self.container.service_name
        return room

    def in_worker(self, *args: Any) -> BaseException | None:
        """Run the method in a worker and wait for it; gives what it raised."""
        done = Event()

        def tell(worker_ctx: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
            done.send(exc_info[1] if exc_info else None)
            return result, None

        self.container.spawn_worker(self, args, {}, handle_result=tell)
        failure: BaseException | None = done.wait()
        return failure

    def tell(self, event: str, failure: BaseException, **facts: Any) -> None:
        """A database that is away is a warning; anything else is a fault of ours, with its trace."""
        if is_database_away(failure):
            log.warning(event, room=self.room, error=type(failure).__name__, **facts)
        else:
            log.error(event, room=self.room, exc_info=failure, **facts)


class RequestsQueue(_RoomEntrypoint):
    """Each request gets a worker and its reply; no more are taken in than there are workers.

    A request is acknowledged as its worker starts, so it runs at most once: a lost reply is the asker's to
    repeat, with the idempotency key. One that waited here longer than its asker did is not begun.
    """

    def setup(self) -> None:
        self._waiting: LightQueue = LightQueue()
        self._in_hand = 0
        self._none_in_hand = Event()
        self._reader = QueueReader(
            self.settings,
            queue=requests_queue_of(self.room),
            prefetch=self.settings.max_workers,
            declare=lambda channel: declare_requests(channel, self.room),
            on_delivery=self._waiting.put,
        )

    def start(self) -> None:
        self.container.spawn_managed_thread(self._reader.run, identifier=f"{self.room} reads requests")
        self.container.spawn_managed_thread(self._hand_out, identifier=f"{self.room} hands out requests")

    def stop(self) -> None:
        self._reader.take_no_more()
        self._waiting.put(None)
        if self._in_hand:
            with Timeout(self.settings.stop_seconds, False):
                self._none_in_hand.wait()
        self._reader.close()
        self._reader.gone.wait(self.settings.connect_seconds)

    def _hand_out(self) -> None:
        while (delivery := self._waiting.get()) is not None:
            if not self._reader.still_there(delivery):
                continue
            if monotonic() - delivery.received_at > self.settings.rpc_seconds:
                self._reader.acknowledge(delivery)
                continue
            self._begin(delivery)

    def _begin(self, delivery: Delivery) -> None:
        try:
            request = Request.from_bytes(delivery.body)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            log.warning("request_unreadable", room=self.room, error=f"{type(error).__name__}: {error}")
            self._reader.acknowledge(delivery)
            return

        def reply(worker_ctx: Any, result: Reply, exc_info: Any) -> tuple[Any, Any]:
            self._reader.reply(delivery, (result or Reply(fault="unanswered")).to_bytes())
            self._in_hand -= 1
            if self._in_hand == 0 and not self._none_in_hand.ready():
                self._none_in_hand.send()
                self._none_in_hand = Event()
            return result, exc_info

        self._in_hand += 1
        self._reader.acknowledge(delivery)
        self.container.spawn_worker(self, (request,), {}, handle_result=reply)


class FactsQueue(_RoomEntrypoint):
    """What has come is taken together, in one worker at a time, and acknowledged when it is safe in the inbox.

    With the database away the same facts are tried again with growing pauses and nothing more is read
    than fits in the prefetch.
    """

    def setup(self) -> None:
        self._ears = self.container.service_cls.ears
        self._come: deque[Delivery] = deque()
        self._something = Event()
        self._leaving = False
        self._finished = Event()
        topology: Topology = config["topology"]
        self._reader = QueueReader(
            self.settings,
            queue=facts_queue_of(self.room),
            prefetch=self.settings.facts_prefetch,
            declare=topology.declare_facts,
            on_delivery=self._take_over,
        )

    @property
    def hears_anything(self) -> bool:
        return bool(self._ears.rooms)

    def start(self) -> None:
        if self.hears_anything:
            self.container.spawn_managed_thread(self._reader.run, identifier=f"{self.room} reads facts")
            self.container.spawn_managed_thread(self._work_off, identifier=f"{self.room} takes facts")

    def stop(self) -> None:
        if not self.hears_anything:
            return
        self._leaving = True
        self._reader.take_no_more()
        self._ring()
        with Timeout(self.settings.stop_seconds, False):
            self._finished.wait()
        self._reader.close()
        self._reader.gone.wait(self.settings.connect_seconds)

    def _take_over(self, delivery: Delivery) -> None:
        self._come.append(delivery)
        self._ring()

    def _ring(self) -> None:
        if not self._something.ready():
            self._something.send()

    def _work_off(self) -> None:
        while not self._leaving:
            if not self._come:
                self._something.wait()
                self._something = Event()
            if len(self._come) < self.settings.facts_batch and not self._leaving:
                sleep(self.settings.facts_gather)  # what comes together is taken together
            if (batch := self._next_batch()) and not self._leaving:
                self._settle(batch)
        self._finished.send()

    def _next_batch(self) -> list[Delivery]:
        most = min(len(self._come), self.settings.facts_batch)
        taken = [self._come.popleft() for _ in range(most)]
        return [delivery for delivery in taken if self._reader.still_there(delivery)]

    def _settle(self, batch: list[Delivery]) -> None:
        bodies = [delivery.body for delivery in batch]
        careful = any(delivery.redelivered for delivery in batch)
        pauses = 0
        while not self._leaving:
            try:
                failure = self.in_worker(bodies, careful)
            except ContainerBeingKilled:
                self._leaving = True
                return
            if failure is None:
                self._reader.acknowledge(batch[-1], multiple=True)
                return
            self.tell("facts_not_taken", failure, facts=len(batch))
            delays = self.settings.reconnect_delays
            self._pause(delays[min(pauses, len(delays) - 1)])
            pauses += 1
            if not self._reader.still_there(batch[-1]):
                return

    def _pause(self, seconds: float) -> None:
        until = monotonic() + seconds
        while not self._leaving and monotonic() < until:
            with Timeout(until - monotonic(), False):
                self._something.wait()
                self._something = Event()


class Every(_RoomEntrypoint):
    """Runs the method every so many seconds, one run at a time."""

    def __init__(self, seconds: float, **kwargs: Any) -> None:
        self.seconds = seconds
        super().__init__(**kwargs)

    def setup(self) -> None:
        self._rounds: list[_Round] = []

    def runs(self) -> list[tuple[float, tuple[Any, ...]]]:
        """(seconds, arguments) of each run to repeat."""
        return [(self.seconds, ())]

    def start(self) -> None:
        for seconds, args in self.runs():
            a_round = _Round(self, seconds, args)
            self._rounds.append(a_round)
            self.container.spawn_managed_thread(a_round.go_on, identifier=f"{self.room} {self.method_name} {args}")

    def stop(self) -> None:
        for a_round in self._rounds:
            a_round.stop()


class Rounds(Every):
    """Runs each method that is marked `regularly`, in its own time."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(0.0, **kwargs)

    def runs(self) -> list[tuple[float, tuple[Any, ...]]]:
        return [(mark.seconds, (name,)) for name, mark in marked(self.container.service_cls, Regularly)]


class _Round:
    def __init__(self, entrypoint: _RoomEntrypoint, seconds: float, args: tuple[Any, ...]) -> None:
        self._entrypoint = entrypoint
        self._seconds = seconds
        self._args = args
        self._stop = Event()
        self._stopped = Event()

    def go_on(self) -> None:
        while not self._stop.ready():
            with Timeout(self._seconds, False):
                self._stop.wait()
            if not self._stop.ready():
                self._run()
        self._stopped.send()

    def _run(self) -> None:
        try:
            failure = self._entrypoint.in_worker(*self._args)
        except ContainerBeingKilled:
            self._stop.send()
            return
        if failure is not None:
            self._entrypoint.tell("run_failed", failure, method=self._entrypoint.method_name)

    def stop(self) -> None:
        if not self._stop.ready():
            self._stop.send()
        with Timeout(self._entrypoint.settings.stop_seconds, False):
            self._stopped.wait()


Method = TypeVar("Method", bound=Callable[..., Any])
Decorator = Callable[[Method], Method]

requests_queue: Decorator[Any] = RequestsQueue.decorator()
facts_queue: Decorator[Any] = FactsQueue.decorator()
rounds: Decorator[Any] = Rounds.decorator()


def every(seconds: float) -> Decorator[Any]:
    """Run the method every so many seconds, in every replica."""
    decorator: Decorator[Any] = Every.decorator(seconds)
    return decorator
