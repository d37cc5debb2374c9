"""Who am I; signing in by a program in the demonstration; signing out."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, make_response
from marshmallow import fields

from services.gateway import identity, policy, security, signing_in
from services.gateway.api.desk import Answered, Desk
from shared.contracts.customers import BEGIN_SESSION, DemoPeople, Session
from shared.contracts.terms import Answer

# Signing in twice is two sessions and signing out twice is out: neither needs a name to be safe.
desk = Desk("sessions", "Who is asking: signing in and out", keys=False)


class WhoAmI(Answer):
    """`session` null for a visitor. A browser's script sends `form_token` as `X-CSRF-Token` with each change;
    a program with a bearer token needs none and gets null."""

    session = fields.Nested(Session, required=True, allow_none=True)
    language = fields.String(required=True)
    form_token = fields.String(required=True, allow_none=True)


class SignedIn(Answer):
    """`token` goes into `Authorization: Bearer …` of each request."""

    token = fields.String(required=True)
    session = fields.Nested(Session, required=True)


@desk.route("/session")
@desk.response(200, WhoAmI)
@policy.open_to_all()
def who_am_i() -> dict[str, Any]:
    """Who is asking, in which role, for whom"""
    return {
        "session": identity.current_session(),
        "language": identity.current_language(),
        "form_token": None if identity.bearer_token() else security.form_token(),
    }


@desk.route("/session", methods=["POST"])
@desk.arguments(BEGIN_SESSION.takes)
@desk.response(201, SignedIn)
@policy.open_to_all()
def sign_in(body: dict[str, Any]) -> Response:
    """Sign in as a person of the demonstration (refused outside it)"""
    begun = signing_in.begin(**body)
    answer = SignedIn().dump({"token": identity.token_of(begun["session_id"]), "session": begun})
    return identity.keep_signed_in(make_response(jsonify(answer), 201), begun)


@desk.route("/session", methods=["DELETE"])
@desk.response(204)
@policy.open_to_all()
def sign_out() -> Response:
    """Sign out; the token is worth nothing any more"""
    signing_in.end()
    return identity.forget_signed_in(make_response("", 204))


@desk.route("/demo-people")
@desk.response(200, DemoPeople)
@policy.open_to_all()
def demo_people() -> Answered:
    """Whom one may sign in as in the demonstration (refused outside it)"""
    return {"items": signing_in.people()}, 200, {}
