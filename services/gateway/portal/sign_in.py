"""Signing in and out, and choosing whom to act for. What happens behind: services.gateway.signing_in."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

from flask import Response, redirect, render_template, request, session, url_for

from services.gateway import policy, signing_in
from services.gateway.errors import SignInNeeded
from services.gateway.identity import keep_signed_in
from services.gateway.portal.navigation import places_for
from services.gateway.portal.pages import portal
from shared.asker import Role


@portal.get("/kirjaudu")
@policy.open_to_all()
def sign_in() -> str:
    """The ways in; `?takaisin=` is where the person was going."""
    return render_template(
        "sign_in/sign_in.html",
        by_provider=signing_in.by_provider(),
        people=signing_in.people() if signing_in.by_demonstration() else [],
        back=signing_in.own_path(request.args.get("takaisin")),
        kept=bool(request.args.get("tallessa")),
        right_ended=bool(request.args.get("oikeus")),
    )


@portal.post("/kirjaudu")
@policy.open_to_all()
def sign_in_as() -> Response:
    """As one of the demonstration's people."""
    person_id, _, capacity_id = request.form.get("henkilo", "").partition("/")
    begun = signing_in.begin(person_id, capacity_id)
    back = signing_in.own_path(request.form.get("takaisin"))
    return keep_signed_in(_to(back or _home(begun["capacity"]["role"])), begun)


@portal.get("/valitse-yritys")
@policy.open_to_all()
def choose_capacity() -> str:
    person = signing_in.choosing()
    if person is None:
        raise SignInNeeded
    return render_template("sign_in/choose.html", person=person)


@portal.post("/valitse-yritys")
@policy.open_to_all()
def take_capacity() -> Response:
    begun = signing_in.choose(request.form.get("rooli", ""))
    return keep_signed_in(_to(signing_in.back_path(_home(begun["capacity"]["role"]))), begun)


@portal.get("/ulos")
@policy.open_to_all()
def ask_to_sign_out() -> str:
    """For an address typed or bookmarked: leaving is an act, so a button does it."""
    return render_template("sign_in/sign_out.html")


@portal.post("/ulos")
@policy.open_to_all()
def sign_out() -> Response:
    """On a shared computer the next person must not find who was here before."""
    session.clear()
    return signing_in.signed_out(url_for("portal.front_page"))


def sign_in_address(back: str | None, kept: bool, right_ended: bool) -> str:
    told = {"takaisin": back, "tallessa": "1" if kept else None, "oikeus": "1" if right_ended else None}
    query = urlencode({name: value for name, value in told.items() if value})
    return f"{url_for('portal.sign_in')}?{query}"


def _home(role: str) -> str:
    return url_for(places_for(Role(role))[0].endpoint)


def _to(path: str) -> Response:
    return cast(Response, redirect(path, 303))
