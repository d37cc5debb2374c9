"""Sign-off: a draft waits for another person, who reads the whole and signs it or sends it back with a note."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy
from services.gateway.identity import current_asker
from services.gateway.portal.company import parts
from services.gateway.portal.company.promises import PROMISES, may_sign, signer
from services.gateway.portal.forms import Form, as_typed, posted_version, refusing, take_key
from services.gateway.portal.pages import COMPANY, portal
from services.gateway.rooms import ask
from shared.contracts.applications import (
    ASK_FOR_SIGNATURE,
    DEMAND_SECOND_SIGNATURE,
    GET_APPLICATION,
    GET_DRAFTING,
    RETURN_UNSIGNED,
    TAKE_BACK_REQUEST,
    TAKE_OVER_DRAFT,
)
from shared.errors import Fault

LABELS = parts.LABELS | PROMISES | {"note": _l("Note to the colleague"), "return_note": _l("What should be corrected")}


@portal.get("/oma/asiat/<number>/allekirjoitus")
@policy.asks(GET_APPLICATION, GET_DRAFTING, only=COMPANY)
def signature(number: str) -> str | Redirect:
    """Who has prepared the draft, whether two are needed, and asking a colleague to sign it."""
    draft = ask(GET_APPLICATION, number=number)
    if draft["state"] != "draft":
        return redirect(url_for("portal.case", number=number), 303)
    return _page(draft, Form(labels=LABELS, version=draft["version"]))


@portal.post("/oma/asiat/<number>/allekirjoitus")
@policy.asks(GET_APPLICATION, GET_DRAFTING, ASK_FOR_SIGNATURE, only=COMPANY)
def ask_for_signature(number: str) -> Response | Redirect:
    form = Form(labels=LABELS, typed=as_typed(), version=posted_version())
    take_key()
    with refusing(form) as tried:
        ask(ASK_FOR_SIGNATURE, number=number, version=form.version, note=form.value("note"))
        return redirect(url_for("portal.case", number=number), 303)
    return make_response(_page(ask(GET_APPLICATION, number=number), tried.form), tried.status)


@portal.post("/oma/asiat/<number>/allekirjoitus/kaksi")
@policy.asks(GET_APPLICATION, GET_DRAFTING, DEMAND_SECOND_SIGNATURE, only=COMPANY)
def demand_second_signature(number: str) -> Response | Redirect:
    """Whether two persons are needed to send this application."""
    form = Form(labels=LABELS, version=posted_version())
    take_key()
    with refusing(form) as tried:
        demanded = request.form.get("demanded") == "yes"
        ask(DEMAND_SECOND_SIGNATURE, number=number, version=form.version, demanded=demanded)
        return redirect(url_for("portal.signature", number=number), 303)
    return make_response(_page(ask(GET_APPLICATION, number=number), tried.form), tried.status)


@portal.post("/oma/asiat/<number>/allekirjoitus/takaisin")
@policy.asks(TAKE_BACK_REQUEST, GET_APPLICATION, GET_DRAFTING, only=COMPANY)
def take_back_request(number: str) -> Response | Redirect:
    form = Form(labels=LABELS, version=posted_version())
    take_key()
    with refusing(form) as tried:
        ask(TAKE_BACK_REQUEST, number=number, version=form.version)
        return redirect(url_for("portal.case", number=number), 303)
    return make_response(waiting_page(ask(GET_APPLICATION, number=number), tried.form), tried.status)


@portal.post("/oma/asiat/<number>/allekirjoitus/palauta")
@policy.asks(RETURN_UNSIGNED, GET_APPLICATION, GET_DRAFTING, only=COMPANY)
def return_unsigned(number: str) -> Response | Redirect:
    """Back to who asked, with a note of what should be corrected."""
    form = Form(labels=LABELS, typed=as_typed(), version=posted_version())
    take_key()
    if not form.value("return_note").strip():
        form = form.with_faults([Fault("return_note", "required")])
        return make_response(waiting_page(ask(GET_APPLICATION, number=number), form), 422)
    with refusing(form) as tried:
        ask(RETURN_UNSIGNED, number=number, version=form.version, note=form.value("return_note"))
        return redirect(url_for("portal.case", number=number), 303)
    return make_response(waiting_page(ask(GET_APPLICATION, number=number), tried.form), tried.status)


@portal.post("/oma/asiat/<number>/vastuu")
@policy.asks(TAKE_OVER_DRAFT, GET_APPLICATION, GET_DRAFTING, only=COMPANY)
def take_over_draft(number: str) -> Redirect:
    """Answer for the draft from now on: in the place of a colleague, or of one who has left the company."""
    take_key()
    ask(TAKE_OVER_DRAFT, number=number, before=request.form.get("before") or None)
    return redirect(url_for("portal.case", number=number), 303)


@portal.get("/oma/asiat/<number>/vastuu")
@portal.get("/oma/asiat/<number>/allekirjoitus/<any(kaksi, takaisin, palauta):deed>")
@policy.asks(only=COMPANY)
def back_to_signature(number: str, deed: str = "") -> Redirect:
    """The address of a deed, opened as a page (after sign-in, or from history)."""
    return redirect(url_for("portal.case", number=number), 303)


def waiting_page(draft: dict[str, Any], form: Form) -> str:
    """A draft that waits to be signed: the whole to be read, and what the reader may do."""
    drafting = ask(GET_DRAFTING, number=draft["number"])
    return render_template(
        "company/awaiting_signature.html",
        draft=draft,
        drafting=drafting,
        form=replace(form, labels={**form.labels, **LABELS}),
        promises=PROMISES,
        is_mine=drafting["asked_by"] == current_asker().person,
        may_sign=may_sign(),
        signer=signer(),
    )


def _page(draft: dict[str, Any], form: Form) -> str:
    return render_template(
        "company/signature.html",
        draft=draft,
        drafting=ask(GET_DRAFTING, number=draft["number"]),
        form=form,
        may_sign=may_sign(),
    )
