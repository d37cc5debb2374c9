"""The authority to grant: how much of it there is, how much decisions have bound, how much is free."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy
from services.gateway.portal.lists import asked_page
from services.gateway.portal.pages import portal
from services.gateway.portal.people import names
from services.gateway.portal.staff.desk import OFFICIALS, READERS
from services.gateway.rooms import ask
from shared.contracts.applications import LIST_ENVELOPE_ENTRIES, LIST_ENVELOPES


@portal.get("/tyo/valtuus")
@policy.asks(LIST_ENVELOPES, only=OFFICIALS)
def envelopes() -> str:
    """By fund, priority and budget year, read only: a decision binds it, and an operator records it."""
    wanted = asked_page(sort="-budget_year")
    found = ask(LIST_ENVELOPES, **wanted)
    return render_template("staff/envelopes.html", envelopes=found["items"], total=found["total"], **wanted)


@portal.get("/tyo/valtuus/tapahtumat")
@policy.asks(LIST_ENVELOPE_ENTRIES, only=READERS)
def envelope_entries() -> str:
    """Every movement of one envelope (`?valtuus=ITA/ERDF/1/2026`), or of all: which act bound and which released."""
    wanted, envelope_id = asked_page(sort="-at"), request.args.get("valtuus", "")[:60]
    found = ask(LIST_ENVELOPE_ENTRIES, envelope_id=envelope_id, **wanted)
    names([entry["by"] for entry in found["items"]])
    return render_template(
        "staff/envelope_entries.html",
        envelope_id=envelope_id,
        entries=found["items"],
        total=found["total"],
        bound=found["bound"],
        **wanted,
    )


@portal.get("/tyo/myontovaltuus")
@policy.asks(only=OFFICIALS)
def envelopes_by_full_name() -> Redirect:
    return redirect(url_for("portal.envelopes"), 301)
