"""Files of the cases, for whoever may see the case: documents, and pages of them as pictures."""

from __future__ import annotations

from flask import Response, redirect, url_for
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy, uploads
from services.gateway.identity import current_asker
from services.gateway.portal.forms import take_key
from services.gateway.portal.pages import portal
from services.gateway.rooms import ask
from shared.contracts.documents import GET_DOCUMENT, GET_PAGE_PICTURE, OPEN_DOCUMENT, SCAN_AGAIN


@portal.get("/asiakirja/<document_id>")
@policy.asks(OPEN_DOCUMENT)
def document(document_id: str) -> Response:
    """The file itself; `?inline=1` shows a PDF or a picture in the browser."""
    found = ask(OPEN_DOCUMENT, document_id=document_id)
    return uploads.send_blob(
        found["blob"], media_type=found["media_type"], file_name=found["file_name"], sha256=found["sha256"]
    )


@portal.post("/asiakirja/<document_id>/tarkistus")
@policy.asks(SCAN_AGAIN)
def scan_again(document_id: str) -> Redirect:
    """Have a file checked for viruses that nobody has judged; back to the case that it belongs to."""
    take_key(document_id)
    found = ask(SCAN_AGAIN, document_id=document_id)
    return redirect(_case_of(found["subject"]), 303)


@portal.get("/asiakirja/<document_id>/tarkistus")
@policy.asks(GET_DOCUMENT, only=SCAN_AGAIN.roles & GET_DOCUMENT.roles)
def back_to_files_case(document_id: str) -> Redirect:
    """The deed's address opened as a page (after sign-in, or from history)."""
    return redirect(_case_of(ask(GET_DOCUMENT, document_id=document_id)["subject"]), 303)


@portal.get("/asiakirja/<document_id>/sivu/<int:page>")
@policy.asks(GET_PAGE_PICTURE)
def page_picture(document_id: str, page: int) -> Response:
    """One page as PNG."""
    picture = ask(GET_PAGE_PICTURE, document_id=document_id, page=page)
    return uploads.send_blob(picture["blob"], media_type="image/png", file_name=f"{document_id}-{page}.png")


@portal.app_template_global()
def may_scan() -> bool:
    return current_asker().role in SCAN_AGAIN.roles


def _case_of(subject: str) -> str:
    kind, _, number = subject.partition("/")
    if kind == "claim":
        return url_for("portal.staff_claim", claim_id=number)
    return url_for("portal.staff_case", number=number, valilehti="liitteet")
