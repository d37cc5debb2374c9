"""Asking a room: one request, one reply, within a time limit.

A call borrows a connection of its own and reads its reply there itself: no thread is woken for another, and
the same code runs under threads and under greenlets.
"""

from __future__ import annotations

import select
from dataclasses import replace
from itertools import count
from threading import Lock
from time import monotonic
from typing import Any
from uuid import uuid4

from shared.asker import Asker
from shared.contracts.terms import Kind, Operation
from shared.messaging.connections import DIRECT_REPLY, LOST, connect, drop, publish
from shared.messaging.schemas import schema_of
from shared.messaging.settings import BusSettings
from shared.messaging.topology import requests_queue_of
from shared.messaging.wire import Reply, Request, ServiceAway

IDLE_MOST = 32


class Client:
    """Safe to share between threads, or between greenlets. Connects when first asked."""

    def __init__(self, settings: BusSettings, *, name: str = "tukivayla client") -> None:
        self._settings = settings
        self._name = name
        self._idle: list[_Line] = []
        self._lock = Lock()

    def ask(self, operation: Operation, asker: Asker, /, **data: Any) -> dict[str, Any]:
        """The room's answer, loaded by `operation.gives`; `data` is dumped by `operation.takes`.

        Raises the room's refusal (a `DomainError` of its family, with code, facts and faults), ServiceFault,
        or ServiceAway when there is no answer within the time limit or no way to ask. A query, and a command
        with an idempotency key, is asked once more when the connection is lost.
        """
        request = Request(
            operation=operation.address,
            asker=asker if asker.correlation_id else replace(asker, correlation_id=str(uuid4())),
            data=_dumped(operation, data),
        )
        may_repeat = operation.kind is Kind.QUERY or asker.idempotency_key is not None
        reply = Reply.from_bytes(self._asked(operation.room, request.to_bytes(), may_repeat=may_repeat))
        answer: dict[str, Any] = schema_of(operation.gives).load(reply.opened())
        return answer

    def close(self) -> None:
        with self._lock:
            lines, self._idle = self._idle, []
        for line in lines:
            line.close()

    def _asked(self, room: str, body: bytes, *, may_repeat: bool) -> bytes:
        deadline = monotonic() + self._settings.rpc_seconds
        try:
            return self._asked_once(room, body, deadline)
        except LOST as error:
            if not may_repeat or isinstance(error, TimeoutError):
                raise ServiceAway(f"{room}: {type(error).__name__}") from error
        try:
            return self._asked_once(room, body, deadline)
        except LOST as error:
            raise ServiceAway(f"{room}: {type(error).__name__}") from error

    def _asked_once(self, room: str, body: bytes, deadline: float) -> bytes:
        line = self._borrow()
        try:
            reply = line.call(requests_queue_of(room), body, deadline)
        except BaseException:
            line.drop()
            raise
        self._give_back(line)
        return reply

    def _borrow(self) -> _Line:
        while True:
            with self._lock:
                line = self._idle.pop() if self._idle else None
            if line is None:
                return _Line(self._settings, self._name)
            if line.is_alive():
                return line
            line.drop()

    def _give_back(self, line: _Line) -> None:
        with self._lock:
            if len(self._idle) < IDLE_MOST:
                self._idle.append(line)
                return
        line.close()


class NoSuchRoom(OSError):
    """The broker knows no queue for the room: it has never run there."""


class _Line:
    """One connection on which one call at a time is made."""

    def __init__(self, settings: BusSettings, name: str) -> None:
        self._settings = settings
        # Nobody reads an idle line, so nobody would answer for its heart; TCP keepalive is set by the driver.
        self._connection = connect(settings, name, heartbeat=False)
        self._channel = self._connection.channel()
        self._channel.basic_consume(queue=DIRECT_REPLY, consumer_tag="replies", no_ack=True, callback=self._on_reply)
        self._channel.events["basic_return"].add(self._on_return)
        self._numbers = count(1)
        self._number = ""
        self._reply: bytes | None = None
        self._returned = False

    def call(self, queue: str, body: bytes, deadline: float) -> bytes:
        """Raises one of LOST; TimeoutError when the deadline passes."""
        self._number, self._reply, self._returned = str(next(self._numbers)), None, False
        lifetime = max(1, int((deadline - monotonic()) * 1000))
        publish(
            self._channel,
            body,
            routing_key=queue,
            mandatory=True,
            reply_to=DIRECT_REPLY,
            correlation_id=self._number,
            expiration=str(lifetime),
        )
        while self._reply is None:
            if self._returned:
                raise NoSuchRoom(queue)
            remaining = deadline - monotonic()
            if remaining <= 0:
                raise TimeoutError(queue)
            self._connection.drain_events(timeout=remaining)
        return self._reply

    def is_alive(self) -> bool:
        """An idle line has nothing to read; if there is something, it is the broker's farewell."""
        if self._settings.in_memory:
            return True
        try:
            readable, _, _ = select.select([self._connection.connection.sock], [], [], 0)
        except (*LOST, ValueError):
            return False
        return not readable

    def close(self) -> None:
        try:
            self._connection.release()
        except LOST:
            self.drop()

    def drop(self) -> None:
        drop(self._connection, self._settings)

    def _on_reply(self, raw: Any) -> None:
        message = self._channel.message_to_python(raw)
        # A reply to an earlier call that ran out of time on this line is not ours any more.
        if message.properties.get("correlation_id") == self._number:
            body = message.body
            self._reply = body if isinstance(body, bytes) else str(body).encode()

    def _on_return(self, *_returned: Any) -> None:
        self._returned = True


def _dumped(operation: Operation, data: dict[str, Any]) -> dict[str, Any]:
    schema = schema_of(operation.takes)
    if strangers := data.keys() - schema.fields.keys():
        raise TypeError(f"{operation.address} takes no {', '.join(sorted(strangers))}")
    dumped: dict[str, Any] = schema.dump(data)
    return dumped
