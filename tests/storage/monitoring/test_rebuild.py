"""The read model built anew is the one there was, and readers never miss it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from services.monitoring import rebuild as rebuilding
from services.monitoring.domain.errors import RebuildIsRunning
from services.monitoring.rebuild import REBUILDING, Rebuilt, rebuild
from services.monitoring.storage import MonitoringWork
from services.monitoring.use_cases import record_facts
from shared.asker import the_house
from shared.messaging.envelope import Envelope
from shared.storage.database import Database
from tests.support.monitoring_builders import a_life
from tests.support.monitoring_streams import cases_lives, interleaved
from tests.support.monitoring_trails import read_model, record
from tests.support.room_databases import empty

pytestmark = pytest.mark.postgres


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuilding, "CHUNK", 7)


def test_a_rebuilt_model_equals_the_one_that_was_read(room_database: Database) -> None:
    record(room_database, [fact for place in range(3) for fact in a_life(f"A{place}")])
    before = read_model(room_database)
    assert rebuild(room_database.engine) == Rebuilt(entries=42, generation=2)
    assert read_model(room_database) == before
    assert len(before["cases"]) == 3


def test_a_spoilt_model_is_mended_by_building_it_anew(room_database: Database) -> None:
    record(room_database, a_life())
    before = read_model(room_database)
    with room_database.engine.begin() as connection:
        connection.execute(text("UPDATE monitoring.cases SET paid = 1, state = 'rejected'"))
    assert read_model(room_database) != before
    rebuild(room_database.engine)
    assert read_model(room_database) == before


def test_after_a_rebuild_new_facts_are_counted_into_the_new_generation(room_database: Database) -> None:
    life = a_life()
    record(room_database, life[:9])
    rebuild(room_database.engine)
    record(room_database, life[9:])
    assert [case["state"] for case in read_model(room_database)["cases"]] == ["paid"]


def test_the_old_generation_and_leftovers_of_a_rebuild_cut_short_are_removed(room_database: Database) -> None:
    record(room_database, a_life())
    with room_database.engine.begin() as connection:
        connection.execute(text("INSERT INTO monitoring.documents VALUES (2, 'left over', 'invoice', 'x')"))
    rebuild(room_database.engine)
    with room_database.engine.connect() as connection:
        found = connection.execute(text("SELECT DISTINCT generation FROM monitoring.documents")).scalars().all()
    assert found == [2]
    assert "left over" not in {row["document_id"] for row in read_model(room_database)["documents"]}


def test_an_empty_trail_gives_an_empty_model(room_database: Database) -> None:
    assert rebuild(room_database.engine).entries == 0
    assert read_model(room_database)["cases"] == []


def test_progress_is_told(room_database: Database) -> None:
    record(room_database, a_life())
    heard: list[tuple[int, int]] = []
    rebuild(room_database.engine, lambda done, total: heard.append((done, total)))
    assert heard == [(7, 14), (14, 14)]


def test_one_rebuild_at_a_time(room_database: Database) -> None:
    with room_database.engine.connect() as other:
        other.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": REBUILDING})
        with pytest.raises(RebuildIsRunning):
            rebuild(room_database.engine)


def test_facts_that_come_while_it_is_rebuilt_are_in_both_generations(room_database: Database) -> None:
    lives = [a_life(f"A{place}") for place in range(12)]
    record(room_database, [fact for life in lives[:4] for fact in life])
    with ThreadPoolExecutor(max_workers=2) as workers:
        coming = workers.submit(lambda: [record(room_database, life, batch=2) for life in lives[4:]])
        rebuilt = [rebuild(room_database.engine) for _ in range(3)]
        coming.result()
    rebuilt.append(rebuild(room_database.engine))
    assert rebuilt[-1].entries == 12 * 14
    assert {case["state"] for case in read_model(room_database)["cases"]} == {"paid"}
    assert len(read_model(room_database)["cases"]) == 12


def test_readers_never_see_an_empty_model(room_database: Database) -> None:
    record(room_database, a_life())
    seen: list[int] = []

    def look(done: int, total: int) -> None:
        seen.append(len(read_model(room_database)["cases"]))

    rebuild(room_database.engine, look)
    assert seen == [1, 1]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases_lives(), st.integers(min_value=1, max_value=9), st.randoms(use_true_random=False))
def test_whatever_comes_in_whatever_batches_a_rebuild_gives_the_same_model(
    room_database: Database, lives: list[Envelope], batch: int, chance: Random
) -> None:
    empty(room_database.engine, "monitoring")
    record(room_database, interleaved(lives, chance), batch=batch)
    live = read_model(room_database)
    rebuild(room_database.engine)
    assert read_model(room_database) == live


def test_a_batch_that_fails_leaves_neither_entry_nor_row(room_database: Database) -> None:
    class Stopped(Exception):
        pass

    def record_and_stop(facts: list[Any]) -> None:
        with room_database.work(MonitoringWork, the_house("c")) as work:
            record_facts(work, facts)
            raise Stopped

    with pytest.raises(Stopped):
        record_and_stop(a_life())
    with room_database.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM monitoring.trail")).scalar_one() == 0
    assert read_model(room_database)["cases"] == []
