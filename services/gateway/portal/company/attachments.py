"""Attachments of a draft: each file is stored as it comes, then joined to the application by its digest."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy, uploads
from services.gateway.identity import idempotency_key, use_idempotency_key
from services.gateway.portal.company import parts
from services.gateway.portal.forms import Form, new_key, posted_version, refusing, take_key
from services.gateway.portal.pages import COMPANY, portal
from services.gateway.rooms import ask
from services.gateway.settings import MEGABYTE, Settings
from shared.contracts.applications import ATTACH, DETACH, GET_APPLICATION
from shared.contracts.documents import LIST_DOCUMENTS, STORE_DOCUMENT
from shared.errors import ChangedMeanwhile, Fault

OTHER = "other"
TRIES = 3


@portal.get("/oma/asiat/<number>/liitteet")
@policy.asks(GET_APPLICATION, LIST_DOCUMENTS, only=COMPANY)
def attachments(number: str) -> str:
    return _page(number, Form(labels=parts.LABELS))


@portal.post("/oma/asiat/<number>/liitteet/<kind>")
@uploads.reads_stream
@policy.asks(STORE_DOCUMENT, ATTACH, GET_APPLICATION, LIST_DOCUMENTS, also=uploads.ASKED, only=COMPANY)
def add_attachment(number: str, kind: str) -> Response | Redirect:
    """Store the file and join it. `kind` is one of the call's attachment rules, or "other"."""
    form = Form(labels=parts.LABELS | {f"file-{kind}": parts.LABELS["file"]})
    with refusing(form) as tried:
        document = uploads.receive_document(subject=f"application/{number}", kind="attachment")
        _join(number, kind, document)
        return redirect(url_for("portal.attachments", number=number), 303)
    return make_response(_page(number, _about(tried.form, kind)), tried.status)


@portal.post("/oma/asiat/<number>/liitteet/<document_id>/poista")
@policy.asks(DETACH, GET_APPLICATION, LIST_DOCUMENTS, only=COMPANY)
def remove_attachment(number: str, document_id: str) -> Response | Redirect:
    """Take the file off the application; the file itself stays on record with its digest."""
    take_key()
    form = Form(labels=parts.LABELS)
    with refusing(form) as tried:
        ask(DETACH, number=number, version=posted_version(), document_id=document_id)
        return redirect(url_for("portal.attachments", number=number), 303)
    return make_response(_page(number, tried.form), tried.status)


def _join(number: str, kind: str, document: dict[str, Any]) -> None:
    """Joining a file hinders nobody else's writing, so a newer version is simply looked up again."""
    deed = idempotency_key() or new_key()
    attachment = {"kind": kind} | {name: document[name] for name in ("document_id", "file_name", "sha256")}
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


def _page(number: str, form: Form) -> str:
    draft = ask(GET_APPLICATION, number=number)
    stored = ask(LIST_DOCUMENTS, subject=f"application/{number}", size=200)["items"]
    kinds = [(rule["kind"], rule["names"], rule["required"]) for rule in draft["call"]["attachments"]]
    return render_template(
        "company/attachments.html",
        draft=draft,
        part=parts.ATTACHMENTS,
        parts=parts.ALL,
        form=form,
        kinds=kinds,
        other=OTHER,
        sizes={document["document_id"]: document["size"] for document in stored},
        most=_most_megabytes(),
        checked=bool(request.args.get("tarkista")),
    )


def _most_megabytes() -> int:
    settings: Settings = current_app.extensions["settings"]
    return settings.upload_most // MEGABYTE
