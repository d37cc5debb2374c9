"""The assessment: eligibility, scores, size, accounts; kept as typed and answered with what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import formats, policy
from services.gateway.language import language_now
from services.gateway.portal import kept
from services.gateway.portal.forms import Form, as_typed, fault_of, posted_version, refusing, row_button, take_key
from services.gateway.portal.pages import portal
from services.gateway.portal.staff.desk import CONFLICT, HANDLER, READERS, is_me, is_now, of_application, stopped
from services.gateway.portal.staff.gates import shown_gates
from services.gateway.rooms import ask
from shared.asker import Role
from shared.contracts.applications import GET_APPLICATION, GET_ASSESSMENT, SAVE_ASSESSMENT
from shared.contracts.customers import TAKE_KEPT
from shared.errors import Fault
from shared.rules.same_award import ANOTHER

ASSESSED_IN = frozenset({"in_assessment", "in_completion", "on_opinion", "in_hearing", "proposed"})
ROWS_MOST = 50
# The tables whose rows follow from the call: one row a code, in the call's order.
BY_CODE = {"eligibility": "eligibility", "scores": "criteria", "checklist": "checklist"}
TABLES = (*BY_CODE, "enterprises", "earlier_aid")
LABELS: Mapping[str, LazyString] = {
    "eligibility.answer": _l("Answer"),
    "eligibility.basis": _l("Ground of the answer"),
    "scores.points": _l("Points"),
    "scores.grounds": _l("Grounds of the points"),
    "checklist.done": _l("Done"),
    "checklist.note": _l("Note"),
    "accounts_end_on": _l("End of the latest closed accounts"),
    "staff": _l("Staff, annual work units"),
    "turnover": _l("Turnover"),
    "balance": _l("Balance sheet total"),
    "staff_before": _l("Staff, the year before"),
    "turnover_before": _l("Turnover, the year before"),
    "balance_before": _l("Balance sheet total, the year before"),
    "owners_changed": _l("Have the owners changed since?"),
    "public_share": _l("Votes of public bodies"),
    "public_exception": _l("Kind of the public owner"),
    "enterprises.name": _l("Company"),
    "enterprises.business_id": _l("Business ID"),
    "enterprises.share": _l("Share"),
    "enterprises.controls": _l("Has control"),
    "enterprises.staff": _l("Staff"),
    "enterprises.turnover": _l("Turnover"),
    "enterprises.balance": _l("Balance sheet total"),
    "founded_on": _l("Founded on"),
    "limited_liability": _l("Is it a limited company?"),
    "capital": _l("Subscribed capital with share premium"),
    "invested_fund": _l("Fund for invested unrestricted equity"),
    "other_reserves": _l("Other reserves"),
    "retained": _l("Retained earnings"),
    "result": _l("Result of the year"),
    "insolvent": _l("In insolvency proceedings, or are their criteria met?"),
    "rescue_aid": _l("Has it unpaid rescue aid?"),
    "restructuring": _l("Is it under a restructuring plan?"),
    "debt": _l("Debt"),
    "equity": _l("Equity"),
    "ebitda": _l("EBITDA"),
    "interest": _l("Interest"),
    "debt_before": _l("Debt, the year before"),
    "equity_before": _l("Equity, the year before"),
    "ebitda_before": _l("EBITDA, the year before"),
    "interest_before": _l("Interest, the year before"),
    "tax_checked_on": _l("Taxes checked on"),
    "tax_source": _l("Where the taxes were checked"),
    "tax_result": _l("Tax debt"),
    "recovery_checked_on": _l("Recovery orders checked on"),
    "recovery_source": _l("Where the recovery orders were checked"),
    "recovery_result": _l("Recovery of unlawful aid"),
    "works_started": _l("Have the works started?"),
    "works_started_on": _l("Start of works"),
    "municipality": _l("Municipality of the project"),
    "sector": _l("Sector (TOL/NACE)"),
    "activity": _l("Kind of research"),
    "other_aid_amount": _l("Other public aid to the same costs"),
    "other_aid_rate": _l("Highest share that the other aid's own rule allows"),
    "other_aid_source": _l("Who grants the other aid"),
    "earlier_aid.business_id": _l("Business ID"),
    "earlier_aid.name": _l("Company"),
    "earlier_aid.granted_on": _l("Granted on"),
    "earlier_aid.amount": _l("Sum"),
    "earlier_aid.authority": _l("Granted by"),
    "earlier_aid.regulation": _l("Regulation"),
    "earlier_aid.same_as": _l("Is it an award of the register?"),
    "opinion_on": _l("Day of the opinion"),
    "opinion_result": _l("Opinion"),
    "opinion_ground": _l("Reasons of the opinion"),
    "notes": _l("Notes of the assessment"),
}
SINGLE = frozenset(path for path in LABELS if "." not in path)


@portal.get("/tyo/asiat/<number>/arviointi")
@policy.asks(GET_APPLICATION, GET_ASSESSMENT, also=(TAKE_KEPT,), only=READERS)
def assessment(number: str) -> str:
    """The assessment to be filled in by the case's own handler; everybody else who may see the case reads it."""
    case, found = ask(GET_APPLICATION, number=number), ask(GET_ASSESSMENT, number=number)
    return _page(case, found, kept.restored(_form(found)), saved="tallennettu" in request.args)


@portal.post("/tyo/asiat/<number>/arviointi")
@policy.asks(GET_APPLICATION, GET_ASSESSMENT, SAVE_ASSESSMENT, only=HANDLER)
def save_assessment(number: str) -> Response | Redirect:
    """Keep the assessment as it stands, right or wrong; the page then says what follows and what is wrong."""
    form = Form(labels=LABELS, typed=_with_row_buttons(as_typed()), version=posted_version())
    if row_button():
        case, found = ask(GET_APPLICATION, number=number), ask(GET_ASSESSMENT, number=number)
        return make_response(_page(case, found, form))
    take_key()
    with refusing(form) as tried:
        ask(SAVE_ASSESSMENT, number=number, version=form.version, answers=_answers(form))
        return redirect(url_for("portal.assessment", number=number, tallennettu=1), 303)
    case = ask(GET_APPLICATION, number=number)
    if tried.status == CONFLICT:
        return stopped(tried.form, _("The assessment was not saved"), of_application(case))
    return make_response(_page(case, ask(GET_ASSESSMENT, number=number), tried.form), tried.status)


def _answers(form: Form) -> dict[str, Any]:
    """What the page asks; anything else that was posted is not ours."""
    single = {path: form.value(path) for path in SINGLE if path in form.typed}
    return single | {table: form.rows(table) for table in TABLES if form.rows(table)}


def _form(found: Mapping[str, Any]) -> Form:
    """What was typed, rows in the call's order, with what could not be read of it."""
    answers, selection = found["answers"], found["selection"]
    typed, moved = dict(answers), dict[str, str]()
    for table, asked in BY_CODE.items():
        given = {row.get("code"): (at, row) for at, row in enumerate(answers.get(table) or [])}
        rows = []
        for place, one in enumerate(selection[asked]):
            at, row = given.get(one["code"], (None, {}))
            rows.append({**row, "code": one["code"]})
            moved |= {f"{table}.{at}.": f"{table}.{place}."} if at is not None else {}
        typed[table] = rows
    form = Form(labels=LABELS, typed=typed, version=found["version"])
    return form.with_faults(_placed(fault_of(fault), moved) for fault in found["faults"]) if found["version"] else form


def _placed(fault: Fault, moved: Mapping[str, str]) -> Fault:
    for before, after in moved.items():
        if fault.path.startswith(before):
            return replace(fault, path=after + fault.path.removeprefix(before))
    return fault


def _with_row_buttons(typed: dict[str, Any]) -> dict[str, Any]:
    button = row_button()
    if button is None or button.table not in ("enterprises", "earlier_aid"):
        return typed
    rows = list(typed.get(button.table, []))
    if button.act == "remove":
        return {**typed, button.table: [row for at, row in enumerate(rows) if at != button.place]}
    return {**typed, button.table: [*rows, {"name": ""}][:ROWS_MOST]}


def _same_award_choices(registered: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """What an official may say of a declared award: another one, or one of these."""
    language = language_now()
    awards = [
        (one["number"], f"{one['number']}: {formats.day(one['granted_on'], language)}, {formats.money(one['amount'])}")
        for one in registered
    ]
    return [(ANOTHER, _("No, it is another award")), *awards]


def _page(case: dict[str, Any], found: dict[str, Any], form: Form, *, saved: bool = False) -> str:
    open_to_me = is_now(Role.HANDLER) and is_me(case["handler"]) and case["state"] in ASSESSED_IN
    return render_template(
        "staff/assessment.html",
        case=case,
        found=found,
        form=form,
        saved=saved and not form.faults,
        kept_with_faults=saved and bool(form.faults),
        may_save=open_to_me,
        gates=shown_gates(found["gates"], found["selection"]),
        same_award_choices=_same_award_choices,
    )
