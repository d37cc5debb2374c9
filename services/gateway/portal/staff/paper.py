"""What came on paper or by e-mail: an official types it in through the same form, as of the moment it arrived."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Any

from flask import Response, make_response, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy, uploads
from services.gateway.identity import current_asker
from services.gateway.portal import kept
from services.gateway.portal.company import parts
from services.gateway.portal.company.attachments import attachment_added, attachment_removed, attachments_page
from services.gateway.portal.company.drafts import part_counted, part_page, part_saved
from services.gateway.portal.forms import Form, as_typed, posted_version, refusing, take_key
from services.gateway.portal.frame import in_language
from services.gateway.portal.pages import portal
from services.gateway.portal.staff.desk import HANDLER
from services.gateway.register import register_facts
from services.gateway.rooms import ask
from shared.contracts.applications import (
    ATTACH,
    COUNT_DRAFT,
    DETACH,
    ENTER_PAPER,
    FILE_PAPER,
    GET_APPLICATION,
    GET_DRAFTING,
    LIST_CALLS,
    LIST_PAPERS,
    SAVE_DRAFT,
)
from shared.contracts.customers import GET_UNDERTAKING, TAKE_KEPT
from shared.contracts.documents import LIST_DOCUMENTS, STORE_DOCUMENT
from shared.dates import HELSINKI
from shared.errors import Fault, NotFound
from shared.typed import Unreadable, read_day

LABELS = parts.LABELS | {
    "call_id": _l("Call"),
    "business_id": _l("Applicant's business ID"),
    "language": _l("Language of the decision"),
    "channel": _l("How it came"),
    "arrived_on": _l("Day of arrival"),
    "arrived_time": _l("Time of arrival"),
    "reason": _l("Why it did not come through the service"),
    "with_gaps": _l("Something is missing that the applicant is asked for later"),
}
LANGUAGES = ("fi", "sv")
CHANNELS = ("paper", "email")
_TIME = re.compile(r"([01]?[0-9]|2[0-3])[.:]([0-5][0-9])(?:[.:]([0-5][0-9]))?", re.ASCII)


@portal.get("/tyo/paperi")
@policy.asks(LIST_PAPERS, LIST_CALLS, also=(TAKE_KEPT,), only=HANDLER)
def paper_applications() -> str:
    """What is being typed in, and the beginning of a new one."""
    return _first_page(kept.restored(Form(labels=LABELS)))


@portal.post("/tyo/paperi")
@policy.asks(ENTER_PAPER, GET_UNDERTAKING, LIST_PAPERS, LIST_CALLS, only=HANDLER)
def enter_paper() -> Response | Redirect:
    """Begin to type in. The company must be in the customer register: its name comes from there."""
    form = Form(labels=LABELS, typed=as_typed())
    if faults := _unreadable(form):
        return make_response(_first_page(form.with_faults(faults)), 422)
    take_key()
    with refusing(form) as tried:
        try:
            company = ask(GET_UNDERTAKING, business_id=form.value("business_id").strip())
        except NotFound:
            form = form.with_faults([Fault("business_id", "no_such_company")])
            return make_response(_first_page(form), 422)
        entered = ask(
            ENTER_PAPER,
            call_id=form.value("call_id"),
            business_id=company["business_id"],
            undertaking_name=company["name"],
            language=form.value("language"),
            channel=form.value("channel"),
            arrived_at=_arrived_at(form),
            reason=form.value("reason").strip(),
            register=register_facts(company),
        )
        return redirect(url_for("portal.paper_application", number=entered["number"]), 303)
    return make_response(_first_page(tried.form), tried.status)


@portal.get("/tyo/paperi/<number>")
@policy.asks(GET_APPLICATION, only=HANDLER)
def paper_application(number: str) -> str | Redirect:
    """The parts to type in; when filed, the case itself."""
    draft = ask(GET_APPLICATION, number=number)
    if draft["state"] != "draft":
        return redirect(url_for("portal.staff_case", number=number), 303)
    draft = _with_scan_asked(draft)
    steps = [(part, parts.progress(part, draft)) for part in parts.all_parts(draft)]
    done = sum(1 for _part, how in steps if how.kind == "ok")
    return render_template("staff/paper_application.html", draft=draft, steps=steps, done=done)


@portal.get("/tyo/paperi/<number>/<path>")
@policy.asks(GET_APPLICATION, GET_DRAFTING, COUNT_DRAFT, also=(TAKE_KEPT,), only=HANDLER)
def paper_part(number: str, path: str) -> Response | Redirect:
    return part_page(number, path)


@portal.post("/tyo/paperi/<number>/<path>")
@policy.asks(GET_APPLICATION, SAVE_DRAFT, GET_DRAFTING, COUNT_DRAFT, only=HANDLER)
def save_paper_part(number: str, path: str) -> Response | Redirect:
    return part_saved(number, path)


@portal.post("/tyo/paperi/<number>/<path>/laske")
@policy.asks(GET_APPLICATION, COUNT_DRAFT, only=HANDLER)
def count_paper_part(number: str, path: str) -> Response:
    return part_counted(number, path)


@portal.get("/tyo/paperi/<number>/liitteet")
@policy.asks(GET_APPLICATION, LIST_DOCUMENTS, only=HANDLER)
def paper_attachments(number: str) -> str:
    """The scan of what came, and what came with it."""
    return attachments_page(number, Form(labels=parts.LABELS))


@portal.post("/tyo/paperi/<number>/liitteet/<kind>")
@uploads.reads_stream
@policy.asks(STORE_DOCUMENT, ATTACH, GET_APPLICATION, LIST_DOCUMENTS, also=uploads.ASKED, only=HANDLER)
def add_paper_attachment(number: str, kind: str) -> Response | Redirect:
    return attachment_added(number, kind)


@portal.post("/tyo/paperi/<number>/liitteet/<document_id>/poista")
@policy.asks(DETACH, GET_APPLICATION, LIST_DOCUMENTS, only=HANDLER)
def remove_paper_attachment(number: str, document_id: str) -> Response | Redirect:
    return attachment_removed(number, document_id)


@portal.get("/tyo/paperi/<number>/tarkista")
@policy.asks(GET_APPLICATION, only=HANDLER)
def check_paper(number: str) -> str | Redirect:
    """Everything once more before it is filed, and what is missing from it."""
    draft = ask(GET_APPLICATION, number=number)
    if draft["state"] != "draft":
        return redirect(url_for("portal.staff_case", number=number), 303)
    return _check_page(draft, Form(labels=LABELS, version=draft["version"]))


@portal.post("/tyo/paperi/<number>/tarkista")
@policy.asks(GET_APPLICATION, FILE_PAPER, only=HANDLER)
def file_paper(number: str) -> Response | Redirect:
    """File it as of its arrival. Pressed twice, the second lands on the case that the first one filed."""
    draft = ask(GET_APPLICATION, number=number)
    if draft["state"] != "draft":
        return redirect(url_for("portal.staff_case", number=number), 303)
    form = Form(labels=LABELS | parts.labels_of(draft), typed=as_typed(), version=posted_version())
    take_key()
    with refusing(form) as tried:
        ask(FILE_PAPER, number=number, version=form.version, with_gaps=bool(form.value("with_gaps")))
        return redirect(url_for("portal.staff_case", number=number), 303)
    draft = ask(GET_APPLICATION, number=number)
    refused = tried.form.with_faults(parts.named(tried.form.faults, draft))
    return make_response(_check_page(draft, refused), tried.status)


def _with_scan_asked(draft: dict[str, Any]) -> dict[str, Any]:
    """What came is attached as it came: of any application on paper its scan is asked, whatever the call asks."""
    if any(one["kind"] == parts.SCAN for one in draft["attachments"]):
        return draft
    return draft | {"faults": [*draft["faults"], Fault("attachments", "attachment_missing", {"kind": parts.SCAN})]}


def _first_page(form: Form) -> str:
    calls = [call for stage in ("open", "closed") for call in _calls(stage)]
    return render_template(
        "staff/paper.html",
        form=form,
        papers=ask(LIST_PAPERS)["items"],
        calls=[(call["call_id"], f"{in_language(call['names'])}, {call['call_id']}") for call in calls],
    )


def _calls(stage: str) -> list[dict[str, Any]]:
    """The authority's own calls of a stage, the last to close first."""
    own = current_asker().authority
    found = ask(LIST_CALLS, stage=stage, size=200, sort="-closes_at")["items"]
    return [call for call in found if call["authority"] == own]


def _check_page(draft: dict[str, Any], form: Form) -> str:
    missing = Form(labels=parts.labels_of(draft)).with_faults(parts.faults_of(_with_scan_asked(draft)))
    return render_template("staff/check_paper.html", draft=draft, form=form, missing=missing.errors())


def _unreadable(form: Form) -> list[Fault]:
    """What this page itself asks for, before the room is asked."""
    faults = [Fault(name, "required") for name in ("call_id", "business_id", "reason") if not form.value(name).strip()]
    faults += [Fault("language", "choose_one")] if form.value("language") not in LANGUAGES else []
    faults += [Fault("channel", "choose_one")] if form.value("channel") not in CHANNELS else []
    try:
        read_day(form.value("arrived_on"))
    except Unreadable as error:
        faults.append(Fault("arrived_on", error.rule))
    if not _TIME.fullmatch(form.value("arrived_time").strip()):
        faults.append(Fault("arrived_time", "not_a_time"))
    return faults


def _arrived_at(form: Form) -> datetime:
    """The moment of arrival by the Finnish clock."""
    found = _TIME.fullmatch(form.value("arrived_time").strip())
    assert found  # noqa: S101  looked at before
    hour, minute, second = (int(part or 0) for part in found.groups())
    return datetime.combine(read_day(form.value("arrived_on")), time(hour, minute, second), HELSINKI)
