"""Connections to the broker, the real one or the one in memory: kombu is the seam between them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from amqp.exceptions import AMQPError
from kombu.connection import Connection
from kombu.exceptions import KombuError

from shared.messaging.memory import MemoryTransport
from shared.messaging.settings import BusSettings

# What the driver raises when the broker is away or goes away. AttributeError is its way of saying that
# another greenlet has just found the connection closed and taken it apart.
LOST = (AMQPError, KombuError, OSError, AttributeError)

TRANSIENT, PERSISTENT = 1, 2
AGAIN = "again"  # header: the message may have been in somebody's hands before
DIRECT_REPLY = "amq.rabbitmq.reply-to"


def connect(settings: BusSettings, name: str, *, heartbeat: bool = True) -> Connection:
    """An open connection, shown as `name` in the broker's lists. Raises one of LOST."""
    connection = Connection(
        settings.url,
        transport=MemoryTransport if settings.in_memory else None,
        connect_timeout=settings.connect_seconds,
        heartbeat=settings.heartbeat if heartbeat else 0,
        transport_options={} if settings.in_memory else _amqp_options(name),
    )
    connection.ensure_connection(max_retries=max(1, len(connection.alt)), interval_start=0, interval_step=0)
    _do_not_read_while_writing(connection)
    return connection


@contextmanager
def connected(settings: BusSettings, name: str, *, heartbeat: bool = True) -> Iterator[Connection]:
    """`connect` for a block. A connection that failed is dropped without a farewell the broker may not answer."""
    connection = connect(settings, name, heartbeat=heartbeat)
    try:
        yield connection
    except BaseException:
        drop(connection, settings)
        raise
    connection.release()


def drop(connection: Connection, settings: BusSettings) -> None:
    if settings.in_memory:
        connection.release()
    else:
        connection.collect(socket_timeout=0.1)


def publish(
    channel: Any,
    body: bytes,
    *,
    routing_key: str,
    exchange: str = "",
    mandatory: bool = False,
    delivery_mode: int = TRANSIENT,
    headers: dict[str, Any] | None = None,
    **properties: str,
) -> None:
    message = channel.prepare_message(
        body,
        content_type="application/json",
        headers=headers,
        properties={"delivery_mode": delivery_mode, **properties},
    )
    channel.basic_publish(message, exchange=exchange, routing_key=routing_key, mandatory=mandatory)


def _amqp_options(name: str) -> dict[str, Any]:
    return {"confirm_publish": False, "client_properties": {"connection_name": name}}


def _do_not_read_while_writing(connection: Connection) -> None:
    # Before each publish the driver looks on the socket for "connection.blocked". Another greenlet may be
    # reading there, and the relay's confirms would come at the wrong moment; so we take that capability back.
    capabilities = getattr(connection.connection, "client_properties", {}).get("capabilities", {})
    capabilities["connection.blocked"] = False
