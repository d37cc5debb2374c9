"""The pages where an application is written: saved as it is typed, never lost, never overwriting a colleague."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Response, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from services.gateway import formats, policy
from services.gateway.identity import current_asker
from services.gateway.portal import kept
from services.gateway.portal.company import parts
from services.gateway.portal.company.conflicts import Clash, clash_page
from services.gateway.portal.company.parts import Part, part_at
from services.gateway.portal.company.places import case_address, crumbs_of, part_address, room_now
from services.gateway.portal.forms import Form, as_typed, posted_version, refusing, row_button, take_key
from services.gateway.portal.frame import region_name, words
from services.gateway.portal.pages import COMPANY, portal
from services.gateway.portal.refusals import wants_json
from services.gateway.register import register_facts
from services.gateway.rooms import ask
from shared.contracts.applications import (
    COUNT_DRAFT,
    FINANCING_SOURCES,
    GET_APPLICATION,
    GET_CALL,
    GET_DRAFTING,
    OPEN_APPLICATION,
    SAVE_DRAFT,
)
from shared.contracts.customers import GET_UNDERTAKING, TAKE_KEPT
from shared.errors import ChangedMeanwhile

TOTALS = ("costs", "flat_costs", "eligible", "aid", "other_financing", "missing_financing")
TRIES = 3  # a colleague saves between our look and our save: look again


@portal.post("/haut/<call_id>/aloita")
@policy.asks(OPEN_APPLICATION, GET_UNDERTAKING, GET_CALL, only=COMPANY)
def start_application(call_id: str) -> Redirect:
    """A new draft for the company, in the language that its decisions are made in."""
    company = ask(GET_UNDERTAKING, business_id=current_asker().business_id)
    take_key()
    opened = ask(
        OPEN_APPLICATION,
        call_id=call_id,
        undertaking_name=company["name"],
        language=current_asker().language,
        register=register_facts(company),
    )
    return redirect(url_for("portal.case", number=opened["number"]), 303)


@portal.get("/oma/asiat/<number>/<path>")
@policy.asks(GET_APPLICATION, GET_DRAFTING, COUNT_DRAFT, also=(TAKE_KEPT,), only=COMPANY)
def form_part(number: str, path: str) -> Response | Redirect:
    """One part of the form; with `?tarkista=1` also what is still wrong in it."""
    return part_page(number, path)


@portal.post("/oma/asiat/<number>/<path>")
@policy.asks(GET_APPLICATION, SAVE_DRAFT, GET_DRAFTING, COUNT_DRAFT, only=COMPANY)
def save_form_part(number: str, path: str) -> Response | Redirect:
    """Save what was typed, right or wrong. The script's autosave comes here too, and gets a line of text back."""
    return part_saved(number, path)


@portal.post("/oma/asiat/<number>/<path>/laske")
@policy.asks(GET_APPLICATION, COUNT_DRAFT, only=COMPANY)
def count_form_part(number: str, path: str) -> Response:
    """Sums and hidden questions of what is being typed, for the script; nothing is saved."""
    return part_counted(number, path)


def part_page(number: str, path: str) -> Response | Redirect:
    draft = ask(GET_APPLICATION, number=number)
    if draft["state"] != "draft":
        return redirect(case_address(number), 303)
    part = part_at(path, draft)
    form = _form_of(draft, part)
    if request.args.get("tarkista"):
        form = form.with_faults(part.faults_in(parts.faults_of(draft)))
    return make_response(_page(draft, part, kept.restored(form)))


def part_saved(number: str, path: str) -> Response | Redirect:
    draft = ask(GET_APPLICATION, number=number)
    part = part_at(path, draft)
    typed = _with_row_buttons(as_typed())
    form = Form(labels=parts.labels_of(draft), typed=typed, version=posted_version(), seen=_seen())
    try:
        with refusing(form) as tried:
            saved = save_part(number, part, form)
            return _as_json(saved, part) if wants_json() else redirect(_onwards(number, part), 303)
    except Clash as clash:
        return clash_page(clash, form, crumbs=crumbs_of(clash.draft), room=room_now())
    return make_response(_page(draft, part, tried.form), tried.status)


def part_counted(number: str, path: str) -> Response:
    """What the room counts, in the page's language: the script only puts the texts in their places."""
    draft = ask(GET_APPLICATION, number=number)
    part = part_at(path, draft)
    counted = ask(COUNT_DRAFT, number=number, answers=draft["answers"] | part.of(as_typed()))
    totals = {name: formats.money(counted["totals"][name]) for name in TOTALS}
    return jsonify(
        sums=totals | _shown_sums(draft, counted),
        hidden=counted["hidden"],
        missing=bool(counted["totals"]["missing_financing"]),
    )


def save_part(number: str, part: Part, form: Form) -> dict[str, Any]:
    """The draft after saving this part's answers over its newest version.

    What others have saved in other parts stays. Raises Clash when somebody has changed this very part since
    the page was made, and differently.
    """
    mine = part.of(form.typed)
    for attempt in range(TRIES):
        draft = ask(GET_APPLICATION, number=number)
        theirs = part.of(draft["answers"])
        if theirs == mine:
            return draft
        if draft["version"] != form.version and parts.mark_of(theirs) != form.seen:
            raise Clash(draft, theirs, mine, part_address(part, number))
        take_key(parts.mark_of(mine), str(draft["version"]))
        try:
            saved = ask(SAVE_DRAFT, number=number, version=draft["version"], answers=draft["answers"] | mine)
        except ChangedMeanwhile:
            if attempt == TRIES - 1:
                raise
            continue
        return draft | saved | {"answers": draft["answers"] | mine}
    raise AssertionError("unreachable: the last try returns or raises")


def _form_of(draft: dict[str, Any], part: Part) -> Form:
    return Form(
        labels=parts.labels_of(draft),
        typed=draft["answers"],
        version=draft["version"],
        seen=parts.mark_of(part.of(draft["answers"])),
    )


def _page(draft: dict[str, Any], part: Part, form: Form) -> str:
    return render_template(
        part.template,
        draft=draft,
        part=part,
        parts=parts.all_parts(draft),
        place=[one.path for one in parts.all_parts(draft)].index(part.path),
        form=form,
        rows=_rows_shown(form, part.keys[0]),
        rows_of=partial(_rows_shown, form),
        saved_text=_saved_text(draft),
        registered=_registered(draft, part),
        sums=_sums(draft, part),
        room=room_now(),
        crumbs=crumbs_of(draft),
        region_options=[(code, region_name(code)) for code in draft["call"]["regions"]],
        category_options=[(code, words("category", code)) for code in draft["call"]["categories"]],
        source_options=[(code, words("financing_source", code)) for code in FINANCING_SOURCES],
        year_options=_years(draft["call"]),
    )


def _registered(draft: dict[str, Any], part: Part) -> list[str]:
    """Questions of this part that the customer register has answered: shown, not asked."""
    if not any(question["from_register"] for question in part.questions):
        return []
    found: list[str] = ask(GET_DRAFTING, number=draft["number"])["registered"]
    return found


def _sums(draft: dict[str, Any], part: Part) -> dict[str, str]:
    """Sums of the columns that the form adds up on this part."""
    if not any(column["sum"] for question in part.questions for column in question["columns"]):
        return {}
    counted = ask(COUNT_DRAFT, number=draft["number"], answers=draft["answers"])
    return _shown_sums(draft, counted)


def _shown_sums(draft: Mapping[str, Any], counted: Mapping[str, Any]) -> dict[str, str]:
    """Money as money, other numbers as they are typed."""
    questions = (question for section in draft["call"]["sections"] for question in section["questions"])
    kinds = {f"{one['key']}.{column['key']}": column["kind"] for one in questions for column in one["columns"]}
    return {
        name: formats.as_money(value) if kinds.get(name) == "money" else value.removesuffix(".00").replace(".", ",")
        for name, value in counted["sums"].items()
    }


def _years(call: dict[str, Any]) -> list[tuple[str, str]]:
    return [(str(year), str(year)) for year in range(call["period_first"].year, call["period_last"].year + 1)]


def _rows_shown(form: Form, name: str) -> int:
    """At least one row, and one more when asked for by "add a row"."""
    wanted = request.args.get("rivit", "0") if request.args.get("taulu", name) == name else "0"
    asked = int(wanted) if wanted.isdigit() and len(wanted) < 4 else 0
    return min(max(1, len(form.rows(name)), asked), 200)


def _with_row_buttons(typed: dict[str, Any]) -> dict[str, Any]:
    """ "Remove this row" takes its row out of what is saved; adding one is a matter of the next page."""
    button = row_button()
    if button is None or button.act != "remove":
        return typed
    rows = [row for at, row in enumerate(typed.get(button.table, [])) if at != button.place]
    return {**typed, button.table: rows}


def _onwards(number: str, part: Part) -> str:
    """Where each button leads after saving."""
    button = row_button()
    if button and button.act == "add" and button.table in part.columns:
        field = f"{button.table}.{button.place}.{part.columns[button.table][0]}"
        others = {} if button.table == part.keys[0] else {"taulu": button.table}
        return part_address(part, number, rivit=button.place + 1, **others, _anchor=field)
    if button or "stay" in request.form:
        return part_address(part, number)
    if "next" not in request.form:
        return case_address(number)
    return _next_page(number, part)


def _next_page(number: str, part: Part) -> str:
    """The same page when something in it needs correcting; otherwise the part that follows."""
    draft = ask(GET_APPLICATION, number=number)
    if part.faults_in(parts.faults_of(draft)):
        return part_address(part, number, tarkista=1)
    return part_address(parts.after(part, draft) or parts.ATTACHMENTS, number)


def _seen() -> str:
    return request.form.get("seen", "")[:64]


def _saved_text(draft: dict[str, Any]) -> str:
    return _("Draft saved on %(moment)s", moment=formats.moment(draft["saved_at"]))


def _as_json(saved: dict[str, Any], part: Part) -> Response:
    """For portal.js: what to write into the form, and what to tell the person."""
    form = {"version": saved["version"], "seen": parts.mark_of(part.of(saved["answers"]))}
    text = _("Draft saved at %(time)s", time=formats.clock(saved["saved_at"]))
    return jsonify(form=form, text=text)
