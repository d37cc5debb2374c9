"""The bus's exchange and queues. Whoever connects first declares what it needs.

A fact may leave only when the queue of every room that hears it is there: so the relay declares them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from amqp.exceptions import PreconditionFailed

from shared.contracts.hearing import HEARS

FACTS = "tukivayla.facts"
# Replicated to a majority of the cluster; on a single node a durable queue like any other.
FACTS_ARGUMENTS = {"x-queue-type": "quorum"}


class TopologyMismatch(Exception):
    """The broker has the queue or exchange with other arguments than ours; `said` names which one differs."""

    def __init__(self, name: str, said: str) -> None:
        super().__init__(f"{name} is on the broker with other arguments: {said}")
        self.name = name
        self.said = said


@dataclass(frozen=True, slots=True)
class Topology:
    """`hears` maps each room to the rooms whose facts reach it."""

    hears: Mapping[str, tuple[str, ...]]

    def declare_facts(self, channel: Any) -> None:
        """Declare the exchange and every room's queue and bindings. Raises TopologyMismatch."""
        try:
            channel.exchange_declare(exchange=FACTS, type="topic", durable=True, auto_delete=False)
        except PreconditionFailed as error:
            raise TopologyMismatch(FACTS, str(error)) from error
        for room, sources in self.hears.items():
            if sources:
                _declare_queue(channel, facts_queue_of(room), FACTS_ARGUMENTS)
            for source in sources:
                channel.queue_bind(queue=facts_queue_of(room), exchange=FACTS, routing_key=f"{source}.#")


HOUSE = Topology(HEARS)


def facts_queue_of(room: str) -> str:
    """The name bears a version: arguments of a queue cannot be changed, only a new queue be made."""
    return f"facts.{room}.v1"


def requests_queue_of(room: str) -> str:
    return f"rpc.{room}"


def declare_requests(channel: Any, room: str) -> None:
    """Declare the room's queue for requests. Raises TopologyMismatch."""
    _declare_queue(channel, requests_queue_of(room), {})


def _declare_queue(channel: Any, name: str, arguments: Mapping[str, str]) -> None:
    try:
        channel.queue_declare(queue=name, durable=True, auto_delete=False, arguments=dict(arguments))
    except PreconditionFailed as error:
        raise TopologyMismatch(name, str(error)) from error
