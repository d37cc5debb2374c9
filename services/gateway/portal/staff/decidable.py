"""Proposals that wait for a decision maker: read one by one, signed one by one or several with one confirmation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, make_response, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from services.gateway import policy, texts
from services.gateway.language import language_now
from services.gateway.portal.forms import Form, refusing, take_key
from services.gateway.portal.lists import asked_page
from services.gateway.portal.pages import portal
from services.gateway.portal.people import names, with_names
from services.gateway.portal.staff.desk import DECISION_MAKER, OFFICIALS, is_now
from services.gateway.rooms import ask
from shared.asker import Role
from shared.contracts.applications import DECIDE_MANY, LIST_DECIDABLE
from shared.errors import Fault

LABELS = {"sign": _l("Proposals to sign"), "read": _l("Confirmation")}
MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one proposal of the bundle: signed, or why not, as a sentence."""

    number: str
    done: bool
    state: str | None
    aid: Any
    why: str


@portal.get("/tyo/paatettavat")
@policy.asks(LIST_DECIDABLE, only=OFFICIALS)
def decidable() -> str:
    """Nothing is chosen beforehand. Who may not sign sees the list without the boxes."""
    return _page(Form(labels=LABELS), [])


@portal.post("/tyo/paatettavat")
@policy.asks(LIST_DECIDABLE, DECIDE_MANY, only=DECISION_MAKER)
def sign_many() -> Response:
    """Sign those that were chosen, each as it stood on the page; the page then tells of each what became of it."""
    form, items = Form(labels=LABELS, typed={"read": request.form.get("read", "")}), _chosen()
    if faults := [*_unchosen(items, form)]:
        return make_response(_page(form.with_faults(faults), [], chosen=items), 422)
    take_key()
    with refusing(form) as tried:
        answered = ask(DECIDE_MANY, items=items)["items"]
        return make_response(_page(Form(labels=LABELS), [_told(one) for one in answered]))
    return make_response(_page(tried.form, [], chosen=items), tried.status)


def _chosen() -> list[dict[str, Any]]:
    """ "A80641:7": the case and the version that was read. What is spelled otherwise was not on our page."""
    found = []
    for value in request.form.getlist("sign")[:MOST]:
        number, _colon, version = value.partition(":")
        if number and version.isdigit() and len(version) < 10:
            found.append({"number": number, "version": int(version)})
    return found


def _unchosen(items: list[dict[str, Any]], form: Form) -> list[Fault]:
    faults = [] if items else [Fault("sign", "choose_one")]
    return faults + ([] if form.value("read") else [Fault("read", "required")])


def _told(one: dict[str, Any]) -> Outcome:
    why = "" if one["done"] else texts.sentence(one["code"], with_names(one["facts"]), language_now())
    return Outcome(number=one["number"], done=one["done"], state=one["state"], aid=one["aid"], why=why)


def _page(form: Form, outcomes: list[Outcome], chosen: list[dict[str, Any]] | None = None) -> str:
    wanted = asked_page(sort="due_on")
    found = ask(LIST_DECIDABLE, **wanted)
    names([one["proposed_by"] for one in found["items"]])
    return render_template(
        "staff/decidable.html",
        form=form,
        proposals=found["items"],
        total=found["total"],
        outcomes=outcomes,
        chosen={one["number"] for one in chosen or ()},
        may_sign=is_now(Role.DECISION_MAKER),
        title=_("To be decided"),
        **wanted,
    )
