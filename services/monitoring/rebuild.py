"""Building the read model anew from the trail while facts keep coming.

The next generation is filled beside the one that is read. Most of the trail is gone through without any
lock; the last few entries, and the change-over, happen under the lock of the trail's one writer. Readers see
the old generation until that moment and the new one after it, never none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from services.monitoring import chain
from services.monitoring.domain.errors import RebuildIsRunning
from services.monitoring.domain.trail import Entry
from services.monitoring.storage import StoredModel, StoredTrail, current_generation
from services.monitoring.tables import TABLE_OF
from services.monitoring.use_cases import count_in

CHUNK = 2000
REBUILDING = 7_326_016  # any number: one rebuild at a time
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """`entries` of the trail counted into `generation`, which is now the one that is read."""

    entries: int
    generation: int


def rebuild(engine: Engine, on_progress: Progress = lambda done, total: None) -> Rebuilt:
    """Throw the read model away for one built from the trail. Raises RebuildIsRunning."""
    with _one_at_a_time(engine):
        old = _generation_read(engine)
        _remove_all_but(engine, old)
        last = _change_over(engine, old + 1, _catch_up(engine, old + 1, on_progress))
        generation = old + 1 if last else old
        _remove_all_but(engine, generation)
    return Rebuilt(entries=last.position if last else 0, generation=generation)


def _generation_read(engine: Engine) -> int:
    with Session(engine) as session:
        return current_generation(session)


def _remove_all_but(engine: Engine, generation: int) -> None:
    """Rows of other generations: the one before, or what a rebuild left that was cut short."""
    with Session(engine) as session, session.begin():
        session.execute(text("SET LOCAL statement_timeout = 0"))
        for table in TABLE_OF.values():
            session.execute(table.delete().where(table.c.generation != generation))


def _catch_up(engine: Engine, generation: int, on_progress: Progress) -> Entry | None:
    """Count in chunk after chunk, until less than a chunk is left; the last entry counted in."""
    last: Entry | None = None
    while True:
        with Session(engine) as session, session.begin():
            entries = chain.entries_after(session, last.position if last else 0, most=CHUNK)
            if len(entries) < CHUNK:
                return last
            count_in(StoredModel(session, generation), [entry.fact for entry in entries])
            last = entries[-1]
            on_progress(last.position, chain.trail_head(session).position)


def _change_over(engine: Engine, generation: int, last: Entry | None) -> Entry | None:
    """The rest of the trail and the new generation's name in one transaction, while nobody appends."""
    with Session(engine) as session, session.begin():
        StoredTrail(session).lock_head()
        model = StoredModel(session, generation)
        while entries := chain.entries_after(session, last.position if last else 0, most=CHUNK):
            count_in(model, [entry.fact for entry in entries])
            last = entries[-1]
        if last:
            model.name_current(last)
    return last


@contextmanager
def _one_at_a_time(engine: Engine) -> Iterator[None]:
    with engine.connect() as connection:
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": REBUILDING}):
            raise RebuildIsRunning()
        connection.commit()
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": REBUILDING})
            connection.commit()
