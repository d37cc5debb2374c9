"""The work queue and what stands beside it: views with their counts, substitutes, who has how many cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import Session

from services.applications.domain.interests import Answer, Standing, Verdict
from services.applications.domain.searching import Sought, understood
from services.applications.domain.states import State
from services.applications.domain.views import OPEN, STANDARD, WAITS_FOR, SavedView, end_of_week, urgency_of
from services.applications.queries.core import APPLICATION_SORTS, ROW, order_of
from services.applications.queries.narrowing import DOUBT, A, C, Condition, D, Eyes, S, conditions, eyes_of, waiting
from services.applications.queries.searching import exactly, itself_first, likeness, likest, set_limit, within
from services.applications.records import OfficialRecord
from services.applications.storage import ApplicationsWork
from shared.asker import Asker, Role
from shared.contracts.applications.casework import CaseFilters
from shared.dates import helsinki_day

Page = dict[str, Any]

_OPEN_STATES = sorted(state.value for state in OPEN)
_OPEN_GROUPS = frozenset({"", "open", "untaken", "in_hand", "with_company", "proposed"})


def work_queue(
    session: Session, asker: Asker, now: datetime, *, page: int, size: int, sort: str, search: str, **filters: Any
) -> Page:
    """One page of the asker's authority's cases, with true counts by urgency.

    Without `sort` the most urgent first; a search orders by likeness, and looks for what is alike only when
    nothing has the words themselves; of those it gives the likest.
    """
    eyes = eyes_of(session, asker, helsinki_day(now))
    narrowed = conditions(eyes, filters)
    sought = understood(search)
    counts = _counts(session, eyes, [*narrowed, *_searched(eyes, sought)])
    almost = bool(sought.words) and not counts["total"]
    if almost:
        set_limit(session)
        narrowed = [A.number.in_(session.scalars(likest([*narrowed, within(eyes.authority)], sought)).all())]
        counts = _counts(session, eyes, narrowed)
    else:
        narrowed = [*narrowed, *_searched(eyes, sought)]
    rows = _rows(eyes, narrowed, _order(sort, filters, sought, almost=almost)).limit(size).offset((page - 1) * size)
    items = [_row(row, eyes) for row in session.execute(rows).mappings()] if counts["total"] else []
    meant = items[0]["undertaking_name"] if almost and items else None
    return {"items": items, "total": counts.pop("total"), "counts": counts, "almost": almost, "meant": meant}


def list_views(work: ApplicationsWork) -> Page:
    """The role's standard views and the kept ones, each with its count: one statement for them all."""
    asker = work.asker
    kept = work.views.seen_by(asker.person, asker.authority or "")
    listed = [*_standard(asker.role), *map(_kept, kept)]
    counts = _counts_of(work, [view["filters"] for view in listed])
    items = [view | {"count": count} for view, count in zip(listed, counts, strict=True)]
    return {"items": items, "total": len(items)}


def counted_view(work: ApplicationsWork, view: SavedView) -> Page:
    [count] = _counts_of(work, [view.filters])
    return _kept(view) | {"count": count}


def list_substitutes(session: Session, asker: Asker, now: datetime, *, page: int, size: int, sort: str) -> Page:
    """Those of the authority that go on or are to come, the nearest first."""
    going_on = (S.authority == asker.authority, S.last >= helsinki_day(now))
    rows = select(S).where(*going_on).order_by(S.first, S.person, S.substitution_id)
    total = session.execute(select(func.count()).select_from(S).where(*going_on)).scalar_one()
    return {"items": session.scalars(rows.limit(size).offset((page - 1) * size)).all(), "total": total}


def list_officials(session: Session, asker: Asker, now: datetime) -> Page:
    """The authority's handlers with their open cases, those with the fewest first."""
    today = helsinki_day(now)
    load = (
        select(A.handler, func.count().label("open"), func.count().filter(A.due_on < today).label("late"))
        .where(A.authority == asker.authority, A.state.in_(_OPEN_STATES), A.handler.is_not(None))
        .group_by(A.handler)
        .subquery()
    )
    on_duty = (
        S.authority == OfficialRecord.authority,
        S.person == OfficialRecord.person,
        S.first <= today,
        S.last >= today,
    )
    substitute = select(S.substitute).where(*on_duty).order_by(S.named_at.desc()).limit(1).scalar_subquery()
    cases, late = func.coalesce(load.c.open, 0), func.coalesce(load.c.late, 0)
    rows = (
        select(
            OfficialRecord.person, cases.label("open_cases"), late.label("late_cases"), substitute.label("substitute")
        )
        .outerjoin(load, load.c.handler == OfficialRecord.person)
        .where(OfficialRecord.authority == asker.authority, OfficialRecord.role == Role.HANDLER.value)
        .order_by(cases, OfficialRecord.person)
    )
    items = session.execute(rows).mappings().all()
    return {"items": items, "total": len(items)}


# ---- the queue ----


def _searched(eyes: Eyes, sought: Sought) -> list[Condition]:
    return [within(eyes.authority), exactly(sought)] if sought.words else []


def _counts(session: Session, eyes: Eyes, narrowed: Sequence[Condition]) -> dict[str, int]:
    is_open = A.state.in_(_OPEN_STATES)
    late = func.count().filter(and_(is_open, A.due_on < eyes.today))
    by_sunday = func.count().filter(and_(is_open, A.due_on <= end_of_week(eyes.today)))
    counted = select(func.count(), late, by_sunday).select_from(A).where(*narrowed)
    total, late_ones, soon = session.execute(counted).one()
    return {"total": total, "late": late_ones, "week": soon - late_ones, "later": total - soon}


def _rows(eyes: Eyes, narrowed: Sequence[Condition], order: Sequence[ColumnElement[Any]]) -> Select[Any]:
    doubt = exists().where(DOUBT.number == A.number, *waiting())
    mine = and_(D.number == A.number, D.person == eyes.person, D.superseded_at.is_(None))
    return (
        select(*ROW, D.answer, D.verdict, doubt.label("unsure"))
        .join(C, C.call_id == A.call_id)
        .outerjoin(D, mine)
        .where(*narrowed)
        .order_by(*order)
    )


def _order(sort: str, filters: Mapping[str, Any], sought: Sought, *, almost: bool) -> tuple[ColumnElement[Any], ...]:
    if not sort and almost:
        return (likeness(sought).desc(), A.due_on, A.number)
    if not sort and sought.words:
        return (*itself_first(sought), A.due_on, A.number)
    usual = "due_on" if filters.get("group", "") in _OPEN_GROUPS and not filters.get("state") else "-submitted_at"
    return (*order_of(sort or usual, APPLICATION_SORTS), A.number)


def _row(row: Mapping[str, Any], eyes: Eyes) -> Page:
    state = State(row["state"])
    stands_in = row["handler"] if row["handler"] in eyes.stands_in_for else None
    return dict(row) | {
        "urgency": urgency_of(row["due_on"], state, eyes.today),
        "waiting_for": WAITS_FOR.get(state),
        "standing": _standing(row["answer"], row["verdict"]).value,
        "stands_in_for": stands_in,
    }


def _standing(answer: str | None, verdict: str | None) -> Standing:
    """As `Declaration.standing`, of a row."""
    if answer is None:
        return Standing.UNDECLARED
    if answer == Answer.NONE or verdict == Verdict.LIFTED:
        return Standing.CLEAR
    return Standing.WAITS if answer == Answer.UNSURE and verdict is None else Standing.DISQUALIFIED


# ---- views ----


def _standard(role: Role) -> list[Page]:
    return [
        {"view_id": key, "name": "", "filters": dict(filters), "shared": True, "owner": None}
        for key, filters in STANDARD.get(role, {}).items()
    ]


def _kept(view: SavedView) -> Page:
    return {
        "view_id": view.view_id,
        "name": view.name,
        "filters": dict(view.filters),
        "shared": view.shared,
        "owner": view.owner,
    }


def _counts_of(work: ApplicationsWork, views: Sequence[Mapping[str, Any]]) -> list[int]:
    if not views:
        return []
    eyes = eyes_of(work.session, work.asker, helsinki_day(work.now))
    counted = [_counted(eyes, CaseFilters().load(dict(view))) for view in views]
    return list(work.session.execute(select(*counted)).one())


def _counted(eyes: Eyes, filters: Mapping[str, Any]) -> Any:
    narrowed = [*conditions(eyes, filters), *_searched(eyes, understood(filters["search"]))]
    return select(func.count()).select_from(A).where(*narrowed).scalar_subquery()
