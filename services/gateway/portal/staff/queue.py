"""The work queue: what waits for the reader's role at the reader's authority, the most urgent first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy
from services.gateway.identity import current_asker
from services.gateway.portal import frame
from services.gateway.portal.correspondence.messages import unread_of_mine
from services.gateway.portal.lists import SIZE
from services.gateway.portal.pages import portal
from services.gateway.portal.people import name_of, names
from services.gateway.portal.staff.desk import HANDLER, OFFICIALS
from services.gateway.portal.staff.listings import (
    BY_LIKENESS,
    BY_URGENCY,
    SORTS,
    Row,
    page_of,
)
from services.gateway.portal.staff.narrowed import Narrowed, narrowed, of_claims
from services.gateway.portal.staff.views import (
    APPLICATION,
    CLAIM,
    EVERYTHING,
    KINDS,
    STATES,
    TURNS,
    VIEWS,
    Source,
    View,
    saved,
    view_of,
)
from services.gateway.rooms import ask
from shared.asker import Role
from shared.contracts.applications import FUNDS, LIST_THREADS, LIST_VIEWS, WAITING_FOR, WORK_QUEUE
from shared.contracts.payments import COUNT_CLAIMS, LIST_CLAIMS
from shared.dates import helsinki_day
from shared.reference import authorities

_PAGE = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)


@portal.get("/tyo")
@policy.asks(only=OFFICIALS)
def work() -> Redirect:
    return redirect(url_for("portal.queue"), 303)


@portal.get("/tyo/jono")
@policy.asks(WORK_QUEUE, LIST_VIEWS, LIST_CLAIMS, COUNT_CLAIMS, LIST_THREADS, only=OFFICIALS)
def queue() -> str:
    """One view of what is under way, narrowed and ordered as the address says."""
    role, page, wanted = current_asker().role, _page(), asked_for()
    view, filters, sort, rooms_own, kept = wanted.view, wanted.filters, wanted.sort, wanted.rooms_own, wanted.kept
    found = page_of(wanted.sources, sort, page, SIZE, helsinki_day(frame.now()))
    names([*(row.handler for row in found.rows), *(one.owner for one in kept), filters.handler])
    claims = _claims_in((*VIEWS[role], *kept))
    return render_template(
        "staff/queue.html",
        view=view,
        views=[
            (one, sum(rooms_own[key]["count"] for key in one.cases) + claims.get(one.key, 0)) for one in VIEWS[role]
        ],
        kept=[(one, _count(rooms_own[one.key], claims.get(one.key, 0))) for one in kept],
        everything=EVERYTHING,
        filters=filters,
        to_save=_to_save(wanted),
        found=found,
        groups=_groups(found.rows, sort),
        steps={row.number: next_step(row) for row in found.rows},
        kinds=KINDS,
        states=STATES,
        funds=FUNDS,
        waiting_for=WAITING_FOR,
        regions=_regions(),
        sort=sort,
        page=page,
        size=SIZE,
        may_file_paper=role in HANDLER,
        may_stand_in=role in (Role.HANDLER, Role.DECISION_MAKER),
        may_remind=role is Role.HANDLER,
        unread=unread_of_mine(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the address asks for: a view, narrowed and ordered, and the lists that it draws from."""

    view: View
    filters: Narrowed
    sort: str
    sources: Sequence[Source]
    rooms_own: Mapping[str, Mapping[str, Any]]
    kept: tuple[View, ...]


def asked_for() -> Wanted:
    """Needs LIST_VIEWS."""
    filters = narrowed()
    rooms_own = {one["view_id"]: one for one in ask(LIST_VIEWS)["items"]}
    kept = tuple(saved(one) for one in rooms_own.values() if one["owner"])
    view = view_of((*VIEWS[current_asker().role], *kept), request.args.get("nakyma", ""))
    sources = filters.sources(view, {key: one["filters"] for key, one in rooms_own.items()})
    return Wanted(view=view, filters=filters, sort=_sort(filters), sources=sources, rooms_own=rooms_own, kept=kept)


def _claims_in(views: Sequence[View]) -> dict[str, int]:
    """How many claims each view has that has any: one question for them all."""
    with_claims = [view for view in views if view.claims]
    if not with_claims:
        return {}
    counts = ask(COUNT_CLAIMS, narrowings=[of_claims(view, view.claims) for view in with_claims])["counts"]
    return {view.key: count for view, count in zip(with_claims, counts, strict=True)}


def _count(counted: Mapping[str, Any], claims: int) -> str:
    return f"{counted['count'] + claims}{'+' if counted['more'] else ''}"


def _to_save(wanted: Wanted) -> dict[str, str] | None:
    """The narrowing as a form's hidden fields; None when there is none, or nothing can be left of it."""
    if not wanted.filters.any or not wanted.sources:
        return None
    cases = [one.asked for one in wanted.sources if one.kind == APPLICATION]
    claims = [one.asked for one in wanted.sources if one.kind == CLAIM]
    # A view of two lists is kept as all that is open: together they are narrower, but not one narrowing.
    several = {"group": "open", **wanted.filters.of_cases()}
    told = several if len(cases) > 1 else dict(cases[0]) if cases else {}
    if claims:
        kind = "both" if cases else "claim"
        told |= {"kind": kind, "claim_state": claims[0]["state"]}
        told |= {name: claims[0][name] for name in ("region", "search")}
    return {name: _as_field(value) for name, value in told.items() if value}


def _as_field(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(value)
    return "1" if value is True else str(value)


def _sort(filters: Narrowed) -> str:
    """A search is ordered by likeness until another order is asked for."""
    usual = BY_LIKENESS if filters.search else BY_URGENCY
    asked = request.args.get("jarjestys", usual)
    return asked if asked.removeprefix("-") in SORTS and not asked.startswith("--") else usual


def _page() -> int:
    asked = request.args.get("sivu", "1")
    return int(asked) if _PAGE.fullmatch(asked) else 1


def _groups(rows: list[Row], sort: str) -> list[tuple[str, list[Row]]]:
    """(urgency, rows) in order; one nameless group when the list is ordered otherwise."""
    if sort != BY_URGENCY:
        return [("", rows)]
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.urgency, []).append(row)
    return list(groups.items())


def next_step(row: Row) -> str:
    """What the reader does next, or whom the case waits for."""
    nobodys = row.kind == APPLICATION and row.state == "in_assessment" and row.handler is None
    turn = TURNS.get((row.kind, "submitted" if nobodys else row.state))
    if turn is None:
        return _("Waits for: %(who)s", who=frame.words("waiting_for", row.waiting_for)) if row.waiting_for else "–"
    role, deed = turn
    someone_else = row.handler is not None and row.handler != current_asker().person
    if role is current_asker().role and not (row.kind == APPLICATION and role is Role.HANDLER and someone_else):
        return str(deed)
    named = row.handler if row.kind == APPLICATION and role is Role.HANDLER else None
    return _("Waits for: %(who)s", who=name_of(named) if named else frame.words("role", role))


def _regions() -> list[str]:
    """The authority's own regions."""
    known = authorities.BY_CODE.get(current_asker().authority or "")
    return list(known.regions) if known else []
