"""Many rows in one statement and one round trip: they travel as one JSON array."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Table, TextClause, text
from sqlalchemy.orm import Session

from shared.money import Money


def insert_rows(session: Session, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    session.execute(_inserting(table), {"rows": _as_json(rows)})


def put_rows(session: Session, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert, or replace the row of the same key."""
    session.execute(_putting(table), {"rows": _as_json(rows)})


@cache
def _inserting(table: Table) -> TextClause:
    return text(_insert(table))


@cache
def _putting(table: Table) -> TextClause:
    keys = [column.name for column in table.primary_key]
    others = [column.name for column in table.columns if column.name not in keys]
    replaced = ", ".join(f"{name} = excluded.{name}" for name in others)
    return text(f"{_insert(table)} ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {replaced}")


def _insert(table: Table) -> str:
    names = ", ".join(column.name for column in table.columns)
    return (
        f"INSERT INTO {table.fullname} ({names}) "
        f"SELECT {names} FROM json_populate_recordset(CAST(NULL AS {table.fullname}), CAST(:rows AS json))"
    )


def _as_json(rows: Iterable[Mapping[str, Any]]) -> str:
    return json.dumps(list(rows), default=_as_postgresql_reads_it, ensure_ascii=False)


def _as_postgresql_reads_it(value: object) -> int | str:
    match value:
        case Money():
            return value.cents
        case date():  # a datetime too
            return value.isoformat()
        case bytes():
            return rf"\x{value.hex()}"
    raise TypeError(f"no column takes {value!r}")
