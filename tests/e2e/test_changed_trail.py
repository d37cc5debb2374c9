"""Somebody with every right in the database changes the trail behind its back; verification names the row."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from shared.dates import helsinki_day
from shared.storage.database import right_now
from tests.support.embedded import Embedded
from tukivayla.demo.flow import Flow, open_a_call, players
from tukivayla.demo.people import eventually
from tukivayla.private_postgres import DATABASE

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

EDIT = "UPDATE monitoring.trail SET canonical = replace(canonical, '84999.99', '94999.99') WHERE position = {}"
DELETE = "DELETE FROM monitoring.trail WHERE position = {}"
SWAP = """
UPDATE monitoring.trail SET position = -1 WHERE position = {0};
UPDATE monitoring.trail SET position = {0} WHERE position = {0} + 1;
UPDATE monitoring.trail SET position = {0} + 1 WHERE position = -1
"""
RENAME = "UPDATE monitoring.trail SET actor = 'somebody else' WHERE position = {}"


class Superuser:
    """Whoever runs the database may switch its triggers off; what it then does cannot be hidden."""

    def __init__(self, house: Embedded) -> None:
        _pid, _data, _started, _port, socket_directory, *_ = (
            (house.var / "postgres" / "postmaster.pid").read_text().splitlines()
        )
        self.connection = psycopg2.connect(f"postgresql://postgres@/{DATABASE}?host={socket_directory}")

    def do(self, *statements: str) -> list[tuple[Any, ...]]:
        with self.connection, self.connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    @contextlib.contextmanager
    def changed(self, statement: str) -> Iterator[None]:
        """The trail with the change made, put right again afterwards."""
        self.do(
            "CREATE TABLE kept AS SELECT * FROM monitoring.trail",
            "ALTER TABLE monitoring.trail DISABLE TRIGGER insert_only",
            statement,
        )
        try:
            yield
        finally:
            self.do(
                "DELETE FROM monitoring.trail",
                "INSERT INTO monitoring.trail SELECT * FROM kept",
                "DROP TABLE kept",
                "ALTER TABLE monitoring.trail ENABLE TRIGGER insert_only",
            )


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedded]:
    running = Embedded(Path(tmp_path_factory.mktemp("trail")) / "var")
    running.start()
    try:
        decide_one_case(running.address)
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def superuser(house: Embedded) -> Iterator[Superuser]:
    one = Superuser(house)
    yield one
    one.connection.close()


def decide_one_case(address: str) -> None:
    cast = eventually(lambda: _players_or_none(address), seconds=60, what="the people")
    today = helsinki_day(right_now())
    flow = Flow(cast, open_a_call(cast.operator, today=today), today)
    for step in (flow.apply, flow.submit, flow.take, flow.propose, flow.decide, flow.open_claim):
        step()
    eventually(lambda: "payments.grant_account_opened" in types_of(flow), what="the trail to have it all")


def types_of(flow: Flow) -> list[str]:
    return [entry["type"] for entry in flow.by.auditor.get(f"/cases/{flow.number}/trail")["entries"]]


def _players_or_none(address: str) -> Any:
    try:
        return players(address)
    except LookupError:
        return None


def verified(house: Embedded) -> tuple[int, dict[str, Any]]:
    told = house.command("trail", "verify", "--json")
    return told.returncode, json.loads(told.stdout)


def test_the_database_itself_refuses_a_change(superuser: Superuser):
    with pytest.raises(psycopg2.errors.RaiseException, match="new entries only"):
        superuser.do(EDIT.format(1))


def test_an_untouched_trail_holds(house: Embedded):
    code, proof = verified(house)
    assert (code, proof["holds"], proof["broken_at"]) == (0, True, None)


@pytest.mark.parametrize(
    ("change", "what"),
    [(EDIT, "content"), (DELETE, "position_missing"), (SWAP, "previous"), (RENAME, "column:actor")],
    ids=["edited", "deleted", "swapped", "renamed"],
)
def test_a_changed_row_is_named(house: Embedded, superuser: Superuser, change: str, what: str):
    [(position,)] = superuser.do(
        "SELECT position FROM monitoring.trail "
        "WHERE type = 'applications.grant_awarded' AND canonical LIKE '%84999.99%'"
    )
    with superuser.changed(change.format(position)):
        code, proof = verified(house)
        assert (code, proof["holds"]) == (1, False)
        assert (proof["broken_at"], proof["broken"]) == (position, what)


def test_the_auditors_page_names_it_too(house: Embedded, superuser: Superuser):
    auditor = players(house.address).auditor
    with superuser.changed(DELETE.format(3)):
        proof = auditor.get("/trail/verification")
        assert (proof["holds"], proof["broken_at"], proof["broken"]) == (False, 3, "position_missing")
        assert "THE TRAIL DOES NOT HOLD at entry 3" in house.command("trail", "verify").stderr
    assert auditor.get("/trail/verification")["holds"]
