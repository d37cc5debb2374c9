"""Officials' pages after the decision: every act, proposing and deciding the next, review, sending, the clocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, make_response, redirect, render_template, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy
from services.gateway.portal import kept
from services.gateway.portal.afterwards import typed_terms
from services.gateway.portal.afterwards.looks import acts_of, clocks_of
from services.gateway.portal.forms import Form, as_typed, posted_version, refusing, take_key
from services.gateway.portal.lists import asked_page
from services.gateway.portal.pages import portal
from services.gateway.portal.staff import hearing
from services.gateway.portal.staff.desk import DECISION_MAKER, HANDLER, READERS, is_me, is_now
from services.gateway.rooms import ask
from shared.asker import Role
from shared.contracts.applications import (
    CANCELLATION_GROUNDS,
    CORRECTION_GROUNDS,
    DECIDE_ACT,
    GET_ACTS,
    GET_CLOCKS,
    LIST_FOLLOW_UPS,
    PROPOSE_ACT,
)
from shared.contracts.customers import TAKE_KEPT
from shared.errors import Fault, NotFound

LABELS: dict[str, LazyString] = typed_terms.LABELS | {
    "kind": _l("What kind of error"),
    "about": _l("Which decision"),
    "ground": _l("On what ground"),
    "verdict": _l("Decision"),
    "outcome": _l("Is the grant taken back"),
    "consent": _l("Consent"),
    "own_fault": _l("Whose error"),
    "year": _l("Year"),
    "progress": _l("How has the project gone"),
    "note": _l("Note"),
    **hearing.LABELS,
}
ALL_TERMS = (
    *("period_first", "period_last", "costs", "indicators", "contact_name", "contact_email", "contact_phone"),
    *("conditions", "reasoning"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One kind of act that an official may propose at an address of its own."""

    path: str
    kind: str
    title: LazyString
    lead: LazyString
    terms: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()


DEEDS: dict[str, Deed] = {
    deed.path: deed
    for deed in (
        Deed(
            path="oikaise",
            kind="correction_of_error",
            title=_l("Correct a decision"),
            lead=_l("The old version is kept and marked as corrected. Another person decides the correction."),
            terms=ALL_TERMS,
            grounds=CORRECTION_GROUNDS,
        ),
        Deed(
            path="sulje",
            kind="closure",
            title=_l("Close the case"),
            lead=_l("Aid that was not used is given back to the authority to grant. The clocks run on."),
        ),
        Deed(
            path="peruuta-tuki",
            kind="cancellation",
            title=_l("Cancel the grant"),
            lead=_l("Nothing more is paid. What has been paid is claimed back by a decision of its own."),
            grounds=CANCELLATION_GROUNDS,
        ),
        Deed(
            path="keskeyta",
            kind="suspension",
            title=_l("Suspend payment"),
            lead=_l("No payment is decided or ordered until the suspension ends."),
        ),
        Deed(
            path="jatka",
            kind="resumption",
            title=_l("End the suspension"),
            lead=_l("Payment goes on from where it was."),
        ),
        Deed(
            path="vuosi",
            kind="tranche",
            title=_l("Grant the next year"),
            lead=_l("The next year of the plan is granted when the project has progressed and there is authority."),
        ),
    )
}
_PATHS = "<any(oikaise, sulje, 'peruuta-tuki', keskeyta, jatka, vuosi):later>"


@portal.get("/tyo/asiat/<number>/paatokset")
@policy.asks(GET_ACTS, GET_CLOCKS, only=READERS)
def staff_acts(number: str) -> str:
    """Every act with its versions and dates, reviews, changes, what is bound, the clocks, and what can be done."""
    case = acts_of(number)
    return render_template(
        "afterwards/case.html",
        case=case,
        clocks=clocks_of(number),
        deeds=[deed for deed in DEEDS.values() if _offered(case, deed)] if is_now(Role.HANDLER) else [],
        proposed=next((act for act in case["acts"] if act["state"] == "proposed"), None),
        may_handle=is_now(Role.HANDLER),
        may_decide=is_now(Role.DECISION_MAKER),
    )


@portal.get("/tyo/jatkotoimet")
@policy.asks(LIST_FOLLOW_UPS, only=READERS)
def follow_ups() -> str:
    """What waits for an official after the decisions, oldest first."""
    wanted = asked_page(sort="since")
    found = ask(LIST_FOLLOW_UPS, **wanted)
    return render_template("afterwards/follow_ups.html", rows=found["items"], total=found["total"], **wanted)


@portal.get(f"/tyo/asiat/<number>/{_PATHS}")
@policy.asks(GET_ACTS, also=(TAKE_KEPT,), only=HANDLER)
def propose_deed(number: str, later: str) -> str:
    """Propose a correction, a closure or another later act; the terms in force stand in the fields."""
    case = acts_of(number)
    typed = typed_terms.prefilled(case["terms"]) | _suggested(case, later)
    form = Form(labels=LABELS, typed=typed, version=case["version"])
    return _deed_page(case, DEEDS[later], kept.restored(form))


@portal.post(f"/tyo/asiat/<number>/{_PATHS}")
@policy.asks(GET_ACTS, PROPOSE_ACT, only=HANDLER)
def send_deed(number: str, later: str) -> Response | Redirect:
    deed, case = DEEDS[later], acts_of(number)
    form = Form(labels=LABELS, typed=as_typed(), version=posted_version())
    read = typed_terms.read_changes(form, case["terms"], *deed.terms)
    faults = [*read.faults, *needed(form, "reasons")]
    if deed.path == "oikaise":
        faults += [] if form.value("kind") in _CORRECTIONS else [Fault("kind", "choose_one")]
    if faults:
        return make_response(_deed_page(case, deed, form.with_faults(faults)), 422)
    wanted = _wanted(form, deed)
    if deed.terms:
        wanted["changes"] = read.changes | ({"outcome": "reject"} if form.value("outcome") else {})
    return proposed(number, form, wanted, lambda found: _deed_page(acts_of(number), deed, found))


def proposed(number: str, form: Form, wanted: dict[str, Any], again: Any) -> Response | Redirect:
    """Send the proposal; `again` makes the page of the form that was refused."""
    take_key()
    with refusing(form) as tried:
        ask(PROPOSE_ACT, number=number, version=form.version, **wanted)
        return redirect(url_for("portal.staff_acts", number=number), 303)
    found = tried.form.with_faults(hearing.placed(typed_terms.placed(tried.form.faults, "changes.")))
    return make_response(again(found), tried.status)


def needed(form: Form, *names: str) -> list[Fault]:
    return [Fault(name, "required") for name in names if not form.value(name).strip()]


@portal.get("/tyo/asiat/<number>/paatos/<int:act>")
@policy.asks(GET_ACTS, also=(TAKE_KEPT,), only=READERS)
def one_act(number: str, act: int) -> str:
    """One act: what it says and changes; a proposed one waits here for its decision maker."""
    case = acts_of(number)
    return _act_page(case, act, kept.restored(Form(labels=LABELS, version=case["version"])))


@portal.post("/tyo/asiat/<number>/paatos/<int:act>")
@policy.asks(GET_ACTS, DECIDE_ACT, only=DECISION_MAKER)
def decide_act(number: str, act: int) -> Response | Redirect:
    form = Form(labels=LABELS, typed=as_typed(), version=posted_version())
    verdict = form.value("verdict")
    faults = [] if verdict in ("sign", "return") else [Fault("verdict", "choose_one")]
    faults += needed(form, "note") if verdict == "return" else []
    if faults:
        return make_response(_act_page(acts_of(number), act, form.with_faults(faults)), 422)
    take_key()
    with refusing(form) as tried:
        ask(DECIDE_ACT, number=number, version=form.version, act=act, verdict=verdict, note=form.value("note").strip())
        return redirect(url_for("portal.staff_acts", number=number), 303)
    return make_response(_act_page(acts_of(number), act, tried.form), tried.status)


_CORRECTIONS = ("correction_of_fact", "correction_of_error")


def _offered(case: dict[str, Any], deed: Deed) -> bool:
    """Whether the deed makes sense now; the room says the last word."""
    state, claim = case["project_state"], case["payments"]
    alive = state in ("not_started", "running", "ended")
    offered: dict[str, bool] = {
        "oikaise": True,
        "sulje": bool(claim["final_paid_on"]) and state in ("running", "ended"),
        "peruuta-tuki": alive or state == "suspended",
        "keskeyta": alive,
        "jatka": state == "suspended",
        "vuosi": alive and bool(case["tranche_years"]),
    }
    return offered[deed.path]


def _suggested(case: dict[str, Any], path: str) -> dict[str, str]:
    decided = [act for act in case["acts"] if act["state"] == "decided" and act["corrected_by"] is None]
    return {
        "about": str(decided[-1]["act"]) if decided else "1",
        "year": str(case["tranche_years"][0]) if path == "vuosi" and case["tranche_years"] else "",
    }


def _wanted(form: Form, deed: Deed) -> dict[str, Any]:
    wanted: dict[str, Any] = {"kind": deed.kind, "reasons": form.value("reasons").strip()}
    if deed.path == "oikaise":
        wanted |= {"kind": form.value("kind"), "about": int(form.value("about")[:4] or 0) or None}
    if deed.grounds and form.value("ground") in deed.grounds and wanted["kind"] != "correction_of_error":
        wanted["ground"] = form.value("ground")
    for name in ("consent", "own_fault"):
        wanted[name] = bool(form.value(name))
    wanted["unheard"] = hearing.unheard(form)
    if deed.path == "vuosi":
        year = form.value("year").strip()
        wanted |= {"year": int(year) if year.isdigit() and len(year) == 4 else None}
        wanted["progress"] = form.value("progress").strip()
    return wanted


def _deed_page(case: dict[str, Any], deed: Deed, form: Form) -> str:
    return render_template(
        "afterwards/act_proposal.html",
        case=case,
        deed=deed,
        form=form,
        acts=[act for act in case["acts"] if act["state"] == "decided"],
        rows=len(form.rows("costs")) + typed_terms.SPARE_ROWS,
        targets=len(form.rows("indicators")),
    )


def _act_page(case: dict[str, Any], ordinal: int, form: Form) -> str:
    act = next((one for one in case["acts"] if one["act"] == ordinal), None)
    if act is None:
        raise NotFound(what="act")
    waits = act["state"] == "proposed"
    mine, reviewed = is_me(act["proposed_by"]), own_act_under_review(case, act["about"]) if _reviews(act) else None
    may_decide = waits and is_now(Role.DECISION_MAKER) and not mine and reviewed is None
    return render_template(
        "afterwards/act.html", case=case, act=act, form=form, may_decide=may_decide, mine=mine, reviewed=reviewed
    )


def _reviews(act: dict[str, Any]) -> bool:
    return bool(act["kind"] == "review_decision")


def own_act_under_review(case: dict[str, Any], review: int) -> int | None:
    """The act that the review is of, when the reader proposed or decided it: then others propose and decide on it."""
    of = next(one["act"] for one in case["reviews"] if one["review"] == review)
    act = next(one for one in case["acts"] if one["act"] == of)
    return of if is_me(act["proposed_by"], act["decided_by"]) else None
