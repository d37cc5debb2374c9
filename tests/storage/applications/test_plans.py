"""What the queue asks of PostgreSQL it answers from indexes: no list reads every application."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, text

from services.applications import queries, use_cases
from services.applications.records import ApplicationRecord
from shared.storage.database import Database
from tests.support import applications_builders as an
from tests.support.applications_journeys import Journey

pytestmark = pytest.mark.postgres

ROWS = 3_000
Plans = Callable[[], list[str]]
OWN = {
    "number": "'A' || (500000 + i)",
    "authority": "(ARRAY['ITA', 'KES', 'POH', 'LOU'])[1 + i % 4]",
    "undertaking_name": "'Yritys ' || i",
    "searched": "'a' || (500000 + i) || ' yritys' || i || (ARRAY[' saha', ' levypaja', ' leipomo'])[1 + i % 3]",
    "handler": "'official-' || i % 40",
    "due_on": "date '2026-09-01' + i % 150",
}


@pytest.fixture
def journey(stored_journey: Journey, room_database: Database) -> Journey:
    """A few thousand cases, one in twelve of them open, as an authority has them after some years."""
    stored_journey.publish()
    stored_journey.fund("100000.00")
    taken, decided = stored_journey.taken(), stored_journey.proposed()
    stored_journey.decide(decided)
    columns = [column.name for column in ApplicationRecord.__table__.columns]
    values = ", ".join(OWN.get(name, f"pattern.{name}") for name in columns)
    with room_database.engine.begin() as connection:
        connection.execute(
            text(
                f"INSERT INTO applications.applications ({', '.join(columns)}) "
                f"SELECT {values} FROM generate_series(1, :rows) AS i JOIN applications.applications AS pattern "
                "ON pattern.number = CASE WHEN i % 12 = 0 THEN :taken ELSE :decided END"
            ),
            {"rows": ROWS, "taken": taken, "decided": decided},
        )
    with room_database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE applications.applications"))
    return stored_journey


@pytest.fixture
def plans(room_database: Database) -> Iterator[Plans]:
    """The plans of whatever the room has read since the last time."""
    asked: list[tuple[str, Any]] = []
    engine: Engine = room_database.engine

    def remember(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")) and "applications.applications" in statement:
            asked.append((statement, parameters))

    def explained() -> list[str]:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT set_config('pg_trgm.word_similarity_threshold', '0.45', true)")
            found = [_plan(connection, *one) for one in asked]
        asked.clear()
        return found

    event.listen(engine, "before_cursor_execute", remember)
    yield explained
    event.remove(engine, "before_cursor_execute", remember)


def _plan(connection: Connection, statement: str, parameters: Any) -> str:
    return "\n".join(connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).scalars())


def look(journey: Journey, **asked: Any) -> Any:
    wanted = {"page": 1, "size": 50, "sort": "", "search": "", **asked}
    return journey.do(an.HANDLER, lambda work: queries.work_queue(work.session, work.asker, work.now, **wanted))


LOOKS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"group": "open"}, "ix_applications_open"),
    ({"group": "open", "overdue": True}, "ix_applications_open"),
    ({"group": "open", "page": 3}, "ix_applications_open"),
    ({"group": "untaken"}, "ix_applications_"),
    ({"group": "open", "handler": "official-12"}, "ix_applications_"),
    ({"group": "all", "search": "yritys123"}, "ix_applications_search"),
    ({"group": "all", "search": "yritis1234 levypjaa"}, "ix_applications_search"),
    ({"group": "all", "search": "A500123"}, "ix_applications_search"),
)


def test_a_page_of_the_queue_is_read_from_an_index(journey: Journey, plans: Plans) -> None:
    for asked, index in LOOKS:
        look(journey, **asked)

        explained = plans()
        assert explained, asked
        assert not [plan for plan in explained if "Seq Scan on applications" in plan], asked
        assert any(index in plan for plan in explained), (asked, explained)


def test_the_open_cases_are_counted_from_the_index_alone(journey: Journey, plans: Plans) -> None:
    look(journey, group="open")

    counted = next(plan for plan in plans() if "Aggregate" in plan)
    assert "Index Only Scan using ix_applications_open" in counted


def test_all_views_are_counted_in_one_statement_from_indexes(journey: Journey, plans: Plans) -> None:
    journey.do(an.HANDLER, use_cases.save_view, "Sahat", {"search": "saha", "group": "open"})

    journey.do(an.HANDLER, queries.list_views)

    [counted] = [plan for plan in plans() if "Aggregate" in plan]
    assert "Seq Scan on applications" not in counted


def test_a_case_is_read_by_its_number(journey: Journey, plans: Plans) -> None:
    journey.look("A500012", an.AUDITOR)

    assert not [plan for plan in plans() if "Seq Scan on applications" in plan]
