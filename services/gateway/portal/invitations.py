"""Invitations: whoever holds the link and has identified themselves joins the company. No identity code is asked."""

from __future__ import annotations

from typing import cast

from flask import Response, redirect, render_template, request, session, url_for
from flask_babel import lazy_gettext as _l

from services.gateway import policy, signing_in
from services.gateway.errors import SignInNeeded
from services.gateway.identity import asker_for, keep_signed_in, visitor
from services.gateway.portal.forms import Form, as_typed, take_key
from services.gateway.portal.pages import portal
from services.gateway.rooms import ask_as
from shared.contracts.customers import ACCEPT_INVITATION, SEE_INVITATION

LABELS = {"code": _l("Code of the invitation")}


@portal.get("/kutsu")
@policy.open_to_all()
def type_invitation() -> str:
    """For a code that came on paper or by telephone."""
    return render_template("sign_in/invitation_code.html", form=Form(labels=LABELS))


@portal.post("/kutsu")
@policy.open_to_all()
def find_invitation() -> Response:
    code = str(as_typed().get("code", "")).strip()
    return _to(url_for("portal.invitation", code=code) if code else url_for("portal.type_invitation"))


@portal.get("/kutsu/<code>")
@policy.open_to_all(also=[SEE_INVITATION])
def invitation(code: str) -> str:
    """Which company, in which role, until when."""
    seen = ask_as(visitor(), SEE_INVITATION, code=code[:60])
    session["back"] = request.path
    return render_template(
        "sign_in/invitation.html", invitation=seen, code=code, person=signing_in.choosing(), form=Form(labels={})
    )


@portal.post("/kutsu/<code>")
@policy.open_to_all(also=[SEE_INVITATION, ACCEPT_INVITATION])
def accept_invitation(code: str) -> Response:
    """Into the company's work at once."""
    person = signing_in.choosing()
    if person is None:
        raise SignInNeeded
    take_key()
    seen = ask_as(visitor(), SEE_INVITATION, code=code[:60])
    joined = ask_as(
        asker_for(ACCEPT_INVITATION, visitor()), ACCEPT_INVITATION, code=code[:60], person_id=person["person_id"]
    )
    session.pop("back", None)
    own = next(own for own in joined["capacities"] if own["business_id"] == seen["business_id"])
    begun = signing_in.choose(own["capacity_id"])
    return keep_signed_in(_to(url_for("portal.own_page")), begun)


def _to(path: str) -> Response:
    return cast(Response, redirect(path, 303))
