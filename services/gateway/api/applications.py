"""Applications, from the first draft to the funding decision."""

from __future__ import annotations

from typing import Any

from services.gateway import policy
from services.gateway.api import versions
from services.gateway.api.desk import PREFIX, Answered, Desk
from services.gateway.api.schemas import rest_of
from services.gateway.identity import current_asker
from services.gateway.register import register_facts
from services.gateway.rooms import ask
from shared.contracts.applications import (
    ATTACH,
    DECIDE,
    DETACH,
    GET_APPLICATION,
    LIST_APPLICATIONS,
    OPEN_APPLICATION,
    PROPOSE,
    SAVE_DRAFT,
    SUBMIT,
    TAKE_CASE,
    WITHDRAW,
)
from shared.contracts.customers import GET_UNDERTAKING
from shared.contracts.documents import GET_DOCUMENT, LIST_DOCUMENTS
from shared.contracts.terms import Request
from shared.fields import text

desk = Desk("applications", "Applications, from the first draft to the funding decision")

desk.lists("/applications", LIST_APPLICATIONS, "The applications the asker may see")
desk.shows("/applications/<number>", GET_APPLICATION, "One application, whole")
desk.does("PUT", "/applications/<number>/draft", SAVE_DRAFT, "Save the draft as typed")
desk.does("POST", "/applications/<number>/submission", SUBMIT, "Submit; the answer is the receipt")
desk.does("POST", "/applications/<number>/withdrawal", WITHDRAW, "Withdraw")
desk.does("DELETE", "/applications/<number>/attachments/<document_id>", DETACH, "Take an attachment off a draft")
desk.does("POST", "/applications/<number>/case-taking", TAKE_CASE, "Take the case as its handler")
desk.does("POST", "/applications/<number>/proposal", PROPOSE, "Propose a decision (esittelijä)")
desk.does("POST", "/applications/<number>/decision", DECIDE, "Sign the proposed decision or return it (ratkaisija)")


class NewAttachment(Request):
    """A document stored before (`POST /documents`). Its name and digest are read from it, not believed."""

    document_id = text(60)
    kind = text(40)
    version = rest_of(ATTACH)._declared_fields["version"]


@desk.route("/applications", methods=["POST"])
@desk.arguments(rest_of(OPEN_APPLICATION, ("undertaking_name", "register")))
@desk.answering(OPEN_APPLICATION, 201, OPEN_APPLICATION.gives)
@policy.asks(OPEN_APPLICATION, GET_UNDERTAKING)
def open_application(body: dict[str, Any]) -> Answered:
    """Start a draft for the asker's company

    The company's name comes from the customer register.
    """
    undertaking = ask(GET_UNDERTAKING, business_id=current_asker().business_id)
    register = register_facts(undertaking)
    opened = ask(OPEN_APPLICATION, undertaking_name=undertaking["name"], register=register, **body)
    return opened, 201, versions.tag(opened) | {"Location": f"{PREFIX}/applications/{opened['number']}"}


@desk.route("/applications/<number>/attachments")
@desk.answering(LIST_DOCUMENTS, 200, LIST_DOCUMENTS.gives)
@policy.asks(LIST_DOCUMENTS, GET_APPLICATION)
def list_attachments(number: str) -> dict[str, Any]:
    """The documents of one application"""
    ask(GET_APPLICATION, number=number)  # a stranger's application is not there; its list would only be empty
    return ask(LIST_DOCUMENTS, subject=f"application/{number}", page=1, size=200, sort="")


@desk.route("/applications/<number>/attachments", methods=["POST"])
@desk.arguments(NewAttachment)
@desk.answering(ATTACH, 200, ATTACH.gives)
@policy.asks(ATTACH, GET_DOCUMENT)
def attach(body: dict[str, Any], number: str) -> Answered:
    """Attach a stored document to a draft"""
    version = versions.expected(body["version"])
    document = ask(GET_DOCUMENT, document_id=body["document_id"])
    attachment = {
        "document_id": document["document_id"],
        "kind": body["kind"],
        "file_name": document["file_name"],
        "sha256": document["sha256"],
        "size": document["size"],
    }
    saved = ask(ATTACH, number=number, version=version, attachment=attachment)
    return saved, 200, versions.tag(saved)
