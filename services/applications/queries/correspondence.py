"""Requests that wait and cases with messages, for the company's front page and the officials' queue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from services.applications.domain.correspondence.messages import AUTHORITY, COMPANY, side_of
from services.applications.domain.correspondence.requests import WAITED_FOR_IN, Kind, Stage
from services.applications.queries.core import order_of, seen_by
from services.applications.records import ApplicationRecord, MessageRecord, RequestRecord
from shared.asker import Asker, Role

A, M, R = ApplicationRecord, MessageRecord, RequestRecord

REQUEST_SORTS: Mapping[str, Any] = {"due_on": R.due_on, "asked_at": R.asked_at, "number": R.number}
THREAD_SORTS: Mapping[str, Any] = {"last_at": "last_at", "unread": "unread", "number": "number"}


def list_open_requests(
    session: Session, asker: Asker, *, page: int, size: int, sort: str, kind: str = "", handler: str = ""
) -> dict[str, Any]:
    """The asker's cases that wait for an answer, the nearest last day first. To a company, what it is asked itself."""
    wanted: list[ColumnElement[bool]] = [seen_by(asker), R.state == Stage.OPEN.value, _still_waits()]
    wanted += [R.kind == kind] if kind else []
    wanted += [R.kind != Kind.OPINION.value] if asker.role is Role.COMPANY else []
    wanted += [A.handler == _whom(handler, asker)] if handler else []
    rows = (
        select(
            R.number,
            R.place,
            R.kind,
            A.title,
            A.undertaking_name,
            A.handler,
            R.asked_at,
            R.due_on,
            _waits_for_more_time().label("more_time_asked"),
            R.saved_at.is_not(None).label("begun"),
        )
        .join(A, A.number == R.number)
        .where(*wanted)
        .order_by(*order_of(sort or "due_on", REQUEST_SORTS), R.number)
    )
    found = session.execute(rows.limit(size).offset((page - 1) * size)).mappings().all()
    total = session.execute(
        select(func.count()).select_from(R).join(A, A.number == R.number).where(*wanted)
    ).scalar_one()
    return {"items": found, "total": total}


def list_threads(
    session: Session, asker: Asker, *, page: int, size: int, sort: str, handler: str = ""
) -> dict[str, Any]:
    """Cases with messages, the latest first. `unread` counts over all of them."""
    wanted: list[ColumnElement[bool]] = [seen_by(asker), M.internal.is_(False)]
    wanted += [A.handler == _whom(handler, asker)] if handler else []
    other = AUTHORITY if side_of(asker) == COMPANY else COMPANY
    is_unread = and_(M.side == other, M.read_at.is_(None))
    of_last = (M.number == A.number, M.internal.is_(False))
    threads = (
        select(
            A.number,
            A.title,
            A.undertaking_name,
            func.count().label("messages"),
            func.count(case((is_unread, 1))).label("unread"),
            func.max(M.sent_at).label("last_at"),
            _newest(M.sent_by, of_last).label("last_by"),
            _newest(M.side, of_last).label("last_side"),
        )
        .join(A, A.number == M.number)
        .where(*wanted)
        .group_by(A.number)
        .subquery()
    )
    order = order_of(sort or "-last_at", {name: threads.c[column] for name, column in THREAD_SORTS.items()})
    rows = select(threads).order_by(*order, threads.c.number).limit(size).offset((page - 1) * size)
    counted = select(func.count(), func.coalesce(func.sum(threads.c.unread), 0))
    total, unread = session.execute(counted.select_from(threads)).one()
    return {"items": session.execute(rows).mappings().all(), "total": total, "unread": int(unread)}


def _still_waits() -> ColumnElement[bool]:
    """A case that was withdrawn meanwhile waits for nobody."""
    return or_(*(and_(R.kind == kind.value, A.state.in_(states)) for kind, states in WAITED_FOR_IN.items()))


def _waits_for_more_time() -> ColumnElement[bool]:
    return and_(R.more_time.is_not(None), R.more_time["granted"].astext.is_(None))


def _newest(column: Any, of_case: tuple[ColumnElement[bool], ...]) -> Any:
    newest = select(column).where(*of_case).order_by(M.message_no.desc()).limit(1)
    return newest.correlate(A).scalar_subquery()


def _whom(handler: str, asker: Asker) -> str:
    return asker.person if handler == "me" else handler
