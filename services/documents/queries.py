"""Lists of documents as their readers may see them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from services.documents.domain.documents import files_seen_by
from services.documents.domain.scans import ScanState
from services.documents.records import DocumentRecord, ScanRecord
from services.documents.storage.files import MOST_NAMED
from shared.asker import Asker
from shared.errors import Fault, InvalidFields

SORTS = ("stored_at", "file_name", "kind", "size")

SAME = ("document_id", "subject", "business_id", "file_name", "stored_at")

_table = DocumentRecord.__table__
_scans = ScanRecord.__table__
_columns = [column for column in _table.c if column.name != "blob"]


def documents_of(
    session: Session, asker: Asker, *, subject: str, page: int, size: int, sort: str = ""
) -> dict[str, Any]:
    """One page of a case's documents that the asker may see, newest first unless asked otherwise, and the true total.

    Raises InvalidFields with the rule `unknown_sort` and its `known`.
    """
    conditions = [_table.c.subject == subject]
    conditions += [_table.c[name] == value for name, value in files_seen_by(asker).items()]
    rows = (
        _sorted(select(*_columns, _scans.c.state.label("scan"), _scans.c.finding), sort)
        .outerjoin(_scans, _scans.c.document_id == _table.c.document_id)
        .where(*conditions)
        .limit(size)
        .offset((page - 1) * size)
    )
    total = session.scalar(select(func.count()).select_from(_table).where(*conditions))
    items = [dict(row) for row in session.execute(rows).mappings()]
    return {"items": _with_same_files(session, asker, items), "total": total}


def _with_same_files(session: Session, asker: Asker, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each document with the asker's others of the same bytes, oldest first: found for the whole page at once."""
    digests = {item["sha256"] for item in items}
    seen = [_table.c[name] == value for name, value in files_seen_by(asker).items()]
    others = (
        select(*(_table.c[name] for name in SAME), _table.c.sha256)
        .where(_table.c.sha256.in_(digests), *seen)
        .order_by(_table.c.stored_at, _table.c.document_id)
        .limit(MOST_NAMED * len(items))
    )
    by_digest: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in session.execute(others).mappings():
        by_digest[row["sha256"]].append({name: row[name] for name in SAME})
    for item in items:
        same = [other for other in by_digest[item["sha256"]] if other["document_id"] != item["document_id"]]
        item["same_files"] = same[:MOST_NAMED]
        item["same_as"] = [other["document_id"] for other in item["same_files"]]
        item["scan"] = item["scan"] or ScanState.OURS
    return items


def _sorted(rows: Select[Any], sort: str) -> Select[Any]:
    wanted = sort or "-stored_at"
    name = wanted.removeprefix("-")
    if name not in SORTS:
        raise InvalidFields(faults=[Fault("sort", "unknown_sort", {"known": ", ".join(SORTS)})])
    column = _table.c[name]
    return rows.order_by(column.desc() if wanted.startswith("-") else column, _table.c.document_id)
