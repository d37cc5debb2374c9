"""Reads one queue through every loss of the broker, and lets what is in hand be finished before it stops.

Runs in nameko's eventlet process: one greenlet reads, others acknowledge and publish over the same connection.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Lock
from time import monotonic
from typing import Any

import structlog

from shared.messaging.connections import AGAIN, LOST, connected, publish
from shared.messaging.settings import BusSettings
from shared.messaging.topology import TopologyMismatch
from shared.telemetry import RECONNECTS

log = structlog.get_logger(__name__)

DRAIN_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message in hand. Its `channel` tells it from one that came over an earlier connection."""

    body: bytes
    tag: int
    channel: Any
    properties: dict[str, Any]
    redelivered: bool
    received_at: float


class QueueReader:
    """`declare(channel)` makes the queue, `on_delivery` must be quick: it only takes the message over."""

    def __init__(
        self,
        settings: BusSettings,
        *,
        queue: str,
        prefetch: int,
        declare: Callable[[Any], None],
        on_delivery: Callable[[Delivery], None],
    ) -> None:
        self._settings = settings
        self._queue = queue
        self._prefetch = prefetch
        self._declare = declare
        self._on_delivery = on_delivery
        self._sending = Lock()
        self._resting = Event()
        self._leaving = Event()
        self._closing = Event()
        self._channel: Any = None
        self.gone = Event()

    @property
    def connected(self) -> bool:
        return self._channel is not None

    def run(self) -> None:
        """Read until `close`; returns when the connection is closed."""
        failures = 0
        while not self._leaving.is_set():
            began = monotonic()
            try:
                self._read_through_one_connection()
            except TopologyMismatch as mismatch:
                log.critical("topology_mismatch", queue=mismatch.name, said=mismatch.said)
                self._rest(self._settings.reconnect_delays[-1])
            except LOST as error:
                failures = 0 if monotonic() - began > self._settings.heartbeat else failures + 1
                RECONNECTS.labels(self._queue).inc()
                log.warning("broker_away", queue=self._queue, error=f"{type(error).__name__}: {error}")
                delays = self._settings.reconnect_delays
                self._rest(delays[min(failures, len(delays) - 1)])
        self.gone.set()

    def take_no_more(self) -> None:
        """Deliver nothing new; what is in hand may still be answered and acknowledged."""
        self._leaving.set()
        self._resting.set()

    def close(self) -> None:
        """Close the connection: what is not acknowledged goes back to the queue."""
        self.take_no_more()
        self._closing.set()

    def acknowledge(self, delivery: Delivery, *, multiple: bool = False) -> None:
        """Settle the message; where its connection is lost the broker sends it again."""
        if delivery.channel is not self._channel:
            return
        try:
            with self._sending:
                delivery.channel.basic_ack(delivery.tag, multiple=multiple)
        except LOST as error:
            log.info("acknowledge_lost", queue=self._queue, error=type(error).__name__)

    def reply(self, delivery: Delivery, body: bytes) -> None:
        """Send to the one who asked; where the connection is lost, the asker's time limit tells."""
        try:
            with self._sending:
                publish(
                    delivery.channel,
                    body,
                    routing_key=delivery.properties["reply_to"],
                    correlation_id=delivery.properties["correlation_id"],
                )
        except (*LOST, KeyError) as error:
            log.info("reply_lost", queue=self._queue, error=type(error).__name__)

    def still_there(self, delivery: Delivery) -> bool:
        return delivery.channel is self._channel

    def _read_through_one_connection(self) -> None:
        with connected(self._settings, f"tukivayla {self._queue}") as connection:
            channel = connection.channel()
            self._declare(channel)
            channel.basic_qos(0, self._prefetch, False)
            tag = uuid.uuid4().hex
            channel.basic_consume(queue=self._queue, consumer_tag=tag, no_ack=False, callback=self._deliver)
            self._channel = channel
            log.info("reading", queue=self._queue)
            try:
                self._drain(connection, channel, tag)
            finally:
                self._channel = None

    def _drain(self, connection: Any, channel: Any, consumer_tag: str) -> None:
        cancelled, checked_at = False, monotonic()
        while not self._closing.is_set():
            if self._leaving.is_set() and not cancelled:
                with self._sending:
                    channel.basic_cancel(consumer_tag, nowait=True)
                cancelled = True
            with suppress(TimeoutError):  # nothing came: time to look at the flags and the heart
                connection.drain_events(timeout=0.05 if cancelled else DRAIN_SECONDS)
            if not self._settings.in_memory and monotonic() - checked_at > self._settings.heartbeat / 4:
                checked_at = monotonic()
                with self._sending:
                    connection.heartbeat_check()

    def _deliver(self, raw: Any) -> None:
        message = raw.channel.message_to_python(raw)
        self._on_delivery(
            Delivery(
                body=message.body if isinstance(message.body, bytes) else str(message.body).encode(),
                tag=message.delivery_tag,
                channel=raw.channel,
                properties=message.properties,
                redelivered=bool(message.delivery_info.get("redelivered")) or AGAIN in message.headers,
                received_at=monotonic(),
            )
        )

    def _rest(self, seconds: float) -> None:
        self._resting.wait(seconds)
