"""Officials answer what was asked after the decision: changes, requests for review, appeals; and record sendings."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, redirect, render_template, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy
from services.gateway.portal import kept
from services.gateway.portal.afterwards import typed_terms
from services.gateway.portal.afterwards.looks import acts_of
from services.gateway.portal.afterwards.staff import ALL_TERMS, LABELS, needed, own_act_under_review, proposed
from services.gateway.portal.forms import Form, as_typed, posted_version, refusing, take_key
from services.gateway.portal.pages import portal
from services.gateway.portal.staff import hearing
from services.gateway.portal.staff.desk import HANDLER, READERS
from services.gateway.portal.typed_values import day_typed
from services.gateway.rooms import ask
from shared.contracts.applications import GET_ACTS, PROPOSE_ACT, RECORD_REVIEW, RECORD_RULING, RECORD_SENDING, RULINGS
from shared.contracts.customers import TAKE_KEPT
from shared.errors import Fault, NotFound

ANSWER_LABELS: dict[str, LazyString] = LABELS | {
    "by": _l("From whom"),
    "arrived_on": _l("When did it arrive"),
    "demand": _l("What is demanded"),
    "kind": _l("What came"),
    "ruling": _l("What the court ruled"),
    "ruled_on": _l("Day of the ruling"),
    "ruling_number": _l("Number of the ruling"),
    "sent_on": _l("When was it sent"),
    "channel": _l("How was it sent"),
    "why": _l("Why is it sent again"),
}


@portal.get("/tyo/asiat/<number>/muutos/<int:amendment>")
@policy.asks(GET_ACTS, also=(TAKE_KEPT,), only=READERS)
def staff_change(number: str, amendment: int) -> str:
    """An application for a change beside the terms in force, and the proposal on it."""
    case = acts_of(number)
    asked = _one(case["amendments"], "amendment", amendment)
    form = Form(labels=ANSWER_LABELS, typed=_as_wished(case["terms"], asked["wished"]), version=case["version"])
    return _change_page(case, asked, kept.restored(form))


@portal.post("/tyo/asiat/<number>/muutos/<int:amendment>")
@policy.asks(GET_ACTS, PROPOSE_ACT, only=HANDLER)
def answer_change(number: str, amendment: int) -> Response | Redirect:
    case = acts_of(number)
    form = Form(labels=ANSWER_LABELS, typed=as_typed(), version=posted_version())
    verdict = form.value("verdict")
    in_part = verdict == "approve_in_part"
    read = typed_terms.read_changes(form, case["terms"], *(ALL_TERMS if in_part else ()))
    faults = [*read.faults, *needed(form, "reasons")]
    if faults:
        return make_response(
            _change_page(case, _one(case["amendments"], "amendment", amendment), form.with_faults(faults)), 422
        )
    wanted = {
        "kind": "amendment",
        "about": amendment,
        "verdict": verdict,
        "reasons": form.value("reasons").strip(),
        "unheard": hearing.unheard(form),
    }
    if in_part:
        wanted["changes"] = read.changes
    return proposed(number, form, wanted, lambda found: _change_page(*_again(number, "amendments", amendment), found))


@portal.get("/tyo/asiat/<number>/oikaisuvaatimus")
@policy.asks(GET_ACTS, also=(TAKE_KEPT,), only=HANDLER)
def register_review(number: str) -> str:
    """Register what came on paper or from a court."""
    case = acts_of(number)
    form = Form(labels=ANSWER_LABELS, typed={"by": case["undertaking_name"]}, version=case["version"])
    return _register_page(case, kept.restored(form))


@portal.post("/tyo/asiat/<number>/oikaisuvaatimus")
@policy.asks(GET_ACTS, RECORD_REVIEW, only=HANDLER)
def send_registered_review(number: str) -> Response | Redirect:
    form = Form(labels=ANSWER_LABELS, typed=as_typed(), version=posted_version())
    arrived = day_typed(form, "arrived_on")
    faults = [*needed(form, "by", "demand"), *arrived.faults]
    faults += [] if form.value("kind") in ("review", "appeal") else [Fault("kind", "choose_one")]
    faults += [] if form.value("about").isdigit() else [Fault("about", "choose_one")]
    if faults:
        return make_response(_register_page(acts_of(number), form.with_faults(faults)), 422)
    take_key()
    with refusing(form) as tried:
        ask(
            RECORD_REVIEW,
            number=number,
            version=form.version,
            act=int(form.value("about")[:4]),
            kind=form.value("kind"),
            by=form.value("by").strip(),
            arrived_on=arrived.value,
            demand=form.value("demand").strip(),
            grounds=form.value("grounds").strip(),
        )
        return redirect(url_for("portal.staff_acts", number=number) + "#h-oikaisut", 303)
    return make_response(_register_page(acts_of(number), tried.form), tried.status)


@portal.get("/tyo/asiat/<number>/oikaisuvaatimus/<int:review>")
@policy.asks(GET_ACTS, also=(TAKE_KEPT,), only=READERS)
def staff_review(number: str, review: int) -> str:
    """A request for review with the proposal on it, or an appeal with the court's ruling."""
    case = acts_of(number)
    sought = _one(case["reviews"], "review", review)
    typed = typed_terms.prefilled(case["terms"])
    return _review_page(case, sought, kept.restored(Form(labels=ANSWER_LABELS, typed=typed, version=case["version"])))


@portal.post("/tyo/asiat/<number>/oikaisuvaatimus/<int:review>")
@policy.asks(GET_ACTS, PROPOSE_ACT, RECORD_RULING, only=HANDLER)
def answer_review(number: str, review: int) -> Response | Redirect:
    case = acts_of(number)
    sought = _one(case["reviews"], "review", review)
    form = Form(labels=ANSWER_LABELS, typed=as_typed(), version=posted_version())
    if sought["kind"] == "appeal":
        return _ruled(case, sought, form)
    changing = form.value("verdict") == "change"
    read = typed_terms.read_changes(form, case["terms"], *(ALL_TERMS if changing else ()))
    faults = [*read.faults, *needed(form, "reasons")]
    if faults:
        return make_response(_review_page(case, sought, form.with_faults(faults)), 422)
    wanted: dict[str, Any] = {
        "kind": "review_decision",
        "about": review,
        "verdict": form.value("verdict"),
        "reasons": form.value("reasons").strip(),
        "unheard": hearing.unheard(form),
    }
    if changing:
        outcome = {"outcome": "approve_in_part"} if case["terms"]["outcome"] not in _GRANTING else {}
        wanted["changes"] = read.changes | outcome
    return proposed(number, form, wanted, lambda found: _review_page(*_again(number, "reviews", review), found))


@portal.get("/tyo/asiat/<number>/paatos/<int:act>/tiedoksianto")
@policy.asks(GET_ACTS, also=(TAKE_KEPT,), only=HANDLER)
def sending(number: str, act: int) -> str:
    """Record when an act was sent, or send a new instruction in place of a wrong one."""
    case = acts_of(number)
    form = Form(labels=ANSWER_LABELS, typed={"channel": case["channel"]}, version=case["version"])
    return _sending_page(case, act, kept.restored(form))


@portal.post("/tyo/asiat/<number>/paatos/<int:act>/tiedoksianto")
@policy.asks(GET_ACTS, RECORD_SENDING, only=HANDLER)
def record_sending(number: str, act: int) -> Response | Redirect:
    form = Form(labels=ANSWER_LABELS, typed=as_typed(), version=posted_version())
    sent_on = day_typed(form, "sent_on")
    faults = [*sent_on.faults]
    faults += [] if form.value("channel") in ("electronic", "letter") else [Fault("channel", "choose_one")]
    if faults:
        return make_response(_sending_page(acts_of(number), act, form.with_faults(faults)), 422)
    take_key()
    with refusing(form) as tried:
        told = {"sent_on": sent_on.value, "channel": form.value("channel"), "why": form.value("why").strip()}
        ask(RECORD_SENDING, number=number, version=form.version, act=act, **told)
        return redirect(url_for("portal.staff_acts", number=number), 303)
    return make_response(_sending_page(acts_of(number), act, tried.form), tried.status)


_GRANTING = ("approve", "approve_in_part")


def _ruled(case: dict[str, Any], sought: dict[str, Any], form: Form) -> Response | Redirect:
    number, ruled_on = case["number"], day_typed(form, "ruled_on")
    faults = [*needed(form, "ruling_number"), *ruled_on.faults]
    faults += [] if form.value("ruling") in RULINGS else [Fault("ruling", "choose_one")]
    if faults:
        return make_response(_review_page(case, sought, form.with_faults(faults)), 422)
    take_key()
    with refusing(form) as tried:
        ask(
            RECORD_RULING,
            number=number,
            version=form.version,
            review=sought["review"],
            ruling=form.value("ruling"),
            ruled_on=ruled_on.value,
            ruling_number=form.value("ruling_number").strip(),
        )
        return redirect(url_for("portal.staff_acts", number=number) + "#h-oikaisut", 303)
    return make_response(_review_page(*_again(number, "reviews", sought["review"]), tried.form), tried.status)


def _one(rows: list[dict[str, Any]], name: str, ordinal: int) -> dict[str, Any]:
    """Raises NotFound."""
    found = next((row for row in rows if row[name] == ordinal), None)
    if found is None:
        raise NotFound(what=name)
    return found


def _again(number: str, rows: str, ordinal: int) -> tuple[dict[str, Any], dict[str, Any]]:
    case = acts_of(number)
    return case, _one(case[rows], "amendment" if rows == "amendments" else "review", ordinal)


def _as_wished(terms: dict[str, Any], wished: dict[str, Any]) -> dict[str, Any]:
    """The terms in force with what is asked for in the fields: what an approval in part starts from."""
    asked = {name: value for name, value in wished.items() if value is not None}
    return typed_terms.prefilled(terms | asked)


def _change_page(case: dict[str, Any], asked: dict[str, Any], form: Form) -> str:
    return render_template("afterwards/change.html", case=case, asked=asked, form=form, **_rows(form))


def _review_page(case: dict[str, Any], sought: dict[str, Any], form: Form) -> str:
    return render_template(
        "afterwards/review.html",
        case=case,
        sought=sought,
        form=form,
        rulings=RULINGS,
        reviewed=own_act_under_review(case, sought["review"]) if sought["kind"] == "review" else None,
        **_rows(form),
    )


def _register_page(case: dict[str, Any], form: Form) -> str:
    acts = [act for act in case["acts"] if act["state"] == "decided"]
    return render_template("afterwards/register_review.html", case=case, form=form, acts=acts)


def _sending_page(case: dict[str, Any], act: int, form: Form) -> str:
    return render_template("afterwards/sending.html", case=case, act=_one(case["acts"], "act", act), form=form)


def _rows(form: Form) -> dict[str, int]:
    return {
        "rows": len(form.rows("costs")) + typed_terms.SPARE_ROWS,
        "targets": len(form.rows("indicators")),
    }
