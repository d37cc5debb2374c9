"""What the use cases need of storage and of the bus, and no more."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from services.applications.domain.applications import Application, Case
from services.applications.domain.calls import Call
from services.applications.domain.envelopes import Envelope
from shared.asker import Asker
from shared.contracts.terms import Event


class Cases(Protocol):
    def get(self, number: str) -> Case:
        """Raises NotFound."""

    def locked(self, number: str) -> Case:
        """The newest version, which nobody else can change before this transaction ends. Raises NotFound."""

    def next_number(self) -> int: ...

    def add(self, application: Application) -> None: ...

    def put(self, application: Application) -> None:
        """Keep the next version of what `locked` gave."""


class Calls(Protocol):
    def get(self, call_id: str) -> Call:
        """Raises NotFound."""

    def locked(self, call_id: str) -> Call | None: ...

    def is_answered(self, call_id: str) -> bool:
        """Whether any application has been started in the call."""

    def put(self, call: Call) -> None: ...


class Envelopes(Protocol):
    def locked(self, empty: Envelope) -> Envelope:
        """The envelope as it is kept, locked; `empty` itself when nothing has ever been granted to it."""

    def put(self, envelope: Envelope) -> None: ...


class Work(Protocol):
    """One transaction: what is read, changed and announced in it stands or falls together."""

    @property
    def now(self) -> datetime: ...
    @property
    def asker(self) -> Asker: ...
    @property
    def cases(self) -> Cases: ...
    @property
    def calls(self) -> Calls: ...
    @property
    def envelopes(self) -> Envelopes: ...
    def announce(self, event: Event, subject_id: str, **data: Any) -> object: ...
