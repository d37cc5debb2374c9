"""The bus inside one process: a kombu transport that keeps in memory the promises RabbitMQ keeps on disk.

kombu's own in-memory transport polls, and confirms nothing. In this one a reader sleeps until there is something
for it, and a published message is confirmed when the consumers of all the queues it went to have acknowledged it:
the relay then marks an announcement as sent only when killing this process would lose nothing. Unacknowledged
messages of a closed channel go back to the head of their queue; `mandatory`, prefetch, expiration and direct
reply-to work as over AMQP.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from threading import Event
from time import monotonic
from typing import Any

from amqp.exceptions import NoConsumers
from kombu.transport import virtual
from kombu.transport.virtual import BrokerState

REPLY_TO = "amq.rabbitmq.reply-to"


@dataclass(slots=True)
class Copy:
    """One message in one queue."""

    payload: dict[str, Any]
    receipt: Receipt | None
    expires_at: float | None
    redelivered: bool = False


class Receipt:
    """Confirms one publish when every queue's copy has been acknowledged."""

    __slots__ = ("_channel", "_outstanding", "_tag")

    def __init__(self, channel: MemoryChannel, tag: int, copies: int) -> None:
        self._channel, self._tag, self._outstanding = channel, tag, copies

    def one_acknowledged(self) -> None:
        self._outstanding -= 1
        if self._outstanding == 0:
            self._channel.confirm(self._tag)


class Broker:
    """The queues of the process, and the connections that read them."""

    def __init__(self) -> None:
        self.queues: dict[str, deque[Copy]] = {}
        self._readers: defaultdict[str, set[MemoryTransport]] = defaultdict(set)

    def put(self, queue: str, copy: Copy) -> None:
        self.queues[queue].append(copy)
        self._wake(queue)

    def put_back(self, queue: str, copy: Copy) -> None:
        copy.redelivered = True
        self.queues[queue].appendleft(copy)
        self._wake(queue)

    def take(self, queue: str) -> Copy | None:
        waiting = self.queues.get(queue, ())
        while waiting:
            copy = waiting.popleft()
            if copy.expires_at is None or copy.expires_at > monotonic():
                return copy
        return None

    def read_by(self, queue: str, transport: MemoryTransport) -> None:
        self._readers[queue].add(transport)

    def no_longer_read_by(self, queue: str, transport: MemoryTransport) -> None:
        self._readers[queue].discard(transport)

    def _wake(self, queue: str) -> None:
        for transport in self._readers[queue]:
            transport.awake.set()


@dataclass(frozen=True, slots=True)
class Consumer:
    queue: str
    no_ack: bool
    callback: Callable[[Any], None]


class MemoryChannel(virtual.Channel):  # type: ignore[misc]  # kombu is half typed
    body_encoding = None  # bodies stay bytes
    do_restore = False  # `close` gives back by itself, to the right end of the queue

    def __init__(self, connection: MemoryTransport, **kwargs: Any) -> None:
        super().__init__(connection, **kwargs)
        self.events: defaultdict[str, set[Callable[..., None]]] = defaultdict(set)
        self._broker = connection.broker
        self._published: count[int] | None = None
        self._delivered = count(1)
        self._unacknowledged: dict[int, tuple[str, Copy]] = {}
        self._consumers_by_tag: dict[str, Consumer] = {}
        self._prefetch = 0
        self._reply_queue = f"{REPLY_TO}.{id(self)}"

    def _new_queue(self, queue: str, **kwargs: Any) -> None:
        self._broker.queues.setdefault(queue, deque())

    def _has_queue(self, queue: str, **kwargs: Any) -> bool:
        return queue in self._broker.queues

    def _size(self, queue: str) -> int:
        return len(self._broker.queues.get(queue, ()))

    def _delete(self, queue: str, *args: Any, **kwargs: Any) -> None:
        self._broker.queues.pop(queue, None)

    # Publishing

    def confirm_select(self, nowait: bool = False) -> None:
        self._published = count(1)

    def prepare_message(self, body: bytes, *args: Any, **kwargs: Any) -> dict[str, Any]:
        message: dict[str, Any] = super().prepare_message(body, *args, **kwargs)
        properties = message["properties"]
        properties["content_type"] = message["content-type"]
        if properties.get("reply_to") == REPLY_TO:
            properties["reply_to"] = self._reply_queue
        return message

    def basic_publish(
        self, message: dict[str, Any], exchange: str, routing_key: str, mandatory: bool = False, **kwargs: Any
    ) -> None:
        tag = next(self._published) if self._published else 0
        queues = [queue for queue in self._lookup(exchange, routing_key) if queue in self._broker.queues]
        message["properties"]["delivery_info"] = {"exchange": exchange, "routing_key": routing_key}
        receipt = Receipt(self, tag, len(queues)) if tag else None
        lifetime = message["properties"].get("expiration")
        expires_at = monotonic() + int(lifetime) / 1000 if lifetime else None
        for queue in queues:
            self._broker.put(queue, Copy(message, receipt, expires_at))
        if not queues:
            self._not_routed(message, tag, mandatory)

    def _not_routed(self, message: dict[str, Any], tag: int, mandatory: bool) -> None:
        if mandatory:
            info = message["properties"]["delivery_info"]
            returned = self._to_python(message, 0)
            arguments = NoConsumers("NO_ROUTE"), info["exchange"], info["routing_key"], returned
            self.connection.tell(self._call, "basic_return", *arguments)
        if tag:
            self.confirm(tag)

    def confirm(self, tag: int) -> None:
        if self.connection is not None:
            self.connection.tell(self._call, "basic_ack", tag, False)

    def _call(self, event: str, *arguments: Any) -> None:
        for callback in self.events[event]:
            callback(*arguments)

    # Consuming

    def basic_qos(self, prefetch_size: int = 0, prefetch_count: int = 0, *args: Any, **kwargs: Any) -> None:
        self._prefetch = prefetch_count

    def basic_consume(
        self, queue: str, consumer_tag: str = "", no_ack: bool = False, callback: Any = None, **kwargs: Any
    ) -> None:
        if queue == REPLY_TO:
            queue = self._reply_queue
            self._new_queue(queue)
        self._consumers_by_tag[consumer_tag] = Consumer(queue, no_ack, callback)
        self._broker.read_by(queue, self.connection)
        self.connection.awake.set()

    def basic_cancel(self, consumer_tag: str, *args: Any, **kwargs: Any) -> None:
        consumer = self._consumers_by_tag.pop(consumer_tag, None)
        if consumer is not None:
            self._broker.no_longer_read_by(consumer.queue, self.connection)

    def deliver_one(self) -> bool:
        """Hand one message to a consumer of this channel, if there is one that may have it."""
        full = bool(self._prefetch) and len(self._unacknowledged) >= self._prefetch
        for consumer in tuple(self._consumers_by_tag.values()):
            if full and not consumer.no_ack:
                continue
            if copy := self._broker.take(consumer.queue):
                self._deliver(copy, consumer)
                return True
        return False

    def _deliver(self, copy: Copy, consumer: Consumer) -> None:
        tag = next(self._delivered)
        if not consumer.no_ack:
            self._unacknowledged[tag] = consumer.queue, copy
        consumer.callback(self._to_python(copy.payload, tag, redelivered=copy.redelivered))

    def _to_python(self, payload: dict[str, Any], tag: int, *, redelivered: bool = False) -> Any:
        info = {**payload["properties"]["delivery_info"], "redelivered": redelivered}
        properties = {**payload["properties"], "delivery_info": info, "delivery_tag": tag}
        return self.Message({**payload, "properties": properties}, channel=self)

    def basic_ack(self, delivery_tag: int, multiple: bool = False) -> None:
        tags = [tag for tag in self._unacknowledged if tag <= delivery_tag] if multiple else [delivery_tag]
        for tag in tags:
            _, copy = self._unacknowledged.pop(tag)
            if copy.receipt is not None:
                copy.receipt.one_acknowledged()
        self.connection.awake.set()

    def close(self) -> None:
        if self.closed:
            return
        for consumer_tag in tuple(self._consumers_by_tag):
            self.basic_cancel(consumer_tag)
        for queue, copy in reversed(tuple(self._unacknowledged.values())):
            self._broker.put_back(queue, copy)
        self._unacknowledged.clear()
        self._broker.queues.pop(self._reply_queue, None)
        super().close()


class MemoryTransport(virtual.Transport):  # type: ignore[misc]  # kombu is half typed
    """One connection to the process's own broker."""

    Channel = MemoryChannel
    broker = Broker()
    shared_state = BrokerState()
    driver_type = "memory"
    driver_name = "memory"

    def __init__(self, client: Any, **kwargs: Any) -> None:
        super().__init__(client, **kwargs)
        self.state = self.shared_state
        self.awake = Event()
        self._told: deque[tuple[Callable[..., None], tuple[Any, ...]]] = deque()

    def tell(self, callback: Callable[..., None], *arguments: Any) -> None:
        """Have the reader of this connection call back, as if word had come from a broker."""
        self._told.append((callback, arguments))
        self.awake.set()

    def drain_events(self, connection: Any, timeout: float | None = None, **kwargs: Any) -> None:
        deadline = None if timeout is None else monotonic() + timeout
        while True:
            self.awake.clear()
            if self._one_event():
                return
            remaining = None if deadline is None else deadline - monotonic()
            if (remaining is not None and remaining <= 0) or not self.awake.wait(remaining):
                raise TimeoutError

    def _one_event(self) -> bool:
        if self._told:
            callback, arguments = self._told.popleft()
            callback(*arguments)
            return True
        return any(channel.deliver_one() for channel in tuple(self.channels))

    def driver_version(self) -> str:
        return "in memory"
