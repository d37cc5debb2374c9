"""What the use cases need of the outside: one transaction, the trail in it, and the read model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from services.monitoring.domain.projection import Key
from services.monitoring.domain.rows import Rows
from services.monitoring.domain.trail import Entry, Head
from shared.asker import Asker


class Trail(Protocol):
    def lock_head(self) -> Head:
        """The end of the chain; nobody else appends until this transaction ends."""

    def known(self, event_ids: Sequence[str]) -> set[str]:
        """Those of the ids that are in the trail."""

    def append(self, entries: Sequence[Entry]) -> None: ...


class Model(Protocol):
    """One generation of the read model."""

    def load(self, keys: Iterable[Key]) -> Rows: ...

    def save(self, rows: Rows) -> None:
        """Keep what has changed in the rows."""

    def name_current(self, upto: Entry) -> None:
        """This generation is the one that is read, and has counted in every entry up to that one."""


class Work(Protocol):
    """One transaction: what is read and changed in it stands or falls together."""

    asker: Asker
    now: datetime

    @property
    def trail(self) -> Trail: ...
    @property
    def model(self) -> Model: ...
