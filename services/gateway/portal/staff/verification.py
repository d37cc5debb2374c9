"""The verifier's page of a claim: each cost beside its voucher, what the rules object to, and a verdict on every line.

For everyone else it is the claim's own page: its clock, its lines, and who has done what.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import formats, policy
from services.gateway.portal import kept
from services.gateway.portal.forms import Form, posted_version, refusing, take_key
from services.gateway.portal.frame import words
from services.gateway.portal.pages import portal
from services.gateway.portal.people import names
from services.gateway.portal.staff.desk import CONFLICT, READERS, VERIFIER, is_now, of_claim, stopped
from services.gateway.portal.staff.trail import about_claim, lane, trail_of
from services.gateway.rooms import ask
from shared.asker import Role
from shared.contracts.customers import TAKE_KEPT
from shared.contracts.documents import LIST_DOCUMENTS
from shared.contracts.monitoring import CASE_TRAIL
from shared.contracts.payments import CUT_REASONS, GET_CLAIM, VERIFY_CLAIM
from shared.errors import Fault
from shared.typed import Unreadable, read_money

SURE, WORTH_CHECKING = 95, 80  # percent: from here on sure; below this unsure
FREE_TO_VERIFY = frozenset({"submitted", "verified"})
AT_FIELD = {
    "reason_needed": "choose_reason",
    "note_needed": "explain_cut",
    "finding_needs_note": "explain_finding",
    "more_than_claimed": "above_claimed",
}
LABELS: Mapping[str, LazyString] = {
    "lines": _l("Costs"),
    "lines.line": _l("Line"),
    "lines.accepted": _l("Accepted"),
    "lines.cut_reason": _l("Reason of the cut"),
    "lines.cut_note": _l("Note"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What the machine read for a field, beside what a person has confirmed; `kind` is the shape of its tag."""

    name: str
    value: str
    differs: bool
    confidence: str
    kind: str


@portal.get("/tyo/maksatus/<claim_id>")
@policy.asks(GET_CLAIM, LIST_DOCUMENTS, CASE_TRAIL, also=(TAKE_KEPT,), only=READERS)
def staff_claim(claim_id: str) -> str:
    claim = ask(GET_CLAIM, claim_id=claim_id)
    form = Form(labels=LABELS, typed=_verdicts_so_far(claim), version=claim["version"])
    return _page(claim, kept.restored(form))


@portal.post("/tyo/maksatus/<claim_id>")
@policy.asks(GET_CLAIM, LIST_DOCUMENTS, CASE_TRAIL, VERIFY_CLAIM, only=VERIFIER)
def verify(claim_id: str) -> Response | Redirect:
    """Save the verdicts. "Fill in" only writes the claimed sums into empty fields of lines without findings."""
    claim = ask(GET_CLAIM, claim_id=claim_id)
    form = Form(labels=LABELS, typed=_as_typed(claim), version=posted_version())
    if "stay" in request.form:
        return make_response(_page(claim, replace(form, typed=_filled_in(claim, form))))
    verdicts, faults = _verdicts(claim, form)
    if faults:
        return make_response(_page(claim, form.with_faults(faults)), 422)
    take_key()
    with refusing(form) as tried:
        ask(VERIFY_CLAIM, claim_id=claim_id, version=form.version, lines=verdicts)
        return redirect(url_for("portal.staff_claim", claim_id=claim_id), 303)
    if tried.status == CONFLICT:
        return stopped(tried.form, _("The verification was not saved"), of_claim(ask(GET_CLAIM, claim_id=claim_id)))
    return make_response(_page(ask(GET_CLAIM, claim_id=claim_id), _at_fields(tried.form)), tried.status)


def _at_fields(form: Form) -> Form:
    """The room's sentences name the line; at the line's own field they need not."""
    return form.with_faults(Fault(one.path, AT_FIELD.get(one.rule, one.rule), one.facts) for one in form.faults)


def _as_typed(claim: Mapping[str, Any]) -> dict[str, Any]:
    """The claim's own lines, however many: what was typed for each."""
    columns, lines = ("accepted", "cut_reason", "cut_note"), range(len(claim["lines"]))
    return {"lines": [{name: request.form.get(f"lines.{at}.{name}", "") for name in columns} for at in lines]}


def _verdicts_so_far(claim: Mapping[str, Any]) -> dict[str, Any]:
    """Earlier verdicts, when the claim is verified anew; before the first time nothing is filled in."""
    return {"lines": [_typed(line) for line in claim["lines"]]}


def _typed(line: Mapping[str, Any]) -> dict[str, str]:
    return {
        "accepted": formats.plain_money(line["accepted"]),
        "cut_reason": line["cut_reason"] or "",
        "cut_note": line["cut_note"] or "",
    }


def _filled_in(claim: Mapping[str, Any], form: Form) -> dict[str, Any]:
    """What was typed, and the claimed sums where nothing was typed and the rules found nothing."""
    rows = []
    for line, row in zip(claim["lines"], form.rows("lines"), strict=True):
        fills = not line["finding"] and not row["accepted"].strip()
        rows.append({**row, "accepted": formats.plain_money(line["claimed"])} if fills else row)
    return {"lines": rows}


def _verdicts(claim: Mapping[str, Any], form: Form) -> tuple[list[dict[str, Any]], list[Fault]]:
    """A verdict on each line as read, and what could not be read."""
    verdicts: list[dict[str, Any]] = []
    faults: list[Fault] = []
    for at, line in enumerate(claim["lines"]):
        path = f"lines.{at}"
        try:
            accepted = read_money(form.value(f"{path}.accepted"))
        except Unreadable as unreadable:
            typed = form.value(f"{path}.accepted").strip()
            faults.append(Fault(f"{path}.accepted", unreadable.rule if typed else "required"))
            continue
        verdicts.append({"line": line["line"], "accepted": accepted, **_why_cut(form, path)})
    return verdicts, faults


def _why_cut(form: Form, path: str) -> dict[str, Any]:
    reason = form.value(f"{path}.cut_reason")
    return {
        "cut_reason": reason if reason in CUT_REASONS else None,
        "cut_note": form.value(f"{path}.cut_note").strip(),
    }


def _page(claim: dict[str, Any], form: Form) -> str:
    entries = about_claim(trail_of(claim["number"]), claim["claim_id"])
    decision = claim["decision"] or {}
    names([claim["submitted_by"], claim["verified_by"], decision.get("proposed_by"), decision.get("decided_by")])
    return render_template(
        "staff/claim.html",
        claim=claim,
        form=form,
        verifying=_is_verifying(claim, form),
        may_verify_again=is_now(Role.VERIFIER) and claim["state"] == "verified",
        may_present=is_now(Role.HANDLER) and claim["state"] == "verified",
        may_decide=is_now(Role.DECISION_MAKER) and claim["state"] == "proposed",
        readings={line["line"]: reading_of(line) for line in claim["lines"]},
        reasons=[(code, words("cut_reason", code)) for code in CUT_REASONS],
        findings=sum(1 for line in claim["lines"] if line["finding"]),
        letters=_letters(claim["claim_id"]),
        steps=lane(entries),
    )


def _is_verifying(claim: Mapping[str, Any], form: Form) -> bool:
    """A verified claim is opened for verification again only when asked for, or when its proposal came back."""
    if not is_now(Role.VERIFIER) or claim["state"] not in FREE_TO_VERIFY:
        return False
    again = "uudelleen" in request.args or request.method == "POST" or claim["return_note"]
    return bool(claim["state"] == "submitted" or again or form.restored)


def _letters(claim_id: str) -> list[dict[str, Any]]:
    found = ask(LIST_DOCUMENTS, subject=f"claim/{claim_id}", size=200)["items"]
    return [document for document in found if document["kind"] == "letter"]


def reading_of(line: Mapping[str, Any]) -> list[Read]:
    """What was read of the line's invoice, the least sure first."""
    found = sorted(line["read"].items(), key=lambda item: int(item[1]["confidence"]))
    return [_read(line, name, figure) for name, figure in found]


def _read(line: Mapping[str, Any], name: str, figure: Mapping[str, Any]) -> Read:
    confirmed, value, sure = line.get(name), figure["value"], figure["confidence"]
    return Read(
        name=str(FIELDS[name]) if name in FIELDS else words("figure", name),
        value=_shown(name, value),
        differs=confirmed is not None and str(confirmed) != value,
        confidence=formats.percent(sure),
        kind="ok" if sure >= SURE else "warn" if sure >= WORTH_CHECKING else "bad",
    )


def _shown(name: str, value: str) -> str:
    """As people write it. A number of an invoice may look like a sum, and stays as it is."""
    if name in DAYS:
        return formats.as_day(value)
    return formats.as_money(value) if name in EUROS else value


EUROS = frozenset({"net", "vat", "gross"})
DAYS = frozenset({"incurred_on", "invoice_date"})
FIELDS: Mapping[str, LazyString] = {
    "invoice_number": _l("Invoice number"),
    "incurred_on": _l("Invoice date"),
    "supplier": _l("Supplier"),
    "supplier_id": _l("Supplier's business or VAT ID"),
    "net": _l("Sum without VAT"),
    "vat": _l("Value added tax"),
    "gross": _l("Sum with VAT"),
}
