"""Documents: files in and out, what was read off them, their pages as pictures."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import fields

from services.gateway import policy, uploads
from services.gateway.api.desk import PREFIX, Answered, Desk
from services.gateway.rooms import ask
from shared.contracts.documents import (
    CHECK_LETTER,
    GET_DOCUMENT,
    GET_PAGE_PICTURE,
    GET_READING,
    LIST_DOCUMENTS,
    OPEN_DOCUMENT,
    STORE_DOCUMENT,
    Document,
)
from shared.contracts.terms import Request

desk = Desk("documents", "Documents: attachments, invoices, letters")

desk.lists("/documents", LIST_DOCUMENTS, "The documents of one case")
desk.shows("/documents/<document_id>/reading", GET_READING, "Figures read off an invoice, and how surely")
desk.shows("/letters/<check_code>", CHECK_LETTER, "Whether a decision letter is the house's own, by its check code")

FORM = {
    "type": "object",
    "required": ["subject", "kind", "file"],
    "properties": {
        "subject": {"type": "string", "examples": ["application/A80655", "claim/M80412-1"]},
        "kind": {"type": "string", "enum": ["attachment", "invoice"]},
        "withheld": {
            "type": "string",
            "enum": ["0", "1"],
            "description": "1: an official's file that the company is shown when the message with it is sent",
        },
        "file": {"type": "string", "contentMediaType": "application/octet-stream", "description": "The last part"},
    },
}


class ShownHow(Request):
    """`inline` 1 shows PDF, PNG and JPEG in the browser; everything else is saved as a file."""

    inline = fields.Integer(load_default=0)


@desk.route("/documents", methods=["POST"])
@desk.doc(requestBody={"required": True, "content": {"multipart/form-data": {"schema": FORM}}})
@desk.answering(STORE_DOCUMENT, 201, Document)
@uploads.reads_stream
@policy.asks(STORE_DOCUMENT, also=uploads.ASKED)
def store_document() -> Answered:
    """Send a file for one's own application or claim

    The small fields come first, the file last: it is counted and hashed as it comes.
    """
    document = uploads.receive_document()
    return document, 201, {"Location": f"{PREFIX}/documents/{document['document_id']}"}


@desk.route("/documents/<document_id>")
@desk.answering(GET_DOCUMENT, 200, Document)
@policy.asks(GET_DOCUMENT)
def get_document(document_id: str) -> dict[str, Any]:
    """What is known of one document"""
    return ask(GET_DOCUMENT, document_id=document_id)


@desk.route("/documents/<document_id>/content")
@desk.arguments(ShownHow, location="query")
@desk.response(200, {"type": "string", "contentMediaType": "application/octet-stream"}, content_type="*/*")
@policy.asks(OPEN_DOCUMENT)
def get_content(query: dict[str, Any], document_id: str) -> Response:
    """The file itself, whole or by Range"""
    document = ask(OPEN_DOCUMENT, document_id=document_id)
    return uploads.send_blob(
        document["blob"],
        media_type=document["media_type"],
        file_name=document["file_name"],
        sha256=document["sha256"],
    )


@desk.route("/documents/<document_id>/pages/<int:page>")
@desk.arguments(ShownHow, location="query")
@desk.response(200, {"type": "string", "contentMediaType": "image/png"}, content_type="image/png")
@policy.asks(GET_PAGE_PICTURE)
def get_page_picture(query: dict[str, Any], document_id: str, page: int) -> Response:
    """A page as a picture, to look at beside the figures read off it"""
    picture = ask(GET_PAGE_PICTURE, document_id=document_id, page=page)
    response = uploads.send_blob(picture["blob"], media_type="image/png", file_name=f"{document_id}-{page}.png")
    response.headers["Page-Size"] = f"{picture['width']:g} {picture['height']:g}"
    return response
