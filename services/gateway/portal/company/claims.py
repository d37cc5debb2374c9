"""A payment claim of the company: its draft line by line, sending, and what became of it."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from services.gateway import formats, policy
from services.gateway.portal import kept
from services.gateway.portal.company.claim_fields import HEAD, LABELS, LINE, line_faults, lines_of
from services.gateway.portal.company.claim_saving import (
    ClaimClash,
    change_head,
    change_line,
    claim_clash_page,
    without_line,
)
from services.gateway.portal.company.parts import mark_of
from services.gateway.portal.company.timeline import timeline
from services.gateway.portal.forms import Form, as_typed, fault_of, posted_version, refusing, take_key
from services.gateway.portal.frame import words
from services.gateway.portal.lists import asked_page
from services.gateway.portal.pages import COMPANY, portal
from services.gateway.portal.refusals import wants_json
from services.gateway.rooms import ask
from shared.contracts.customers import NAME_PEOPLE, TAKE_KEPT
from shared.contracts.documents import LIST_DOCUMENTS
from shared.contracts.monitoring import CASE_TRAIL
from shared.contracts.payments import GET_CLAIM, OPEN_CLAIM, SAVE_CLAIM, SUBMIT_CLAIM
from shared.errors import Fault, NotFound
from shared.messaging.wire import ServiceAway

LINES_A_PAGE = 100


@portal.post("/oma/hankkeet/<number>/maksatus")
@policy.asks(OPEN_CLAIM, only=COMPANY)
def start_claim(number: str) -> Redirect:
    """A new claim on the grant: interim, or the final one."""
    take_key()
    kind = "final" if request.form.get("laji") == "final" else "interim"
    opened = ask(OPEN_CLAIM, number=number, kind=kind)
    return redirect(url_for("portal.claim", claim_id=opened["claim_id"]), 303)


@portal.get("/oma/maksatus/<claim_id>")
@policy.asks(GET_CLAIM, CASE_TRAIL, LIST_DOCUMENTS, also=(NAME_PEOPLE, TAKE_KEPT), only=COMPANY)
def claim(claim_id: str) -> str:
    """A draft to fill in; afterwards its clock, decision and payment."""
    found = ask(GET_CLAIM, claim_id=claim_id)
    if found["state"] != "draft":
        return _status_page(found)
    return _draft_page(found, kept.restored(head_form(found)))


@portal.post("/oma/maksatus/<claim_id>")
@policy.asks(GET_CLAIM, SAVE_CLAIM, LIST_DOCUMENTS, only=COMPANY)
def save_claim_head(claim_id: str) -> Response | Redirect:
    """The period and the account; also the autosave of the page."""
    form = Form(labels=LABELS, typed=as_typed(), version=posted_version(), seen=request.form.get("seen", "")[:64])
    try:
        with refusing(form) as tried:
            saved = change_head(claim_id, form)
            if wants_json():
                return _as_json(saved)
            onwards = "portal.check_claim" if "next" in request.form else "portal.claim"
            return redirect(url_for(onwards, claim_id=claim_id), 303)
    except ClaimClash as clash:
        return claim_clash_page(clash, form)
    return make_response(_draft_page(ask(GET_CLAIM, claim_id=claim_id), tried.form), tried.status)


@portal.get("/oma/maksatus/<claim_id>/rivi/<int:place>")
@policy.asks(GET_CLAIM, also=(TAKE_KEPT,), only=COMPANY)
def claim_line(claim_id: str, place: int) -> str:
    """One cost: `place` counts from 1; one past the last is a new one."""
    found = ask(GET_CLAIM, claim_id=claim_id)
    line = _line(found, place)
    form = Form(labels=LABELS, typed=line, version=found["version"], seen=mark_of(LINE.of(line)))
    if request.args.get("tarkista"):
        form = form.with_faults(line_faults(found["faults"], place - 1))
    return _line_page(found, place, kept.restored(form))


@portal.post("/oma/maksatus/<claim_id>/rivi/<int:place>")
@policy.asks(GET_CLAIM, SAVE_CLAIM, only=COMPANY)
def save_claim_line(claim_id: str, place: int) -> Response | Redirect:
    form = Form(labels=LABELS, typed=as_typed(), version=posted_version(), seen=request.form.get("seen", "")[:64])
    try:
        with refusing(form) as tried:
            saved = change_line(claim_id, place - 1, form)
            return redirect(_after_line(saved, place), 303)
    except ClaimClash as clash:
        return claim_clash_page(clash, form)
    return make_response(_line_page(ask(GET_CLAIM, claim_id=claim_id), place, tried.form), tried.status)


@portal.post("/oma/maksatus/<claim_id>/rivi/<int:place>/poista")
@policy.asks(GET_CLAIM, SAVE_CLAIM, only=COMPANY)
def remove_claim_line(claim_id: str, place: int) -> Redirect:
    """Takes the cost away when it is still the one that the page showed."""
    without_line(claim_id, place - 1, seen=request.form.get("seen", ""))
    return redirect(url_for("portal.claim", claim_id=claim_id) + "#kulut", 303)


@portal.get("/oma/maksatus/<claim_id>/tarkista")
@policy.asks(GET_CLAIM, only=COMPANY)
def check_claim(claim_id: str) -> str | Redirect:
    found = ask(GET_CLAIM, claim_id=claim_id)
    if found["state"] != "draft":
        return redirect(url_for("portal.claim", claim_id=claim_id), 303)
    return _check_page(found, Form(labels=LABELS, version=found["version"]))


@portal.post("/oma/maksatus/<claim_id>/laheta")
@policy.asks(GET_CLAIM, SUBMIT_CLAIM, only=COMPANY)
def send_claim(claim_id: str) -> Response | Redirect:
    form = Form(labels=LABELS, typed=as_typed(), version=posted_version())
    if not form.value("kulut_oikein"):
        unpromised = form.with_faults([Fault("kulut_oikein", "confirm_this")])
        return make_response(_check_page(ask(GET_CLAIM, claim_id=claim_id), unpromised), 422)
    take_key()
    with refusing(form) as tried:
        ask(SUBMIT_CLAIM, claim_id=claim_id, version=form.version)
        return redirect(url_for("portal.claim_receipt", claim_id=claim_id), 303)
    # What the lines still lack is told by the page itself, each with the way to its line.
    form = tried.form.with_faults(())
    return make_response(_check_page(ask(GET_CLAIM, claim_id=claim_id), form), tried.status)


@portal.get("/oma/maksatus/<claim_id>/laheta")
@policy.asks(GET_CLAIM, only=COMPANY)
def back_to_check_claim(claim_id: str) -> Redirect:
    """The address of sending, opened as a page: checking comes first."""
    return redirect(url_for("portal.check_claim", claim_id=claim_id), 303)


@portal.get("/oma/maksatus/<claim_id>/vastaanotto")
@policy.asks(GET_CLAIM, also=(NAME_PEOPLE,), only=COMPANY)
def claim_receipt(claim_id: str) -> str:
    found = ask(GET_CLAIM, claim_id=claim_id)
    if found["submitted_at"] is None:
        raise NotFound(what="receipt")
    return render_template("company/claim_receipt.html", claim=found)


def head_form(found: dict[str, Any]) -> Form:
    form = Form(labels=LABELS, typed=found["typed"], version=found["version"], seen=mark_of(HEAD.of(found["typed"])))
    return form.with_faults(HEAD.faults_in(map(fault_of, found["faults"]))) if request.args.get("tarkista") else form


def _draft_page(found: dict[str, Any], form: Form) -> str:
    lines = lines_of(found)
    wanted = asked_page(LINES_A_PAGE)
    first = (wanted["page"] - 1) * LINES_A_PAGE
    on_lines = {line.get("document_id") for line in lines}
    invoices = ask(LIST_DOCUMENTS, subject=f"claim/{found['claim_id']}", size=200)["items"]
    return render_template(
        "company/claim_draft.html",
        claim=found,
        form=form,
        lines=list(enumerate(lines, start=1))[first : first + LINES_A_PAGE],
        total=len(lines),
        faulty={place: len(line_faults(found["faults"], place - 1)) for place in range(1, len(lines) + 1)},
        unread=[one for one in invoices if one["kind"] == "invoice" and one["document_id"] not in on_lines],
        about_lines=Form(labels=LABELS).with_faults(fault for fault in found["faults"] if fault["path"] == "lines"),
        saved_text=_("Draft saved on %(moment)s", moment=formats.moment(found["saved_at"])),
        page=wanted["page"],
        size=LINES_A_PAGE,
    )


def _line_page(found: dict[str, Any], place: int, form: Form) -> str:
    stored = _line(found, place)
    return render_template(
        "company/claim_line.html",
        claim=found,
        place=place,
        form=form,
        is_new=place > len(lines_of(found)),
        document_id=stored.get("document_id"),
        seen_line=mark_of(LINE.of(stored)),
        category_options=category_options(found),
    )


def _check_page(found: dict[str, Any], form: Form) -> str:
    about = Form(labels=LABELS).with_faults(found["faults"])
    return render_template(
        "company/claim_check.html", claim=found, form=form, hindrances=about, lines=list(enumerate(lines_of(found), 1))
    )


def _status_page(found: dict[str, Any]) -> str:
    subject = f"claim/{found['claim_id']}"
    letters = ask(LIST_DOCUMENTS, subject=subject, size=200)["items"]
    decision = found["decision"] if found["decision"] and found["decision"]["decided_at"] else None
    return render_template(
        "company/claim.html",
        claim=found,
        decision=decision,
        letters=[letter for letter in letters if letter["kind"] == "letter"],
        steps=timeline(entry for entry in _trail(found["number"]) if _is_about(entry, found["claim_id"])),
        paid=found["state"] == "paid",
    )


def category_options(found: dict[str, Any]) -> list[tuple[str, str]]:
    """The categories that the decision has costs in, in its own order."""
    codes = dict.fromkeys(cost["category"] for cost in found["grant"]["costs"])
    return [(code, words("category", code)) for code in codes]


def _line(found: dict[str, Any], place: int) -> dict[str, Any]:
    lines = lines_of(found)
    if place < 1 or place > len(lines) + 1:
        raise NotFound(what="line")
    return lines[place - 1] if place <= len(lines) else {}


def _after_line(saved: dict[str, Any], place: int) -> str:
    """The next new line, or back to the claim; the same line when it still needs correcting."""
    claim_id = saved["claim_id"]
    if "another" in request.form:
        return url_for("portal.claim_line", claim_id=claim_id, place=len(lines_of(saved)) + 1)
    if "stay" in request.form:
        return url_for("portal.claim_line", claim_id=claim_id, place=place)
    if line_faults(ask(GET_CLAIM, claim_id=claim_id)["faults"], place - 1):
        return url_for("portal.claim_line", claim_id=claim_id, place=place, tarkista=1)
    return url_for("portal.claim", claim_id=claim_id) + "#kulut"


def _is_about(entry: dict[str, Any], claim_id: str) -> bool:
    return bool(entry["data"].get("claim_id") == claim_id or entry["subject"] == f"claim/{claim_id}")


def _trail(number: str) -> list[dict[str, Any]]:
    """The trail may be a moment behind, or silent; the page opens without it."""
    try:
        entries: list[dict[str, Any]] = ask(CASE_TRAIL, number=number)["entries"]
    except (NotFound, ServiceAway):
        return []
    return entries


def _as_json(saved: dict[str, Any]) -> Response:
    form = {"version": saved["version"], "seen": mark_of(HEAD.of(saved["typed"]))}
    return jsonify(form=form, text=_("Draft saved at %(time)s", time=formats.clock(saved["saved_at"])))


def claim_fault_address(claim_id: str, path: str) -> str:
    """Where a fault of the claim can be mended: its line's page, or the claim's own."""
    table, _dot, rest = path.partition(".")
    index, _dot, field = rest.partition(".")
    if table == "lines" and index.isdigit():
        return url_for("portal.claim_line", claim_id=claim_id, place=int(index) + 1, tarkista=1, _anchor=field)
    return url_for("portal.claim", claim_id=claim_id, tarkista=1, _anchor="kulut" if table == "lines" else path)


portal.add_app_template_global(claim_fault_address)
