"""One case of the company: the task list before submission, sending, the receipt, and what has happened since."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy
from services.gateway.identity import current_asker
from services.gateway.portal import kept
from services.gateway.portal.company import parts
from services.gateway.portal.company.promises import PROMISES, may_sign, signer
from services.gateway.portal.company.signing import waiting_page
from services.gateway.portal.company.timeline import timeline
from services.gateway.portal.correspondence.on_case import correspondence_of
from services.gateway.portal.forms import Form, as_typed, posted_version, refusing, take_key
from services.gateway.portal.pages import COMPANY, portal
from services.gateway.rooms import ask
from shared.contracts.applications import GET_APPLICATION, GET_CORRESPONDENCE, GET_DRAFTING, SUBMIT, WITHDRAW
from shared.contracts.customers import NAME_PEOPLE, TAKE_KEPT
from shared.contracts.documents import LIST_DOCUMENTS
from shared.contracts.monitoring import CASE_TRAIL
from shared.contracts.payments import GET_GRANT, LIST_CLAIMS
from shared.errors import Fault, NotFound
from shared.messaging.wire import ServiceAway

SUBMITTED = "applications.application_submitted"
GRANTED = frozenset({"approved", "approved_in_part"})
CAN_WITHDRAW = frozenset(
    {"draft", "submitted", "in_assessment", "in_completion", "on_opinion", "in_hearing", "proposed"}
)
LABELS = parts.LABELS | PROMISES | {"reason": _l("Why do you withdraw it")}


@portal.get("/oma/asiat/<number>")
@policy.asks(
    GET_APPLICATION,
    CASE_TRAIL,
    LIST_DOCUMENTS,
    LIST_CLAIMS,
    GET_CORRESPONDENCE,
    also=(GET_GRANT, NAME_PEOPLE, GET_DRAFTING),
    only=COMPANY,
)
def case(number: str) -> str:
    """A draft's task list; of a submitted case its state, next step, decision, payments, letters and timeline."""
    application = ask(GET_APPLICATION, number=number)
    if application["state"] == "draft":
        return _task_list(application)
    if application["state"] == "awaiting_signature":
        return waiting_page(application, Form(labels=LABELS, version=application["version"]))
    return _case_page(application)


def _task_list(draft: dict[str, Any]) -> str:
    steps = [(part, parts.progress(part, draft)) for part in parts.all_parts(draft)]
    return render_template(
        "company/tasks.html",
        draft=draft,
        steps=steps,
        done=sum(1 for _part, how in steps if how.kind == "ok"),
        drafting=ask(GET_DRAFTING, number=draft["number"]),
        me_id=current_asker().person,
        may_prepare="prepare" in current_asker().rights,
        labels=parts.labels_of(draft),
        may_sign=may_sign(),
    )


def _case_page(application: dict[str, Any]) -> str:
    number = application["number"]
    granted = application["state"] in GRANTED
    return render_template(
        "company/case.html",
        case=application,
        grant=_grant(number) if granted else None,
        claims=ask(LIST_CLAIMS, number=number, size=200)["items"] if granted else [],
        letters=_papers(number, "letter"),
        filings=_papers(number, "filing"),
        steps=timeline(_trail(number)),
        may_withdraw=application["state"] in CAN_WITHDRAW,
        **correspondence_of(application),
    )


@portal.get("/oma/asiat/<number>/tarkista")
@policy.asks(GET_APPLICATION, GET_DRAFTING, only=COMPANY)
def check(number: str) -> str | Redirect:
    """Everything once more before it is sent, and what still hinders sending."""
    draft = ask(GET_APPLICATION, number=number)
    if draft["state"] != "draft":
        return redirect(url_for("portal.case", number=number), 303)
    return _check_page(draft, Form(labels=LABELS, version=draft["version"]))


@portal.post("/oma/asiat/<number>/laheta")
@policy.asks(GET_APPLICATION, GET_DRAFTING, SUBMIT, only=COMPANY)
def send(number: str) -> Response | Redirect:
    """File the application. What arrived by the last second is in time even when the answer comes after it."""
    form = Form(labels=LABELS, typed=as_typed(), version=posted_version())
    unpromised = [Fault(name, "confirm_this") for name in PROMISES if not form.value(name)]
    if unpromised:
        return make_response(_unsent(number, form.with_faults(unpromised)), 422)
    take_key()
    with refusing(form) as tried:
        ask(SUBMIT, number=number, version=form.version)
        return redirect(url_for("portal.receipt", number=number), 303)
    # What the fields still lack is told by the page itself, each with the way to its part.
    return make_response(_unsent(number, tried.form.with_faults(())), tried.status)


@portal.get("/oma/asiat/<number>/laheta")
@policy.asks(GET_APPLICATION, only=COMPANY)
def back_to_check(number: str) -> Redirect:
    """The address of sending, opened as a page (after sign-in, or from history): checking comes first."""
    return redirect(url_for("portal.check", number=number), 303)


@portal.get("/oma/asiat/<number>/vastaanotto")
@policy.asks(GET_APPLICATION, CASE_TRAIL, LIST_DOCUMENTS, also=(NAME_PEOPLE,), only=COMPANY)
def receipt(number: str) -> str:
    """Proof of filing: number, time to the second, who, and the digest of what was filed."""
    application = ask(GET_APPLICATION, number=number)
    if application["submitted_at"] is None:
        raise NotFound(what="receipt")
    filed = next((entry for entry in _trail(number) if entry["type"] == SUBMITTED), None)
    sender = filed["actor"] if filed else application["saved_by"]
    filings = _papers(number, "filing")
    return render_template("company/receipt.html", case=application, sender=sender, filings=filings)


@portal.get("/oma/asiat/<number>/peru")
@policy.asks(GET_APPLICATION, also=(TAKE_KEPT,), only=COMPANY)
def ask_to_withdraw(number: str) -> str:
    application = ask(GET_APPLICATION, number=number)
    form = kept.restored(Form(labels=LABELS, version=application["version"]))
    return render_template("company/withdraw.html", case=application, form=form)


@portal.post("/oma/asiat/<number>/peru")
@policy.asks(GET_APPLICATION, WITHDRAW, only=COMPANY)
def withdraw(number: str) -> Response | Redirect:
    form = Form(labels=LABELS, typed=as_typed(), version=posted_version())
    take_key()
    with refusing(form) as tried:
        ask(WITHDRAW, number=number, version=form.version, reason=form.value("reason"))
        return redirect(url_for("portal.case", number=number), 303)
    page = render_template("company/withdraw.html", case=ask(GET_APPLICATION, number=number), form=tried.form)
    return make_response(page, tried.status)


def _unsent(number: str, form: Form) -> str:
    """The page that was sent from, once more: checking, or reading what waits to be signed."""
    draft = ask(GET_APPLICATION, number=number)
    return waiting_page(draft, form) if draft["state"] == "awaiting_signature" else _check_page(draft, form)


def _check_page(draft: dict[str, Any], form: Form) -> str:
    faults = parts.faults_of(draft)
    labels = parts.labels_of(draft)
    hindrances = [(part, Form(labels=labels).with_faults(part.faults_in(faults))) for part in parts.all_parts(draft)]
    return render_template(
        "company/check.html",
        draft=draft,
        form=form,
        promises=PROMISES,
        hindrances=[(part, about) for part, about in hindrances if about.faults],
        may_sign=may_sign(),
        signer=signer(),
    )


def _trail(number: str) -> list[dict[str, Any]]:
    """The trail may be a moment behind, or silent; the page opens without it."""
    try:
        entries: list[dict[str, Any]] = ask(CASE_TRAIL, number=number)["entries"]
    except (NotFound, ServiceAway):
        return []
    return entries


def _grant(number: str) -> dict[str, Any] | None:
    """The grant's account opens a moment after the decision."""
    try:
        return ask(GET_GRANT, number=number)
    except NotFound:
        return None


def _papers(number: str, kind: str) -> list[dict[str, Any]]:
    """What the house has written in the case: its letters, or what the company sent as the house wrote it down."""
    found = ask(LIST_DOCUMENTS, subject=f"application/{number}", size=200)["items"]
    return [document for document in found if document["kind"] == kind]
