"""The company answers a request: saved as it is typed, with files, sent by whoever may sign for the company."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import formats, policy, uploads
from services.gateway.identity import current_session, idempotency_key, use_idempotency_key
from services.gateway.portal import kept
from services.gateway.portal.company import parts
from services.gateway.portal.company.attachments import most_megabytes
from services.gateway.portal.correspondence.asked_fields import Asked, fields_of, labels_of, typed_answers
from services.gateway.portal.correspondence.days import read_day_field
from services.gateway.portal.forms import Form, as_typed, new_key, posted_version, refusing, row_button, take_key
from services.gateway.portal.frame import in_language
from services.gateway.portal.pages import COMPANY, portal
from services.gateway.portal.refusals import wants_json
from services.gateway.rooms import ask
from shared.contracts.applications import (
    ANSWER_COMPLETION,
    ANSWER_HEARING,
    ASK_MORE_TIME,
    ATTACH_TO_REPLY,
    DETACH_FROM_REPLY,
    GET_APPLICATION,
    GET_REQUEST,
    SAVE_REPLY,
)
from shared.contracts.customers import TAKE_KEPT
from shared.contracts.documents import LIST_DOCUMENTS, STORE_DOCUMENT
from shared.errors import ChangedMeanwhile, NotFound

PATHS = {"completion": "taydennys", "hearing": "kuuleminen"}
KINDS = {path: kind for kind, path in PATHS.items()}
ANSWERS = {"completion": ANSWER_COMPLETION, "hearing": ANSWER_HEARING}
OTHER = "other"
TRIES = 3
LABELS = {
    "reply": _l("Your answer in words"),
    "until": _l("Until which day you need time"),
    "reason": _l("Why you need more time"),
    "file": _l("File"),
}
ASKED = (GET_REQUEST, GET_APPLICATION, LIST_DOCUMENTS)

_WHICH = "<any(taydennys, kuuleminen):path>/<int:place>"
PAGE = f"/oma/asiat/<number>/{_WHICH}"


@portal.get(PAGE)
@policy.asks(*ASKED, also=(TAKE_KEPT,), only=COMPANY)
def reply_page(number: str, path: str, place: int) -> str:
    """What is asked, until when, and the answer in the making; of an answered request, what was sent and when."""
    asked = _request(number, path, place)
    case = ask(GET_APPLICATION, number=number)
    fields = _fields(asked, case)
    return _page(asked, case, kept.restored(_form_of(asked, fields)))


@portal.post(PAGE)
@policy.asks(*ASKED, SAVE_REPLY, also=tuple(ANSWERS.values()), only=COMPANY)
def save_reply(number: str, path: str, place: int) -> Response | Redirect:
    """Save what was typed, right or wrong; the script's autosave too. `laheta` sends what was saved."""
    asked = _request(number, path, place)
    case = ask(GET_APPLICATION, number=number)
    fields = _fields(asked, case)
    form = Form(labels=LABELS | labels_of(fields), typed=_rows_removed(as_typed()), version=posted_version())
    key = take_key(parts.mark_of(form.typed), str(form.version))
    with refusing(form) as tried:
        saved = ask(
            SAVE_REPLY,
            number=number,
            place=place,
            version=form.version,
            reply=form.value("reply"),
            answers=typed_answers(fields, form.typed) if asked["kind"] == "completion" else {},
        )
        tried.form = Form(labels=form.labels, typed=form.typed, version=saved["version"])
        if wants_json():
            return _as_json(saved)
        if "laheta" not in request.form:
            return redirect(_onwards(number, path, place), 303)
        use_idempotency_key(f"{key}-sent")
        with refusing(replace(form, version=saved["version"])) as sent:
            ask(ANSWERS[asked["kind"]], number=number, place=place, version=saved["version"])
            return redirect(url_for("portal.reply_page", number=number, path=path, place=place), 303)
        tried.form, tried.status = sent.form, sent.status
    return make_response(_page(_request(number, path, place), case, tried.form), tried.status)


@portal.post(f"{PAGE}/liite/<kind>")
@uploads.reads_stream
@policy.asks(*ASKED, STORE_DOCUMENT, ATTACH_TO_REPLY, also=uploads.ASKED, only=COMPANY)
def add_reply_file(number: str, path: str, place: int, kind: str) -> Response | Redirect:
    """Store the file and join it to the answer."""
    form = Form(labels=LABELS | {f"file-{kind}": LABELS["file"]})
    with refusing(form) as tried:
        document = uploads.receive_document(subject=f"application/{number}", kind="attachment")
        _join(number, place, kind, document)
        return redirect(url_for("portal.reply_page", number=number, path=path, place=place, _anchor="liitteet"), 303)
    return _refused(number, path, place, tried.form, tried.status)


@portal.post(f"{PAGE}/liite/<document_id>/poista")
@policy.asks(*ASKED, DETACH_FROM_REPLY, only=COMPANY)
def remove_reply_file(number: str, path: str, place: int, document_id: str) -> Response | Redirect:
    take_key()
    with refusing(Form(labels=LABELS)) as tried:
        ask(DETACH_FROM_REPLY, number=number, place=place, version=posted_version(), document_id=document_id)
        return redirect(url_for("portal.reply_page", number=number, path=path, place=place, _anchor="liitteet"), 303)
    return _refused(number, path, place, tried.form, tried.status)


@portal.post(f"{PAGE}/lisaaika")
@policy.asks(*ASKED, ASK_MORE_TIME, only=COMPANY)
def ask_more_time(number: str, path: str, place: int) -> Response | Redirect:
    form = Form(labels=LABELS, typed=as_typed(), version=posted_version())
    take_key()
    with refusing(form) as tried:
        until = read_day_field("until", form.value("until"))
        reason = form.value("reason")
        ask(ASK_MORE_TIME, number=number, place=place, version=form.version, until=until, reason=reason)
        return redirect(url_for("portal.reply_page", number=number, path=path, place=place), 303)
    return _refused(number, path, place, tried.form, tried.status)


def _refused(number: str, path: str, place: int, form: Form, status: int) -> Response:
    """The page with the answer as it was saved, and what was wrong with the deed beside it."""
    asked = _request(number, path, place)
    case = ask(GET_APPLICATION, number=number)
    own = _form_of(asked, _fields(asked, case))
    typed = {**own.typed, **form.typed}
    shown = Form(
        labels={**own.labels, **form.labels},
        typed=typed,
        version=own.version,
        faults=form.faults,
        refusal=form.refusal,
    )
    return make_response(_page(asked, case, shown), status)


def _request(number: str, path: str, place: int) -> dict[str, Any]:
    asked = ask(GET_REQUEST, number=number, place=place)
    if asked["kind"] != KINDS[path]:
        raise NotFound(what="request")
    return asked


def _fields(asked: dict[str, Any], case: dict[str, Any]) -> list[Asked]:
    return fields_of(case["call"], asked["keys"])


def _form_of(asked: dict[str, Any], fields: list[Asked]) -> Form:
    form = Form(
        labels=LABELS | labels_of(fields),
        typed=asked["answers"] | {"reply": asked["reply"]},
        version=asked["version"],
    )
    return form.with_faults(asked["faults"]) if request.args.get("tarkista") else form


def _join(number: str, place: int, kind: str, document: dict[str, Any]) -> None:
    """Joining a file hinders nobody's writing, so a newer version is simply looked up again."""
    deed = idempotency_key() or new_key()
    attachment = {"kind": kind} | {name: document[name] for name in ("document_id", "file_name", "sha256")}
    for attempt in range(TRIES):
        version = ask(GET_REQUEST, number=number, place=place)["version"]
        use_idempotency_key(f"{deed}-{version}")
        try:
            ask(ATTACH_TO_REPLY, number=number, place=place, version=version, attachment=attachment)
        except ChangedMeanwhile:
            if attempt == TRIES - 1:
                raise
        else:
            return


def _rows_removed(typed: dict[str, Any]) -> dict[str, Any]:
    """ "Remove this row" takes its row out of what is saved; adding one is a matter of the next page."""
    button = row_button()
    if button is None or button.act != "remove":
        return typed
    return {**typed, button.table: [row for at, row in enumerate(typed.get(button.table, [])) if at != button.place]}


def _onwards(number: str, path: str, place: int) -> str:
    button = row_button()
    here: dict[str, Any] = {"number": number, "path": path, "place": place}
    if button and button.act == "add":
        rows: dict[str, Any] = {f"rivit-{button.table}": button.place + 1}
        return url_for("portal.reply_page", **here, **rows, _anchor=button.table)
    if button or "stay" in request.form:
        return url_for("portal.reply_page", **here)
    return url_for("portal.case", number=number)


def _as_json(saved: dict[str, Any]) -> Response:
    text = _("Answer saved at %(time)s", time=formats.clock(saved["saved_at"]))
    return jsonify(form={"version": saved["version"]}, text=text)


def _page(asked: dict[str, Any], case: dict[str, Any], form: Form) -> str:
    session = current_session()
    return render_template(
        "correspondence/reply.html",
        asked=asked,
        case=case,
        form=form,
        path=PATHS[asked["kind"]],
        fields=_fields(asked, case),
        rows=_rows_shown(form, asked),
        kinds=_file_kinds(asked, case),
        files=_documents(asked, case),
        most=most_megabytes(),
        may_sign=bool(session and "sign" in session["capacity"]["rights"]),
        writes=asked["state"] in ("open", "expired"),
    )


def _rows_shown(form: Form, asked: dict[str, Any]) -> dict[str, int]:
    """At least one row of each table, and one more when asked for by "add a row"."""
    shown = {}
    for key in asked["keys"]:
        wanted = request.args.get(f"rivit-{key}", "0")
        shown[key] = min(max(1, len(form.rows(key)), int(wanted) if wanted.isdigit() and len(wanted) < 4 else 0), 200)
    return shown


def _file_kinds(asked: dict[str, Any], case: dict[str, Any]) -> list[tuple[str, str]]:
    """Kinds of files that may be sent; with a comment, any file."""
    if asked["kind"] == "hearing":
        return [(OTHER, _("Files"))]
    names = {rule["kind"]: in_language(rule["names"]) for rule in case["call"]["attachments"]}
    return [(kind, names.get(kind, _("Other attachments"))) for kind in asked["attachment_kinds"]]


def _documents(asked: dict[str, Any], case: dict[str, Any]) -> list[dict[str, Any]]:
    """The documents that a hearing is on."""
    wanted = frozenset(asked["document_ids"])
    if not wanted:
        return []
    stored = ask(LIST_DOCUMENTS, subject=f"application/{case['number']}", size=200)["items"]
    return [one for one in stored if one["document_id"] in wanted]
