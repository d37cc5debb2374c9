"""Signing in: by an identity provider (OpenID Connect), or as one of the demonstration's people.

The provider says who it is; `customers` says what they may act as; the person chooses one capacity, and
a session begins. With one capacity there is nothing to choose.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Blueprint, Flask, Response, current_app, redirect, request, session, url_for
from flask_limiter import Limiter

from services.gateway import mandate_register, policy, security
from services.gateway.errors import DemoOnly, NotYourCapacity, SignInFailed
from services.gateway.identity import (
    current_language,
    current_session,
    forget_signed_in,
    keep_signed_in,
    session_id_sent,
    visitor,
)
from services.gateway.rooms import ask_as
from services.gateway.settings import OidcSettings, Settings
from shared.contracts.customers import BEGIN_SESSION, DEMO_PEOPLE, END_SESSION, GET_PERSON, WELCOME
from shared.messaging.wire import ServiceAway

TIME_TO_CHOOSE = timedelta(minutes=10)
CHOOSING_PAGE = "/valitse-yritys"
INVITATION_PATH = "/kutsu/"
# As brokers of OpenID Connect and Suomi.fi itself name it.
IDENTITY_CODE_CLAIMS = ("national_id_num", "urn:oid:1.2.246.21")

_OWN_PATH = re.compile(r"/(?![/\\])[^\s\\]*")

log = structlog.get_logger()
blueprint = Blueprint("signing_in", __name__)


def prepare(app: Flask, settings: Settings, limiter: Limiter) -> None:
    limiter.limit(settings.sign_in_limit)(blueprint)
    app.extensions["sign_in_by_name"] = limiter.shared_limit(settings.sign_in_limit, "sign-in")(_begin_by_name)
    app.register_blueprint(blueprint)
    if settings.oidc:
        app.extensions["oidc"] = _provider(app, settings.oidc)


def _provider(app: Flask, oidc: OidcSettings) -> Any:
    return OAuth(app).register(
        "oidc",
        overwrite=True,
        server_metadata_url=oidc.discovery,
        client_id=oidc.client_id,
        client_secret=oidc.client_secret,
        client_kwargs={"scope": oidc.scope, "code_challenge_method": "S256", "timeout": 10},
    )


# ---- what the API and the portal call ----


def by_provider() -> bool:
    """Whether there is an identity provider to sign in by."""
    return "oidc" in current_app.extensions


def by_demonstration() -> bool:
    settings: Settings = current_app.extensions["settings"]
    return settings.demo


def people() -> list[dict[str, Any]]:
    """Whom one may sign in as in the demonstration (contracts.customers.Person). Raises DemoOnly outside it."""
    if not by_demonstration():
        raise DemoOnly
    items: list[dict[str, Any]] = ask_as(visitor(), DEMO_PEOPLE)["items"]
    return items


def begin(person_id: str, capacity_id: str) -> dict[str, Any]:
    """Sign in as a person of the demonstration. The session (contracts.customers.Session); raises DemoOnly.

    The caller gives the browser its cookie: `identity.keep_signed_in(response, session)`.
    """
    begun: dict[str, Any] = current_app.extensions["sign_in_by_name"](person_id, capacity_id)
    return begun


def _begin_by_name(person_id: str, capacity_id: str) -> dict[str, Any]:
    """Counted and limited wherever it is asked for, by a page or a program."""
    if not any(person["person_id"] == person_id for person in people()):
        raise NotYourCapacity
    return _begin(person_id, capacity_id)


def choosing() -> dict[str, Any] | None:
    """The person who may choose a capacity now: just identified by the provider, or signed in and switching."""
    person_id = _identified() or _signed_in()
    return ask_as(visitor(), GET_PERSON, person_id=person_id) if person_id else None


def choose(capacity_id: str) -> dict[str, Any]:
    """Begin a session in one of the person's own capacities; a session under way ends."""
    person = choosing()
    if person is None or not any(own["capacity_id"] == capacity_id for own in person["capacities"]):
        raise NotYourCapacity
    end()
    return _begin(person["person_id"], capacity_id)


def end() -> None:
    """End the session, here at once and in every process within the cache's seconds."""
    session_id = session_id_sent()
    if session_id is None:
        return
    current_app.extensions["sessions"].forget(session_id)
    ask_as(visitor(), END_SESSION, session_id=session_id)  # of a session that is over already too


def back_path(default: str = "/") -> str:
    """Where the person was going when sign-in was asked for; only a path of our own."""
    return own_path(session.pop("back", None)) or default


def own_path(path: str | None) -> str | None:
    """The path when it leads nowhere else than to ourselves."""
    return path if path and _OWN_PATH.fullmatch(path) else None


def _begin(person_id: str, capacity_id: str) -> dict[str, Any]:
    begun = ask_as(visitor(), BEGIN_SESSION, person_id=person_id, capacity_id=capacity_id)
    session.pop("identified", None)
    security.new_form_token()
    return begun


def stay_identified(person_id: str) -> None:
    """Back from the mandate register, where choosing may have taken long: the time to choose begins anew."""
    if (session.get("identified") or {}).get("person_id") == person_id:
        until = datetime.now(UTC) + TIME_TO_CHOOSE
        session["identified"] = {"person_id": person_id, "until": until.isoformat()}


def _identified() -> str | None:
    identified = session.get("identified")
    if not identified or datetime.now(UTC) > datetime.fromisoformat(identified["until"]):
        return None
    return str(identified["person_id"])


def _signed_in() -> str | None:
    current = current_session()
    return current["person_id"] if current else None


# ---- the identity provider's round trip ----


@blueprint.get("/kirjaudu/oidc")
@policy.open_to_all()
def to_provider() -> Response:
    """Off to the provider; `?takaisin=/oma` is where to land afterwards."""
    if not by_provider():
        raise SignInFailed(reason="no_provider")
    if back := own_path(request.args.get("takaisin")):
        session["back"] = back
    session["for_company"] = bool(request.args.get("yritys"))
    settings: Settings = current_app.extensions["settings"]
    returning = settings.public_url.rstrip("/") + url_for("signing_in.from_provider")
    try:
        response: Response = current_app.extensions["oidc"].authorize_redirect(returning, ui_locales=current_language())
    except requests.RequestException as error:
        raise ServiceAway("the identity provider does not answer") from error
    return response


@blueprint.get("/kirjaudu/paluu")
@policy.open_to_all()
def from_provider() -> Response:
    """Back from the provider with a code: who it is, then what they act as."""
    claims = _identify()
    person = ask_as(
        visitor(),
        WELCOME,
        issuer=claims["iss"],
        subject=claims["sub"],
        name=claims.get("name") or claims["sub"],
        language=current_language(),
    )
    until = datetime.now(UTC) + TIME_TO_CHOOSE
    session["identified"] = {"person_id": person["person_id"], "until": until.isoformat()}
    if session.pop("for_company", False):
        return _see_other(mandate_register.address_for(person["person_id"], identity_code_in(claims)))
    if len(person["capacities"]) != 1:
        return _see_other(_invitation_path() or CHOOSING_PAGE)
    begun = choose(person["capacities"][0]["capacity_id"])
    return keep_signed_in(_see_other(back_path()), begun)


def identity_code_in(claims: dict[str, Any]) -> str:
    """The personal identity code, where the provider gives it; it is passed on at once and never kept."""
    return next((str(claims[name]) for name in IDENTITY_CODE_CLAIMS if claims.get(name)), "")


def _invitation_path() -> str | None:
    """Whoever came with an invitation has perhaps no company yet: back to it, not to an empty choice."""
    back = session.get("back") or ""
    return own_path(session.pop("back")) if back.startswith(INVITATION_PATH) else None


def _identify() -> dict[str, Any]:
    if not by_provider():
        raise SignInFailed(reason="no_provider")
    try:
        return _claims(current_app.extensions["oidc"])
    except AuthlibBaseError as error:
        log.warning("sign_in_failed", error=error.error)
        raise SignInFailed(reason=error.error or "unknown") from error
    except requests.RequestException as error:
        raise ServiceAway("the identity provider does not answer") from error


def _claims(provider: Any) -> dict[str, Any]:
    """The id token's claims, its signature and nonce checked; the name, if not there, from the userinfo address."""
    token = provider.authorize_access_token()
    claims: dict[str, Any] = token["userinfo"]
    if "name" not in claims:
        told = provider.userinfo(token=token)
        # OpenID Connect Core 5.3.2: an answer about somebody else must not be used.
        if told.get("sub") == claims["sub"]:
            claims["name"] = told.get("name")
    return claims


def _see_other(path: str) -> Response:
    return redirect(path, 303)  # type: ignore[return-value]  # werkzeug's response is Flask's here


def signed_out(path: str = "/") -> Response:
    """End the session and send the browser to `path` without its cookie."""
    end()
    session.clear()
    return forget_signed_in(_see_other(path))
