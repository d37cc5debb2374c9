"""Lists, straight from SQL: filtered, sorted, one page at a time, with the true total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, collate, func, literal_column, or_, select, true
from sqlalchemy.orm import Session

from services.applications.domain.access import SEES_ALL
from services.applications.domain.calls import Stage
from services.applications.domain.searching import understood
from services.applications.domain.states import UNFILED
from services.applications.mapping import to_call, to_envelope
from services.applications.queries.calls import called
from services.applications.queries.searching import exactly
from services.applications.records import ApplicationRecord, CallRecord, EnvelopeRecord
from services.applications.screens import call_screen
from shared.asker import Asker, Role
from shared.errors import Fault, InvalidFields

Page = dict[str, Any]
Sorts = Mapping[str, Any]
Rows = Select[Any]

A, C, E = ApplicationRecord, CallRecord, EnvelopeRecord

BY_KEY = "C"  # `shared.sorting` has made the keys: å, ä and ö after z, on any server

APPLICATION_SORTS: Sorts = {
    "number": A.number,
    "state": A.state,
    "region": A.region,
    "undertaking_name": collate(A.sort_name, BY_KEY),
    "title": collate(A.sort_title, BY_KEY),
    "aid_sought": A.aid_sought,
    "aid_decided": A.aid_decided,
    "handler": A.handler,
    "started_at": A.started_at,
    "submitted_at": A.submitted_at,
    "decided_at": A.decided_at,
    "due_on": A.due_on,
    "clock": A.due_on,
    "closes_at": C.closes_at,
}
CALL_SORTS: Sorts = {
    "closes_at": C.closes_at,
    "opens_at": C.opens_at,
    "call_id": C.call_id,
    "name": collate(C.sort_name, BY_KEY),
}
ENVELOPE_SORTS: Sorts = {
    "authority": E.authority,
    "fund": E.fund,
    "priority": E.priority,
    "budget_year": E.budget_year,
    "amount": E.amount,
    "reserved": E.reserved,
    "free": literal_column("envelopes.amount - envelopes.reserved"),
}
ROW: tuple[Any, ...] = (
    A.number,
    A.call_id,
    C.names.label("call_names"),
    C.fund,
    A.authority,
    A.region,
    A.state,
    A.version,
    A.business_id,
    A.undertaking_name,
    A.title,
    A.aid_sought,
    A.aid_decided,
    A.handler,
    A.started_at,
    A.submitted_at,
    A.decided_at,
    A.due_on,
    C.closes_at,
)


def list_applications(
    session: Session,
    asker: Asker,
    *,
    page: int,
    size: int,
    sort: str,
    state: Sequence[str] = (),
    call_id: str = "",
    handler: str = "",
    region: str = "",
    search: str = "",
) -> Page:
    """The asker's own cases. Handler "me" is the asker. `search`: parts of number, id, name or title."""
    wanted = [seen_by(asker)]
    wanted += [A.state.in_(state)] if state else []
    wanted += [A.call_id == call_id] if call_id else []
    wanted += [A.handler == (asker.person if handler == "me" else handler)] if handler else []
    wanted += [A.region == region] if region else []
    wanted += [exactly(understood(search))] if search.strip() else []
    default = "-started_at" if asker.role is Role.COMPANY else "-submitted_at"
    order = (*order_of(sort or default, APPLICATION_SORTS), A.number)
    rows = select(*ROW).join(C, C.call_id == A.call_id).where(*wanted).order_by(*order)
    found = session.execute(_page(rows, page, size)).mappings().all()
    total = session.execute(select(func.count()).select_from(A).where(*wanted)).scalar_one()
    return {"items": found, "total": total}


def list_calls(
    session: Session, now: datetime, *, page: int, size: int, sort: str, stage: str = "", search: str = ""
) -> Page:
    """Calls for everyone; `search` are words of the name or summary in any language, spelt nearly right."""
    wanted = [_at_stage(Stage(stage), now)] if stage else []
    wanted += called(session, search)
    order = (*order_of(sort or "closes_at", CALL_SORTS), C.call_id)
    rows = session.scalars(_page(select(C).where(*wanted).order_by(*order), page, size)).all()
    total = session.execute(select(func.count()).select_from(C).where(*wanted)).scalar_one()
    return {"items": [call_screen(to_call(row), now) for row in rows], "total": total}


def list_envelopes(session: Session, asker: Asker, *, page: int, size: int, sort: str) -> Page:
    """The authority's own envelopes; auditors and operators see everyone's."""
    wanted = true() if asker.role in SEES_ALL else E.authority == asker.authority
    order = (*order_of(sort or "-budget_year", ENVELOPE_SORTS), E.authority, E.fund, E.priority, E.budget_year)
    rows = session.scalars(_page(select(E).where(wanted).order_by(*order), page, size)).all()
    total = session.execute(select(func.count()).select_from(E).where(wanted)).scalar_one()
    return {"items": [to_envelope(row) for row in rows], "total": total}


def seen_by(asker: Asker) -> ColumnElement[bool]:
    """The same limits as `domain.access.must_be_for`, for many at a time."""
    if asker.role in SEES_ALL:
        return true()
    if asker.role is Role.COMPANY:
        return and_(A.business_id == asker.business_id, or_(A.arrival.is_(None), A.state.not_in(UNFILED)))
    return and_(A.authority == asker.authority, A.state.not_in(UNFILED))


def _at_stage(stage: Stage, now: datetime) -> ColumnElement[bool]:
    if stage is Stage.UPCOMING:
        return C.opens_at > now
    return and_(C.opens_at <= now, C.closes_at > now) if stage is Stage.OPEN else C.closes_at <= now


def order_of(sort: str, sorts: Sorts) -> tuple[ColumnElement[Any], ...]:
    """ "-name" is descending; what is unknown comes last either way. Raises InvalidFields for an unknown name."""
    name = sort.removeprefix("-")
    if name not in sorts:
        raise InvalidFields(faults=[Fault("sort", "unknown_sort", {"known": ", ".join(sorts)})])
    column = sorts[name]
    return ((column.desc() if sort.startswith("-") else column.asc()).nulls_last(),)


def _page(rows: Rows, page: int, size: int) -> Rows:
    return rows.limit(size).offset((page - 1) * size)
