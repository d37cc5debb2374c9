"""The bus in memory keeps the promises of the one on the network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from kombu.connection import Connection
from kombu.transport.virtual import BrokerState

from shared.messaging.connections import publish
from shared.messaging.memory import Broker, MemoryTransport


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    monkeypatch.setattr(MemoryTransport, "broker", Broker())
    monkeypatch.setattr(MemoryTransport, "shared_state", BrokerState())
    with Connection("memory://", transport=MemoryTransport) as connection:
        yield connection


def queue_with(connection: Connection, *keys: str, name: str = "q") -> Any:
    channel = connection.channel()
    channel.exchange_declare(exchange="facts", type="topic", durable=True, auto_delete=False)
    channel.queue_declare(queue=name, durable=True)
    for key in keys:
        channel.queue_bind(queue=name, exchange="facts", routing_key=key)
    return channel


def read(connection: Connection, channel: Any, queue: str = "q", prefetch: int = 0) -> list[Any]:
    got: list[Any] = []
    channel.basic_qos(0, prefetch, False)
    channel.basic_consume(queue=queue, consumer_tag="t", no_ack=False, callback=got.append)
    drain(connection)
    return got


def drain(connection: Connection) -> None:
    try:
        while True:
            connection.drain_events(timeout=0)
    except TimeoutError:
        return


def confirms_of(channel: Any) -> list[int]:
    confirmed: list[int] = []
    channel.confirm_select()
    channel.events["basic_ack"].add(lambda tag, multiple: confirmed.append(tag))
    return confirmed


def test_a_fact_reaches_the_queues_whose_pattern_it_fits(bus: Connection) -> None:
    channel = queue_with(bus, "till.#")
    publish(channel, b"1", exchange="facts", routing_key="till.sold.v1")
    publish(channel, b"2", exchange="facts", routing_key="kitchen.served.v1")
    assert [message.body for message in read(bus, channel)] == [b"1"]


def test_a_publish_is_confirmed_only_when_every_reader_has_acknowledged(bus: Connection) -> None:
    first, second = queue_with(bus, "till.#"), queue_with(bus, "#", name="r")
    sender = bus.channel()
    confirmed = confirms_of(sender)
    publish(sender, b"1", exchange="facts", routing_key="till.sold.v1")

    (at_first,), (at_second,) = read(bus, first), read(bus, second, "r")
    first.basic_ack(at_first.delivery_tag)
    drain(bus)
    assert confirmed == []

    second.basic_ack(at_second.delivery_tag)
    drain(bus)
    assert confirmed == [1]


def test_what_was_not_acknowledged_comes_again_first_and_says_so(bus: Connection) -> None:
    channel = queue_with(bus, "#")
    for body in (b"1", b"2", b"3"):
        publish(channel, body, exchange="facts", routing_key="x")
    got = read(bus, channel)
    channel.basic_ack(got[0].delivery_tag)
    channel.close()

    again = read(bus, bus.channel())
    assert [(message.body, message.delivery_info["redelivered"]) for message in again] == [(b"2", True), (b"3", True)]


def test_no_more_is_handed_out_than_the_reader_wants_in_hand(bus: Connection) -> None:
    channel = queue_with(bus, "#")
    for body in (b"1", b"2", b"3"):
        publish(channel, body, exchange="facts", routing_key="x")
    got = read(bus, channel, prefetch=2)
    assert len(got) == 2

    channel.basic_ack(got[1].delivery_tag, multiple=True)
    drain(bus)
    assert [message.body for message in got] == [b"1", b"2", b"3"]


def test_what_nobody_hears_comes_back_and_is_confirmed_after_it(bus: Connection) -> None:
    channel = queue_with(bus, "till.#")
    told: list[str] = []
    channel.confirm_select()
    channel.events["basic_return"].add(lambda error, exchange, key, message: told.append(message.body.decode()))
    channel.events["basic_ack"].add(lambda tag, multiple: told.append(f"confirmed {tag}"))
    publish(channel, b"lost", exchange="facts", routing_key="moon.rose.v1", mandatory=True)
    drain(bus)
    assert told == ["lost", "confirmed 1"]


def test_a_message_past_its_time_is_not_delivered(bus: Connection) -> None:
    channel = queue_with(bus)
    publish(channel, b"late", routing_key="q", expiration="0")
    publish(channel, b"fresh", routing_key="q", expiration="60000")
    assert [message.body for message in read(bus, channel)] == [b"fresh"]


def test_a_reply_finds_the_one_who_asked(bus: Connection) -> None:
    asker, room = bus.channel(), queue_with(bus)
    replies: list[Any] = []
    asker.basic_consume(queue="amq.rabbitmq.reply-to", consumer_tag="r", no_ack=True, callback=replies.append)
    publish(asker, b"how many?", routing_key="q", reply_to="amq.rabbitmq.reply-to", correlation_id="7")
    (request,) = read(bus, room)
    publish(room, b"two", routing_key=request.properties["reply_to"], correlation_id="7")
    drain(bus)
    assert [(reply.body, reply.properties["correlation_id"]) for reply in replies] == [(b"two", "7")]
