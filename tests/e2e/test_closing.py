"""A house that is told to close does so in a few seconds, whatever waits for its rounds, and goes on where it was."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from shared.dates import helsinki_day
from shared.storage.database import right_now
from tests.support.embedded import Embedded
from tests.support.full_set_up import full_set_up
from tukivayla.demo.flow import Flow, open_a_call, players
from tukivayla.demo.people import eventually

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

BACKLOG = 300
A_FEW_SECONDS = 10  # on a busy machine; what is in hand is twenty letters, a second or two of printing
# Like the one that was written, but for what the case's room has to be asked for once more.
OWED_AGAIN = """
    INSERT INTO documents.letters (
        event_id, kind, subject, number, language, business_id, authority, file_name, check_code, digest,
        decided_at, data, due_at, state, attempts
    )
    SELECT event_id || '-' || i, kind, subject, number, language, business_id, authority, file_name, check_code,
        digest, decided_at, data - 'gathered', now(), 'to_write', 0
    FROM documents.letters, generate_series(1, %s) AS i WHERE kind = 'filing'
"""


class Letters:
    """The letters of a house, seen from its database."""

    def __init__(self, url: str) -> None:
        self.url = url

    def ask(self, statement: str, *values: Any) -> Any:
        with contextlib.closing(psycopg2.connect(self.url)) as connection, connection, connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchone()[0] if cursor.description else None

    def written(self) -> int:
        return int(self.ask("SELECT count(*) FROM documents.letters WHERE state = 'written'"))

    def left(self) -> int:
        return int(self.ask("SELECT count(*) FROM documents.letters WHERE state = 'to_write'"))

    def pile_up(self, address: str) -> None:
        """One application is filed, and what it owes a letter for is owed many times more."""
        file_one(address)
        eventually(lambda: self.written() == 1 or None, seconds=60, what="the first letter")
        self.ask(OWED_AGAIN, BACKLOG)
        eventually(lambda: self.written() > 1 or None, seconds=60, what="the round under way")

    def all_written_once(self) -> None:
        eventually(lambda: self.left() == 0 or None, seconds=180, what="the rest of the letters")
        assert self.written() == BACKLOG + 1
        assert self.ask("SELECT count(DISTINCT document_id) FROM documents.letters") == BACKLOG + 1
        assert self.ask("SELECT count(*) FROM documents.documents WHERE kind = 'filing'") == BACKLOG + 1, "none twice"
        assert self.ask("SELECT max(attempts) FROM documents.letters") == 1, "what was put back was no attempt"


def file_one(address: str) -> None:
    cast = eventually(lambda: cast_or_none(address), seconds=60, what="the people")
    today = helsinki_day(right_now())
    flow = Flow(cast, open_a_call(cast.operator, today=today), today)
    flow.apply()
    flow.submit()


def cast_or_none(address: str) -> Any:
    try:
        return players(address)
    except LookupError:
        return None


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Embedded]:
    running = Embedded(tmp_path / "var")
    running.start()
    yield running
    if running.process.poll() is None:
        running.stop()


def test_ctrl_c_with_three_hundred_letters_to_print_closes_in_a_few_seconds_and_none_is_lost(laptop: Embedded) -> None:
    Letters(laptop.database_url).pile_up(laptop.address)

    began = time.monotonic()
    assert laptop.stop() == 0
    took = time.monotonic() - began

    assert took < A_FEW_SECONDS
    laptop.start()
    letters = Letters(laptop.database_url)
    assert letters.left() > 0, "it did not print them all first"
    letters.all_written_once()


@pytest.mark.rabbit
@pytest.mark.postgres
def test_a_room_that_is_terminated_in_the_middle_of_its_letters_closes_as_soon(tmp_path: Path) -> None:
    with full_set_up(tmp_path) as house:
        letters = Letters(house.environment["DATABASE_URL"])
        letters.pile_up(house.address)

        began = time.monotonic()
        assert house.restart("documents") == 0
        took = time.monotonic() - began

        assert took < A_FEW_SECONDS
        assert letters.left() > 0, "it did not print them all first"
        letters.all_written_once()
