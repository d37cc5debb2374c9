"""The work queue and what stands beside it: views with their counts, substitutes, who has how many cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, select
from sqlalchemy.orm import Session

from services.applications.domain.interests import Answer, Standing, Verdict
from services.applications.domain.searching import understood
from services.applications.domain.states import State
from services.applications.domain.views import OPEN, STANDARD, WAITS_FOR, SavedView, end_of_week, urgency_of
from services.applications.queries.core import APPLICATION_SORTS, ROW, order_of
from services.applications.queries.narrowing import (
    DOUBT,
    A,
    C,
    Condition,
    D,
    Eyes,
    S,
    conditions,
    eyes_of,
    own,
    waiting,
)
from services.applications.queries.searching import Words, exactly, itself_first, known, meant, typed, within
from services.applications.records import OfficialRecord
from services.applications.storage import ApplicationsWork
from shared.asker import Asker, Role
from shared.contracts.applications.casework import ViewFilters
from shared.dates import helsinki_day

Page = dict[str, Any]
Order = Sequence[ColumnElement[Any]]

# What lies in the application's own row: a page's numbers are found without its call.
SORTS = {name: column for name, column in APPLICATION_SORTS.items() if name != "closes_at"}
_OPEN_STATES = sorted(state.value for state in OPEN)
_OPEN_GROUPS = frozenset({"", "open", "untaken", "in_hand", "with_company", "proposed"})
MOST_FOUND = 200  # of a search: as many as the largest page has. Another word tells more than looking at them all.


def work_queue(
    session: Session, asker: Asker, now: datetime, *, page: int, size: int, sort: str, search: str, **filters: Any
) -> Page:
    """One page of the asker's authority's cases, with true counts by urgency.

    Without `sort` the most urgent first; a search orders by likeness, and looks for what is alike only when
    nothing has the words themselves. When more than MOST_FOUND have them, they are neither counted nor likened:
    they come in the usual order.
    """
    eyes = eyes_of(session, asker, helsinki_day(now))
    narrowed, sought = conditions(eyes, filters), understood(search)
    window = Window(limit=size, offset=(page - 1) * size)
    if not sought.words:
        order = order_of(sort or _usual_sort(filters), SORTS)
        return _answer(session, eyes, _narrowed(session, eyes, [own(eyes), *narrowed], order, window))
    in_order = order_of(sort, SORTS) if sort else None
    usual = order_of(_usual_sort(filters), SORTS)
    order = in_order or (*itself_first(sought), A.due_on)
    exact = [*known(eyes.authority, sought), *narrowed]
    found = _searched(session, eyes, typed(sought), exact, order, None if sort else usual, window)
    if found.total:
        return _answer(session, eyes, found)
    words = meant(session, eyes.authority, sought)
    if words is None or words == typed(sought):
        return _answer(session, eyes, found, almost=True)
    order = in_order or (words.likeness.desc(), A.due_on)
    found = _searched(session, eyes, words, narrowed, order, None if sort else usual, window)
    return _answer(session, eyes, found, almost=True)


def list_views(work: ApplicationsWork) -> Page:
    """The role's standard views and the kept ones, each with its count: one statement for them all."""
    asker = work.asker
    kept = work.views.seen_by(asker.person, asker.authority or "")
    listed = [*_standard(asker.role), *map(_kept, kept)]
    counts = _counts_of(work, [view["filters"] for view in listed])
    items = [view | count for view, count in zip(listed, counts, strict=True)]
    return {"items": items, "total": len(items)}


def counted_view(work: ApplicationsWork, view: SavedView) -> Page:
    [count] = _counts_of(work, [view.filters])
    return _kept(view) | count


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    limit: int
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """`page` finds the numbers of one page, in `order`. The counts are of everything that fits; with `more`, of a part.

    The rows are ordered once more: which they are and in what order they stand are two things to PostgreSQL.
    """

    page: tuple[()] | Select[Any]
    order: Order
    total: int
    late: int
    soon: int
    more: bool = False


def _narrowed(session: Session, eyes: Eyes, where: Sequence[Condition], order: Order, window: Window) -> Found:
    """Counted from the index alone, and the page read in the index's order."""
    counted = select(*_counts(eyes, A.state, A.due_on)).select_from(A).where(*where)
    total, late, soon = session.execute(counted).one()
    page = _page_of(where, order, window) if total else ()
    return Found(page=page, order=order, total=total, late=late, soon=soon)


def _searched(
    session: Session,
    eyes: Eyes,
    words: Words,
    narrowed: Sequence[Condition],
    order: Order,
    usual: Order | None,
    window: Window,
) -> Found:
    """What a search finds lies here and there: it is looked at once, as far as it is counted.

    Very many lie close together in any order: their page is read in the `usual` one until it is full.
    """
    fitting = [within(eyes.authority), words.by_index, *narrowed]
    some = select(A.number, A.state, A.due_on).where(*fitting).limit(MOST_FOUND + 1).subquery()
    counted = select(func.array_agg(some.c.number), *_counts(eyes, some.c.state, some.c.due_on)).select_from(some)
    numbers, total, late, soon = session.execute(counted).one()
    if total <= MOST_FOUND:
        page = _page_of([A.number.in_(numbers)], order, window) if total else ()
        return Found(page=page, order=order, total=total, late=late, soon=soon)
    if usual is None:
        page = _page_of(fitting, order, window)
    else:
        order, page = usual, _page_of([own(eyes), words.row_by_row, *narrowed], usual, window)
    return Found(page=page, order=order, total=MOST_FOUND, late=late, soon=soon, more=True)


def _page_of(where: Sequence[Condition], order: Order, window: Window) -> Select[Any]:
    return select(A.number).where(*where).order_by(*order, A.number).limit(window.limit).offset(window.offset)


def _counts(eyes: Eyes, state: Any, due_on: Any) -> tuple[Any, ...]:
    is_open = state.in_(_OPEN_STATES)
    late = func.count().filter(and_(is_open, due_on < eyes.today))
    by_sunday = func.count().filter(and_(is_open, due_on <= end_of_week(eyes.today)))
    return func.count(), late, by_sunday


def _answer(session: Session, eyes: Eyes, found: Found, *, almost: bool = False) -> Page:
    items = _rows(session, eyes, found)
    return {
        "items": items,
        "total": found.total,
        "more": found.more,
        "counts": {"late": found.late, "week": found.soon - found.late, "later": found.total - found.soon},
        "almost": almost,
        "meant": items[0]["undertaking_name"] if almost and items else None,
    }


def _rows(session: Session, eyes: Eyes, found: Found) -> list[Page]:
    """The page's rows whole, in order."""
    if not isinstance(found.page, Select):
        return []
    doubt = exists().where(DOUBT.number == A.number, *waiting())
    mine = and_(D.number == A.number, D.person == eyes.person, D.superseded_at.is_(None))
    rows = (
        select(*ROW, D.answer, D.verdict, doubt.label("unsure"))
        .join(C, C.call_id == A.call_id)
        .outerjoin(D, mine)
        .where(A.number.in_(found.page))
        .order_by(*found.order, A.number)
    )
    return [_row(row, eyes) for row in session.execute(rows).mappings()]


def _usual_sort(filters: Mapping[str, Any]) -> str:
    by_urgency = filters.get("group", "") in _OPEN_GROUPS and not filters.get("state")
    return "due_on" if by_urgency else "-submitted_at"


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


def _counts_of(work: ApplicationsWork, views: Sequence[Mapping[str, Any]]) -> list[Page]:
    """A search is counted as far as the queue counts it; what has no search is counted to the end."""
    if not views:
        return []
    eyes = eyes_of(work.session, work.asker, helsinki_day(work.now))
    counted = [_counted(eyes, ViewFilters().load(dict(view))) for view in views]
    found = work.session.execute(select(*counted)).one()
    return [_count(number, bool(view.get("search"))) for number, view in zip(found, views, strict=True)]


def _count(found: int, searched: bool) -> Page:
    more = searched and found > MOST_FOUND
    return {"count": MOST_FOUND if more else found, "more": more}


def _counted(eyes: Eyes, filters: Mapping[str, Any]) -> Any:
    if filters["kind"] == "claim":
        return literal(0)
    sought, narrowed = understood(filters["search"]), conditions(eyes, filters)
    if not sought.words:
        return select(func.count()).select_from(A).where(own(eyes), *narrowed).scalar_subquery()
    some = select(A.number).where(within(eyes.authority), exactly(sought), *narrowed).limit(MOST_FOUND + 1)
    return select(func.count()).select_from(some.subquery()).scalar_subquery()
