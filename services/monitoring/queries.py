"""Lists, figures and the trail of a case, for screens: straight from the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, RowMapping, ScalarSelect, Select, Table, func, literal, or_, select
from sqlalchemy.orm import Session

from services.monitoring.chain import entry_of
from services.monitoring.domain.trail import Entry
from services.monitoring.tables import CASES, CLAIM_LINES, CLAIMS, DOCUMENTS, MODEL, PAYMENTS, SUBJECTS, TRAIL
from shared.errors import Fault, InvalidFields
from shared.money import ZERO

_SORT_COLUMNS = {"undertaking_name": "sort_name"}


def _sorts(table: Table, *names: str) -> dict[str, Column[Any]]:
    """What a list may be sorted by; the first is the rows' own key, which settles ties."""
    return {name: table.c[_SORT_COLUMNS.get(name, name)] for name in names}


CASE_SORTS = _sorts(
    CASES,
    *("number", "undertaking_name", "title", "authority", "region", "fund", "state"),
    *("aid_sought", "awarded", "claimed", "approved", "paid", "last_event_at"),
)
PAYMENT_SORTS = _sorts(
    PAYMENTS,
    *("payment_id", "batch_id", "claim_id", "number", "undertaking_name", "amount", "state", "settled_on"),
)
FIGURE_SUMS = {
    "sought": "aid_sought",
    "awarded": "awarded",
    "claimed": "claimed",
    "approved": "approved",
    "paid": "paid",
}


def cases(
    session: Session, *, state: str, authority: str, region: str, fund: str, search: str, sort: str, **paging: Any
) -> dict[str, Any]:
    """The cases, the one that something happened to last first."""
    found = select(CASES).where(current(CASES))
    for column, wanted in (("state", state), ("authority", authority), ("region", region), ("fund", fund)):
        if wanted:
            found = found.where(CASES.c[column] == wanted)
    if search.strip():
        found = found.where(_has(search.strip(), "number", "business_id", "undertaking_name", "title"))
    return _page(session, found, CASE_SORTS, sort=sort or "-last_event_at", **paging)


def payments(session: Session, *, authority: str, state: str, number: str, sort: str, **paging: Any) -> dict[str, Any]:
    """The payments, the last settled first; those not settled before them."""
    found = select(PAYMENTS).where(current(PAYMENTS))
    for column, wanted in (("authority", authority), ("state", state), ("number", number)):
        if wanted:
            found = found.where(PAYMENTS.c[column] == wanted)
    return _page(session, found, PAYMENT_SORTS, sort=sort or "-settled_on", **paging)


def figures(session: Session, *, authority: str) -> dict[str, Any]:
    """Sums by authority, fund and region, and how far along the trail they were counted."""
    places = (CASES.c.authority, CASES.c.fund, CASES.c.region)
    sums = (func.sum(CASES.c[column], type_=CASES.c[column].type).label(name) for name, column in FIGURE_SUMS.items())
    found = select(
        *places,
        func.count().label("cases"),
        func.count().filter(CASES.c.awarded > ZERO).label("awarded_cases"),
        *sums,
    )
    found = found.where(current(CASES)).group_by(*places).order_by(*places)
    if authority:
        found = found.where(CASES.c.authority == authority)
    model = session.execute(select(MODEL.c.position, MODEL.c.as_of)).first()
    return {
        "rows": session.execute(found).mappings().all(),
        "position": model.position if model else 0,
        "as_of": model.as_of if model else None,
    }


def case(session: Session, number: str) -> RowMapping | None:
    return _one(session, CASES, "number", number)


def payment(session: Session, payment_id: str) -> RowMapping | None:
    return _one(session, PAYMENTS, "payment_id", payment_id)


def claim_lines(session: Session, claim_id: str) -> RowMapping | None:
    return _one(session, CLAIM_LINES, "claim_id", claim_id)


def claim_owner(session: Session, number: str) -> RowMapping | None:
    """Whose the case is by its claims, while the application itself has not been heard of."""
    claims = select(CLAIMS.c.business_id, CLAIMS.c.authority).where(current(CLAIMS), CLAIMS.c.number == number)
    return session.execute(claims.order_by(CLAIMS.c.claim_id).limit(1)).mappings().first()


def digests(session: Session, document_ids: Sequence[str]) -> dict[str, str]:
    """SHA-256 in hex of each document that is known."""
    wanted = select(DOCUMENTS.c.document_id, DOCUMENTS.c.sha256).where(
        current(DOCUMENTS), DOCUMENTS.c.document_id.in_(document_ids)
    )
    return {row.document_id: row.sha256 for row in session.execute(wanted)}


def entries_of_case(session: Session, number: str) -> list[Entry]:
    """Every entry of the application and of what belongs to it, oldest first."""
    family = select(literal(f"application/{number}").label("subject")).cte("family", recursive=True)
    members = select(SUBJECTS.c.subject).join(family, SUBJECTS.c.belongs_to == family.c.subject)
    family = family.union(members.where(current(SUBJECTS)))
    return _entries(session, select(TRAIL).join(family, TRAIL.c.subject == family.c.subject))


def entries_of_subjects(session: Session, subjects: Sequence[str]) -> list[Entry]:
    return _entries(session, select(TRAIL).where(TRAIL.c.subject.in_(subjects)))


def entries_at(session: Session, positions: Sequence[int]) -> dict[int, Entry]:
    wanted = select(TRAIL).where(TRAIL.c.position.in_(positions))
    return {row.position: entry_of(row) for row in session.execute(wanted)}


def current(table: Table) -> ColumnElement[bool]:
    """Rows of the generation that is read."""
    return table.c.generation == _generation_read()


def _generation_read() -> ScalarSelect[int]:
    return select(MODEL.c.generation).scalar_subquery()


def _entries(session: Session, wanted: Select[Any]) -> list[Entry]:
    return [entry_of(row) for row in session.execute(wanted.order_by(TRAIL.c.at, TRAIL.c.position))]


def _one(session: Session, table: Table, key: str, value: str) -> RowMapping | None:
    return session.execute(select(table).where(current(table), table.c[key] == value)).mappings().first()


def _has(search: str, *columns: str) -> ColumnElement[bool]:
    return or_(*(CASES.c[column].icontains(search, autoescape=True) for column in columns))


def _page(
    session: Session, found: Select[Any], sorts: Mapping[str, Column[Any]], *, page: int, size: int, sort: str
) -> dict[str, Any]:
    column = sorts.get(sort.removeprefix("-"))
    if column is None:
        raise InvalidFields(faults=[Fault("sort", "unknown_sort", {"known": ", ".join(sorts)})])
    order = column.desc() if sort.startswith("-") else column.asc()
    key = next(iter(sorts.values()))
    rows = session.execute(found.order_by(order, key).limit(size).offset((page - 1) * size)).mappings()
    total = session.scalar(select(func.count()).select_from(found.subquery()))
    return {"items": [with_owner_or_none(row) for row in rows], "total": total}


def with_owner_or_none(row: RowMapping) -> dict[str, Any]:
    """The row with no business id rather than an empty one, while its owner has not been heard of."""
    return {**row, "business_id": row["business_id"] or None}
