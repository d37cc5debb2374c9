"""The way into one room's part of the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event
from typing import TypeVar

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session

from shared.asker import Asker
from shared.storage.work import ANNOUNCED, Work

W = TypeVar("W", bound=Work)

LIMITS = (
    "SET statement_timeout = '30s'; SET lock_timeout = '10s'; "
    "SET idle_in_transaction_session_timeout = '60s'; SET timezone = 'UTC'"
)


def right_now() -> datetime:
    return datetime.now(UTC)


def connect(url: str, *, size: int = 5) -> Engine:
    """An engine over psycopg2, which cooperates under eventlet and works the same without it."""
    engine = create_engine(
        url.replace("postgresql://", "postgresql+psycopg2://", 1),
        pool_size=size,
        max_overflow=0,
        pool_timeout=20,
        pool_pre_ping=False,
        use_insertmanyvalues=True,
        hide_parameters=True,  # errors are logged, data is not
    )

    @event.listens_for(engine, "connect")
    def _set_limits(connection: DBAPIConnection, _record: object) -> None:
        with connection.cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(LIMITS)
        connection.commit()

    return engine


class Database:
    """One room's database: `work` opens a transaction that commits on the way out, or rolls back.

    `demo` lets a request bring its own clock (`Asker.at`): demonstration data has a past.
    `bell` rings when announcements have been committed, for a relay in the same process.
    """

    def __init__(self, engine: Engine, *, demo: bool = False, clock: Callable[[], datetime] = right_now) -> None:
        self.engine = engine
        self.demo = demo
        self.clock = clock
        self.bell = Event()

    @contextmanager
    def work(self, kind: type[W], asker: Asker, *, read_only: bool = False) -> Iterator[W]:
        with self.transaction(read_only=read_only) as session:
            yield kind(session, asker, self.moment(asker))

    @contextmanager
    def transaction(self, *, read_only: bool = False) -> Iterator[Session]:
        """A bare transaction; a read-only one is refused any write by PostgreSQL itself."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            if read_only:
                session.connection(execution_options={"postgresql_readonly": True})
            yield session
        if session.info.get(ANNOUNCED):
            self.bell.set()

    def moment(self, asker: Asker) -> datetime:
        return asker.at if self.demo and asker.at else self.clock()
