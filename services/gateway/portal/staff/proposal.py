"""The presenting officer's proposal: what is accepted of each cost, on which grounds and conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import formats, policy
from services.gateway.portal import kept
from services.gateway.portal.forms import Form, as_typed, posted_version, refusing, row_button, take_key
from services.gateway.portal.frame import words
from services.gateway.portal.pages import portal
from services.gateway.portal.staff import hearing
from services.gateway.portal.staff.assessed import assessment_of
from services.gateway.portal.staff.case import changes
from services.gateway.portal.staff.costs import Cost, filed_costs
from services.gateway.portal.staff.desk import CONFLICT, HANDLER, is_me, of_application, stopped
from services.gateway.rooms import ask
from shared.contracts.applications import GATES, GET_APPLICATION, GET_ASSESSMENT, OUTCOMES, PROPOSE
from shared.contracts.customers import TAKE_KEPT
from shared.errors import Fault
from shared.money import Money, total
from shared.typed import Unreadable, read_money

WITHOUT_AID = frozenset({"reject", "leave_unexamined", "lapse"})
CONDITIONS_MOST = 30


def _gate_name(code: str) -> LazyString:
    """The gate's name in the language of whoever reads the summary of errors."""
    return LazyString(lambda: words("gate", code))


LABELS: Mapping[str, LazyString] = {
    "outcome": _l("Outcome of the proposal"),
    "accepted_costs": _l("Accepted costs"),
    "accepted_costs.amount": _l("Accepted"),
    "reasons": _l("Reasons"),
    "conditions": _l("Conditions"),
    "conditions.text": _l("Condition"),
    "overrides.reason": _l("Reason to go on in spite of this"),
    "overrides.gate": _l("Reason to go on in spite of this"),
    **{f"gates.{code}": _gate_name(code) for code in GATES},
    **hearing.LABELS,
}


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was typed as accepted, read. `rows` go to the room, `places` are their numbers on the page, from 0."""

    rows: list[dict[str, Any]]
    places: list[int]
    faults: list[Fault]


@portal.get("/tyo/asiat/<number>/esitys")
@policy.asks(GET_APPLICATION, GET_ASSESSMENT, also=(TAKE_KEPT,), only=HANDLER)
def proposal(number: str) -> str:
    """The form for the case's own presenting officer; to others, and afterwards, what was proposed by whom."""
    case = ask(GET_APPLICATION, number=number)
    return _page(case, kept.restored(_prefilled(case)))


@portal.post("/tyo/asiat/<number>/esitys")
@policy.asks(GET_APPLICATION, GET_ASSESSMENT, PROPOSE, only=HANDLER)
def propose(number: str) -> Response | Redirect:
    """Make the proposal; the aid is computed by the room. The row buttons only show the same form again."""
    form = Form(labels=LABELS, typed=_with_row_buttons(as_typed()), version=posted_version())
    case = ask(GET_APPLICATION, number=number)
    if row_button() or "stay" in request.form:
        return make_response(_page(case, form))
    accepted = _accepted(form, filed_costs(case))
    if faults := [*_unchosen(form), *accepted.faults]:
        return make_response(_page(case, form.with_faults(faults)), 422)
    take_key()
    with refusing(form) as tried:
        ask(PROPOSE, number=number, **_proposed(form, accepted))
        return redirect(url_for("portal.proposal", number=number), 303)
    if tried.status == CONFLICT:
        return stopped(tried.form, _("The proposal was not made"), of_application(ask(GET_APPLICATION, number=number)))
    return make_response(_page(ask(GET_APPLICATION, number=number), _placed(tried.form, accepted)), tried.status)


def _prefilled(case: Mapping[str, Any]) -> Form:
    """What was applied for, on the call's own conditions, stands as the start; the outcome is never chosen for the
    person."""
    amounts = [{"amount": formats.plain_money(cost.amount)} for cost in filed_costs(case)]
    conditions = [{"text": names.get(case["language"], names["fi"])} for names in case["call"]["conditions"]]
    return Form(labels=LABELS, typed={"accepted_costs": amounts, "conditions": conditions}, version=case["version"])


def _accepted(form: Form, filed: list[Cost]) -> Accepted:
    """The typed sums of the filed rows. A row of which nothing is accepted is left out of the plan."""
    found = Accepted([], [], [])
    if form.value("outcome") in WITHOUT_AID:
        return found
    for place, cost in enumerate(filed):
        path = f"accepted_costs.{place}.amount"
        try:
            amount = read_money(form.value(path))
        except Unreadable as unreadable:
            found.faults.append(Fault(path, unreadable.rule if form.value(path).strip() else "required"))
            continue
        if amount:
            row = {"category": cost.category, "description": cost.description, "year": cost.year, "amount": amount}
            found.rows.append(row)
            found.places.append(place)
    return found


def _unchosen(form: Form) -> list[Fault]:
    unchosen = [] if form.value("outcome") in OUTCOMES else [Fault("outcome", "choose_one")]
    return unchosen + ([] if form.value("reasons").strip() else [Fault("reasons", "required")])


def _proposed(form: Form, accepted: Accepted) -> dict[str, Any]:
    return {
        "version": form.version,
        "outcome": form.value("outcome"),
        "accepted_costs": accepted.rows,
        "reasons": form.value("reasons").strip(),
        "conditions": [text for text in _conditions(form) if text],
        "overrides": [row for row in _overrides(form) if row["reason"]],
        "unheard": hearing.unheard(form),
    }


def _overrides(form: Form) -> list[dict[str, str]]:
    rows = form.rows("overrides")
    return [{"gate": str(row.get("gate", ""))[:40], "reason": str(row.get("reason", "")).strip()} for row in rows]


def _conditions(form: Form) -> list[str]:
    """Those of the aid that is proposed; those of the call stay in the fields of a form that proposes none."""
    if form.value("outcome") in WITHOUT_AID:
        return []
    return [str(row.get("text", "")).strip() for row in form.rows("conditions")]


def _placed(form: Form, accepted: Accepted) -> Form:
    """The room counts only the rows that it was sent; its faults are moved to the rows of the page."""
    filled = [place for place, text in enumerate(_conditions(form)) if text]
    return form.with_faults(hearing.placed(_moved(fault, accepted.places, filled) for fault in form.faults))


def _moved(fault: Fault, rows: list[int], conditions: list[int]) -> Fault:
    table, _dot, rest = fault.path.partition(".")
    number, _dot, _column = rest.partition(".")
    places, column = {"accepted_costs": (rows, "amount"), "conditions": (conditions, "text")}.get(table, ([], ""))
    if not number.isdigit() or int(number) >= len(places):
        return fault
    return Fault(f"{table}.{places[int(number)]}.{column}", fault.rule, fault.facts)


def _with_row_buttons(typed: dict[str, Any]) -> dict[str, Any]:
    """A condition more, or one less."""
    button, rows = row_button(), list(typed.get("conditions", []))
    if button is None or button.table != "conditions":
        return typed
    if button.act == "remove":
        return {**typed, "conditions": [row for at, row in enumerate(rows) if at != button.place]}
    return {**typed, "conditions": [*rows, {}][:CONDITIONS_MOST]}


def _page(case: dict[str, Any], form: Form) -> str:
    if case["state"] != "in_assessment" or not is_me(case["handler"]):
        return render_template("staff/proposed.html", case=case, changed=changes(case))
    filed = filed_costs(case)
    return render_template(
        "staff/proposal.html",
        case=case,
        form=form,
        filed=filed,
        conditions=max(1, len(form.rows("conditions"))),
        accepted=_sum_of_typed(form, len(filed)),
        applied=total(cost.amount for cost in filed),
        **assessment_of(case["number"]),
    )


def _sum_of_typed(form: Form, rows: int) -> Money | None:
    """What the typed sums add up to, when all of them can be read."""
    try:
        return total(read_money(form.value(f"accepted_costs.{at}.amount")) for at in range(rows))
    except Unreadable:
        return None
