"""The trail and the read model in PostgreSQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.monitoring.bulk import insert_rows, put_rows
from services.monitoring.domain.projection import Key
from services.monitoring.domain.rows import ROW_KINDS, Row, Rows
from services.monitoring.domain.trail import Entry, Head
from services.monitoring.tables import MODEL, TABLE_OF, TRAIL
from shared.asker import Asker
from shared.storage.work import Work

APPENDING = 7_326_015  # any number: one writer of the trail and of the read model at a time
FIRST_GENERATION = 1
_THE_MODEL = 1

_name = insert(MODEL).values({name: bindparam(name) for name in ("id", "generation", "position", "as_of")})
_NAMING = _name.on_conflict_do_update(
    index_elements=[MODEL.c.id],
    set_={name: _name.excluded[name] for name in ("generation", "position", "as_of")},
)


class StoredTrail:
    def __init__(self, session: Session) -> None:
        self._session = session

    def lock_head(self) -> Head:
        # Two statements in one round trip: the second sees what the one before us committed.
        found = self._session.execute(
            text(
                "SELECT pg_advisory_xact_lock(:lock); "
                "SELECT position, hash FROM monitoring.trail ORDER BY position DESC LIMIT 1"
            ),
            {"lock": APPENDING},
        ).first()
        return Head(position=found.position, hash=bytes(found.hash)) if found else Head()

    def known(self, event_ids: Sequence[str]) -> set[str]:
        return set(self._session.scalars(select(TRAIL.c.event_id).where(TRAIL.c.event_id.in_(event_ids))))

    def append(self, entries: Sequence[Entry]) -> None:
        insert_rows(self._session, TRAIL, (_columns(entry) for entry in entries))


class StoredModel:
    """One generation of the read model: the one that is read, or the one a rebuild is filling."""

    def __init__(self, session: Session, generation: int | None = None) -> None:
        self._session = session
        self._generation = generation

    @property
    def generation(self) -> int:
        if self._generation is None:
            self._generation = current_generation(self._session)
        return self._generation

    def load(self, keys: Iterable[Key]) -> Rows:
        by_kind: defaultdict[type[Row], list[str]] = defaultdict(list)
        for kind, key in keys:
            by_kind[kind].append(key)
        return Rows(row for kind, wanted in by_kind.items() for row in self._fetch(kind, wanted))

    def _fetch(self, kind: type[Row], keys: Sequence[str]) -> list[Row]:
        table = TABLE_OF[kind]
        wanted = select(*(table.c[field.name] for field in fields(kind))).where(
            table.c.generation == self.generation, table.c[kind.KEY].in_(keys)
        )
        return [kind(**row) for row in self._session.execute(wanted).mappings()]

    def save(self, rows: Rows) -> None:
        for kind in ROW_KINDS:
            if changed := rows.changed(kind):
                own = {"generation": self.generation}
                put_rows(self._session, TABLE_OF[kind], ({**own, **_columns(row)} for row in changed))

    def name_current(self, upto: Entry) -> None:
        values = {"generation": self.generation, "position": upto.position, "as_of": upto.at}
        self._session.execute(_NAMING, {"id": _THE_MODEL, **values})


class MonitoringWork(Work):
    """One transaction over the trail and the read model."""

    room = "monitoring"

    def __init__(self, session: Session, asker: Asker, now: datetime) -> None:
        super().__init__(session, asker, now)
        self.trail = StoredTrail(session)
        self.model = StoredModel(session)


def current_generation(session: Session) -> int:
    return session.scalar(select(MODEL.c.generation)) or FIRST_GENERATION


def _columns(row: Row | Entry) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__slots__}
