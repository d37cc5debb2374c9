"""Files of the cases, for whoever may see the case: documents, and pages of them as pictures."""

from __future__ import annotations

from flask import Response

from services.gateway import policy, uploads
from services.gateway.portal.pages import portal
from services.gateway.rooms import ask
from shared.contracts.documents import GET_PAGE_PICTURE, OPEN_DOCUMENT


@portal.get("/asiakirja/<document_id>")
@policy.asks(OPEN_DOCUMENT)
def document(document_id: str) -> Response:
    """The file itself; `?inline=1` shows a PDF or a picture in the browser."""
    found = ask(OPEN_DOCUMENT, document_id=document_id)
    return uploads.send_blob(
        found["blob"], media_type=found["media_type"], file_name=found["file_name"], sha256=found["sha256"]
    )


@portal.get("/asiakirja/<document_id>/sivu/<int:page>")
@policy.asks(GET_PAGE_PICTURE)
def page_picture(document_id: str, page: int) -> Response:
    """One page as PNG."""
    picture = ask(GET_PAGE_PICTURE, document_id=document_id, page=page)
    return uploads.send_blob(picture["blob"], media_type="image/png", file_name=f"{document_id}-{page}.png")
