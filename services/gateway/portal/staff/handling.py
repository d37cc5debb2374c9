"""Who has a case: given to a colleague with a reason, or given back; and who stands in for whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, make_response, redirect, render_template, url_for
from flask_babel import LazyString, ngettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy
from services.gateway.identity import current_asker
from services.gateway.portal.forms import Form, as_typed, posted_version, refusing, take_key
from services.gateway.portal.pages import portal
from services.gateway.portal.people import name_of, names
from services.gateway.portal.staff.desk import is_now
from services.gateway.rooms import ask
from shared.asker import Role
from shared.contracts.applications import (
    ASSIGN_CASE,
    END_SUBSTITUTE,
    GET_GATE,
    LIST_OFFICIALS,
    LIST_SUBSTITUTES,
    RELEASE_CASE,
    SET_SUBSTITUTE,
)
from shared.errors import Fault
from shared.typed import Unreadable, read_day

HAND_ON = frozenset({Role.HANDLER, Role.DECISION_MAKER})
LABELS: Mapping[str, LazyString] = {"to": _l("To whom"), "reason": _l("Reasons")}
ABSENCE: Mapping[str, LazyString] = {
    "person": _l("Who is away"),
    "substitute": _l("Who stands in"),
    "first": _l("First day"),
    "last": _l("Last day"),
}


@portal.get("/tyo/asiat/<number>/kasittelija")
@policy.asks(GET_GATE, LIST_OFFICIALS, only=HAND_ON)
def handler(number: str) -> str:
    gate = ask(GET_GATE, number=number)
    return _page(gate, Form(labels=LABELS, version=gate["version"]))


@portal.post("/tyo/asiat/<number>/kasittelija")
@policy.asks(GET_GATE, LIST_OFFICIALS, ASSIGN_CASE, RELEASE_CASE, only=HAND_ON)
def hand_on(number: str) -> Response | Redirect:
    """Give the case on, or back to those that nobody has: "nobody" is one of the choices."""
    form = Form(labels=LABELS, typed=as_typed(), version=posted_version())
    faults = [Fault(name, "required") for name in ("to", "reason") if not form.value(name).strip()]
    if faults:
        return make_response(_page(ask(GET_GATE, number=number), form.with_faults(faults)), 422)
    take_key()
    with refusing(form) as tried:
        to, reason = form.value("to"), form.value("reason")
        if to == "nobody":
            ask(RELEASE_CASE, number=number, version=form.version, reason=reason)
        else:
            ask(ASSIGN_CASE, number=number, version=form.version, to=to, reason=reason)
        return redirect(url_for("portal.queue"), 303)
    return make_response(_page(ask(GET_GATE, number=number), tried.form), tried.status)


@portal.get("/tyo/sijaiset")
@policy.asks(LIST_SUBSTITUTES, LIST_OFFICIALS, only=HAND_ON)
def substitutes() -> str:
    """Who stands in for whom now and later, and naming another."""
    return _substitutes_page(Form(labels=ABSENCE, typed={"person": current_asker().person}))


@portal.post("/tyo/sijaiset")
@policy.asks(LIST_SUBSTITUTES, LIST_OFFICIALS, SET_SUBSTITUTE, only=HAND_ON)
def name_substitute() -> Response | Redirect:
    form = Form(labels=ABSENCE, typed=as_typed())
    days, faults = _days(form)
    faults += [Fault(name, "choose_one") for name in ("substitute",) if not form.value(name)]
    if faults:
        return make_response(_substitutes_page(form.with_faults(faults)), 422)
    take_key()
    with refusing(form) as tried:
        person = form.value("person") or current_asker().person
        ask(SET_SUBSTITUTE, person=person, substitute=form.value("substitute"), **days)
        return redirect(url_for("portal.substitutes"), 303)
    return make_response(_substitutes_page(tried.form), tried.status)


@portal.post("/tyo/sijaiset/<substitution_id>/poista")
@policy.asks(LIST_SUBSTITUTES, LIST_OFFICIALS, END_SUBSTITUTE, only=HAND_ON)
def end_substitute(substitution_id: str) -> Response | Redirect:
    form = Form(labels=ABSENCE)
    take_key()
    with refusing(form) as tried:
        ask(END_SUBSTITUTE, substitution_id=substitution_id)
        return redirect(url_for("portal.substitutes"), 303)
    return make_response(_substitutes_page(tried.form), tried.status)


@portal.get("/tyo/sijaiset/<substitution_id>/poista")
@policy.asks(only=HAND_ON)
def back_to_substitutes(substitution_id: str) -> Redirect:
    return redirect(url_for("portal.substitutes"), 303)


def _page(gate: dict[str, Any], form: Form) -> str:
    names([gate["handler"]])
    return render_template(
        "staff/handler.html", gate=gate, form=form, choices=choices_of_officials(but=gate["handler"])
    )


def choices_of_officials(*, but: str | None = None) -> list[tuple[str, str]]:
    """Those whom a case can be given to, with their load. Needs LIST_OFFICIALS."""
    officials = ask(LIST_OFFICIALS)["items"]
    names(one[who] for one in officials for who in ("person", "substitute"))
    return [(one["person"], _load(one)) for one in officials if one["person"] != but]


def _load(one: Mapping[str, Any]) -> str:
    """ "Pekka Virtanen, 12 open cases" and who stands in today."""
    name, count = name_of(one["person"]), one["open_cases"]
    told = ngettext("%(name)s, %(num)s open case", "%(name)s, %(num)s open cases", count, name=name)
    return f"{told} ({name_of(one['substitute'])})" if one["substitute"] else told


def _substitutes_page(form: Form) -> str:
    named = ask(LIST_SUBSTITUTES, size=200)["items"]
    officials = [one["person"] for one in ask(LIST_OFFICIALS)["items"]]
    me = current_asker().person
    names([*officials, *(one[key] for one in named for key in ("person", "substitute", "named_by"))])
    absent = officials if is_now(Role.DECISION_MAKER) else [me]
    return render_template(
        "staff/substitutes.html",
        form=form,
        named=named,
        people=[(person, name_of(person)) for person in absent],
        stands_in=[(person, name_of(person)) for person in officials if person != me or len(absent) > 1],
        may_end=lambda one: is_now(Role.DECISION_MAKER) or one["person"] == me,
    )


def _days(form: Form) -> tuple[dict[str, Any], list[Fault]]:
    days: dict[str, Any] = {}
    faults = []
    for name in ("first", "last"):
        typed = form.value(name).strip()
        try:
            days[name] = read_day(typed)
        except Unreadable as unreadable:
            faults.append(Fault(name, unreadable.rule if typed else "required"))
    return days, faults
