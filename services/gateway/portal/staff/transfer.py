"""A case that came to the wrong authority is transferred; what has been transferred is listed on both sides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, make_response, redirect, render_template, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy
from services.gateway.identity import current_asker
from services.gateway.language import language_now
from services.gateway.portal import kept
from services.gateway.portal.forms import Form, as_typed, posted_version, refusing, take_key
from services.gateway.portal.lists import asked_page
from services.gateway.portal.pages import portal
from services.gateway.portal.people import names
from services.gateway.portal.staff.handling import HAND_ON
from services.gateway.rooms import ask
from shared.contracts.applications import GET_APPLICATION, LIST_TRANSFERS, TRANSFER_CASE
from shared.contracts.customers import TAKE_KEPT
from shared.dates import helsinki_day
from shared.errors import Fault
from shared.reference.authorities import AUTHORITIES
from shared.storage.database import right_now

LABELS: Mapping[str, LazyString] = {"to": _l("To which authority"), "reason": _l("Why it is theirs")}


@portal.get("/tyo/asiat/<number>/siirra")
@policy.asks(GET_APPLICATION, also=(TAKE_KEPT,), only=HAND_ON)
def transfer(number: str) -> str:
    case = ask(GET_APPLICATION, number=number)
    return _page(case, kept.restored(Form(labels=LABELS, version=case["version"])))


@portal.post("/tyo/asiat/<number>/siirra")
@policy.asks(GET_APPLICATION, TRANSFER_CASE, only=HAND_ON)
def transfer_case(number: str) -> Response | Redirect:
    """Give it to another authority; afterwards the case is not for this one to open."""
    form = Form(labels=LABELS, typed=as_typed(), version=posted_version())
    faults = [Fault(name, "required") for name in ("to", "reason") if not form.value(name).strip()]
    if faults:
        return make_response(_page(ask(GET_APPLICATION, number=number), form.with_faults(faults)), 422)
    take_key()
    with refusing(form) as tried:
        to, reason = form.value("to"), form.value("reason").strip()
        ask(TRANSFER_CASE, number=number, version=form.version, to=to, reason=reason)
        return redirect(url_for("portal.transfers"), 303)
    return make_response(_page(ask(GET_APPLICATION, number=number), tried.form), tried.status)


@portal.get("/tyo/siirrot")
@policy.asks(LIST_TRANSFERS, only=HAND_ON)
def transfers() -> str:
    """What the authority has given and received, the newest first."""
    wanted = asked_page(sort="-transferred_at")
    found = ask(LIST_TRANSFERS, **wanted)
    names(one["transferred_by"] for one in found["items"])
    mine = current_asker().authority
    return render_template(
        "staff/transfers.html", rows=found["items"], total=found["total"], my_authority=mine, **wanted
    )


def _page(case: dict[str, Any], form: Form) -> str:
    today = helsinki_day(right_now())
    others = [one for one in AUTHORITIES if one.code != case["authority"] and one.exists_on(today)]
    options = [(one.code, one.names[language_now()]) for one in others]
    return render_template("staff/transfer.html", case=case, form=form, options=options)
