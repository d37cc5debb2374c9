"""The trail in PostgreSQL: inserts only, one writer at a time, and every change afterwards found."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.monitoring.checkpointing import sign_head
from services.monitoring.domain.checking import TrailProof
from services.monitoring.domain.checkpoints import Rhythm
from services.monitoring.signing import HEADS, HeadsKept, Signer
from services.monitoring.verification import verify
from shared.storage.database import Database
from tests.support.monitoring_builders import NOW, a_fact, a_life
from tests.support.monitoring_trails import record

pytestmark = pytest.mark.postgres


@pytest.fixture
def filled(room_database: Database) -> Database:
    record(room_database, a_life())
    return room_database


def meddle(database: Database, statement: str) -> None:
    """As somebody who owns the database can: with the triggers switched off."""
    with database.engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(statement))


def proof(database: Database, place: Path, **asked: Any) -> TrailProof:
    return verify(database.engine, heads=HeadsKept(place), now=NOW, **asked)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE monitoring.trail SET actor = 'somebody-else'",
        "UPDATE monitoring.trail SET actor = 'somebody-else' WHERE position = 0",
        "DELETE FROM monitoring.trail",
        "TRUNCATE monitoring.trail",
    ],
)
def test_the_trail_takes_new_entries_and_nothing_else(filled: Database, statement: str) -> None:
    with pytest.raises(DBAPIError, match="takes new entries only"), filled.engine.begin() as connection:
        connection.execute(text(statement))


def test_an_untouched_trail_holds_from_the_first_entry_to_the_last(filled: Database, tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    found = verify(filled.engine, lambda done, total: heard.append((done, total)), heads=HeadsKept(tmp_path), now=NOW)
    assert (found.holds, found.entries, found.broken_at, found.broken) == (True, 14, None, None)
    assert heard == [(14, 14)]


def test_an_empty_trail_holds(room_database: Database, tmp_path: Path) -> None:
    found = proof(room_database, tmp_path)
    assert (found.holds, found.entries, found.head) == (True, 0, "0" * 64)


@pytest.mark.parametrize(
    ("meddling", "position", "what"),
    [
        (
            "UPDATE monitoring.trail SET canonical = replace(canonical, '4000.00', '9000.00') WHERE position = 5",
            5,
            "content",
        ),
        ("UPDATE monitoring.trail SET hash = sha256('x') WHERE position = 5", 5, "hash"),
        ("UPDATE monitoring.trail SET previous = sha256('x') WHERE position = 5", 5, "previous"),
        ("UPDATE monitoring.trail SET actor = 'somebody-else' WHERE position = 5", 5, "column:actor"),
        ("UPDATE monitoring.trail SET authority = 'KES' WHERE position = 5", 5, "column:authority"),
        ("UPDATE monitoring.trail SET at = at + interval '1 day' WHERE position = 5", 5, "column:at"),
        ("UPDATE monitoring.trail SET subject = 'application/A1' WHERE position = 5", 5, "column:subject"),
        ("DELETE FROM monitoring.trail WHERE position = 5", 5, "position_missing"),
        ("DELETE FROM monitoring.trail WHERE position = 1", 1, "position_missing"),
        ("UPDATE monitoring.trail SET hash = sha256('x') WHERE position = 14", 14, "content_or_hash"),
    ],
)
def test_verification_names_the_first_entry_that_does_not_fit_and_what_differs(
    filled: Database, tmp_path: Path, meddling: str, position: int, what: str
) -> None:
    meddle(filled, meddling)
    found = proof(filled, tmp_path)
    assert (found.holds, found.broken_at, found.broken) == (False, position, what)
    assert found.entries == position - 1


def test_verification_up_to_a_position_looks_no_further(filled: Database, tmp_path: Path) -> None:
    meddle(filled, "UPDATE monitoring.trail SET actor = 'somebody-else' WHERE position = 5")
    found = proof(filled, tmp_path, upto=4)
    assert (found.holds, found.entries) == (True, 4)


def rewrite_from(database: Database, position: int) -> None:
    """Change an entry and make the chain hold again from there on, as its owner could."""
    with database.engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(
            text(
                "UPDATE monitoring.trail SET canonical = replace(canonical, '4000.00', '9000.00') WHERE position = :p"
            ),
            {"p": position},
        )
        for at in range(position, 15):
            connection.execute(
                text(
                    "UPDATE monitoring.trail t SET previous = before.hash, "
                    "hash = sha256(before.hash || convert_to(t.canonical, 'UTF8')) "
                    "FROM monitoring.trail before WHERE t.position = :at AND before.position = :at - 1"
                ),
                {"at": at},
            )


class TestSignedHeads:
    def test_agree_with_a_trail_that_has_only_grown(self, filled: Database, tmp_path: Path) -> None:
        sign_head(filled.engine, Signer(tmp_path), NOW)
        record(filled, [a_fact("applications.case_taken", number="A2")])
        found = proof(filled, tmp_path)
        assert (found.holds, found.entries, found.checkpoints) == (True, 15, 1)

    def test_are_not_made_twice_of_the_same_head(self, filled: Database, tmp_path: Path) -> None:
        assert sign_head(filled.engine, Signer(tmp_path), NOW) is not None
        assert sign_head(filled.engine, Signer(tmp_path), NOW) is None

    def test_are_made_only_when_due(self, filled: Database, tmp_path: Path) -> None:
        sign_head(filled.engine, Signer(tmp_path), NOW)
        record(filled, [a_fact("applications.case_taken", number="A2")])
        assert sign_head(filled.engine, Signer(tmp_path), NOW, Rhythm()) is None

    def test_catch_a_rewritten_trail(self, filled: Database, tmp_path: Path) -> None:
        sign_head(filled.engine, Signer(tmp_path), NOW)
        rewrite_from(filled, 5)
        found = proof(filled, tmp_path)
        assert (found.broken_at, found.broken) == (14, "checkpoint")

    def test_outside_the_database_catch_one_whose_own_signed_heads_were_removed(
        self, filled: Database, tmp_path: Path
    ) -> None:
        sign_head(filled.engine, Signer(tmp_path), NOW)
        rewrite_from(filled, 5)
        meddle(filled, "DELETE FROM monitoring.checkpoints")
        assert proof(filled, tmp_path).broken == "checkpoint"

    def test_catch_a_trail_whose_end_was_cut_off(self, filled: Database, tmp_path: Path) -> None:
        sign_head(filled.engine, Signer(tmp_path), NOW)
        meddle(filled, "DELETE FROM monitoring.trail WHERE position > 10")
        found = proof(filled, tmp_path)
        assert (found.broken_at, found.broken) == (11, "position_missing")

    def test_made_by_somebody_else_are_told(self, filled: Database, tmp_path: Path) -> None:
        (tmp_path / "theirs").mkdir()
        sign_head(filled.engine, Signer(tmp_path / "theirs"), NOW)
        found = proof(filled, tmp_path)
        assert (found.broken_at, found.broken) == (14, "checkpoint_signature")

    def test_that_are_missing_from_the_file_still_count_from_the_table(self, filled: Database, tmp_path: Path) -> None:
        sign_head(filled.engine, Signer(tmp_path), NOW)
        (tmp_path / HEADS).unlink()
        rewrite_from(filled, 5)
        assert proof(filled, tmp_path).broken == "checkpoint"


def test_a_fact_heard_twice_is_one_entry(filled: Database, tmp_path: Path) -> None:
    fact = a_fact("applications.case_taken", number="A2")
    record(filled, [fact, fact])
    record(filled, [fact])
    assert proof(filled, tmp_path).entries == 15


def test_many_writers_make_one_chain_without_gaps(room_database: Database, tmp_path: Path) -> None:
    lives = [a_life(f"A{place}") for place in range(12)]
    with ThreadPoolExecutor(max_workers=4) as writers:
        list(writers.map(lambda life: record(room_database, life, batch=3), lives))
    found = proof(room_database, tmp_path)
    assert (found.holds, found.entries) == (True, 12 * 14)


def test_whatever_people_write_is_in_the_trail_to_the_letter(room_database: Database, tmp_path: Path) -> None:
    note = 'Å "ä" \\ \n\t \\u0000 \u2028 😀 e\u0301 %s :rows'
    record(room_database, [a_fact("applications.proposal_returned", note=note)])
    assert proof(room_database, tmp_path).holds
    with room_database.engine.connect() as connection:
        canonical = connection.execute(text("SELECT canonical FROM monitoring.trail")).scalar_one()
    assert json.loads(canonical)["data"]["note"] == note
