"""One's own settings: the e-mail address, and what one wants to be told and when."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy
from services.gateway.identity import current_asker
from services.gateway.portal.forms import Form, as_typed, refusing, take_key
from services.gateway.portal.frame import words
from services.gateway.portal.pages import COMPANY, portal
from services.gateway.rooms import ask
from shared.asker import STAFF, Role
from shared.contracts.customers import CONFIRM_CONTACT, GET_PREFERENCES, SET_CONTACT, SET_PREFERENCES, WHEN

OFFICIALS = STAFF - {Role.AUDITOR}
LABELS = {"email": _l("E-mail address")}


@portal.get("/oma/asetukset")
@policy.asks(GET_PREFERENCES, only=COMPANY)
def own_settings() -> str:
    return _page(None)


@portal.post("/oma/asetukset")
@policy.asks(GET_PREFERENCES, SET_CONTACT, SET_PREFERENCES, only=COMPANY)
def save_own_settings() -> Response | Redirect:
    return _save("portal.own_settings")


@portal.get("/tyo/asetukset")
@policy.asks(GET_PREFERENCES, only=OFFICIALS)
def staff_settings() -> str:
    return _page(None)


@portal.post("/tyo/asetukset")
@policy.asks(GET_PREFERENCES, SET_CONTACT, SET_PREFERENCES, only=OFFICIALS)
def save_staff_settings() -> Response | Redirect:
    return _save("portal.staff_settings")


@portal.get("/asetukset/osoite/<code>")
@policy.asks(GET_PREFERENCES, only=COMPANY | OFFICIALS)
def address_link(code: str) -> str:
    """Where the link in the mail leads. Opening it changes nothing: robots of mail servers open links too."""
    return _confirming(code)


@portal.post("/asetukset/osoite/<code>")
@policy.asks(GET_PREFERENCES, CONFIRM_CONTACT, only=COMPANY | OFFICIALS)
def confirm_address(code: str) -> Response | Redirect:
    take_key()
    with refusing(Form(labels=LABELS)) as tried:
        ask(CONFIRM_CONTACT, code=code[:60])
        is_company = current_asker().role is Role.COMPANY
        return redirect(url_for("portal.own_settings" if is_company else "portal.staff_settings", vahvistettu=1), 303)
    return make_response(_confirming(code, tried.form), tried.status)


def _confirming(code: str, form: Form | None = None) -> str:
    return render_template(
        "confirm_address.html", code=code, settings=ask(GET_PREFERENCES), form=form or Form(labels=LABELS)
    )


def _save(endpoint: str) -> Response | Redirect:
    """The address first: where it is wrong, nothing of the page is saved."""
    typed = as_typed()
    form = Form(labels=LABELS | _labels(ask(GET_PREFERENCES)), typed=typed)
    choices = {name.removeprefix("when-"): value for name, value in typed.items() if name.startswith("when-")}
    with refusing(form) as tried:
        take_key("address")
        ask(SET_CONTACT, email=form.value("email").strip())
        take_key("choices")
        ask(SET_PREFERENCES, choices=choices)
        return redirect(url_for(endpoint, tallennettu=1), 303)
    return make_response(_page(tried.form), tried.status)


def _page(form: Form | None) -> str:
    settings = ask(GET_PREFERENCES)
    shown = form or Form(labels=LABELS | _labels(settings), typed=_typed(settings))
    return render_template(
        "mail_settings.html",
        settings=settings,
        form=shown,
        saved="tallennettu" in request.args and not shown.faults,
        confirmed="vahvistettu" in request.args,
        times=[(when, words("mail_when", when)) for when in WHEN],
        is_company=current_asker().role is Role.COMPANY,
    )


def _labels(settings: dict[str, Any]) -> dict[str, Any]:
    return {f"when-{choice['kind']}": words("mail_kind", choice["kind"]) for choice in settings["choices"]}


def _typed(settings: dict[str, Any]) -> dict[str, Any]:
    chosen = {f"when-{choice['kind']}": choice["when"] for choice in settings["choices"]}
    return {"email": settings["pending"] or settings["email"], **chosen}
