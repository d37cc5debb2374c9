"""The pages where an application is written: saved as it is typed, never lost, never overwriting a colleague."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from services.gateway import formats, policy
from services.gateway.identity import current_asker
from services.gateway.portal import kept
from services.gateway.portal.company import parts
from services.gateway.portal.company.conflicts import Clash, clash_page
from services.gateway.portal.company.parts import BY_PATH, LABELS, Part
from services.gateway.portal.forms import Form, as_typed, posted_version, refusing, row_button, take_key
from services.gateway.portal.frame import region_name, words
from services.gateway.portal.pages import COMPANY, portal
from services.gateway.portal.refusals import wants_json
from services.gateway.rooms import ask
from shared.contracts.applications import (
    FINANCING_SOURCES,
    GET_APPLICATION,
    GET_CALL,
    OPEN_APPLICATION,
    SAVE_DRAFT,
)
from shared.contracts.customers import GET_UNDERTAKING, TAKE_KEPT
from shared.errors import ChangedMeanwhile

TRIES = 3  # a colleague saves between our look and our save: look again


@portal.post("/haut/<call_id>/aloita")
@policy.asks(OPEN_APPLICATION, GET_UNDERTAKING, GET_CALL, only=COMPANY)
def start_application(call_id: str) -> Redirect:
    """A new draft for the company, in the language that its decisions are made in."""
    company = ask(GET_UNDERTAKING, business_id=current_asker().business_id)
    take_key()
    opened = ask(OPEN_APPLICATION, call_id=call_id, undertaking_name=company["name"], language=current_asker().language)
    return redirect(url_for("portal.case", number=opened["number"]), 303)


@portal.get("/oma/asiat/<number>/<any(perustiedot, kustannukset, rahoitus, mittarit):path>")
@policy.asks(GET_APPLICATION, also=(TAKE_KEPT,), only=COMPANY)
def form_part(number: str, path: str) -> Response | Redirect:
    """One part of the form; with `?tarkista=1` also what is still wrong in it."""
    part = BY_PATH[path]
    draft = ask(GET_APPLICATION, number=number)
    if draft["state"] != "draft":
        return redirect(url_for("portal.case", number=number), 303)
    form = _form_of(draft, part)
    if request.args.get("tarkista"):
        form = form.with_faults(part.faults_in(parts.faults_of(draft)))
    return make_response(_page(draft, part, kept.restored(form)))


@portal.post("/oma/asiat/<number>/<any(perustiedot, kustannukset, rahoitus, mittarit):path>")
@policy.asks(GET_APPLICATION, SAVE_DRAFT, only=COMPANY)
def save_form_part(number: str, path: str) -> Response | Redirect:
    """Save what was typed, right or wrong. The script's autosave comes here too, and gets a line of text back."""
    part = BY_PATH[path]
    form = Form(labels=LABELS, typed=_with_row_buttons(as_typed()), version=posted_version(), seen=_seen())
    try:
        with refusing(form) as tried:
            saved = save_part(number, part, form)
            return _as_json(saved) if wants_json() else redirect(_onwards(number, part, saved), 303)
    except Clash as clash:
        return clash_page(clash, form, crumbs=_crumbs(clash.draft), room="portal.own_applications")
    return make_response(_page(ask(GET_APPLICATION, number=number), part, tried.form), tried.status)


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
            raise Clash(draft, theirs, mine, url_for("portal.save_form_part", number=number, path=part.path))
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
        labels=LABELS,
        typed=draft["answers"],
        version=draft["version"],
        seen=parts.mark_of(part.of(draft["answers"])),
    )


def _crumbs(draft: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (url_for("portal.own_applications"), _("Applications")),
        (url_for("portal.case", number=draft["number"]), draft["title"] or draft["number"]),
    ]


def _page(draft: dict[str, Any], part: Part, form: Form) -> str:
    return render_template(
        part.template,
        draft=draft,
        part=part,
        parts=parts.ALL,
        form=form,
        rows=_rows_shown(form, part),
        saved_text=_saved_text(draft),
        region_options=[(code, region_name(code)) for code in draft["call"]["regions"]],
        category_options=[(code, words("category", code)) for code in draft["call"]["categories"]],
        source_options=[(code, words("financing_source", code)) for code in FINANCING_SOURCES],
        year_options=_years(draft["call"]),
    )


def _years(call: dict[str, Any]) -> list[tuple[str, str]]:
    return [(str(year), str(year)) for year in range(call["period_first"].year, call["period_last"].year + 1)]


def _rows_shown(form: Form, part: Part) -> int:
    """At least one row, and one more when asked for by "add a row"."""
    name = part.keys[0]
    wanted = request.args.get("rivit", "0")
    asked = int(wanted) if wanted.isdigit() and len(wanted) < 4 else 0
    return min(max(1, len(form.rows(name)), asked), 200)


def _with_row_buttons(typed: dict[str, Any]) -> dict[str, Any]:
    """ "Remove this row" takes its row out of what is saved; adding one is a matter of the next page."""
    button = row_button()
    if button is None or button.act != "remove":
        return typed
    rows = [row for at, row in enumerate(typed.get(button.table, [])) if at != button.place]
    return {**typed, button.table: rows}


def _onwards(number: str, part: Part, saved: dict[str, Any]) -> str:
    """Where each button leads after saving."""
    button = row_button()
    if button and button.act == "add" and button.table in part.columns:
        field = f"{button.table}.{button.place}.{part.columns[button.table][0]}"
        return url_for("portal.form_part", number=number, path=part.path, rivit=button.place + 1, _anchor=field)
    if button or "stay" in request.form:
        return url_for("portal.form_part", number=number, path=part.path)
    if "next" not in request.form:
        return url_for("portal.case", number=number)
    return _next_page(number, part, saved)


def _next_page(number: str, part: Part, saved: dict[str, Any]) -> str:
    """The same page when something in it needs correcting; otherwise the part that follows."""
    if part.faults_in(parts.faults_of(ask(GET_APPLICATION, number=number))):
        return url_for("portal.form_part", number=number, path=part.path, tarkista=1)
    following = parts.after(part)
    if following is None or following is parts.ATTACHMENTS:
        return url_for("portal.attachments", number=number)
    return url_for("portal.form_part", number=number, path=following.path)


def _seen() -> str:
    return request.form.get("seen", "")[:64]


def _saved_text(draft: dict[str, Any]) -> str:
    return _("Draft saved on %(moment)s", moment=formats.moment(draft["saved_at"]))


def _as_json(saved: dict[str, Any]) -> Response:
    """For portal.js: what to write into the form, and what to tell the person."""
    part = BY_PATH[str((request.view_args or {})["path"])]
    form = {"version": saved["version"], "seen": parts.mark_of(part.of(saved["answers"]))}
    text = _("Draft saved at %(time)s", time=formats.clock(saved["saved_at"]))
    return jsonify(form=form, text=text)
