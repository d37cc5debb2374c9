"""Lists for screens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from services.customers.records import ContactRecord, PersonRecord, UndertakingRecord
from shared.asker import Asker, Role
from shared.errors import Fault, InvalidFields, NotFound
from shared.sorting import sort_key

UNDERTAKING_SORTS = {
    "name": UndertakingRecord.sort_name,
    "business_id": UndertakingRecord.business_id,
    "registered_at": UndertakingRecord.registered_at,
}
CONTACT_SORTS = {"at": ContactRecord.at}


def undertakings(session: Session, *, page: int, size: int, sort: str, search: str) -> dict[str, Any]:
    """By name as Finns and Swedes sort it. `search` is the beginning of a business id or any part of a name."""
    found = select(UndertakingRecord)
    if search.strip():
        found = found.where(_matches(search.strip()))
    order = _order(sort or "name", UNDERTAKING_SORTS)
    return _page(session, found, (order, UndertakingRecord.business_id), page, size)


def contacts(session: Session, asker: Asker, *, business_id: str, page: int, size: int, sort: str) -> dict[str, Any]:
    """Newest first. A company sees its own; officials those of every authority, so that nothing is asked twice."""
    if asker.role is Role.COMPANY and asker.business_id != business_id:
        raise NotFound(what="undertaking")
    found = select(ContactRecord).where(ContactRecord.business_id == business_id)
    order = _order(sort or "-at", CONTACT_SORTS)
    return _page(session, found, (order, ContactRecord.event_id), page, size)


def names(session: Session, person_ids: Sequence[str]) -> dict[str, Any]:
    """Those that are known; an id nobody has is left out."""
    found = select(PersonRecord.person_id, PersonRecord.name).where(PersonRecord.person_id.in_(person_ids))
    return {"items": session.execute(found).mappings().all()}


def _matches(search: str) -> ColumnElement[bool]:
    by_name = UndertakingRecord.sort_name.contains(sort_key(search), autoescape=True)
    return or_(UndertakingRecord.business_id.startswith(search, autoescape=True), by_name)


def _order(sort: str, known: Mapping[str, Any]) -> Any:
    column = known.get(sort.removeprefix("-"))
    if column is None:
        raise InvalidFields(faults=[Fault("sort", "unknown_sort", {"known": ", ".join(known)})])
    return column.desc() if sort.startswith("-") else column.asc()


def _page(session: Session, found: Select[Any], order: Sequence[Any], page: int, size: int) -> dict[str, Any]:
    rows = session.scalars(found.order_by(*order).limit(size).offset((page - 1) * size)).all()
    total = session.scalar(select(func.count()).select_from(found.order_by(None).subquery()))
    return {"items": rows, "total": total}
