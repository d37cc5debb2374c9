"""The company's pages after the decision: its dates and versions, seeking review, applying for a change."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy
from services.gateway.portal import kept
from services.gateway.portal.afterwards import typed_terms
from services.gateway.portal.afterwards.looks import acts_of, clocks_of, in_force
from services.gateway.portal.company.promises import may_sign
from services.gateway.portal.forms import Form, as_typed, posted_version, refusing, take_key
from services.gateway.portal.pages import COMPANY, portal
from services.gateway.portal.typed_values import day_typed
from services.gateway.rooms import ask
from shared.contracts.applications import (
    CHOOSE_CHANNEL,
    GET_ACTS,
    GET_CLOCKS,
    REQUEST_AMENDMENT,
    REQUEST_REVIEW,
    WITHDRAW_AMENDMENT,
)
from shared.contracts.customers import TAKE_KEPT
from shared.errors import Fault

REVIEW_LABELS: dict[str, LazyString] = {
    "act": _l("Which decision"),
    "demand": _l("What should be decided otherwise"),
    "grounds": _l("On what grounds"),
    "channel": _l("How do you want your decisions"),
}
WISHED = ("period_last", "costs", "indicators", "contact_name", "contact_email", "contact_phone")


@portal.get("/oma/asiat/<number>/paatos")
@policy.asks(GET_ACTS, GET_CLOCKS, only=COMPANY)
def own_acts(number: str) -> str:
    """Every decision of the case with its dates, what has been sought of it, changes, and the clocks."""
    return _acts_page(acts_of(number))


@portal.post("/oma/asiat/<number>/tiedoksianto")
@policy.asks(CHOOSE_CHANNEL, GET_ACTS, GET_CLOCKS, only=COMPANY)
def choose_channel(number: str) -> Response | Redirect:
    """How decisions are sent from now on."""
    form = Form(labels=REVIEW_LABELS, typed=as_typed(), version=posted_version())
    if form.value("channel") not in ("electronic", "letter"):
        return make_response(_acts_page(acts_of(number), form.with_faults([Fault("channel", "choose_one")])), 422)
    take_key()
    with refusing(form) as tried:
        ask(CHOOSE_CHANNEL, number=number, version=form.version, channel=form.value("channel"))
        return redirect(url_for("portal.own_acts", number=number), 303)
    return make_response(_acts_page(acts_of(number), tried.form), tried.status)


@portal.get("/oma/asiat/<number>/tiedoksianto")
@policy.asks(only=COMPANY)
def back_to_own_acts(number: str) -> Redirect:
    """The address of choosing, opened as a page."""
    return redirect(url_for("portal.own_acts", number=number), 303)


@portal.get("/oma/asiat/<number>/oikaisu")
@policy.asks(GET_ACTS, also=(TAKE_KEPT,), only=COMPANY)
def ask_review(number: str) -> str:
    """Ask the authority to review a decision (`?paatos=2`, else the last one)."""
    case = acts_of(number)
    asked, last = request.args.get("paatos", ""), in_force(case)
    act = asked if asked.isdigit() else str(last["act"] if last else 1)
    form = Form(labels=REVIEW_LABELS, typed={"act": act}, version=case["version"])
    return _review_page(case, kept.restored(form))


@portal.post("/oma/asiat/<number>/oikaisu")
@policy.asks(GET_ACTS, REQUEST_REVIEW, only=COMPANY)
def send_review(number: str) -> Response | Redirect:
    """File it. What comes late is registered too, and the company is told so before and after."""
    form = Form(labels=REVIEW_LABELS, typed=as_typed(), version=posted_version())
    faults = [] if form.value("demand").strip() else [Fault("demand", "required")]
    faults += [] if form.value("act").isdigit() else [Fault("act", "choose_one")]
    if faults:
        return make_response(_review_page(acts_of(number), form.with_faults(faults)), 422)
    take_key()
    with refusing(form) as tried:
        ask(
            REQUEST_REVIEW,
            number=number,
            version=form.version,
            act=int(form.value("act")[:4]),
            demand=form.value("demand").strip(),
            grounds=form.value("grounds").strip(),
        )
        return redirect(url_for("portal.own_acts", number=number) + "#h-oikaisut", 303)
    return make_response(_review_page(acts_of(number), tried.form), tried.status)


@portal.get("/oma/asiat/<number>/muutos/uusi")
@policy.asks(GET_ACTS, also=(TAKE_KEPT,), only=COMPANY)
def ask_change(number: str) -> str:
    """Apply for a change: the terms in force stand in the fields, and what is typed otherwise is applied for."""
    case = acts_of(number)
    form = Form(labels=typed_terms.LABELS, typed=typed_terms.prefilled(case["terms"]), version=case["version"])
    return _change_page(case, kept.restored(form))


@portal.post("/oma/asiat/<number>/muutos/uusi")
@policy.asks(GET_ACTS, REQUEST_AMENDMENT, only=COMPANY)
def send_change(number: str) -> Response | Redirect:
    form = Form(labels=typed_terms.LABELS, typed=as_typed(), version=posted_version())
    case = acts_of(number)
    read = typed_terms.read_changes(form, case["terms"], *WISHED)
    change_on = day_typed(form, "change_on")
    faults = [*read.faults, *change_on.faults]
    faults += [] if form.value("grounds").strip() else [Fault("grounds", "required")]
    if faults:
        return make_response(_change_page(case, form.with_faults(faults)), 422)
    take_key()
    with refusing(form) as tried:
        ask(
            REQUEST_AMENDMENT,
            number=number,
            version=form.version,
            wished=read.changes,
            change_on=change_on.value,
            grounds=form.value("grounds").strip(),
        )
        return redirect(url_for("portal.own_acts", number=number) + "#h-muutokset", 303)
    found = tried.form.with_faults(typed_terms.placed(tried.form.faults, "wished."))
    return make_response(_change_page(acts_of(number), found), tried.status)


@portal.post("/oma/asiat/<number>/muutos/<int:amendment>/peru")
@policy.asks(GET_ACTS, GET_CLOCKS, WITHDRAW_AMENDMENT, only=COMPANY)
def withdraw_change(number: str, amendment: int) -> Response | Redirect:
    """Take the application for a change back while it is not decided."""
    form = Form(labels=REVIEW_LABELS, version=posted_version())
    take_key()
    with refusing(form) as tried:
        ask(WITHDRAW_AMENDMENT, number=number, version=form.version, amendment=amendment)
        return redirect(url_for("portal.own_acts", number=number) + "#h-muutokset", 303)
    return make_response(_acts_page(acts_of(number), tried.form), tried.status)


@portal.get("/oma/asiat/<number>/muutos/<int:amendment>/peru")
@policy.asks(only=COMPANY)
def back_from_withdrawing(number: str, amendment: int) -> Redirect:
    """The address of withdrawing, opened as a page."""
    return redirect(url_for("portal.own_acts", number=number), 303)


def _acts_page(case: dict[str, Any], form: Form | None = None) -> str:
    form = form or Form(labels=REVIEW_LABELS, typed={"channel": case["channel"]}, version=case["version"])
    return render_template(
        "afterwards/own.html",
        case=case,
        form=form,
        clocks=clocks_of(case["number"]),
        may_sign=may_sign(),
        may_change=may_change(case),
    )


def may_change(case: dict[str, Any]) -> bool:
    """Whether a change could be applied for: the project is under way and none is being handled."""
    is_open = any(one["state"] == "filed" for one in case["amendments"])
    return case["project_state"] in ("not_started", "running", "suspended") and not is_open


def _review_page(case: dict[str, Any], form: Form) -> str:
    acts = [act for act in case["acts"] if act["state"] == "decided"]
    return render_template("afterwards/ask_review.html", case=case, form=form, acts=acts, may_sign=may_sign())


def _change_page(case: dict[str, Any], form: Form) -> str:
    return render_template(
        "afterwards/ask_change.html",
        case=case,
        form=form,
        rows=len(form.rows("costs")) + typed_terms.SPARE_ROWS,
        targets=len(form.rows("indicators")),
        may_sign=may_sign(),
    )
