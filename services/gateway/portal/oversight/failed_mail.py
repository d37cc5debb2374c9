"""Mail that did not go: what stood in its way, in plain words, and sending it again when that has been mended."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy
from services.gateway.portal.forms import take_key
from services.gateway.portal.lists import asked_page
from services.gateway.portal.oversight.roles import OPERATOR
from services.gateway.portal.pages import portal
from services.gateway.rooms import ask
from shared.contracts.customers import LIST_MAIL, SEND_AGAIN

STATES = ("failed", "waiting")
_SMTP = re.compile(r"smtp ([245][0-9]{2})", re.ASCII)

# RFC 5321 4.2.3 and RFC 3463: what a mail server's three digits say of the mailbox, the message or us.
OF_CODES = {
    "no_mailbox": frozenset({510, 511, 512, 550, 551, 553}),
    "mailbox_full": frozenset({422, 452, 552}),
    "our_sign_in": frozenset({454, 530, 534, 535, 538}),
    "not_wanted": frozenset({521, 541, 554, 556, 571}),
}
OF_SILENCE = {
    "certificate": frozenset({"SSLCertVerificationError", "SSLError", "SMTPNotSupportedError"}),
    "server_away": frozenset(
        {
            "ConnectionRefusedError",
            "ConnectionResetError",
            "TimeoutError",
            "gaierror",
            "SMTPServerDisconnected",
            "OSError",
        }
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A mail on the operator's list; `cause` is a code of what stood in its way."""

    mail: dict[str, Any]
    cause: str


def cause_of(why: str) -> str:
    """The code of the cause behind the server's own word."""
    if not why:
        return "not_tried"
    if why.startswith("smtp from "):
        return "our_sender"
    digits = _SMTP.fullmatch(why)
    if digits is None:
        return next((cause for cause, names in OF_SILENCE.items() if why in names), "unknown")
    number = int(digits[1])
    known = next((cause for cause, codes in OF_CODES.items() if number in codes), None)
    return known or ("busy" if number < 500 else "refused")


@portal.get("/yllapito/posti")
@policy.asks(LIST_MAIL, only=OPERATOR)
def failed_mail() -> str:
    """What has failed for good, newest first; `?tila=waiting` what is still being tried."""
    wanted = asked_page(sort="-made_at")
    state = request.args.get("tila", "")
    state = state if state in STATES else STATES[0]
    found = ask(LIST_MAIL, state=state, **wanted)
    again = request.args.get("uudelleen", "")
    return render_template(
        "oversight/failed_mail.html",
        mails=[Kept(mail=one, cause=cause_of(one["why"])) for one in found["items"]],
        total=found["total"],
        state=state,
        again=int(again) if again.isdigit() and len(again) < 4 else None,
        **wanted,
    )


@portal.post("/yllapito/posti")
@policy.asks(LIST_MAIL, SEND_AGAIN, only=OPERATOR)
def send_mail_again() -> Redirect:
    """One mail, or those that the page showed. A press on an old page sends nothing that has gone meanwhile."""
    chosen = request.form.getlist("mail_id")[:200]
    sent = 0
    for mail_id in chosen:
        take_key(mail_id)
        sent += ask(SEND_AGAIN, mail_id=mail_id)["state"] == "waiting"
    return redirect(url_for("portal.failed_mail", uudelleen=sent), 303)
