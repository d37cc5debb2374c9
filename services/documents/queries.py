"""Lists of documents as their readers may see them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.orm import Session, aliased

from services.documents.domain.documents import seen_by
from services.documents.records import DocumentRecord
from shared.asker import Asker
from shared.errors import Fault, InvalidFields

SORTS = ("stored_at", "file_name", "kind", "size")

_table = DocumentRecord.__table__
_columns = [column for column in _table.c if column.name != "blob"]


def documents_of(
    session: Session, asker: Asker, *, subject: str, page: int, size: int, sort: str = ""
) -> dict[str, Any]:
    """One page of a case's documents that the asker may see, newest first unless asked otherwise, and the true total.

    Raises InvalidFields with the rule `unknown_sort` and its `known`.
    """
    conditions = [_table.c.subject == subject]
    conditions += [_table.c[name] == value for name, value in seen_by(asker).items()]
    rows = (
        _sorted(select(*_columns, _same_as().label("same_as")), sort)
        .where(*conditions)
        .limit(size)
        .offset((page - 1) * size)
    )
    total = session.scalar(select(func.count()).select_from(_table).where(*conditions))
    return {"items": [dict(row) for row in session.execute(rows).mappings()], "total": total}


def _same_as() -> ScalarSelect[list[str]]:
    other = aliased(DocumentRecord)
    return (
        select(func.coalesce(func.array_agg(other.document_id), []))
        .where(
            other.business_id == _table.c.business_id,
            other.sha256 == _table.c.sha256,
            other.document_id != _table.c.document_id,
        )
        .scalar_subquery()
    )


def _sorted(rows: Select[Any], sort: str) -> Select[Any]:
    wanted = sort or "-stored_at"
    name = wanted.removeprefix("-")
    if name not in SORTS:
        raise InvalidFields(faults=[Fault("sort", "unknown_sort", {"known": ", ".join(SORTS)})])
    column = _table.c[name]
    return rows.order_by(column.desc() if wanted.startswith("-") else column, _table.c.document_id)
