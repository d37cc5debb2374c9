"""The gate of a case: who it is about, and the official's answer on disqualification before anything else is seen."""

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
from services.gateway.identity import current_asker
from services.gateway.portal.forms import Form, as_typed, refusing, take_key
from services.gateway.portal.frame import words
from services.gateway.portal.pages import portal
from services.gateway.portal.people import name_of, names
from services.gateway.portal.staff.desk import DECISION_MAKER, is_now
from services.gateway.rooms import ask
from services.gateway.signing_in import own_path
from shared.asker import DECLARES, Role
from shared.contracts.applications import (
    ANSWERS,
    DECLARE_INTEREST,
    GET_GATE,
    GROUNDS,
    RESOLVE_INTEREST,
    VERDICTS_ON_INTEREST,
)
from shared.contracts.customers import LIST_COMPANY_PEOPLE, LIST_OWNERSHIP
from shared.errors import DomainError, Fault
from shared.messaging.wire import ServiceAway

PARTIES = (GET_GATE, LIST_OWNERSHIP, LIST_COMPANY_PEOPLE)
LABELS: Mapping[str, LazyString] = {
    "answer": _l("Your answer (Administrative Procedure Act 27–30 §)"),
    "ground": _l("What disqualifies you"),
    "note": _l("For the one who resolves it"),
    "verdict": _l("Your decision"),
    "reason": _l("Reasons"),
}


@dataclass(frozen=True, slots=True)
class Parties:
    """Owners with their share, what the party owns, and who acts for it; None where the register is silent now."""

    owners: list[str] | None
    owned: list[str] | None
    people: list[str] | None


@portal.get("/tyo/asiat/<number>/este")
@policy.asks(*PARTIES, only=DECLARES)
def interest(number: str) -> str:
    """Only the parties, and three answers of which none is chosen beforehand."""
    return _page(ask(GET_GATE, number=number), Form(labels=LABELS))


@portal.post("/tyo/asiat/<number>/este")
@policy.asks(*PARTIES, DECLARE_INTEREST, only=DECLARES)
def declare_interest(number: str) -> Response | Redirect:
    """Keep the answer. With no conflict the way goes on to where the official was going."""
    form = Form(labels=LABELS, typed=as_typed())
    if form.value("answer") not in ANSWERS:
        form = form.with_faults([Fault("answer", "choose_one")])
        return make_response(_page(ask(GET_GATE, number=number), form), 422)
    take_key()
    with refusing(form) as tried:
        told = {name: form.value(name) for name in ("answer", "ground", "note")}
        gate = ask(DECLARE_INTEREST, number=number, **told)
        return redirect(_onwards(number) if gate["standing"] == "clear" else _here(number), 303)
    return make_response(_page(ask(GET_GATE, number=number), tried.form), tried.status)


@portal.post("/tyo/asiat/<number>/este/<person>")
@policy.asks(*PARTIES, RESOLVE_INTEREST, only=DECISION_MAKER)
def resolve_interest(number: str, person: str) -> Response | Redirect:
    """The superior lifts or confirms what another has told."""
    form = Form(labels=LABELS, typed=as_typed())
    faults = []
    if form.value("verdict") not in VERDICTS_ON_INTEREST:
        faults.append(Fault("verdict", "choose_one"))
    if not form.value("reason").strip():
        faults.append(Fault("reason", "required"))
    if faults:
        return make_response(_page(ask(GET_GATE, number=number), form.with_faults(faults), resolving=person), 422)
    take_key()
    with refusing(form) as tried:
        verdict, reason = form.value("verdict"), form.value("reason")
        ask(RESOLVE_INTEREST, number=number, person=person, verdict=verdict, reason=reason)
        return redirect(_here(number), 303)
    return make_response(_page(ask(GET_GATE, number=number), tried.form, resolving=person), tried.status)


@portal.get("/tyo/asiat/<number>/este/<person>")
@policy.asks(only=DECISION_MAKER)
def back_to_gate(number: str, person: str) -> Redirect:
    """The address of resolving, opened as a page (after sign-in, or from history)."""
    return redirect(_here(number), 303)


def is_gatekept() -> bool:
    """Whether the reader is one of those who answer on disqualification."""
    return current_asker().role in DECLARES


def _page(gate: dict[str, Any], form: Form, resolving: str = "") -> str:
    people = [one[key] for one in gate["declarations"] for key in ("person", "resolved_by")]
    names([gate["handler"], gate["substitute"], *people])
    own = next((one for one in gate["declarations"] if one["person"] == _me()), None)
    return render_template(
        "staff/interest.html",
        gate=gate,
        form=form,
        own=own,
        resolving=resolving,
        parties=_parties(gate["business_id"]),
        to_resolve=[one for one in gate["declarations"] if _is_resolvable(one)] if is_now(Role.DECISION_MAKER) else [],
        others=[one for one in gate["declarations"] if one["person"] != _me() and not _is_resolvable(one)],
        answers=_answers(gate),
        grounds=[(code, words("interest_ground", code)) for code in GROUNDS],
        back=own_path(request.args.get("paluu")),
    )


def _answers(gate: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(value, text, what happens then)."""
    is_handler = gate["handler"] == _me()
    moves = _("You will not see the content, and the reason is not asked in public.")
    if is_handler and gate["substitute"]:
        given = _("The case goes to %(name)s, who stands in for you.", name=name_of(gate["substitute"]))
        moves = f"{given} {moves}"
    elif is_handler:
        free = _("The case goes back to those that nobody has; its time limit is shown to the decision makers.")
        moves = f"{free} {moves}"
    if gate["standing"] == "clear":
        undone = _("What you have verified or presented in claims not yet decided is done anew by another official.")
        moves = f"{moves} {undone}"
    opens = _("The case opens. Your answer, your name and the time stay in the audit trail.")
    waits = _("A decision maker resolves it. The case waits, and its time limits are shown to them.")
    return [
        ("none", _("Nothing disqualifies me"), opens),
        ("conflict", _("I am disqualified"), moves),
        ("unsure", _("I am not sure"), waits),
    ]


def _is_resolvable(declaration: Mapping[str, Any]) -> bool:
    return declaration["answer"] != "none" and not declaration["verdict"] and declaration["person"] != _me()


def _parties(business_id: str) -> Parties:
    links = _asked(LIST_OWNERSHIP, business_id)
    people = _asked(LIST_COMPANY_PEOPLE, business_id)
    standing = None if links is None else [link for link in links if link["until"] is None]
    return Parties(
        owners=standing and [_linked(one, "owner") for one in standing if one["owned"] == business_id],
        owned=standing and [_linked(one, "owned") for one in standing if one["owner"] == business_id],
        people=people and [one["name"] for one in people],
    )


def _asked(operation: Any, business_id: str) -> list[dict[str, Any]] | None:
    """The register may be away; the gate opens without it, and says so."""
    try:
        items: list[dict[str, Any]] = ask(operation, business_id=business_id)["items"]
    except (DomainError, ServiceAway):
        return None
    return items


def _linked(link: Mapping[str, Any], side: str) -> str:
    name = link[f"{side}_name"] or link[side]
    return f"{name} {formats.percent(link['share'])}" if link["share"] is not None else str(name)


def _me() -> str:
    return current_asker().person


def _here(number: str) -> str:
    return url_for("portal.interest", number=number)


def _onwards(number: str) -> str:
    return own_path(request.args.get("paluu")) or url_for("portal.staff_case", number=number)


portal.add_app_template_global(is_gatekept)
