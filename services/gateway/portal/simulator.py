"""The simulator: what aid a project would get, by the rules that decide, before anybody signs in.

All is in the address: nothing is kept, and a page can be sent to a colleague.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, request
from flask_babel import lazy_gettext as _

from services.gateway import policy
from services.gateway.portal.forms import Form, nested, refusing
from services.gateway.portal.pages import portal
from services.gateway.rooms import ask
from shared.contracts.applications import COST_CATEGORIES, GET_CALL, LIST_CALLS, SIMULATE
from shared.errors import Fault
from shared.money import Money
from shared.reference import municipalities
from shared.typed import Unreadable, read_day, read_money

EARLIER_ROWS = 4
CHOOSABLE = 200
LONGEST = 40
ANSWERS = ("in_difficulty", "recovery_order", "tax_debt")
LABELS = {
    "haku": _("Call"),
    "size": _("Size of the enterprise, with its owners and daughters"),
    "municipality": _("Municipality where the project is carried out"),
    "public_financing": _("Other public money to the same costs"),
    "works_start_on": _("The day the first order would be made"),
    "in_difficulty": _("Is the company in economic difficulty: more than half of its capital lost, or insolvent?"),
    "recovery_order": _("Has the company been ordered to pay back aid that it has not paid?"),
    "tax_debt": _("Does the company have tax debt?"),
    "earlier_aid.granted_on": _("Day of the decision"),
    "earlier_aid.amount": _("Aid"),
    "earlier_aid": _("De minimis aid got earlier"),
    "costs.staff": _("Staff costs"),
    "costs.services": _("Purchased services"),
    "costs.equipment": _("Machines and equipment"),
    "costs.materials": _("Materials"),
    "costs.travel": _("Travel"),
    "costs.other": _("Other costs"),
}


@dataclass(slots=True)
class Read:
    """What could be read of the address, and what could not; a row's place tells which field it came from."""

    asked: dict[str, Any]
    faults: list[Fault]
    places: dict[str, str]


@portal.get("/laskuri")
@policy.asks(SIMULATE, LIST_CALLS, GET_CALL)
def simulator() -> tuple[str, int]:
    """The form for one call, and once it is sent the answer below it."""
    open_calls = ask(LIST_CALLS, stage="open", size=CHOOSABLE, sort="closes_at")["items"]
    call_id = request.args.get("haku", "")[:LONGEST]
    form = simulator_form(request.args)
    if not call_id:
        page = render_template("public/simulator.html", calls=open_calls, call=None, form=form, made=None)
        return page, 200
    call = ask(GET_CALL, call_id=call_id)
    made, status = None, 200
    if "laske" in request.args:
        form, made, status = _answered(form, call_id)
    return render_template("public/simulator.html", calls=open_calls, call=call, form=form, made=made), status


def simulator_form(fields: Mapping[str, str]) -> Form:
    """What stands in the address, shown back letter by letter."""
    typed = nested({name: value[:200] for name, value in fields.items() if not name.startswith("costs.")})
    costs = {category: fields.get(f"costs.{category}", "")[:200] for category in COST_CATEGORIES}
    return Form(labels=LABELS, typed={**typed, "costs": costs})


@portal.context_processor
def simulator_words() -> dict[str, Any]:
    """For the form, which stands on the call's own page too."""
    return {
        "simulator_form": simulator_form,
        "earlier_rows": range(EARLIER_ROWS),
        "simulator_answers": ANSWERS,
        "municipality_names": municipality_names,
    }


def municipality_names(language: str) -> list[str]:
    return sorted({one.names[language] for one in municipalities.every() if one.aid_area_2022})


def _answered(form: Form, call_id: str) -> tuple[Form, dict[str, Any] | None, int]:
    read = _read(form)
    if read.faults:
        return form.with_faults(read.faults), None, 422
    with refusing(form) as tried:
        return form, ask(SIMULATE, call_id=call_id, **read.asked), 200
    told = [Fault(read.places.get(fault.path, fault.path), fault.rule, fault.facts) for fault in tried.form.faults]
    return tried.form.with_faults(told), None, tried.status


def _read(form: Form) -> Read:
    read = Read(asked={}, faults=[], places={})
    costs = []
    for category in COST_CATEGORIES:
        amount = _amount(form, f"costs.{category}", read)
        if amount:
            read.places[f"costs.{len(costs)}.category"] = f"costs.{category}"
            read.places[f"costs.{len(costs)}.amount"] = f"costs.{category}"
            costs.append({"category": category, "amount": amount})
    read.asked["costs"] = costs
    read.asked["public_financing"] = _amount(form, "public_financing", read)
    read.asked["works_start_on"] = _day(form, "works_start_on", read)
    read.asked["earlier_aid"] = _earlier(form, read)
    read.asked["size"] = form.value("size") if form.value("size") in ("micro", "small", "medium", "large") else ""
    read.asked["municipality"] = _municipality(form, read)
    for name in ANSWERS:
        read.asked[name] = {"yes": True, "no": False}.get(form.value(name))
    return read


def _earlier(form: Form, read: Read) -> list[dict[str, Any]]:
    rows = []
    for at in range(min(len(form.rows("earlier_aid")), EARLIER_ROWS)):
        place = f"earlier_aid.{at}"
        if not (form.value(f"{place}.amount").strip() or form.value(f"{place}.granted_on").strip()):
            continue
        amount, granted_on = _amount(form, f"{place}.amount", read), _day(form, f"{place}.granted_on", read)
        for name, value in (("amount", amount), ("granted_on", granted_on)):
            if value is None and not any(fault.path == f"{place}.{name}" for fault in read.faults):
                read.faults.append(Fault(f"{place}.{name}", "required"))
        read.places[f"earlier_aid.{len(rows)}.amount"] = f"{place}.amount"
        rows.append({"amount": amount, "granted_on": granted_on})
    return rows


def _amount(form: Form, path: str, read: Read) -> Money | None:
    typed = form.value(path)
    try:
        amount = read_money(typed) if typed.strip() else None
    except Unreadable as error:
        read.faults.append(Fault(path, error.rule))
        return None
    if amount and amount.cents < 0:
        read.faults.append(Fault(path, "negative"))
    return amount


def _day(form: Form, path: str, read: Read) -> date | None:
    typed = form.value(path)
    try:
        return read_day(typed) if typed.strip() else None
    except Unreadable as error:
        read.faults.append(Fault(path, error.rule))
        return None


def _municipality(form: Form, read: Read) -> str:
    typed = form.value("municipality").strip()
    found = municipalities.municipality(typed) if typed else None
    if typed and found is None:
        read.faults.append(Fault("municipality", "unknown_municipality"))
    return found.code if found else ""
