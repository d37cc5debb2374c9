"""What waits for a decision maker, and every movement of an envelope, straight from SQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.orm import Session

from services.applications.domain.access import SEES_ALL
from services.applications.domain.interests import Standing, standing_of
from services.applications.queries.core import order_of
from services.applications.records import ApplicationRecord, MovementRecord, ReckoningRecord
from services.applications.storage.casework import StoredInterests
from shared.asker import Asker
from shared.money import ZERO, Money

Page = dict[str, Any]

A, M = ApplicationRecord, MovementRecord

DECIDABLE_SORTS = {
    "number": A.number,
    "proposed_at": A.proposed_at,
    "due_on": A.due_on,
    "undertaking_name": A.sort_name,
    "aid_sought": A.aid_sought,
}
MOVEMENT_SORTS = {"at": M.at, "number": M.number, "amount": M.amount}


def list_decidable(session: Session, asker: Asker, *, page: int, size: int, sort: str) -> Page:
    """Proposals that wait in the asker's authority; those that they had a part in are told apart."""
    waiting: list[ColumnElement[bool]] = [A.state == "proposed", _of(asker, A.authority)]
    order = (*order_of(sort or "due_on", DECIDABLE_SORTS), A.number)
    rows = session.scalars(_a_page(select(A).where(*waiting).order_by(*order), page, size)).all()
    total = session.execute(select(func.count()).select_from(A).where(*waiting)).scalar_one()
    declared = _declared(session, asker, [row.number for row in rows])
    return {"items": [_decidable(row, asker, row.number in declared) for row in rows], "total": total}


def list_envelope_entries(
    session: Session, asker: Asker, *, page: int, size: int, sort: str, envelope_id: str = "", number: str = ""
) -> Page:
    """Newest first. `bound` is what all of them come to together."""
    wanted: list[ColumnElement[bool]] = [_of(asker, M.authority)]
    wanted += [M.number == number] if number else []
    wanted += [_is(envelope_id)] if envelope_id else []
    order = (*order_of(sort or "-at", MOVEMENT_SORTS), M.movement_id)
    rows = select(M, A.undertaking_name).join(A, A.number == M.number).where(*wanted).order_by(*order)
    found = session.execute(_a_page(rows, page, size)).all()
    counted = select(func.count().label("total"), func.sum(M.amount).label("bound")).where(*wanted)
    summed = session.execute(counted).one()
    return {
        "items": [_entry(movement, name) for movement, name in found],
        "total": summed.total,
        "bound": summed.bound or ZERO,
    }


def decided_numbers(session: Session) -> list[str]:
    """Every case with a decision that was reckoned, for replaying them all."""
    rows = select(ReckoningRecord.number).where(ReckoningRecord.kind == "decision")
    return list(session.scalars(rows.order_by(ReckoningRecord.reckoning_id)))


def count_unreckoned(session: Session) -> int:
    """Decisions older than stored inputs."""
    reckoned = select(ReckoningRecord.number).where(ReckoningRecord.kind == "decision")
    older = select(func.count()).select_from(A).where(A.decided_at.is_not(None), A.number.not_in(reckoned))
    return int(session.execute(older).scalar_one())


def _declared(session: Session, asker: Asker, numbers: list[str]) -> frozenset[str]:
    """The cases on which the asker's newest answer is that nothing disqualifies them, or a superior found so."""
    interests = StoredInterests(session)
    newest = {number: interests.of(number, asker.person) for number in numbers}
    return frozenset(number for number, one in newest.items() if standing_of(one) is Standing.CLEAR)


def _a_page(rows: Any, page: int, size: int) -> Any:
    return rows.limit(size).offset((page - 1) * size)


def _of(asker: Asker, authority: Any) -> ColumnElement[bool]:
    return true() if asker.role in SEES_ALL else authority == asker.authority


def _is(envelope_id: str) -> ColumnElement[bool]:
    """ "ITA/ERDF/1/2026"; anything else is no envelope's name."""
    parts = envelope_id.split("/")
    if len(parts) != 4 or not parts[3].isdigit() or len(parts[3]) > 4:
        return M.movement_id < 0
    authority, fund, priority, year = parts
    return and_(M.authority == authority, M.fund == fund, M.priority == priority, M.budget_year == int(year))


def _decidable(row: ApplicationRecord, asker: Asker, declared: bool) -> Page:
    proposal = row.proposal or {}
    earlier = [one["proposal"] for one in row.returned]
    return {
        "number": row.number,
        "version": row.version,
        "undertaking_name": row.undertaking_name,
        "title": row.title,
        "outcome": proposal["outcome"],
        "aid_sought": row.aid_sought,
        "aid": Money.eur(proposal["aid"]),
        "proposed_by": row.proposed_by,
        "proposed_at": row.proposed_at,
        "due_on": row.due_on,
        "declared": declared,
        "mine": asker.person in {row.handler, *(one["proposed_by"] for one in (proposal, *earlier))},
    }


def _entry(movement: MovementRecord, name: str) -> Page:
    key = (movement.authority, movement.fund, movement.priority, str(movement.budget_year))
    return {
        "movement_id": movement.movement_id,
        "envelope_id": "/".join(key),
        "number": movement.number,
        "undertaking_name": name,
        "act": movement.act,
        "amount": movement.amount,
        "why": movement.why,
        "at": movement.at,
        "by": movement.by,
    }
