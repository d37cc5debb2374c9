"""One application as an official sees it: the state and the next step, what was filed, and what has happened."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy
from services.gateway.portal.correspondence.messages import tab_of_messages
from services.gateway.portal.correspondence.on_case import correspondence_of
from services.gateway.portal.forms import Form, posted_version, refusing, take_key
from services.gateway.portal.pages import portal
from services.gateway.portal.people import names
from services.gateway.portal.staff.assessed import assessment_of
from services.gateway.portal.staff.costs import Difference, differences, filed_costs
from services.gateway.portal.staff.desk import HANDLER, READERS, is_me, is_now
from services.gateway.portal.staff.trail import lane, trail_of
from services.gateway.rooms import ask
from shared.asker import Role
from shared.contracts.applications import (
    GET_APPLICATION,
    GET_ASSESSMENT,
    GET_CORRESPONDENCE,
    LIST_APPLICATIONS,
    MARK_READ,
    TAKE_CASE,
)
from shared.contracts.documents import LIST_DOCUMENTS
from shared.contracts.monitoring import CASE_TRAIL
from shared.contracts.payments import LIST_CLAIMS

TABS: dict[str, LazyString] = {
    "arviointi": _l("Assessment"),
    "hakemus": _l("Application"),
    "liitteet": _l("Attachments and letters"),
    "viestit": _l("Messages"),
    "tuet": _l("Applicant's other cases"),
    "maksatukset": _l("Payments"),
    "ketju": _l("Trail"),
}
GRANTED = frozenset({"approved", "approved_in_part"})
UNDER_WAY = ("in_assessment", "in_completion", "on_opinion", "in_hearing")
ASKED = (
    GET_APPLICATION,
    CASE_TRAIL,
    LIST_DOCUMENTS,
    LIST_CLAIMS,
    LIST_APPLICATIONS,
    GET_CORRESPONDENCE,
    GET_ASSESSMENT,
)


@portal.get("/tyo/asiat/<number>")
@policy.asks(*ASKED, also=(MARK_READ,), only=READERS)
def staff_case(number: str) -> str:
    """The case with one of its tabs open (`?valilehti=ketju`); the first tab says what to do next."""
    case = ask(GET_APPLICATION, number=number)
    return _page(case, Form(labels={}, version=case["version"]))


@portal.post("/tyo/asiat/<number>/ota")
@policy.asks(TAKE_CASE, *ASKED, also=(MARK_READ,), only=HANDLER)
def take_case(number: str) -> Response | Redirect:
    """Become the presenting officer. Of two who try, one does, and the other is told who and when."""
    form = Form(labels={}, version=posted_version())
    take_key()
    with refusing(form) as tried:
        ask(TAKE_CASE, number=number, version=form.version)
        return redirect(url_for("portal.staff_case", number=number), 303)
    return make_response(_page(ask(GET_APPLICATION, number=number), tried.form), tried.status)


@portal.get("/tyo/asiat/<number>/ota")
@policy.asks(only=HANDLER)
def back_to_case(number: str) -> Redirect:
    """The address of taking, opened as a page (after sign-in, or from history)."""
    return redirect(url_for("portal.staff_case", number=number), 303)


def _page(case: dict[str, Any], form: Form) -> str:
    number, tab = case["number"], _tab()
    entries = trail_of(number)
    names(_people(case))
    about = correspondence_of(case)
    return render_template(
        "staff/case.html",
        case=case,
        form=form,
        tab=tab,
        tabs={key: name for key, name in TABS.items() if key != "maksatukset" or case["state"] in GRANTED},
        entries=entries,
        steps=lane(entries),
        changed=changes(case),
        may_take=_may_take(case),
        may_hand_on=is_now(Role.HANDLER, Role.DECISION_MAKER) and case["state"] in ("submitted", *UNDER_WAY),
        may_propose=is_now(Role.HANDLER) and case["state"] == "in_assessment" and is_me(case["handler"]),
        may_decide=is_now(Role.DECISION_MAKER) and case["state"] == "proposed",
        **about,
        **(tab_of_messages(number, about["thread"]) if tab == "viestit" else _of_tab(case, tab)),
    )


def _may_take(case: dict[str, Any]) -> bool:
    """Nobody has it, or it was given to the reader, who has not begun."""
    if not is_now(Role.HANDLER):
        return False
    if case["state"] == "submitted":
        return case["handler"] is None or is_me(case["handler"])
    return case["state"] in UNDER_WAY and case["handler"] is None


def _tab() -> str:
    asked = request.args.get("valilehti", "")
    return asked if asked in TABS else "arviointi"


def _of_tab(case: dict[str, Any], tab: str) -> dict[str, Any]:
    """What the open tab needs beside the case itself."""
    if tab == "arviointi":
        return assessment_of(case["number"])
    if tab == "liitteet":
        return {"documents": ask(LIST_DOCUMENTS, subject=f"application/{case['number']}", size=200)["items"]}
    if tab == "tuet":
        found = ask(LIST_APPLICATIONS, search=case["business_id"], size=200)["items"]
        return {"others": [other for other in found if other["number"] != case["number"]]}
    if tab == "maksatukset":
        return {"claims": ask(LIST_CLAIMS, number=case["number"], size=200)["items"]}
    return {}


def _people(case: dict[str, Any]) -> list[str | None]:
    proposal, decision = case["proposal"] or {}, case["decision"] or {}
    return [case["handler"], proposal.get("proposed_by"), decision.get("decided_by")]


def changes(case: dict[str, Any]) -> list[Difference]:
    """Where the proposal differs from what was applied for."""
    return differences(filed_costs(case), case["proposal"]["accepted_costs"]) if case["proposal"] else []
