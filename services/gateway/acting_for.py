"""Acting for a company: to the mandate register, where the person chooses it, and back with what it says.

The register has no `state` of its own: the way back is bound to the browser's session, one open asking at a time.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, Response, current_app, redirect, render_template, request, session, url_for
from flask_limiter import Limiter

from services.gateway import policy, signing_in
from services.gateway.errors import CheckIsOver, SignInNeeded
from services.gateway.identity import asker_for, keep_signed_in, visitor
from services.gateway.mandate_register import address_for
from services.gateway.rooms import ask_as
from services.gateway.settings import Settings
from shared.contracts.customers import BEGIN_MANDATE_CHECK, FINISH_MANDATE_CHECK
from shared.errors import Forbidden

IDENTIFY_AGAIN = "identity_code_needed"

blueprint = Blueprint("acting_for", __name__)


def prepare(app: Flask, settings: Settings, limiter: Limiter) -> None:
    limiter.limit(settings.sign_in_limit)(blueprint)
    app.register_blueprint(blueprint)


@blueprint.get("/valtuudet")
@policy.open_to_all(also=[BEGIN_MANDATE_CHECK])
def to_register() -> Response:
    """Off to choose a company. Without the identity code at hand the person identifies themselves once more."""
    person = signing_in.choosing()
    if person is None:
        raise SignInNeeded
    if back := signing_in.own_path(request.args.get("takaisin")):
        session["back"] = back
    try:
        return _see_other(address_for(person["person_id"]))
    except Forbidden as refusal:
        if refusal.code != IDENTIFY_AGAIN or not signing_in.by_provider():
            raise
    return _see_other(url_for("signing_in.to_provider", yritys=1))


@blueprint.get("/valtuudet/paluu")
@policy.open_to_all(also=[FINISH_MANDATE_CHECK])
def from_register() -> Response | tuple[str, int]:
    """Back: straight to work for one company, to the choice for several, and in plain words why for none."""
    begun = session.pop("mandate_check", None)
    if not begun:
        raise CheckIsOver
    check = ask_as(
        asker_for(FINISH_MANDATE_CHECK, visitor()),
        FINISH_MANDATE_CHECK,
        check_id=begun["check_id"],
        person_id=begun["person_id"],
        code=request.args.get("code", ""),
        error=request.args.get("error", "")[:200],
    )
    signing_in.stay_identified(begun["person_id"])
    current_app.extensions["sessions"].forget_person(begun["person_id"])
    granted = [one for one in check["organisations"] if one["rights"]]
    left_out = [one for one in check["organisations"] if not one["rights"]]
    if not granted or left_out:
        page = render_template("sign_in/mandates.html", check=check, granted=granted, left_out=left_out)
        return page, 200 if granted else 403
    if len(granted) > 1:
        return _see_other(signing_in.CHOOSING_PAGE)
    return _to_work(granted[0])


def _to_work(organisation: dict[str, Any]) -> Response:
    business_id = organisation["business_id"]
    person = signing_in.choosing()
    if person is None:
        raise SignInNeeded
    capacity = next(own["capacity_id"] for own in person["capacities"] if own["business_id"] == business_id)
    begun = signing_in.choose(capacity)
    return keep_signed_in(_see_other(signing_in.back_path(url_for("portal.own_page"))), begun)


def _see_other(path: str) -> Response:
    return redirect(path, 303)  # type: ignore[return-value]  # werkzeug's response is Flask's here
