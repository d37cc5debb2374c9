"""The tables of monitoring: the trail, its signed heads, and the read model.

Rows of the read model bear a generation. Readers see the one that `model` names; a rebuild fills the next
one beside it and then names that.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from typing import Any, get_type_hints

from sqlalchemy import BigInteger, Column, Date, Index, Integer, LargeBinary, SmallInteger, Table, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from services.monitoring.domain.rows import (
    CaseRow,
    ClaimLinesRow,
    ClaimRow,
    DocumentRow,
    PaymentRow,
    Row,
    SubjectRow,
)
from shared.money import Money
from shared.storage.bus_tables import add_bus_tables
from shared.storage.columns import Cents, UtcDateTime, metadata

TABLES = metadata("monitoring")
add_bus_tables(TABLES)

TRAIL = Table(
    "trail",
    TABLES,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("event_id", Text, nullable=False, unique=True),
    Column("at", UtcDateTime, nullable=False),
    Column("type", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("source", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("actor", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("authority", Text),
    Column("canonical", Text, nullable=False),
    Column("previous", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)
Index("ix_trail_subject_position", TRAIL.c.subject, TRAIL.c.position)

CHECKPOINTS = Table(
    "checkpoints",
    TABLES,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

# One row: which generation is read, and how far along the trail it is.
MODEL = Table(
    "model",
    TABLES,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("generation", Integer, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("as_of", UtcDateTime),
)

_TYPES: dict[Any, TypeEngine[Any]] = {
    str: Text(),
    str | None: Text(),
    int: Integer(),
    Money: Cents(),
    datetime: UtcDateTime(),
    date | None: Date(),
    list[Any]: JSONB(),
}


def _table(name: str, kind: type[Row], *indexes: tuple[str, ...]) -> Table:
    """A table with the columns that the row has, keyed by generation and the row's own key."""
    hints = get_type_hints(kind)
    own = (_column(field.name, hints[field.name], is_key=field.name == kind.KEY) for field in fields(kind))
    table = Table(name, TABLES, Column("generation", Integer, primary_key=True, autoincrement=False), *own)
    for index in indexes:
        Index(f"ix_{name}_{'_'.join(index)}", table.c.generation, *(table.c[column] for column in index))
    return table


def _column(name: str, hint: Any, *, is_key: bool) -> Column[Any]:
    # Sort keys are made to be compared byte by byte.
    kind = Text(collation="C") if name == "sort_name" else _TYPES[hint]
    return Column(name, kind, primary_key=is_key, nullable=hint in (str | None, date | None))


CASES = _table("cases", CaseRow, ("last_event_at",), ("authority", "state"))
CLAIMS = _table("claims", ClaimRow, ("number",))
CLAIM_LINES = _table("claim_lines", ClaimLinesRow)
PAYMENTS = _table("payments", PaymentRow, ("number",), ("authority", "state"))
DOCUMENTS = _table("documents", DocumentRow)
SUBJECTS = _table("subjects", SubjectRow, ("belongs_to",))

TABLE_OF: dict[type[Row], Table] = {
    CaseRow: CASES,
    ClaimRow: CLAIMS,
    ClaimLinesRow: CLAIM_LINES,
    PaymentRow: PAYMENTS,
    DocumentRow: DOCUMENTS,
    SubjectRow: SUBJECTS,
}
