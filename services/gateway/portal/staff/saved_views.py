"""Views of the queue that a person keeps: a narrowing gets a name, and may be shown to the whole authority."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy
from services.gateway.portal.forms import Form, as_typed, refusing, take_key
from services.gateway.portal.pages import portal
from services.gateway.portal.staff.desk import OFFICIALS
from services.gateway.rooms import ask
from shared.contracts.applications import DELETE_VIEW, SAVE_VIEW, ViewFilters
from shared.errors import Fault
from shared.messaging.faults import invalid_fields

LABELS: Mapping[str, LazyString] = {"name": _l("Name of the view"), "shared": _l("Shown to")}


@portal.get("/tyo/nakymat/uusi")
@policy.asks(SAVE_VIEW, only=OFFICIALS)
def new_view() -> str:
    """The narrowing that the address brings, and a name for it."""
    return _page(Form(labels=LABELS), dict(request.args))


@portal.post("/tyo/nakymat/uusi")
@policy.asks(SAVE_VIEW, only=OFFICIALS)
def save_view() -> Response | Redirect:
    form = Form(labels=LABELS, typed=as_typed())
    brought = {name.removeprefix("f-"): value for name, value in request.form.items() if name.startswith("f-")}
    if not form.value("name").strip():
        return make_response(_page(form.with_faults([Fault("name", "required")]), brought), 422)
    take_key()
    with refusing(form) as tried:
        filters = _loaded(brought)
        kept = ask(SAVE_VIEW, name=form.value("name"), filters=filters, shared=bool(form.value("shared")))
        return redirect(url_for("portal.queue", nakyma=kept["view_id"]), 303)
    return make_response(_page(tried.form, brought), tried.status)


@portal.post("/tyo/nakymat/<view_id>/poista")
@policy.asks(DELETE_VIEW, only=OFFICIALS)
def delete_view(view_id: str) -> Redirect:
    take_key()
    ask(DELETE_VIEW, view_id=view_id)
    return redirect(url_for("portal.queue"), 303)


@portal.get("/tyo/nakymat/<view_id>/poista")
@policy.asks(only=OFFICIALS)
def back_to_queue(view_id: str) -> Redirect:
    """The address of deleting, opened as a page (after sign-in, or from history)."""
    return redirect(url_for("portal.queue"), 303)


def _page(form: Form, brought: Mapping[str, Any]) -> str:
    known = ViewFilters().fields
    return render_template(
        "staff/new_view.html", form=form, brought={name: value for name, value in brought.items() if name in known}
    )


def _loaded(brought: Mapping[str, str]) -> dict[str, Any]:
    """Raises InvalidFields for what is no filter."""
    told: dict[str, Any] = {**brought}
    for several in ("state", "claim_state"):
        if several in told:
            told[several] = told[several].split(",")
    try:
        loaded: dict[str, Any] = ViewFilters().load(told)
    except ValidationError as error:
        raise invalid_fields(error) from error
    return loaded
