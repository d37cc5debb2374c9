"""Files that no virus scanner has judged: how many, and having them all checked once there is a scanner."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy
from services.gateway.portal.forms import take_key
from services.gateway.portal.oversight.roles import OPERATOR
from services.gateway.portal.pages import portal
from services.gateway.rooms import ask
from shared.contracts.documents import COUNT_UNJUDGED, SCAN_UNJUDGED


@portal.get("/yllapito/tiedostot")
@policy.asks(COUNT_UNJUDGED, only=OPERATOR)
def unjudged_files() -> str:
    """Counts alone: an operator's work needs no file and no case."""
    return render_template("oversight/unjudged.html", counted=ask(COUNT_UNJUDGED), asked="tarkistetaan" in request.args)


@portal.post("/yllapito/tiedostot")
@policy.asks(SCAN_UNJUDGED, only=OPERATOR)
def scan_unjudged() -> Redirect:
    take_key()
    ask(SCAN_UNJUDGED)
    return redirect(url_for("portal.unjudged_files", tarkistetaan=1), 303)
