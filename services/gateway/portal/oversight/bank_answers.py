"""The bank's answers brought in, as a file or pasted, and the payments that failed."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, make_response, render_template, request
from flask_babel import lazy_gettext as _l

from services.gateway import policy, uploads
from services.gateway.errors import NotXmlText
from services.gateway.identity import idempotency_key, use_idempotency_key
from services.gateway.portal import kept
from services.gateway.portal.forms import Form, as_typed, refusing, take_key
from services.gateway.portal.lists import asked_page
from services.gateway.portal.oversight.roles import PAYER
from services.gateway.portal.pages import portal
from services.gateway.rooms import ask
from services.gateway.settings import MEGABYTE, Settings
from shared.contracts.customers import TAKE_KEPT
from shared.contracts.payments import IMPORT_BANK_ANSWER, LIST_CLAIMS
from shared.errors import Fault, InvalidFields

LABELS = {"file": _l("The bank's answer as a file"), "xml": _l("The bank's answer as text")}


@portal.get("/maksu/vastaukset")
@policy.asks(IMPORT_BANK_ANSWER, also=(TAKE_KEPT,), only=PAYER)
def bank_answers() -> str:
    """Where the bank's answers are brought: pain.002 (accepted or not) and camt.054 (paid or returned)."""
    return _page(kept.restored(Form(labels=LABELS)))


@portal.post("/maksu/vastaukset")
@policy.asks(IMPORT_BANK_ANSWER, only=PAYER)
def bring_pasted_answer() -> Response:
    """Once more the same answer changes nothing, so the result is shown as it came."""
    form = Form(labels=LABELS, typed=as_typed())
    if not form.value("xml").strip():
        return make_response(_page(form.with_faults([Fault("xml", "required")])), 422)
    take_key()
    with refusing(form) as tried:
        return make_response(_result(ask(IMPORT_BANK_ANSWER, xml=_as_in_the_file(form.value("xml")))))
    return make_response(_page(tried.form), tried.status)


@portal.post("/maksu/vastaukset/tiedosto")
@uploads.reads_stream
@policy.asks(IMPORT_BANK_ANSWER, only=PAYER)
def bring_answer_file() -> Response:
    form = Form(labels=LABELS)
    with refusing(form) as tried:
        return make_response(_result(ask(IMPORT_BANK_ANSWER, xml=_sent_file())))
    return make_response(_page(tried.form), tried.status)


@portal.get("/maksu/palautuneet")
@policy.asks(LIST_CLAIMS, only=PAYER)
def failed_payments() -> str:
    """What the bank rejected or returned, why, and that each can go into a new file."""
    wanted = asked_page(sort="due_on")
    found = ask(LIST_CLAIMS, state=["payment_failed"], **wanted)
    rows = [(claim, claim["last_payment"]) for claim in found["items"]]
    return render_template("oversight/failed.html", rows=rows, total=found["total"], **wanted)


def _as_in_the_file(pasted: str) -> str:
    """A browser sends every line end of a text field as two characters; the same answer must stay the same."""
    return pasted.lstrip().replace("\r\n", "\n")


def _sent_file() -> str:
    """The text of the file in the form. Raises NotXmlText, InvalidFields when nothing was chosen."""
    upload = uploads.Upload(request, _settings().bank_answer_most)
    if idempotency_key() is None:
        use_idempotency_key(upload.fields.get("idempotency_key"))
    content = upload.read()
    if not content:
        raise InvalidFields(faults=[Fault("file", "choose_file")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotXmlText from error


def _page(form: Form) -> str:
    return render_template("oversight/bank_answers.html", form=form, most=_settings().bank_answer_most // MEGABYTE)


def _result(answer: dict[str, Any]) -> str:
    return render_template("oversight/bank_answer.html", answer=answer)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
