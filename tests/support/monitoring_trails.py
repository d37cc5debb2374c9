"""A trail and its read model in PostgreSQL, for tests to fill and to compare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.monitoring import use_cases
from services.monitoring.storage import MonitoringWork, current_generation
from services.monitoring.tables import TABLE_OF
from shared.asker import the_house
from shared.messaging.envelope import Envelope
from shared.storage.database import Database


def record(database: Database, facts: Sequence[Envelope], *, batch: int = 100) -> None:
    """As the room hears them: so many facts a transaction."""
    for start in range(0, len(facts), batch):
        with database.work(MonitoringWork, the_house("correlation-1")) as work:
            use_cases.record_facts(work, facts[start : start + batch])


def read_model(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Every row of the generation that is read, without its number."""
    with Session(database.engine) as session:
        generation = current_generation(session)
        return {table.name: _rows(session, table, generation) for table in TABLE_OF.values()}


def _rows(session: Session, table: Any, generation: int) -> list[dict[str, Any]]:
    columns = [column for column in table.columns if column.name != "generation"]
    found = select(*columns).where(table.c.generation == generation).order_by(columns[0])
    return [dict(row) for row in session.execute(found).mappings()]
