"""A room's office: its database, its kind of Work, and a way to ask other rooms."""

from __future__ import annotations

from contextlib import AbstractContextManager
from threading import Event
from typing import Any, Generic, TypeVar

from nameko import config
from nameko.extensions import DependencyProvider

from shared.asker import Asker
from shared.contracts.terms import Operation
from shared.messaging.client import Client
from shared.messaging.settings import BusSettings
from shared.storage.database import Database
from shared.storage.work import Work

W = TypeVar("W", bound=Work)


class OpenOffice(Generic[W]):
    """What a method reaches as `self.office`. A test may build one and put it in place by itself."""

    def __init__(
        self,
        database: Database,
        work_kind: type[W],
        settings: BusSettings,
        client: Client | None = None,
        closing: Event | None = None,
    ) -> None:
        self.database = database
        self.work_kind = work_kind
        self.settings = settings
        self._client = client
        self._closing = closing or Event()

    @property
    def closing(self) -> bool:
        """Whether the house is closing: regular work ends between two of its items, to go on after the next start."""
        return self._closing.is_set()

    def work(self, asker: Asker, *, read_only: bool = False) -> AbstractContextManager[W]:
        """A transaction that commits on the way out, or rolls back."""
        return self.database.work(self.work_kind, asker, read_only=read_only)

    def ask(self, operation: Operation, asker: Asker, /, **data: Any) -> dict[str, Any]:
        """Ask another room (`shared.messaging.client.Client.ask`). Never inside a transaction of one's own."""
        if self._client is None:
            self._client = Client(self.settings)
        return self._client.ask(operation, asker, **data)

    def close(self) -> None:
        if self._client is not None:
            self._client.close()


class Office(DependencyProvider):  # type: ignore[misc]  # nameko ships no types
    """`office = Office(PaymentsWork)`: filled from what the runner was given for the room."""

    def __init__(self, work_kind: type[Work]) -> None:
        self.work_kind = work_kind

    def setup(self) -> None:
        database = config["databases"][self.container.service_name]
        self.open: OpenOffice[Work] = OpenOffice(database, self.work_kind, config["bus"], closing=config["closing"])

    def get_dependency(self, worker_ctx: Any) -> OpenOffice[Work]:
        return self.open

    def stop(self) -> None:
        self.open.close()
