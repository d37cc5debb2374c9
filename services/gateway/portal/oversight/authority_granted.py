"""Authority to grant (myöntövaltuus): how much each authority may bind by its decisions, set by the operator."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy
from services.gateway.portal import kept
from services.gateway.portal.forms import Form, as_typed, refusing, take_key
from services.gateway.portal.frame import now
from services.gateway.portal.lists import asked_page
from services.gateway.portal.oversight.roles import OPERATOR
from services.gateway.portal.pages import portal
from services.gateway.rooms import ask
from shared.contracts.applications import FUNDS, GRANT_AUTHORITY, LIST_ENVELOPES
from shared.contracts.customers import TAKE_KEPT
from shared.dates import helsinki_day
from shared.errors import Fault
from shared.money import Money
from shared.reference import authorities
from shared.typed import Unreadable, read_money

LABELS = {
    "authority": _l("Authority"),
    "fund": _l("Fund"),
    "priority": _l("Priority"),
    "budget_year": _l("Budget year"),
    "amount": _l("Authority to grant in all"),
}
PRIORITY_MOST = 20


@portal.get("/yllapito/valtuus")
@policy.asks(LIST_ENVELOPES, also=(TAKE_KEPT,), only=OPERATOR)
def granted_authority() -> str:
    year = {"budget_year": str(helsinki_day(now()).year)}
    return _page(kept.restored(Form(labels=LABELS, typed=year)))


@portal.post("/yllapito/valtuus")
@policy.asks(LIST_ENVELOPES, GRANT_AUTHORITY, only=OPERATOR)
def grant_authority() -> Response | Redirect:
    """Set the whole amount of one authority, fund, priority and year: it takes the place of the earlier one."""
    form = Form(labels=LABELS, typed=as_typed())
    faults, read = _read(form)
    if faults:
        return make_response(_page(form.with_faults(faults)), 422)
    take_key()
    with refusing(form) as tried:
        ask(GRANT_AUTHORITY, **read)
        return redirect(url_for("portal.granted_authority"), 303)
    return make_response(_page(tried.form), tried.status)


def _page(form: Form) -> str:
    wanted = asked_page(size=200)
    found = ask(LIST_ENVELOPES, **wanted)
    return render_template(
        "oversight/authority_to_grant.html",
        form=form,
        funds=FUNDS,
        existing=[one for one in authorities.AUTHORITIES if one.exists_on(helsinki_day(now()))],
        envelopes=found["items"],
        total=found["total"],
        **wanted,
    )


def _read(form: Form) -> tuple[list[Fault], dict[str, Any]]:
    faults = [Fault(name, "choose_one") for name in ("authority", "fund") if not form.value(name)]
    priority, year = form.value("priority").strip(), form.value("budget_year").strip()
    if not priority:
        faults.append(Fault("priority", "required"))
    elif len(priority) > PRIORITY_MOST:
        faults.append(Fault("priority", "too_long", {"most": str(PRIORITY_MOST)}))
    if not (year.isdecimal() and len(year) == 4):
        faults.append(Fault("budget_year", "not_a_year"))
    amount, wrong = _amount(form.value("amount"))
    faults += [Fault("amount", wrong)] if wrong else []
    if faults:
        return faults, {}
    chosen = {"authority": form.value("authority"), "fund": form.value("fund")}
    return [], chosen | {"priority": priority, "budget_year": int(year), "amount": amount}


def _amount(typed: str) -> tuple[Money, str]:
    """The sum, and the rule that it breaks."""
    try:
        amount = read_money(typed)
    except Unreadable as unreadable:
        return Money(0), unreadable.rule if typed.strip() else "required"
    return amount, "negative" if amount < Money(0) else ""
