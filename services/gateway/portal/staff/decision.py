"""The decision maker signs what another has prepared, or returns it; before the button both people are on the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Response, make_response, redirect, render_template, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import formats, policy
from services.gateway.portal import kept
from services.gateway.portal.forms import Form, as_typed, posted_version, refusing, take_key
from services.gateway.portal.pages import portal
from services.gateway.portal.people import name_of, names
from services.gateway.portal.staff.assessed import assessment_of
from services.gateway.portal.staff.case import changes
from services.gateway.portal.staff.desk import (
    CONFLICT,
    DECISION_MAKER,
    OFFICIALS,
    is_me,
    is_now,
    of_application,
    stopped,
)
from services.gateway.rooms import ask
from services.gateway.sentences.marks import marked
from services.gateway.translations import catalogue
from shared.asker import Role
from shared.contracts.applications import DECIDE, GET_APPLICATION, GET_ASSESSMENT, LIST_ENVELOPES
from shared.contracts.customers import TAKE_KEPT
from shared.errors import Fault
from shared.reference import authorities

SEND_BACK = "return"
VERDICTS = ("sign", SEND_BACK)
LABELS: Mapping[str, LazyString] = {
    "verdict": _l("Your decision"),
    "note": _l("What should be done (needed when you return it)"),
}
# The decision's first sentence as its party reads it: in the party's language, not in the page's.
OPENINGS = {
    "approve": marked("%(authority)s grants %(company)s at most %(aid)s for the project “%(title)s”."),
    "approve_in_part": marked(
        "%(authority)s grants %(company)s at most %(aid)s for the project “%(title)s”. "
        "The application is rejected in other respects."
    ),
    "reject": marked("%(authority)s rejects the application of %(company)s for the project “%(title)s”."),
    "leave_unexamined": marked(
        "%(authority)s leaves the application of %(company)s for the project “%(title)s” unexamined."
    ),
    "lapse": marked("%(authority)s declares that the case of %(company)s, “%(title)s”, has lapsed."),
}


@portal.get("/tyo/asiat/<number>/ratkaise")
@policy.asks(GET_APPLICATION, GET_ASSESSMENT, LIST_ENVELOPES, also=(TAKE_KEPT,), only=OFFICIALS)
def decision(number: str) -> str:
    """The proposal as it will be decided. Who may not decide sees the same page without the button, and why."""
    case = ask(GET_APPLICATION, number=number)
    return _page(case, fresh(Form(labels=LABELS, version=case["version"])))


@portal.post("/tyo/asiat/<number>/ratkaise")
@policy.asks(GET_APPLICATION, GET_ASSESSMENT, LIST_ENVELOPES, DECIDE, only=DECISION_MAKER)
def decide(number: str) -> Response | Redirect:
    """Sign or return. When something has changed, nothing is saved, and the page says who did what when."""
    form = Form(labels=LABELS, typed=as_typed(), version=posted_version())
    if faults := [*verdict_faults(form), *_unread_note(form)]:
        return make_response(_page(ask(GET_APPLICATION, number=number), form.with_faults(faults)), 422)
    take_key()
    with refusing(form) as tried:
        ask(DECIDE, number=number, version=form.version, verdict=form.value("verdict"), note=form.value("note"))
        return redirect(url_for("portal.staff_case", number=number), 303)
    if tried.status == CONFLICT:
        return stopped(
            tried.form, _("The decision was not signed"), of_application(ask(GET_APPLICATION, number=number))
        )
    return make_response(_page(ask(GET_APPLICATION, number=number), tried.form), tried.status)


def fresh(form: Form) -> Form:
    """The form to decide on, with a note that waited for sign-in; the decision itself is never preselected."""
    form = kept.restored(form)
    return replace(form, typed={**form.typed, "verdict": ""})


def verdict_faults(form: Form) -> list[Fault]:
    """Nothing chosen, or a return that does not say what should be done."""
    verdict = form.value("verdict")
    if verdict not in VERDICTS:
        return [Fault("verdict", "choose_one")]
    needs_note = verdict == SEND_BACK and not form.value("note").strip()
    return [Fault("note", "required")] if needs_note else []


def _unread_note(form: Form) -> list[Fault]:
    """A note to a signed award would go nowhere: better to say so than to lose it."""
    signs_with_note = form.value("verdict") == "sign" and form.value("note").strip()
    return [Fault("note", "only_when_returned")] if signs_with_note else []


def _page(case: dict[str, Any], form: Form) -> str:
    proposal = case["proposal"]
    names([case["handler"], proposal and proposal["proposed_by"]])
    return render_template(
        "staff/decision.html",
        case=case,
        form=form,
        changed=changes(case),
        opening=_opening(case) if proposal else "",
        envelope=_envelope(case),
        hindrance=_hindrance(case),
        **assessment_of(case["number"]),
    )


def _hindrance(case: Mapping[str, Any]) -> str:
    """Why this reader has no button, or nothing."""
    proposal = case["proposal"]
    if case["decision"]:
        done = case["decision"]
        facts = {"name": name_of(done["decided_by"]), "moment": formats.moment(done["decided_at"])}
        return _("%(name)s decided the case on %(moment)s. It cannot be decided again.", **facts)
    if proposal is None or case["state"] != "proposed":
        return _("There is no proposal that could be decided now.")
    if is_me(case["handler"], proposal["proposed_by"]):
        return _("You prepared this case, so someone else has to decide it.")
    if not is_now(Role.DECISION_MAKER):
        return _("A decision maker of the authority decides this. In your role you can read it.")
    return ""


def _envelope(case: Mapping[str, Any]) -> dict[str, Any] | None:
    """The authority to grant that the decision would bind: of the authority that has the case, transferred or not."""
    wanted = {name: case["call"][name] for name in ("fund", "priority", "budget_year")} | {
        "authority": case["authority"]
    }
    rows: list[dict[str, Any]] = ask(LIST_ENVELOPES, size=200)["items"]
    return next((row for row in rows if all(row[name] == value for name, value in wanted.items())), None)


def _opening(case: Mapping[str, Any]) -> str:
    language, proposal = case["language"], case["proposal"]
    known = authorities.BY_CODE.get(case["authority"])
    source = OPENINGS[proposal["outcome"]]
    return catalogue(language).gettext(source) % {
        "authority": known.names[language] if known else case["authority"],
        "company": case["undertaking_name"],
        "aid": formats.money(proposal["aid"], language),
        "title": case["title"],
    }
