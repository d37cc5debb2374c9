"""The letters of a case: what there is, until when review can be sought, and the same letter in another language."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy
from services.gateway.identity import current_asker
from services.gateway.portal.forms import Form, as_typed, refusing, take_key
from services.gateway.portal.frame import words
from services.gateway.portal.pages import COMPANY, portal
from services.gateway.rooms import ask
from shared.asker import STAFF, Role
from shared.contracts.applications import GET_APPLICATION
from shared.contracts.documents import ASK_LETTER_IN, GET_LETTER, LIST_LETTERS, TRANSLATE_LETTER
from shared.errors import Fault
from shared.fields import LANGUAGES

TRANSLATORS = frozenset({Role.HANDLER, Role.DECISION_MAKER})
READERS = STAFF - {Role.OPERATOR, Role.PAYER}
OF_COMPANY = ("filing", "completion_filed")
LABELS = {"language": _l("Language of the letter")}


@portal.get("/oma/asiat/<number>/kirjeet")
@policy.asks(GET_APPLICATION, LIST_LETTERS, only=COMPANY)
def own_letters(number: str) -> str:
    return _page(number, Form(labels=LABELS))


@portal.get("/tyo/asiat/<number>/kirjeet")
@policy.asks(GET_APPLICATION, LIST_LETTERS, only=READERS)
def staff_letters(number: str) -> str:
    return _page(number, Form(labels=LABELS))


@portal.post("/oma/asiat/<number>/kirjeet")
@policy.asks(GET_APPLICATION, LIST_LETTERS, ASK_LETTER_IN, only=COMPANY)
def ask_for_letter(number: str) -> Response | Redirect:
    """The party wants the letter officially in another language (kielilaki 20 §)."""
    form = Form(labels=LABELS)
    take_key()
    with refusing(form) as tried:
        ask(ASK_LETTER_IN, letter_id=request.form.get("letter_id", "")[:80], language=_language())
        return redirect(url_for("portal.own_letters", number=number), 303)
    return make_response(_page(number, tried.form), tried.status)


@portal.get("/tyo/kirjeet/<letter_id>/kaannos")
@policy.asks(GET_LETTER, only=TRANSLATORS)
def translation(letter_id: str) -> str:
    """The texts of a letter side by side with what is written for them (`?kielella=sv`)."""
    return _translation_page(letter_id, request.args.get("kielella", ""), Form(labels=LABELS))


@portal.post("/tyo/kirjeet/<letter_id>/kaannos")
@policy.asks(GET_LETTER, TRANSLATE_LETTER, only=TRANSLATORS)
def translate_letter(letter_id: str) -> Response | Redirect:
    """Owe the letter in the other language, with what was written for each of its texts."""
    letter = ask(GET_LETTER, letter_id=letter_id)
    form = Form(labels=_labels(letter), typed=as_typed())
    take_key()
    written = {place: form.value(field) for field, place in _fields(letter) if form.value(field).strip()}
    with refusing(form) as tried:
        ask(TRANSLATE_LETTER, letter_id=letter_id, language=_language(), texts=written)
        return redirect(url_for("portal.staff_letters", number=letter["number"]), 303)
    field_of = {f"texts.{place}": field for field, place in _fields(letter)}
    faults = [Fault(field_of.get(fault.path, fault.path), fault.rule, fault.facts) for fault in tried.form.faults]
    return make_response(_translation_page(letter_id, _language(), tried.form.with_faults(faults)), tried.status)


def _page(number: str, form: Form) -> str:
    letters = ask(LIST_LETTERS, number=number)["items"]
    return render_template(
        "letters/of_case.html",
        case=ask(GET_APPLICATION, number=number),
        form=form,
        letters=[_with_choices(letter, letters) for letter in letters],
        is_company=current_asker().role is Role.COMPANY,
        may_translate=current_asker().role in TRANSLATORS,
    )


def _with_choices(letter: dict[str, Any], letters: list[dict[str, Any]]) -> dict[str, Any]:
    """The letter with the languages it can still be asked for, or written, in."""
    there = {letter["language"]} | {
        other["language"] for other in letters if other["translation_of"] == letter["letter_id"]
    }
    own = letter["translation_of"] or letter["letter"] in OF_COMPANY or not letter["document_id"]
    return letter | {"other_languages": [] if own else [code for code in LANGUAGES if code not in there]}


def _translation_page(letter_id: str, language: str, form: Form) -> str:
    letter = ask(GET_LETTER, letter_id=letter_id)
    others = [code for code in LANGUAGES if code != letter["language"]]
    return render_template(
        "letters/translation.html",
        letter=letter,
        form=replace(form, labels=_labels(letter)),
        rows=[(field, letter["texts"][place]) for field, place in _fields(letter)],
        chosen=language if language in others else others[0],
    )


def _fields(letter: dict[str, Any]) -> list[tuple[str, str]]:
    """(field of the form, place in the letter) of each text, in the order of the letter."""
    return [(f"teksti-{number}", place) for number, place in enumerate(letter["texts"], start=1)]


def _labels(letter: dict[str, Any]) -> dict[str, Any]:
    return LABELS | {field: _name_of(place) for field, place in _fields(letter)}


def _name_of(place: str) -> str:
    """What the text is called: "Condition 2"."""
    parts = place.split(".")
    key = next(part for part in reversed(parts) if not part.isdigit())
    number = next((int(part) + 1 for part in reversed(parts) if part.isdigit()), None)
    name = words("letter_text", key)
    return f"{name} {number}" if number else name


def _language() -> str:
    asked = request.form.get("language", "")
    return asked if asked in LANGUAGES else ""
