"""The tables by name, and the one form of bulk update: rows as one JSON value, one statement for all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import RowMapping, Table, TextClause, bindparam, select, text
from sqlalchemy.dialects.postgresql import JSONB, dialect
from sqlalchemy.orm import Session

from services.payments import records


def _table(record: type[records.Record]) -> Table:
    return cast(Table, record.__table__)


GRANTS = _table(records.GrantRecord)
CLAIMS = _table(records.ClaimRecord)
LINES = _table(records.CostLineRecord)
BATCH_NUMBERS = _table(records.BatchNumberRecord)
BATCHES = _table(records.BatchRecord)
PAYMENTS = _table(records.PaymentRecord)
BANK_ANSWERS = _table(records.BankAnswerRecord)


class Reading:
    """One table's rows by the values of a column, plain or locked; the statements are built once."""

    def __init__(self, table: Table, column: str, *order: str) -> None:
        wanted = table.c[column].in_(bindparam("wanted", expanding=True))
        self.plain = select(table).where(wanted).order_by(*(table.c[name] for name in order))
        self.locked = self.plain.with_for_update()

    def rows(self, session: Session, wanted: Collection[Any], *, lock: bool = False) -> Sequence[RowMapping]:
        statement = self.locked if lock else self.plain
        return session.execute(statement, {"wanted": list(wanted)}).mappings().all()


def update_many(session: Session, table: Table, rows: Sequence[dict[str, Any]], key: str, also: str = "") -> None:
    """Set the rows' other columns where `key` is the same. Values are JSON; PostgreSQL casts them to the columns."""
    if not rows:
        return
    session.execute(_updating(table, tuple(rows[0]), key, also), {"rows": list(rows)})


@cache
def _updating(table: Table, names: tuple[str, ...], key: str, also: str) -> TextClause:
    sets = ", ".join(f"{name} = new.{name}" for name in names if name != key)
    kinds = ", ".join(f"{name} {table.c[name].type.compile(dialect())}" for name in names)
    return text(
        f"UPDATE {table.fullname} AS old SET {sets} "
        f"FROM jsonb_to_recordset(:rows) AS new({kinds}) WHERE old.{key} = new.{key}{also}"
    ).bindparams(bindparam("rows", type_=JSONB))
