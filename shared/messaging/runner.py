"""Starts rooms in one process, alone or together, and stops them with their work in hand finished."""

from __future__ import annotations

import signal
from collections.abc import Mapping, Sequence
from threading import Event
from typing import Any

import structlog
from nameko import config
from nameko.containers import ServiceContainer
from nameko.utils.concurrency import SpawningProxy
from sqlalchemy.exc import SQLAlchemyError

from shared.messaging.connections import LOST, connected
from shared.messaging.green import prove_it
from shared.messaging.room_service import RoomService
from shared.messaging.settings import BusSettings
from shared.messaging.topology import HOUSE, Topology, declare_requests
from shared.storage.database import Database

log = structlog.get_logger(__name__)


class HearsTooMuch(RuntimeError):
    """A room hears facts of rooms whose facts do not reach it (`shared.contracts.hearing`)."""


class Runner:
    """`databases` maps each room to its own; the process has gone green (`shared.messaging.green`) before.

    `closing` is set as soon as the rooms are to stop, by `stop` at the latest: see `OpenOffice.closing`.

    A room uses up to `max_workers` connections, two more while its regular work without a transaction runs,
    and one for its relay where that lives in the same process.
    """

    def __init__(
        self,
        services: Sequence[type[RoomService]],
        databases: Mapping[str, Database],
        settings: BusSettings,
        topology: Topology = HOUSE,
        closing: Event | None = None,
    ) -> None:
        for service in services:
            if unheard := service.ears.rooms - set(topology.hears.get(service.name, ())):
                raise HearsTooMuch(f"{service.name} hears {', '.join(sorted(unheard))}")
        self._services = services
        self._settings = settings
        self._topology = topology
        self._databases = databases
        self._closing = closing or Event()
        config.setup(
            {
                "bus": settings,
                "databases": databases,
                "topology": topology,
                "max_workers": settings.max_workers,
                "closing": self._closing,
            }
        )
        self._containers: list[Any] = []

    def start(self) -> None:
        """Start every room. With the broker away they start all the same and read when it comes.

        Raises TopologyMismatch when the broker has a queue of ours with other arguments, DoesNotCooperate when
        the process has not gone green.
        """
        self._prove_cooperation()
        self._declare()
        for service in self._services:
            container = ServiceContainer(service)
            container.start()
            self._containers.append(container)
            log.info("room_open", room=service.name)

    def stop(self) -> None:
        """Take nothing new in, finish what is in hand, close."""
        self._closing.set()
        containers, self._containers = self._containers, []
        SpawningProxy(containers).stop()
        log.info("rooms_closed", rooms=[container.service_name for container in containers])

    def wait(self) -> None:
        """Until SIGTERM or SIGINT, then stop; or until a room dies, whose error is raised."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._closing.set())
        while not self._closing.wait(1.0):
            self.raise_if_died()
        self.stop()

    def raise_if_died(self) -> None:
        """Stop the rooms that live and raise the error of one that died, if one did."""
        for container in self._containers:
            if container._died.ready():
                self.stop()
                container.wait()

    def _prove_cooperation(self) -> None:
        for service in self._services[:1]:
            try:
                prove_it(self._databases[service.name].engine)
            except SQLAlchemyError as error:
                log.warning("database_away", error=type(error).__name__)

    def _declare(self) -> None:
        try:
            with connected(self._settings, "tukivayla topology") as connection:
                channel = connection.channel()
                self._topology.declare_facts(channel)
                for service in self._services:
                    declare_requests(channel, service.name)
        except LOST as error:
            log.warning("broker_away", error=f"{type(error).__name__}: {error}")
