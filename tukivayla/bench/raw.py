"""The raw limit: the same number of commits and messages by bare drivers, nothing thought in between."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from typing import Any

import psycopg2
from amqp import Connection, Message
from psycopg2.extras import execute_values

from tukivayla.bench.stand import Stand

BODY = json.dumps({"text": "x" * 560})  # about as long as an event
ROUNDS = 40
PREFETCH, ACKNOWLEDGED_TOGETHER = 200, 100


def raw_seconds(stand: Stand, *, writes: int, messages: int, clients: int) -> float:
    """Seconds a flow's commits and messages take, so many clients at once, averaged over `ROUNDS` flows."""
    commits = commit_seconds(stand, writes * ROUNDS, clients)
    published = publish_seconds(stand, messages * ROUNDS) if stand.broker_url else 0.0
    return (commits + published) / ROUNDS


def commit_seconds(stand: Stand, commits: int, clients: int) -> float:
    """So many single-row commits, shared by so many connections."""
    with contextlib.closing(stand.connection()) as connection, connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS public.bench_raw (id bigint GENERATED ALWAYS AS IDENTITY, body text)"
        )
    connections = [psycopg2.connect(stand.database_url) for _ in range(clients)]
    threads = [threading.Thread(target=_commit, args=(each, commits // clients)) for each in connections]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.monotonic() - began
    for each in connections:
        each.close()
    return elapsed


def _commit(connection: Any, times: int) -> None:
    with connection.cursor() as cursor:
        for _ in range(times):
            cursor.execute("INSERT INTO public.bench_raw (body) VALUES (%s)", (BODY,))
            connection.commit()


def publish_seconds(stand: Stand, messages: int) -> float:
    """So many persistent messages to a quorum queue, pipelined, all confirmed."""
    host, virtual_host, user, password = _parts(str(stand.broker_url))
    with Connection(host=host, virtual_host=virtual_host, userid=user, password=password) as connection:
        channel = connection.channel()
        queue = "tukivayla.bench.raw"
        channel.queue_declare(queue, durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"})
        channel.confirm_select()
        confirmed = _Confirms(channel)
        began = time.monotonic()
        for _ in range(messages):
            message = Message(BODY, delivery_mode=2, content_type="application/json")
            channel._basic_publish(message, routing_key=queue)
        while confirmed.highest < messages:
            connection.drain_events(timeout=10)
        elapsed = time.monotonic() - began
        channel.queue_delete(queue)
    return elapsed


def delivery_seconds(stand: Stand, messages: int, queues: int) -> float:
    """So many persistent messages to so many quorum queues each, confirmed, then taken and acknowledged."""
    host, virtual_host, user, password = _parts(str(stand.broker_url))
    names = [f"tukivayla.bench.raw.{number}" for number in range(queues)]
    with Connection(host=host, virtual_host=virtual_host, userid=user, password=password) as connection:
        channel = connection.channel()
        channel.exchange_declare("tukivayla.bench.raw", "fanout", durable=True, auto_delete=False)
        for name in names:
            channel.queue_declare(name, durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"})
            channel.queue_bind(name, "tukivayla.bench.raw")
        channel.confirm_select()
        confirmed = _Confirms(channel)
        began = time.monotonic()
        for _ in range(messages):
            channel._basic_publish(Message(BODY, delivery_mode=2), exchange="tukivayla.bench.raw")
        while confirmed.highest < messages:
            connection.drain_events(timeout=10)
        for name in names:
            _take_all(connection, name, messages)
        elapsed = time.monotonic() - began
        for name in names:
            channel.queue_delete(name)
        channel.exchange_delete("tukivayla.bench.raw")
    return elapsed


def _take_all(connection: Any, queue: str, messages: int) -> None:
    channel, taken = connection.channel(), []
    channel.basic_qos(0, PREFETCH, False)
    channel.basic_consume(queue, callback=taken.append)
    while len(taken) < messages:
        connection.drain_events(timeout=10)
        if len(taken) % ACKNOWLEDGED_TOGETHER == 0:
            channel.basic_ack(taken[-1].delivery_tag, multiple=True)
    channel.basic_ack(taken[-1].delivery_tag, multiple=True)
    channel.close()


def rows_seconds(stand: Stand, rows: int, commits: int) -> float:
    """So many rows in so many commits, one multi-row statement each, on one connection."""
    each = max(1, rows // max(1, commits))
    with contextlib.closing(psycopg2.connect(stand.database_url)) as connection, connection.cursor() as cursor:
        began = time.monotonic()
        for _ in range(commits):
            execute_values(cursor, "INSERT INTO public.bench_raw (body) VALUES %s", [(BODY,)] * each, page_size=each)
            connection.commit()
        return time.monotonic() - began


class _Confirms:
    def __init__(self, channel: Any) -> None:
        self.highest = 0
        channel.events["basic_ack"].add(self._on_ack)

    def _on_ack(self, delivery_tag: int, multiple: bool) -> None:
        self.highest = max(self.highest, delivery_tag)


def _parts(url: str) -> tuple[str, str, str, str]:
    from urllib.parse import unquote, urlsplit

    parts = urlsplit(url)
    host = f"{parts.hostname}:{parts.port or 5672}"
    return host, unquote(parts.path[1:]) or "/", parts.username or "guest", parts.password or "guest"
