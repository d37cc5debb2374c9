"""The work queue: what waits for the reader's role at the reader's authority, the most urgent first."""

from __future__ import annotations

import re

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy
from services.gateway.identity import current_asker
from services.gateway.portal import frame
from services.gateway.portal.lists import SIZE
from services.gateway.portal.pages import portal
from services.gateway.portal.people import name_of, names
from services.gateway.portal.staff.desk import OFFICIALS
from services.gateway.portal.staff.listings import BY_URGENCY, SORTS, Row, count_of, page_of
from services.gateway.portal.staff.views import APPLICATION, KINDS, STATES, TURNS, VIEWS, Filters, view_of
from shared.asker import Role
from shared.contracts.applications import LIST_APPLICATIONS
from shared.contracts.payments import LIST_CLAIMS
from shared.dates import helsinki_day
from shared.reference import authorities

_PAGE = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)
_REGION = re.compile(r"[0-9]{2}", re.ASCII)


@portal.get("/tyo")
@policy.asks(only=OFFICIALS)
def work() -> Redirect:
    return redirect(url_for("portal.queue"), 303)


@portal.get("/tyo/paatettavat")
@policy.asks(only=OFFICIALS)
def to_decide() -> Redirect:
    """What waits for a decision maker is the queue itself; the address is kept for bookmarks."""
    return redirect(url_for("portal.queue"), 303)


@portal.get("/tyo/jono")
@policy.asks(LIST_APPLICATIONS, LIST_CLAIMS, only=OFFICIALS)
def queue() -> str:
    """One view of what is under way, narrowed and ordered as the address says."""
    role, filters, sort, page = current_asker().role, _filters(), _sort(), _page()
    view = view_of(role, request.args.get("nakyma", ""))
    sources = [source for source in map(filters.of, view.sources) if source]
    found = page_of(sources, filters, sort, page, SIZE, helsinki_day(frame.now()))
    names(row.handler for row in found.rows)
    return render_template(
        "staff/queue.html",
        view=view,
        views=[(one, sum(count_of(source) for source in one.sources)) for one in VIEWS[role]],
        filters=filters,
        found=found,
        groups=_groups(found.rows, sort),
        steps={row.number: _next_step(row) for row in found.rows},
        kinds=KINDS,
        states=[state for state in STATES if any(state in source.states for source in view.sources)],
        regions=_regions(),
        sort=sort,
        page=page,
        size=SIZE,
    )


def _filters() -> Filters:
    asked = request.args.get
    kind, state, region = asked("laji", ""), asked("tila", ""), asked("maakunta", "")
    return Filters(
        kind=kind if kind in KINDS else "",
        state=state if state in STATES else "",
        region=region if _REGION.fullmatch(region) else "",
        search=asked("haku", "").strip()[:100],
        mine=bool(asked("omat")),
    )


def _sort() -> str:
    asked = request.args.get("jarjestys", BY_URGENCY)
    return asked if asked.removeprefix("-") in SORTS and not asked.startswith("--") else BY_URGENCY


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


def _next_step(row: Row) -> str:
    """What the reader does next, or whom the case waits for."""
    role, deed = TURNS[row.kind, row.state]
    someone_else = row.handler is not None and row.handler != current_asker().person
    if role is current_asker().role and not (row.state == "in_assessment" and someone_else):
        return str(deed)
    named = row.handler if row.kind == APPLICATION and role is Role.HANDLER else None
    return _("Waits for: %(who)s", who=name_of(named) if named else frame.words("role", role))


def _regions() -> list[str]:
    """The authority's own regions."""
    known = authorities.BY_CODE.get(current_asker().authority or "")
    return list(known.regions) if known else []
