"""A form sent after the session had ended is kept for its sender, and waits on the same page after sign-in.

Whose form it was is known from the browser's form cookie (signed; it lives as long as the browser is open):
only the person who had been signed in here can take the fields back.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import structlog
from flask import request, session

from services.gateway.identity import current_session, session_has_ended, visitor
from services.gateway.portal.forms import Form, nested
from services.gateway.portal.pages import portal
from services.gateway.rooms import ask, ask_as
from shared.contracts.customers import KEEP_POST, TAKE_KEPT
from shared.errors import DomainError
from shared.messaging.wire import ServiceAway

PARAMETER = "tallessa"
NOT_KEPT = frozenset({"csrf_token"})

log = structlog.get_logger()


@portal.before_app_request
def remember_who() -> None:
    """The last person signed in with this browser, for the moment when the session turns out to be over."""
    signed_in = current_session() if request.blueprint == portal.name else None
    if signed_in and session.get("person") != signed_in["person_id"]:
        session["person"] = signed_in["person_id"]


def keep() -> str | None:
    """Keep the post of an ended session. The address to come back to, or None when nothing could be kept.

    Files are not kept: an upload is refused before a byte of it has been read.
    """
    person = session.get("person")
    is_form = request.method == "POST" and request.mimetype == "application/x-www-form-urlencoded"
    if not is_form or not person or not session_has_ended():
        return None
    fields = {name: value for name, value in request.form.items() if name not in NOT_KEPT}
    try:
        kept = ask_as(visitor(), KEEP_POST, path=request.path, fields_=fields, kept_for=person)
    except (DomainError, ServiceAway) as reason:
        log.warning("post_not_kept", path=request.path, why=str(reason))
        return None
    return f"{request.path}?{urlencode({PARAMETER: kept['kept_id']})}"


def restored(form: Form) -> Form:
    """The form with what waits for it after a session ended; otherwise itself."""
    fields = _taken_back()
    if fields is None:
        return form
    # The version that the person had before them goes along: what a colleague saved meanwhile is still seen.
    sent = str(fields.get("version", ""))
    version = int(sent) if sent.isdigit() and len(sent) < 10 else form.version
    return replace(form, typed=nested(fields), version=version, seen=str(fields.get("seen", form.seen)), restored=True)


def _taken_back() -> dict[str, str] | None:
    """The fields of a kept form, when the address says that one waits; once only, and only for its sender.

    The page declares TAKE_KEPT among what it asks.
    """
    kept_id = request.args.get(PARAMETER)
    if request.method != "GET" or not kept_id:
        return None
    try:
        kept = ask(TAKE_KEPT, kept_id=kept_id)
    except DomainError as reason:
        log.info("kept_post_not_there", why=str(reason))
        return None
    return dict(kept["fields_"]) if kept["path"] == request.path else None
