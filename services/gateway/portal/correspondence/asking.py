"""The handler asks: completion, hearing, opinion; gives more time or refuses it; records an opinion as it came."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import formats, policy
from services.gateway.portal import kept
from services.gateway.portal.correspondence.asked_fields import all_fields
from services.gateway.portal.correspondence.days import read_day_field
from services.gateway.portal.forms import Form, as_typed, posted_version, refusing, take_key
from services.gateway.portal.frame import in_language, words
from services.gateway.portal.pages import portal
from services.gateway.portal.staff.desk import HANDLER
from services.gateway.rooms import ask
from shared.contracts import Operation
from shared.contracts.applications import (
    ASK_COMPLETION,
    ASK_HEARING,
    ASK_OPINION,
    GET_APPLICATION,
    GET_REQUEST,
    MOVE_DUE_DAY,
    OPINION_GIVERS,
    RECORD_OPINION,
    REFUSE_MORE_TIME,
    STANCES,
)
from shared.contracts.customers import TAKE_KEPT
from shared.contracts.documents import LIST_DOCUMENTS
from shared.errors import Fault, NotFound

FACTS_MOST = 20
LABELS = {
    "asked": _l("What you ask"),
    "due_on": _l("Last day to answer"),
    "keys": _l("Answers that may be changed"),
    "attachment_kinds": _l("Files that may be sent"),
    "facts": _l("What the decision would rest on"),
    "facts.text": _l("Fact"),
    "document_ids": _l("Documents that the decision would rest on"),
    "giver": _l("Whose opinion"),
    "giver_name": _l("Name of the giver"),
    "given_by": _l("Who gave the opinion"),
    "given_on": _l("Day of the opinion"),
    "stance": _l("The opinion is"),
    "binding": _l("The opinion binds the decision"),
    "text": _l("Text of the opinion"),
    "reason": _l("Why more time is not given"),
}
CASE = (GET_APPLICATION, LIST_DOCUMENTS)


@portal.get("/tyo/asiat/<number>/taydennyspyynto")
@policy.asks(*CASE, also=(TAKE_KEPT,), only=HANDLER)
def completion_request(number: str) -> str:
    return _asking_page("completion", ask(GET_APPLICATION, number=number))


@portal.post("/tyo/asiat/<number>/taydennyspyynto")
@policy.asks(*CASE, ASK_COMPLETION, only=HANDLER)
def ask_completion(number: str) -> Response | Redirect:
    """Ask the company to complete: what is missing, which answers and files, and by when."""
    return _ask(number, "completion", ASK_COMPLETION, _completion)


@portal.get("/tyo/asiat/<number>/kuule")
@policy.asks(*CASE, also=(TAKE_KEPT,), only=HANDLER)
def hearing(number: str) -> str:
    return _asking_page("hearing", ask(GET_APPLICATION, number=number))


@portal.post("/tyo/asiat/<number>/kuule")
@policy.asks(*CASE, ASK_HEARING, only=HANDLER)
def ask_hearing(number: str) -> Response | Redirect:
    """Hear the company on named facts and documents before a decision against it."""
    return _ask(number, "hearing", ASK_HEARING, _hearing)


@portal.get("/tyo/asiat/<number>/lausunto")
@policy.asks(*CASE, also=(TAKE_KEPT,), only=HANDLER)
def opinion(number: str) -> str:
    return _asking_page("opinion", ask(GET_APPLICATION, number=number))


@portal.post("/tyo/asiat/<number>/lausunto")
@policy.asks(*CASE, ASK_OPINION, only=HANDLER)
def ask_opinion(number: str) -> Response | Redirect:
    return _ask(number, "opinion", ASK_OPINION, _opinion)


@portal.get("/tyo/asiat/<number>/lausunto/<int:place>")
@policy.asks(*CASE, GET_REQUEST, also=(TAKE_KEPT,), only=HANDLER)
def opinion_to_record(number: str, place: int) -> str:
    asked = _opinion_asked(number, place)
    form = Form(labels=LABELS, version=asked["version"], typed={"given_by": asked["giver_name"]})
    return _record_page(asked, kept.restored(form))


@portal.post("/tyo/asiat/<number>/lausunto/<int:place>")
@policy.asks(*CASE, GET_REQUEST, RECORD_OPINION, only=HANDLER)
def record_opinion(number: str, place: int) -> Response | Redirect:
    """The opinion as it came: who gave it, when, for or against, and whether it binds."""
    form = Form(labels=LABELS, typed=as_typed(), version=posted_version())
    take_key()
    with refusing(form) as tried:
        ask(
            RECORD_OPINION,
            number=number,
            place=place,
            version=form.version,
            given_by=form.value("given_by"),
            given_on=read_day_field("given_on", form.value("given_on")),
            stance=form.value("stance"),
            binding=bool(form.value("binding")),
            text=form.value("text"),
            document_ids=_ticked("document_ids"),
        )
        return redirect(url_for("portal.staff_case", number=number), 303)
    return make_response(_record_page(_opinion_asked(number, place), tried.form), tried.status)


@portal.get("/tyo/asiat/<number>/maaraaika/<int:place>")
@policy.asks(GET_APPLICATION, GET_REQUEST, also=(TAKE_KEPT,), only=HANDLER)
def due_day(number: str, place: int) -> str:
    """Give more time to answer, or refuse it where it was asked for."""
    asked = ask(GET_REQUEST, number=number, place=place)
    waits = asked["more_time"] if asked["more_time"] and asked["more_time"]["granted"] is None else None
    typed = {"due_on": formats.typed_day(waits["until"])} if waits else {}
    return _due_day_page(asked, kept.restored(Form(labels=LABELS, version=asked["version"], typed=typed)))


@portal.post("/tyo/asiat/<number>/maaraaika/<int:place>")
@policy.asks(GET_APPLICATION, GET_REQUEST, MOVE_DUE_DAY, REFUSE_MORE_TIME, only=HANDLER)
def settle_due_day(number: str, place: int) -> Response | Redirect:
    form = Form(labels=LABELS, typed=as_typed(), version=posted_version())
    take_key()
    about = {"number": number, "place": place, "version": form.version}
    with refusing(form) as tried:
        if "refuse" in request.form:
            ask(REFUSE_MORE_TIME, **about, reason=form.value("reason"))
        else:
            ask(MOVE_DUE_DAY, **about, due_on=read_day_field("due_on", form.value("due_on")))
        return redirect(url_for("portal.staff_case", number=number), 303)
    return make_response(_due_day_page(ask(GET_REQUEST, number=number, place=place), tried.form), tried.status)


def _ask(number: str, kind: str, operation: Operation, read: Callable[[Form], dict[str, Any]]) -> Response | Redirect:
    form = Form(labels=LABELS, typed=as_typed(), version=posted_version())
    if faults := [Fault(name, "required") for name in ("asked", "due_on") if not form.value(name).strip()]:
        return make_response(_asking_page(kind, ask(GET_APPLICATION, number=number), form.with_faults(faults)), 422)
    take_key()
    with refusing(form) as tried:
        due_on = read_day_field("due_on", form.value("due_on"))
        ask(operation, number=number, version=form.version, asked=form.value("asked"), due_on=due_on, **read(form))
        return redirect(url_for("portal.staff_case", number=number), 303)
    return make_response(_asking_page(kind, ask(GET_APPLICATION, number=number), tried.form), tried.status)


def _completion(form: Form) -> dict[str, Any]:
    return {"keys": _ticked("keys"), "attachment_kinds": _ticked("attachment_kinds")}


def _hearing(form: Form) -> dict[str, Any]:
    facts = [str(row.get("text", "")).strip() for row in form.rows("facts")]
    return {"facts": [fact for fact in facts if fact], "document_ids": _ticked("document_ids")}


def _opinion(form: Form) -> dict[str, Any]:
    return {"giver": form.value("giver"), "giver_name": form.value("giver_name")}


def _last_filled(rows: Sequence[Mapping[str, Any]]) -> int:
    """The number of the last row with a text in it; 0 when there is none."""
    return max((number for number, row in enumerate(rows, 1) if str(row.get("text", "")).strip()), default=0)


def _ticked(name: str) -> list[str]:
    return request.form.getlist(name)


def _asking_page(kind: str, case: dict[str, Any], form: Form | None = None) -> str:
    shown = form or kept.restored(Form(labels=LABELS, version=case["version"]))
    return render_template(
        f"correspondence/ask_{kind}.html",
        case=case,
        form=shown,
        ticked={name: frozenset(_ticked(name)) for name in ("keys", "attachment_kinds", "document_ids")},
        field_options=[(one.key, one.label) for one in all_fields(case["call"])],
        kinds=_kinds(case),
        document_options=_documents(case["number"]),
        facts=min(max(3, _last_filled(shown.rows("facts")) + 1), FACTS_MOST),
        givers=[(giver, words("opinion_giver", giver), "") for giver in OPINION_GIVERS],
    )


def _record_page(asked: dict[str, Any], form: Form) -> str:
    return render_template(
        "correspondence/record_opinion.html",
        asked=asked,
        case=ask(GET_APPLICATION, number=asked["number"]),
        form=form,
        ticked={"document_ids": frozenset(_ticked("document_ids"))},
        document_options=_documents(asked["number"]),
        stances=[(stance, words("stance", stance).capitalize(), "") for stance in STANCES],
    )


def _due_day_page(asked: dict[str, Any], form: Form) -> str:
    case = ask(GET_APPLICATION, number=asked["number"])
    return render_template("correspondence/due_day.html", asked=asked, case=case, form=form)


def _opinion_asked(number: str, place: int) -> dict[str, Any]:
    asked = ask(GET_REQUEST, number=number, place=place)
    if asked["kind"] != "opinion":
        raise NotFound(what="request")
    return asked


def _kinds(case: dict[str, Any]) -> Sequence[tuple[str, str]]:
    """Kinds of files of the call, and any other."""
    own = [(rule["kind"], in_language(rule["names"])) for rule in case["call"]["attachments"]]
    return [*own, ("other", _("Other attachments"))]


def _documents(number: str) -> list[tuple[str, str]]:
    found = ask(LIST_DOCUMENTS, subject=f"application/{number}", size=200)["items"]
    return [(one["document_id"], one["file_name"]) for one in found if one["kind"] == "attachment"]
