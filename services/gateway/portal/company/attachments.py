"""Attachments of a draft: each file is stored as it comes, then joined to the application by its digest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy, uploads
from services.gateway.identity import idempotency_key, use_idempotency_key
from services.gateway.portal.company import parts
from services.gateway.portal.company.places import crumbs_of, draft_address, is_official, room_now
from services.gateway.portal.forms import Form, new_key, posted_version, refusing, take_key
from services.gateway.portal.frame import in_language
from services.gateway.portal.pages import COMPANY, portal
from services.gateway.rooms import ask
from services.gateway.settings import MEGABYTE, Settings
from shared.contracts.applications import ATTACH, DETACH, GET_APPLICATION
from shared.contracts.documents import GET_DOCUMENT, LIST_DOCUMENTS, STORE_DOCUMENT
from shared.errors import ChangedMeanwhile, Fault, NotFound

OTHER = "other"
ACCEPTED = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.txt,.csv"
TRIES = 3


@portal.get("/oma/asiat/<number>/liitteet")
@policy.asks(GET_APPLICATION, LIST_DOCUMENTS, only=COMPANY)
def attachments(number: str) -> str:
    return attachments_page(number, Form(labels=parts.LABELS))


@portal.post("/oma/asiat/<number>/liitteet/<kind>")
@uploads.reads_stream
@policy.asks(STORE_DOCUMENT, ATTACH, GET_APPLICATION, LIST_DOCUMENTS, also=uploads.ASKED, only=COMPANY)
def add_attachment(number: str, kind: str) -> Response | Redirect:
    """Store the file and join it. `kind` is one of the call's attachment rules, or "other"."""
    return attachment_added(number, kind)


@portal.post("/oma/asiat/<number>/liitteet/<document_id>/poista")
@policy.asks(DETACH, GET_APPLICATION, LIST_DOCUMENTS, only=COMPANY)
def remove_attachment(number: str, document_id: str) -> Response | Redirect:
    """Take the file off the application; the file itself stays on record with its digest."""
    return attachment_removed(number, document_id)


@portal.post("/oma/asiat/<number>/liitteet/<kind>/valmis")
@policy.asks(GET_DOCUMENT, ATTACH, GET_APPLICATION, LIST_DOCUMENTS, only=COMPANY)
def join_attachment(number: str, kind: str) -> Response | Redirect:
    """Join a file that has come in pieces (`services.gateway.api.resumable`) and is a document already."""
    take_key()
    form = Form(labels=parts.LABELS | {f"file-{kind}": parts.LABELS["file"]})
    with refusing(form) as tried:
        document = ask(GET_DOCUMENT, document_id=request.form.get("document_id", "")[:60] or "none")
        if document["subject"] != f"application/{number}":
            raise NotFound(what="document")
        _join(number, kind, document)
        return redirect(draft_address("attachments", number), 303)
    return make_response(attachments_page(number, _about(tried.form, kind)), tried.status)


def attachment_added(number: str, kind: str) -> Response | Redirect:
    form = Form(labels=parts.LABELS | {f"file-{kind}": parts.LABELS["file"]})
    with refusing(form) as tried:
        document = uploads.receive_document(subject=f"application/{number}", kind="attachment", rule=kind)
        _join(number, kind, document)
        return redirect(draft_address("attachments", number), 303)
    return make_response(attachments_page(number, _about(tried.form, kind)), tried.status)


def attachment_removed(number: str, document_id: str) -> Response | Redirect:
    take_key()
    form = Form(labels=parts.LABELS)
    with refusing(form) as tried:
        ask(DETACH, number=number, version=posted_version(), document_id=document_id)
        return redirect(draft_address("attachments", number), 303)
    return make_response(attachments_page(number, tried.form), tried.status)


def _join(number: str, kind: str, document: dict[str, Any]) -> None:
    """Joining a file hinders nobody else's writing, so a newer version is simply looked up again."""
    deed = idempotency_key() or new_key()
    attachment = {"kind": kind} | {name: document[name] for name in ("document_id", "file_name", "sha256", "size")}
    for attempt in range(TRIES):
        version = ask(GET_APPLICATION, number=number)["version"]
        use_idempotency_key(f"{deed}-{version}")
        try:
            ask(ATTACH, number=number, version=version, attachment=attachment)
        except ChangedMeanwhile:
            if attempt == TRIES - 1:
                raise
        else:
            return


def _about(form: Form, kind: str) -> Form:
    """The room names the field `file`; on this page there is one for each kind."""
    return form.with_faults(Fault(f"file-{kind}", fault.rule, fault.facts) for fault in form.faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of file that the call names: what it is for, whether it is needed now, what is taken."""

    code: str
    name: str
    needed: bool
    help: str
    formats: tuple[str, ...]
    most_megabytes: str

    @property
    def accept(self) -> str:
        return ",".join(f".{one}" for one in self.formats) or ACCEPTED


def attachments_page(number: str, form: Form) -> str:
    draft = ask(GET_APPLICATION, number=number)
    stored = ask(LIST_DOCUMENTS, subject=f"application/{number}", size=200)["items"]
    all_parts = parts.all_parts(draft)
    return render_template(
        "company/attachments.html",
        draft=draft,
        part=parts.ATTACHMENTS,
        parts=all_parts,
        place=len(all_parts) - 1,
        form=form,
        kinds=kinds_of(draft),
        other=OTHER,
        stored={document["document_id"]: document for document in stored},
        join_address=None if is_official() else _join_address(number),
        most=most_megabytes(),
        checked=bool(request.args.get("tarkista")),
        room=room_now(),
        crumbs=crumbs_of(draft),
    )


def _join_address(number: str) -> Callable[[str], str]:
    return lambda kind: url_for("portal.join_attachment", number=number, kind=kind)


def kinds_of(draft: dict[str, Any]) -> list[Kind]:
    """The kinds of file that the call names, those needed with these answers marked; of paper first the scan."""
    needed = set(draft["required_kinds"]) or {rule["kind"] for rule in draft["call"]["attachments"] if rule["required"]}
    kinds = [
        Kind(
            code=rule["kind"],
            name=in_language(rule["names"]),
            needed=rule["kind"] in needed,
            help=in_language(rule["help"]) if rule["help"] else "",
            formats=tuple(rule["formats"]),
            most_megabytes=_megabytes(rule["most_bytes"]),
        )
        for rule in draft["call"]["attachments"]
    ]
    if not draft["arrival"]:
        return kinds
    scan = in_language(parts.SCAN_NAMES)
    return [Kind(code=parts.SCAN, name=scan, needed=True, help="", formats=(), most_megabytes=_megabytes(None)), *kinds]


def _megabytes(most_bytes: int | None) -> str:
    """The most that is taken of this kind, in megabytes, at least one decimal when it is less than a whole one."""
    most = min(most_bytes or most_megabytes() * MEGABYTE, most_megabytes() * MEGABYTE)
    whole, rest = divmod(most, MEGABYTE)
    return str(whole) if not rest else f"{whole},{rest * 10 // MEGABYTE}"


def most_megabytes() -> int:
    settings: Settings = current_app.extensions["settings"]
    return settings.upload_most // MEGABYTE
