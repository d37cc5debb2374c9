"""The payment: one official presents it, another decides it, and neither has verified it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, make_response, redirect, render_template, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import formats, policy
from services.gateway.portal import kept
from services.gateway.portal.forms import Form, as_typed, posted_version, refusing, take_key
from services.gateway.portal.pages import portal
from services.gateway.portal.people import name_of, names
from services.gateway.portal.staff.decision import fresh, verdict_faults
from services.gateway.portal.staff.desk import (
    CONFLICT,
    DECISION_MAKER,
    HANDLER,
    OFFICIALS,
    is_me,
    is_now,
    of_claim,
    stopped,
)
from services.gateway.rooms import ask
from shared.asker import Role
from shared.contracts.applications import GET_APPLICATION
from shared.contracts.customers import TAKE_KEPT
from shared.contracts.payments import DECIDE_PAYMENT, GET_CLAIM, PROPOSE_PAYMENT

PRESENTING: Mapping[str, LazyString] = {"note": _l("Note to the decision")}
DECIDING: Mapping[str, LazyString] = {"verdict": _l("Your decision"), "note": _l("Note")}


@portal.get("/tyo/maksatus/<claim_id>/esitys")
@policy.asks(GET_CLAIM, also=(TAKE_KEPT,), only=HANDLER)
def payment_proposal(claim_id: str) -> str:
    claim = ask(GET_CLAIM, claim_id=claim_id)
    return _presenting_page(claim, kept.restored(Form(labels=PRESENTING, version=claim["version"])))


@portal.post("/tyo/maksatus/<claim_id>/esitys")
@policy.asks(GET_CLAIM, PROPOSE_PAYMENT, only=HANDLER)
def present_payment(claim_id: str) -> Response | Redirect:
    """Propose the payment of what was verified. The room computes the sum and explains it."""
    form = Form(labels=PRESENTING, typed=as_typed(), version=posted_version())
    take_key()
    with refusing(form) as tried:
        ask(PROPOSE_PAYMENT, claim_id=claim_id, version=form.version, note=form.value("note").strip())
        return redirect(url_for("portal.payment_decision", claim_id=claim_id), 303)
    if tried.status == CONFLICT:
        return stopped(tried.form, _("The payment was not presented"), of_claim(ask(GET_CLAIM, claim_id=claim_id)))
    return make_response(_presenting_page(ask(GET_CLAIM, claim_id=claim_id), tried.form), tried.status)


@portal.get("/tyo/maksatus/<claim_id>/ratkaise")
@policy.asks(GET_CLAIM, GET_APPLICATION, also=(TAKE_KEPT,), only=OFFICIALS)
def payment_decision(claim_id: str) -> str:
    """The proposed payment with its sum explained. Who may not decide sees why."""
    claim = ask(GET_CLAIM, claim_id=claim_id)
    return _deciding_page(claim, fresh(Form(labels=DECIDING, version=claim["version"])))


@portal.post("/tyo/maksatus/<claim_id>/ratkaise")
@policy.asks(GET_CLAIM, GET_APPLICATION, DECIDE_PAYMENT, only=DECISION_MAKER)
def decide_payment(claim_id: str) -> Response | Redirect:
    """Sign or return. When another claim of the grant was decided meanwhile, the sum is not signed unseen."""
    form = Form(labels=DECIDING, typed=as_typed(), version=posted_version())
    if faults := verdict_faults(form):
        return make_response(_deciding_page(ask(GET_CLAIM, claim_id=claim_id), form.with_faults(faults)), 422)
    take_key()
    verdict = {"verdict": form.value("verdict"), "note": form.value("note").strip()}
    with refusing(form) as tried:
        ask(DECIDE_PAYMENT, claim_id=claim_id, version=form.version, **verdict)
        return redirect(url_for("portal.staff_claim", claim_id=claim_id), 303)
    if tried.status == CONFLICT:
        return stopped(tried.form, _("The payment was not signed"), of_claim(ask(GET_CLAIM, claim_id=claim_id)))
    return make_response(_deciding_page(ask(GET_CLAIM, claim_id=claim_id), tried.form), tried.status)


def _presenting_page(claim: dict[str, Any], form: Form) -> str:
    names([claim["verified_by"]])
    return render_template(
        "staff/payment_proposal.html", claim=claim, form=form, hindrance=_no_presenting(claim), cuts=_cuts(claim)
    )


def _no_presenting(claim: Mapping[str, Any]) -> str:
    """Why this reader cannot present the payment, or nothing."""
    if is_me(claim["verified_by"]):
        return _("You verified the costs, so someone else has to present the payment.")
    if claim["state"] == "submitted":
        return _("The costs have not been verified yet.")
    return "" if claim["state"] == "verified" else _("The payment has been presented already.")


def _deciding_page(claim: dict[str, Any], form: Form) -> str:
    decision = claim["decision"] or {}
    names([claim["verified_by"], decision.get("proposed_by"), decision.get("decided_by")])
    return render_template(
        "staff/payment_decision.html", claim=claim, form=form, hindrance=_no_deciding(claim), cuts=_cuts(claim)
    )


def _no_deciding(claim: Mapping[str, Any]) -> str:
    """Why this reader has no button, or nothing."""
    decision = claim["decision"]
    if decision is None:
        return _("No payment has been presented to be decided.")
    if decision["decided_at"]:
        facts = {"name": name_of(decision["decided_by"]), "moment": formats.moment(decision["decided_at"])}
        return _("%(name)s decided the payment on %(moment)s. It cannot be decided again.", **facts)
    if not is_now(Role.DECISION_MAKER):
        return _("A decision maker of the authority decides this. In your role you can read it.")
    return _part_taken(claim)


def _part_taken(claim: Mapping[str, Any]) -> str:
    """One person has one part: who verified, presented, or had a part in the award does not decide its payment."""
    if is_me(claim["verified_by"], claim["decision"]["proposed_by"]):
        return _("You have had a part in this payment, so someone else has to decide it.")
    award = ask(GET_APPLICATION, number=claim["number"])
    parts = [(award["proposal"] or {}).get("proposed_by"), (award["decision"] or {}).get("decided_by")]
    return _("You had a part in the award, so someone else has to decide its payments.") if is_me(*parts) else ""


def _cuts(claim: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [line for line in claim["lines"] if line["cut"]]
