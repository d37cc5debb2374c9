"""Payments waiting for a file, the files made, and each file's payments with what the bank has answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy, uploads
from services.gateway.portal import kept
from services.gateway.portal.forms import Form, as_typed, refusing, take_key
from services.gateway.portal.frame import now
from services.gateway.portal.lists import asked_page
from services.gateway.portal.oversight.file_read_back import FileReadBack, read_back
from services.gateway.portal.oversight.roles import FOLLOWERS, PAYER
from services.gateway.portal.pages import portal
from services.gateway.rooms import ask
from shared.contracts.customers import TAKE_KEPT
from shared.contracts.payments import (
    GET_BATCH,
    GET_BATCH_FILE,
    LIST_BATCHES,
    LIST_CLAIMS,
    MAKE_BATCH,
)
from shared.dates import helsinki_day
from shared.errors import Fault
from shared.money import Money, total
from shared.typed import Unreadable, read_money

WAITING = ("approved", "approved_in_part", "payment_failed")
MOST = 200  # claims on one page, and so in one file made by hand
CHOSEN = "maksu-"  # a tick's name: no dots, so that it comes back after a session that ended

LABELS = {"valinta": _l("Payments to the file"), "total": _l("Sum of the chosen payments")}


@portal.get("/maksu")
@policy.asks(LIST_CLAIMS, only=PAYER)
def payer_page() -> Redirect:
    return redirect(url_for("portal.ready_claims"), 303)


@portal.get("/maksu/valmiit")
@policy.asks(LIST_CLAIMS, also=(TAKE_KEPT,), only=PAYER)
def ready_claims() -> str:
    """What has been approved and waits for a payment file, the latest first; nothing is chosen beforehand."""
    return _ready_page(kept.restored(Form(labels=LABELS)))


@portal.post("/maksu/valmiit")
@policy.asks(LIST_CLAIMS, MAKE_BATCH, only=PAYER)
def make_payment_file() -> Response | Redirect:
    """Add the chosen up, or make the file when the typed sum is what they add up to."""
    form = Form(labels=LABELS, typed=as_typed())
    if form.value("teko") == "laske":
        return make_response(_ready_page(form))
    faults, typed_total = _read(form)
    if faults:
        return make_response(_ready_page(form.with_faults(faults)), 422)
    take_key()
    with refusing(form) as tried:
        made = ask(MAKE_BATCH, claim_ids=_chosen(form), total=typed_total)
        return redirect(url_for("portal.payment_file", batch_id=made["batch_id"]), 303)
    return make_response(_ready_page(tried.form), tried.status)


@portal.get("/maksu/erat")
@policy.asks(LIST_BATCHES, only=FOLLOWERS)
def payment_files() -> str:
    wanted = asked_page(sort="-made_at")
    found = ask(LIST_BATCHES, **wanted)
    return render_template("oversight/payment_files.html", files=found["items"], total=found["total"], **wanted)


@portal.get("/maksu/erat/<batch_id>")
@policy.asks(GET_BATCH, GET_BATCH_FILE, only=FOLLOWERS)
def payment_file(batch_id: str) -> str:
    """One file: its payments, what the bank has answered, and three sources that must agree."""
    batch = ask(GET_BATCH, batch_id=batch_id)
    file = ask(GET_BATCH_FILE, batch_id=batch_id)
    read = read_back(file["xml"])
    return render_template(
        "oversight/payment_file.html",
        batch=batch,
        payees=read.payees,
        shares=[(share["source"], share["amount"]) for share in batch["decided"]["shares"]],
        agreement=agreement(batch, read),
        digest_holds=read.sha256 == batch["sha256"],
    )


@portal.get("/maksu/erat/<batch_id>/tiedosto")
@policy.asks(GET_BATCH_FILE, only=FOLLOWERS)
def payment_file_itself(batch_id: str) -> Response:
    """The ISO 20022 pain.001 file, byte for byte what its digest covers."""
    file = ask(GET_BATCH_FILE, batch_id=batch_id)
    response = Response(file["xml"].encode(), mimetype="application/xml")
    response.headers.set("Content-Disposition", "attachment", filename=file["file_name"])
    response.headers["Repr-Digest"] = uploads.digest_header(file["sha256"])
    response.headers["Cache-Control"] = "no-store"
    return response


def agreement(batch: Mapping[str, Any], read: FileReadBack) -> list[tuple[str, int, Money]]:
    """(source's code, payments, sum) of what must be the same three times over."""
    decided, ordered = batch["decided"], [payment["amount"] for payment in batch["items"]]
    return [
        ("decisions", decided["claims"], decided["payable"]),
        ("payments", len(ordered), total(ordered)),
        ("file", len(read.amounts), total(read.amounts)),
    ]


def _ready_page(form: Form) -> str:
    found = ask(LIST_CLAIMS, state=list(WAITING), sort="due_on", size=MOST)
    claims, today = found["items"], helsinki_day(now())
    chosen = [claim for claim in claims if form.value(CHOSEN + claim["claim_id"])]
    return render_template(
        "oversight/ready.html",
        form=form,
        claims=claims,
        total=found["total"],
        late=[claim for claim in claims if claim["due_on"] and claim["due_on"] < today],
        chosen=chosen,
        chosen_sum=total(claim["payable"] for claim in chosen if claim["payable"]),
        waiting_sum=total(claim["payable"] for claim in claims if claim["payable"]),
        prefix=CHOSEN,
        ticked=request.method == "POST",
    )


def _read(form: Form) -> tuple[list[Fault], Money]:
    """What is wrong before the room is asked, and the sum typed."""
    faults = [] if _chosen(form) else [Fault("valinta", "choose_some")]
    typed = form.value("total")
    try:
        return faults, read_money(typed)
    except Unreadable as unreadable:
        rule = unreadable.rule if typed.strip() else "required"
        return [*faults, Fault("total", rule)], Money(0)


def _chosen(form: Form) -> list[str]:
    """The ticked claims, in the order of their numbers: the same choice is always the same request."""
    return sorted(name.removeprefix(CHOSEN) for name in form.typed if name.startswith(CHOSEN))
