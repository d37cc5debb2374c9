"""An invoice beside its page: the machine reads, the person corrects and confirms, and a cost line is made.

Both values are kept: what was read and how surely, and what the person made of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, current_app, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from services.gateway import formats, policy, uploads
from services.gateway.portal.company.claim_fields import LABELS, LINE, lines_of
from services.gateway.portal.company.claim_saving import ClaimClash, change_line, claim_clash_page
from services.gateway.portal.company.claims import category_options
from services.gateway.portal.company.parts import mark_of
from services.gateway.portal.forms import Form, as_typed, posted_version, refusing
from services.gateway.portal.pages import COMPANY, portal
from services.gateway.rooms import ask
from services.gateway.settings import MEGABYTE
from shared.contracts.documents import GET_DOCUMENT, GET_PAGE_PICTURE, GET_READING, STORE_DOCUMENT
from shared.contracts.payments import GET_CLAIM, SAVE_CLAIM
from shared.errors import Invalid, Missing, NotFound
from shared.money import Money, NotMoney

SURE = 95  # percent: independent evidence agrees
WORTH_CHECKING = 80  # percent: below this the place is marked as unsure
WAIT_SECONDS = 3

# Figure read → field of the cost line.
FIELDS = {
    "seller_name": "supplier",
    "seller_vat_id": "supplier_id",
    "invoice_number": "invoice_number",
    "invoice_date": "incurred_on",
    "net": "net",
    "vat": "vat",
    "gross": "gross",
}
EUROS = frozenset({"net", "vat", "gross"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPlace:
    """One figure on the page: its number there, how sure the reading is in words, and where it stands."""

    number: int
    field: str
    value: str
    confidence: int
    how_sure: str
    low: bool
    page: int
    box: tuple[float, float, float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as a picture, in PDF points, with the places read off it."""

    number: int
    width: float
    height: float
    places: tuple[ReadPlace, ...]


@portal.post("/oma/maksatus/<claim_id>/lasku")
@uploads.reads_stream
@policy.asks(STORE_DOCUMENT, GET_CLAIM, also=uploads.ASKED, only=COMPANY)
def add_invoice(claim_id: str) -> Response | Redirect:
    """Take in an invoice; it is read while the page opens."""
    form = Form(labels=LABELS)
    with refusing(form) as tried:
        document = uploads.receive_document(subject=f"claim/{claim_id}", kind="invoice")
        return redirect(url_for("portal.invoice", claim_id=claim_id, document_id=document["document_id"]), 303)
    return make_response(_sending_page(claim_id, tried.form), tried.status)


@portal.get("/oma/maksatus/<claim_id>/lasku")
@policy.asks(GET_CLAIM, only=COMPANY)
def send_invoice(claim_id: str) -> str:
    return _sending_page(claim_id, Form(labels=LABELS))


@portal.get("/oma/maksatus/<claim_id>/lasku/<document_id>")
@policy.asks(GET_CLAIM, GET_DOCUMENT, GET_READING, GET_PAGE_PICTURE, only=COMPANY)
def invoice(claim_id: str, document_id: str) -> Response:
    """The figures beside the page they were read from; while the machine still reads, the page comes back by itself."""
    claim, reading = ask(GET_CLAIM, claim_id=claim_id), ask(GET_READING, document_id=document_id)
    index = _line_of(claim, document_id)
    stored = lines_of(claim)[index] if index < len(lines_of(claim)) else _proposed(reading)
    seen = mark_of(LINE.of(lines_of(claim)[index] if index < len(lines_of(claim)) else {}))
    form = Form(labels=LABELS, typed=stored, version=claim["version"], seen=seen)
    response = make_response(_invoice_page(claim, document_id, reading, form))
    if reading["state"] == "waiting":
        response.headers["Refresh"] = str(WAIT_SECONDS)
    return response


@portal.post("/oma/maksatus/<claim_id>/lasku/<document_id>")
@policy.asks(GET_CLAIM, SAVE_CLAIM, GET_DOCUMENT, GET_READING, GET_PAGE_PICTURE, only=COMPANY)
def confirm_invoice(claim_id: str, document_id: str) -> Response | Redirect:
    """The person has looked: the line is saved with what they typed and what the machine had read."""
    form = Form(labels=LABELS, typed=as_typed(), version=posted_version(), seen=request.form.get("seen", "")[:64])
    reading = ask(GET_READING, document_id=document_id)
    try:
        with refusing(form) as tried:
            claim = ask(GET_CLAIM, claim_id=claim_id)
            change_line(claim_id, _line_of(claim, document_id), form, _evidence(document_id, reading))
            return redirect(url_for("portal.claim", claim_id=claim_id) + "#kulut", 303)
    except ClaimClash as clash:
        return claim_clash_page(clash, form)
    page = _invoice_page(ask(GET_CLAIM, claim_id=claim_id), document_id, reading, tried.form)
    return make_response(page, tried.status)


def read_places(reading: dict[str, Any]) -> list[ReadPlace]:
    """The figures in the order of the page, numbered."""
    figures = [(name, reading["figures"][name]) for name in FIELDS if name in reading["figures"]]
    figures.sort(key=lambda found: (found[1]["page"] or 10**6, *(found[1]["box"] or (0, 0))[1::-1]))
    return [_place(number, name, figure) for number, (name, figure) in enumerate(figures, start=1)]


def _place(number: int, name: str, figure: dict[str, Any]) -> ReadPlace:
    box = figure["box"]
    return ReadPlace(
        number=number,
        field=FIELDS[name],
        value=_as_people_write(name, figure["value"]),
        confidence=figure["confidence"],
        how_sure=_how_sure(figure["confidence"]),
        low=figure["confidence"] < WORTH_CHECKING,
        page=figure["page"],
        box=(box[0], box[1], box[2], box[3]) if len(box) == 4 else None,
    )


def _how_sure(confidence: int) -> str:
    percent = formats.percent(confidence)
    if confidence >= SURE:
        return _("sure, %(percent)s", percent=percent)
    if confidence >= WORTH_CHECKING:
        return _("check, %(percent)s", percent=percent)
    return _("unsure, %(percent)s", percent=percent)


def _proposed(reading: dict[str, Any]) -> dict[str, str]:
    """A new line with what was read; the person chooses the rest."""
    read = {place.field: place.value for place in read_places(reading)}
    return {**read, "claimed": read.get("net", "")}


def _evidence(document_id: str, reading: dict[str, Any]) -> dict[str, Any]:
    """What goes with the line beside what was typed. Pressing the button on this page is the confirmation."""
    read = {
        FIELDS[name]: {"value": figure["value"], "confidence": figure["confidence"]}
        for name, figure in reading["figures"].items()
        if name in FIELDS
    }
    return {"document_id": document_id, "read": read, "confirmed": True}


def _as_people_write(name: str, value: str) -> str:
    try:
        if name in EUROS:
            return formats.plain_money(Money.eur(value))
        if name == "invoice_date":
            return formats.typed_day(date.fromisoformat(value))
    except (NotMoney, ValueError):
        return value
    return value


def _line_of(claim: dict[str, Any], document_id: str) -> int:
    """The line that already stands on the invoice, or the place of a new one."""
    lines = lines_of(claim)
    return next((at for at, line in enumerate(lines) if line.get("document_id") == document_id), len(lines))


def _invoice_page(claim: dict[str, Any], document_id: str, reading: dict[str, Any], form: Form) -> str:
    document = ask(GET_DOCUMENT, document_id=document_id)
    if document["subject"] != f"claim/{claim['claim_id']}":
        raise NotFound(what="document")
    places = read_places(reading)
    currency = reading["figures"].get("currency")
    return render_template(
        "company/invoice.html",
        claim=claim,
        document=document,
        reading=reading,
        form=form,
        figures=places,
        read_fields={place.field for place in places},
        pages=_pages(document_id, reading, places),
        category_options=category_options(claim),
        currency=currency["value"] if currency and currency["value"] != "EUR" else None,
    )


def _pages(document_id: str, reading: dict[str, Any], places: list[ReadPlace]) -> list[Page]:
    """The first page and every page that something was read from. A page that cannot be drawn is left out."""
    if reading["state"] == "waiting":
        return []
    numbers = sorted({1} | {place.page for place in places if place.box})
    drawn = (_drawn(document_id, number, places) for number in numbers)
    return [page for page in drawn if page]


def _drawn(document_id: str, number: int, places: list[ReadPlace]) -> Page | None:
    try:
        picture = ask(GET_PAGE_PICTURE, document_id=document_id, page=number)
    except (Invalid, Missing):
        return None
    own = tuple(place for place in places if place.page == number and place.box)
    return Page(number=number, width=picture["width"], height=picture["height"], places=own)


def _sending_page(claim_id: str, form: Form) -> str:
    most = current_app.extensions["settings"].upload_most // MEGABYTE
    return render_template("company/send_invoice.html", claim=ask(GET_CLAIM, claim_id=claim_id), form=form, most=most)
