"""Messages: the list of cases with messages, and a case's thread from the company's side and from the officials'."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import formats, policy, uploads
from services.gateway.identity import current_asker, use_idempotency_key
from services.gateway.portal import kept
from services.gateway.portal.company import parts
from services.gateway.portal.company.attachments import most_megabytes
from services.gateway.portal.forms import Form, as_typed, refusing, take_key
from services.gateway.portal.lists import asked_page
from services.gateway.portal.pages import COMPANY, portal
from services.gateway.portal.people import names
from services.gateway.portal.refusals import wants_json
from services.gateway.rooms import ask
from shared.asker import Role
from shared.contracts.applications import (
    GET_APPLICATION,
    GET_CORRESPONDENCE,
    LIST_OPEN_REQUESTS,
    LIST_THREADS,
    MARK_READ,
    SAVE_MESSAGE_DRAFT,
    SEND_MESSAGE,
)
from shared.contracts.customers import TAKE_KEPT
from shared.contracts.documents import STORE_DOCUMENT
from shared.errors import DomainError

WRITERS = frozenset({Role.HANDLER, Role.DECISION_MAKER})
LABELS = {"text": _l("Your message"), "file": _l("File")}
THREAD = (GET_APPLICATION, GET_CORRESPONDENCE)


@portal.get("/oma/viestit")
@policy.asks(LIST_THREADS, LIST_OPEN_REQUESTS, only=COMPANY)
def own_messages() -> str:
    """What waits for the company's answer, and its cases with messages, the latest first."""
    return _threads_page("portal.own_messages")


@portal.get("/tyo/viestit")
@policy.asks(LIST_THREADS, LIST_OPEN_REQUESTS, only=WRITERS)
def staff_messages() -> str:
    """The reader's own cases with messages, and what is waited for in them; `?kaikki=1` everyone's."""
    return _threads_page("portal.staff_messages", "" if request.args.get("kaikki") else "me")


@portal.get("/oma/asiat/<number>/viestit")
@policy.asks(*THREAD, also=(TAKE_KEPT, MARK_READ), only=COMPANY)
def own_thread(number: str) -> str:
    """The thread; opening it is reading it."""
    return _thread_page(number, None)


@portal.get("/tyo/asiat/<number>/viestit")
@policy.asks(*THREAD, also=(TAKE_KEPT, MARK_READ), only=WRITERS)
def staff_thread(number: str) -> str:
    return _thread_page(number, None)


@portal.post("/oma/asiat/<number>/viestit")
@policy.asks(*THREAD, SEND_MESSAGE, SAVE_MESSAGE_DRAFT, also=(MARK_READ,), only=COMPANY)
def write_as_company(number: str) -> Response | Redirect:
    return _write(number)


@portal.post("/tyo/asiat/<number>/viestit")
@policy.asks(*THREAD, SEND_MESSAGE, SAVE_MESSAGE_DRAFT, also=(MARK_READ,), only=WRITERS)
def write_as_official(number: str) -> Response | Redirect:
    """A message to the company, or a note among the officials."""
    return _write(number)


@portal.post("/oma/asiat/<number>/viestit/liite")
@uploads.reads_stream
@policy.asks(*THREAD, STORE_DOCUMENT, SAVE_MESSAGE_DRAFT, also=(*uploads.ASKED, MARK_READ), only=COMPANY)
def add_message_file(number: str) -> Response | Redirect:
    """Store a file; it goes with the next message."""
    return _add_file(number)


@portal.post("/tyo/asiat/<number>/viestit/liite")
@uploads.reads_stream
@policy.asks(*THREAD, STORE_DOCUMENT, SAVE_MESSAGE_DRAFT, also=(*uploads.ASKED, MARK_READ), only=WRITERS)
def add_staff_message_file(number: str) -> Response | Redirect:
    """Store a file that goes with the next message to the company, which sees it when the message has been sent."""
    return _add_file(number)


@portal.post("/oma/asiat/<number>/viestit/liite/<document_id>/poista")
@policy.asks(GET_CORRESPONDENCE, SAVE_MESSAGE_DRAFT, only=COMPANY)
def remove_message_file(number: str, document_id: str) -> Redirect:
    """Take a file off the message that is being written; the file itself stays on record with its digest."""
    return _remove_file(number, document_id)


@portal.post("/tyo/asiat/<number>/viestit/liite/<document_id>/poista")
@policy.asks(GET_CORRESPONDENCE, SAVE_MESSAGE_DRAFT, only=WRITERS)
def remove_staff_message_file(number: str, document_id: str) -> Redirect:
    return _remove_file(number, document_id)


@portal.get("/oma/asiat/<number>/viestit/liite")
@portal.get("/tyo/asiat/<number>/viestit/liite")
@portal.get("/oma/asiat/<number>/viestit/liite/<document_id>/poista")
@portal.get("/tyo/asiat/<number>/viestit/liite/<document_id>/poista")
@policy.asks(GET_CORRESPONDENCE, only=COMPANY | WRITERS)
def back_to_thread(number: str, document_id: str = "") -> Redirect:
    """The address of a deed, opened as a page (after sign-in, or from history)."""
    return redirect(_thread_address(number), 303)


def _add_file(number: str) -> Response | Redirect:
    with refusing(Form(labels=LABELS)) as tried:
        subject, withheld = f"application/{number}", not _is_company()
        document = uploads.receive_document(subject=subject, kind="attachment", withheld=withheld)
        thread = ask(GET_CORRESPONDENCE, number=number)
        new = {"kind": "message"} | {name: document[name] for name in ("document_id", "file_name", "sha256")}
        others = [one for one in thread["draft_attachments"] if one["document_id"] != new["document_id"]]
        take_key(new["document_id"])
        ask(SAVE_MESSAGE_DRAFT, number=number, text=thread["draft"], attachments=[*others, new])
        return redirect(f"{_thread_address(number)}#text", 303)
    return make_response(_thread_page(number, tried.form), tried.status)


def _remove_file(number: str, document_id: str) -> Redirect:
    thread = ask(GET_CORRESPONDENCE, number=number)
    rest = [one for one in thread["draft_attachments"] if one["document_id"] != document_id]
    take_key(document_id)
    ask(SAVE_MESSAGE_DRAFT, number=number, text=thread["draft"], attachments=rest)
    return redirect(f"{_thread_address(number)}#text", 303)


def _write(number: str) -> Response | Redirect:
    """Send, or with `stay` and the script's autosave only keep what is being written."""
    form = Form(labels=LABELS, typed=as_typed())
    if wants_json() or "stay" in request.form:
        return _keep_draft(number, form)
    take_key()
    with refusing(form) as tried:
        thread = ask(GET_CORRESPONDENCE, number=number)
        internal = form.value("to") == "note"
        ask(
            SEND_MESSAGE,
            number=number,
            text=form.value("text"),
            attachments=[] if internal else thread["draft_attachments"],
            internal=internal,
            public=internal and form.value("public") == "yes",
        )
        return redirect(_thread_address(number), 303)
    return make_response(_thread_page(number, tried.form), tried.status)


def _keep_draft(number: str, form: Form) -> Response | Redirect:
    take_key(parts.mark_of(form.typed), "draft")
    with refusing(form) as tried:
        saved = ask(SAVE_MESSAGE_DRAFT, number=number, text=form.value("text"))
        if wants_json():
            return jsonify(form={}, text=_("Draft saved at %(time)s", time=formats.clock(saved["saved_at"])))
        return redirect(_thread_address(number), 303)
    return make_response(_thread_page(number, tried.form), tried.status)


def _thread_address(number: str) -> str:
    return url_for("portal.own_thread" if _is_company() else "portal.staff_thread", number=number)


def _attaches() -> bool:
    """Whoever writes for the company, and the handler; a decision maker's files go by the handler's hand."""
    return current_asker().role in STORE_DOCUMENT.roles


def _is_company() -> bool:
    return current_asker().role is Role.COMPANY


def _thread_page(number: str, form: Form | None) -> str:
    case = ask(GET_APPLICATION, number=number)
    thread = ask(GET_CORRESPONDENCE, number=number)
    names(message["sent_by"] for message in thread["messages"])
    if thread["unread"]:
        _mark_read(number, thread["messages"][-1]["message_no"])
    shown = form or kept.restored(Form(labels=LABELS, typed={"text": thread["draft"]}))
    return render_template(
        "correspondence/thread.html",
        case=case,
        thread=thread,
        form=shown,
        written=shown,
        writes=True,
        is_company=_is_company(),
        here=_thread_address(number),
        attaches=_attaches(),
        most=most_megabytes(),
    )


def tab_of_messages(number: str, thread: dict[str, Any]) -> dict[str, Any]:
    """What a case page's tab of messages needs. For whoever writes in the case, opening it is reading it."""
    writes = current_asker().role in WRITERS
    if writes and thread["unread"]:
        _mark_read(number, thread["messages"][-1]["message_no"])
    return {
        "written": Form(labels=LABELS, typed={"text": thread["draft"]}),
        "writes": writes,
        "is_company": False,
        "here": url_for("portal.staff_thread", number=number) if writes else "",
        "attaches": _attaches(),
        "most": most_megabytes(),
    }


def _mark_read(number: str, message_no: int) -> None:
    """The page opens even when the mark can't be made now: the messages stay unread, and say so next time."""
    use_idempotency_key(None)
    try:
        ask(MARK_READ, number=number, message_no=message_no)
    except DomainError:
        return


def unread_of_mine() -> int | None:
    """How many messages the reader's own cases have unread; None for who writes in none. Needs LIST_THREADS."""
    if current_asker().role not in WRITERS:
        return None
    return int(ask(LIST_THREADS, handler="me", size=1)["unread"])


def _threads_page(endpoint: str, handler: str = "") -> str:
    wanted = asked_page(sort="-last_at")
    found = ask(LIST_THREADS, handler=handler, **wanted)
    names(row["last_by"] for row in found["items"])
    return render_template(
        "correspondence/threads.html",
        threads=found["items"],
        total=found["total"],
        unread=found["unread"],
        requests=ask(LIST_OPEN_REQUESTS, handler=handler, size=200)["items"],
        is_company=_is_company(),
        own_only=bool(handler),
        endpoint=endpoint,
        **wanted,
    )
