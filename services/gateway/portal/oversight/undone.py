"""What stays undone while a fact waits: said of the fact's kind and the room that could not take it in."""

from __future__ import annotations

from services.gateway.language import language_now
from services.gateway.sentences.marks import marked
from services.gateway.translations import catalogue

UNDONE: dict[tuple[str, str], str] = {
    ("payments", "applications.grant_awarded"): marked(
        "The grant's account was not opened. The company cannot claim payment."
    ),
    ("documents", "applications.grant_awarded"): marked(
        "The award letter was not written. The company has no decision."
    ),
    ("documents", "applications.grant_refused"): marked(
        "The letter of rejection was not written. The company does not know and cannot seek review."
    ),
    ("documents", "payments.payment_decided"): marked("The letter about the payment decision was not written."),
    ("documents", "documents.document_stored"): marked("The invoice was not read. Its figures must be typed by hand."),
    ("applications", "documents.letter_written"): marked("The case does not show that its letter was written."),
}

ANY: dict[str, str] = {
    "customers": marked("The event is missing from what is told of the company's dealings."),
    "documents": marked("A document or a letter was left undone."),
    "applications": marked("The application does not show what happened elsewhere."),
    "payments": marked("The payments of the case do not go on."),
    "monitoring": marked("The event is missing from the trail, the lists and the figures."),
}


def undone(room: str, fact_type: str) -> str:
    """One or two sentences in the page's language."""
    source = UNDONE.get((room, fact_type)) or ANY.get(room, "")
    return catalogue(language_now()).gettext(source) if source else ""
