"""Refusals as pages: what happened, what was kept, what can be done next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast
from urllib.parse import urlsplit

from flask import Flask, Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from services.gateway import texts
from services.gateway.errors import CsrfMissing, SignInNeeded
from services.gateway.identity import current_session, right_has_ended
from services.gateway.language import language_now
from services.gateway.portal import kept
from services.gateway.portal.navigation import places_for
from services.gateway.portal.people import with_names
from services.gateway.portal.sign_in import sign_in_address
from services.gateway.problems import Problem, as_json
from services.gateway.security import CSRF_FIELD, form_token, sent_by_our_own_page
from services.gateway.signing_in import own_path
from shared.asker import Role

# The room keeps the case shut to this person: its gate says why, and asks.
SHUT = frozenset({"declare_first", "interest_waits", "disqualified"})


def show_as_pages(app: Flask) -> None:
    app.extensions["problem_page"] = problem_page


def problem_page(problem: Problem) -> Response:
    """A page for a person; the script's own requests get the problem document that they can read."""
    if wants_json():
        return as_json(problem)
    if problem.code == SignInNeeded.code:
        return to_sign_in()
    if problem.code in SHUT and "number" in problem.facts:
        return to_gate(problem.facts["number"])
    return make_response(render_template("problem.html", **_content(problem)), problem.status)


def wants_json() -> bool:
    """Whether portal.js asks (it says `Accept: application/json`), not a person's browser."""
    return request.accept_mimetypes.best == "application/json"


def to_gate(number: str) -> Response:
    """An official who has not answered on disqualification answers first, and then gets to where they were going."""
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return cast(Response, redirect(url_for("portal.interest", number=number, paluu=back), 303))


def to_sign_in() -> Response:
    """To sign-in and back here. A form sent after the session ended is kept first."""
    back, lost = kept.keep(), right_has_ended()
    was_there = request.full_path.rstrip("?") if request.method == "GET" else _page_of_form()
    # In another role the page would be somebody else's; what was typed waits, should the right be given back.
    way = back if lost else back or was_there
    return cast(Response, redirect(sign_in_address(way, kept=back is not None, right_ended=lost), 303))


def _page_of_form() -> str | None:
    """Where a form that cannot be kept (a file) was sent from: there the file is chosen again."""
    was = urlsplit(request.referrer or "")
    return own_path(was.path) if was.netloc == request.host else None


def _content(problem: Problem) -> dict[str, object]:
    language = language_now()
    sent = _to_be_sent_again(problem)
    faults = [texts.sentence(fault.rule, fault.facts, language) for fault in problem.faults]
    return {
        "heading": _heading(problem.status),
        "detail": texts.sentence(problem.code, with_names(problem.facts), language),
        "advice": _advice(problem.status, sent),
        "sent": sent,
        "faults": list(dict.fromkeys(faults)),
        "ways": _ways(problem.status),
        "reference": problem.reference,
    }


def _to_be_sent_again(problem: Problem) -> list[tuple[str, str]]:
    """The form as it was typed and with its key, when nobody answered, or when its sender has signed in anew since
    it was opened (in another tab): they look, and send it themselves. A file is chosen anew."""
    is_form = request.method == "POST" and request.mimetype == "application/x-www-form-urlencoded"
    is_ours = problem.code == CsrfMissing.code and sent_by_our_own_page()
    if not is_form or not (problem.status == 503 or is_ours):
        return []
    proof = (CSRF_FIELD, form_token())
    return [proof, *(field for field in request.form.items(multi=True) if field[0] != CSRF_FIELD)]


def _heading(status: int) -> str:
    headings = {
        400: _("We could not read what was sent"),
        403: _("You may not do this in this role"),
        404: _("There is no such page"),
        405: _("This cannot be done here"),
        409: _("Somebody was first"),
        410: _("The time for this has passed"),
        413: _("The file is too large"),
        422: _("This could not be done yet"),
        429: _("Too many requests in a short time"),
        500: _("The fault is ours"),
        503: _("The service does not answer right now"),
    }
    return headings.get(status, headings[400 if status < 500 else 500])


def _advice(status: int, sent: Sequence[tuple[str, str]]) -> list[str]:
    saved = _("What you had saved before is safe.")
    advice = {
        400: []
        if sent
        else [_("Go back with your browser's back button: what you typed is usually still on the form.")],
        403: [_("If you have another role, switch to it. Rights are given by your company or your authority.")],
        404: [_("The address may be mistyped, or the thing belongs to someone else.")],
        409: [_("Nothing was changed by you. Open the page again to see how things stand now.")],
        410: [saved],
        413: [_("Send a smaller file, or split it in parts."), saved],
        429: [_("Wait a minute and try again."), saved],
        500: [saved, _("Try again. If it fails again, tell us the reference below.")],
        503: [saved, _("Go back, wait a moment and send again: sending twice does nothing twice.")],
    }
    return advice.get(status, [])


def _ways(status: int) -> list[tuple[str, str]]:
    session = current_session()
    role = Role(session["capacity"]["role"]) if session else Role.VISITOR
    ways = [(url_for(places_for(role)[0].endpoint), _("To the first page"))]
    if status == 403 and session and len(session["capacities"]) > 1:
        ways.insert(0, (url_for("portal.choose_capacity"), _("Switch role")))
    if status == 422 and request.method == "POST" and (sent_from := _sent_from()):
        ways.insert(0, (sent_from, _("Back to the page")))
    return ways


def _sent_from() -> str | None:
    """The page of ours that the form was on, as it was narrowed and turned over."""
    was = urlsplit(request.referrer or "")
    return own_path(was._replace(scheme="", netloc="", fragment="").geturl()) if was.netloc == request.host else None
