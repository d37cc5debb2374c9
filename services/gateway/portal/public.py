"""Pages for everybody: the front page, calls, help, statements, how the service is doing."""

from __future__ import annotations

from flask import Response, current_app, render_template, request, url_for

from services.gateway import policy
from services.gateway.calendar import MEDIA_TYPE, calendar_of
from services.gateway.identity import current_session
from services.gateway.language import language_now
from services.gateway.portal.frame import now
from services.gateway.portal.lists import asked_page
from services.gateway.portal.pages import portal
from services.gateway.rooms import ask
from shared.asker import Role
from shared.contracts.applications import GET_CALL, LIST_CALLS

ON_FRONT = 4
STAGES = ("open", "upcoming", "closed")


@portal.get("/")
@policy.asks(LIST_CALLS)
def front_page() -> str:
    """What the service is for, and the calls that are open now."""
    calls = ask(LIST_CALLS, stage="open", size=ON_FRONT, sort="closes_at")
    return render_template("public/front.html", calls=calls["items"], total=calls["total"])


@portal.get("/haut")
@policy.asks(LIST_CALLS)
def calls() -> str:
    """Calls to browse: by stage and by words."""
    stage = request.args.get("vaihe", "open")
    stage = stage if stage in STAGES else ""
    wanted = asked_page()
    found = ask(LIST_CALLS, stage=stage, search=request.args.get("q", "")[:100], **wanted)
    return render_template("public/calls.html", calls=found["items"], total=found["total"], stage=stage, **wanted)


@portal.get("/haut.ics")
@policy.asks(LIST_CALLS)
def calls_calendar() -> Response:
    """The last days of the open and coming calls, for a calendar to follow."""
    found = [call for stage in ("open", "upcoming") for call in ask(LIST_CALLS, stage=stage, size=200)["items"]]
    address = url_for("portal.call", call_id="CALL", _external=True).replace("CALL", "{call_id}")
    text = calendar_of(found, language_now(), address, now())
    return Response(text, content_type=f"{MEDIA_TYPE}; charset=utf-8")


@portal.get("/haut/<call_id>")
@policy.asks(GET_CALL)
def call(call_id: str) -> str:
    session = current_session()
    may_apply = session is None or session["capacity"]["role"] == Role.COMPANY
    return render_template("public/call.html", call=ask(GET_CALL, call_id=call_id), may_apply=may_apply)


@portal.get("/ohjeet")
@policy.open_to_all()
def help_page() -> str:
    return render_template("public/help.html")


@portal.get("/saavutettavuus")
@policy.open_to_all()
def accessibility() -> str:
    return render_template("public/accessibility.html")


@portal.get("/tietosuoja")
@policy.open_to_all()
def privacy() -> str:
    return render_template("public/privacy.html")


@portal.get("/tila")
@policy.open_to_all()
def service_status() -> str:
    """Which parts of the service answer right now (the same look that the load balancer takes)."""
    return render_template("public/status.html", parts=current_app.extensions["readiness"].look())
