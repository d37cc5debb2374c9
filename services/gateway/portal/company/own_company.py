"""The company itself: what registers say of it, what it has chosen, what has happened. Read, never overtyped."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy
from services.gateway.identity import current_asker, current_session
from services.gateway.portal.forms import Form, as_typed, refusing, take_key
from services.gateway.portal.lists import asked_page
from services.gateway.portal.pages import COMPANY, portal
from services.gateway.rooms import ask
from shared.contracts.customers import (
    FETCH_REGISTER_DATA,
    GET_REGISTER_DATA,
    GET_UNDERTAKING,
    LIST_CONTACTS,
    LIST_DISAGREEMENTS,
    REGISTER_FIELDS,
    REPORT_DISAGREEMENT,
)
from shared.errors import Conflict, Missing
from shared.messaging.wire import ServiceAway

DISAGREEMENT_LABELS = {
    "about": _l("What is wrong"),
    "should_be": _l("What it should be"),
    "note": _l("How you know"),
}


@portal.get("/oma/yritys")
@policy.asks(GET_UNDERTAKING, LIST_CONTACTS, also=[GET_REGISTER_DATA, LIST_DISAGREEMENTS], only=COMPANY)
def own_company() -> str:
    """What the registers know of the company, what the reader may do for it, and what has happened."""
    company = own_undertaking()
    wanted = asked_page(size=20)
    contacts = ask(LIST_CONTACTS, business_id=company["business_id"], **wanted)
    session = current_session() or {}
    return render_template(
        "company/company.html",
        company=company,
        register=register_data(company["business_id"]),
        disagreements=ask(LIST_DISAGREEMENTS, business_id=company["business_id"])["items"],
        rights=session["capacity"]["rights"],
        contacts=contacts["items"],
        total=contacts["total"],
        form=Form(labels={}),
        **wanted,
    )


@portal.post("/oma/yritys/paivita")
@policy.asks(FETCH_REGISTER_DATA, only=COMPANY)
def refresh_own_company() -> Redirect:
    """Ask the business register anew."""
    take_key()
    ask(FETCH_REGISTER_DATA, business_id=current_asker().business_id)
    return redirect(url_for("portal.own_company"), 303)


@portal.get("/oma/yritys/oikaisu")
@policy.asks(GET_UNDERTAKING, also=[GET_REGISTER_DATA], only=COMPANY)
def disagree() -> str:
    about = request.args.get("kohta", "")
    typed = {"about": about if about in REGISTER_FIELDS else ""}
    return _disagreement_page(Form(labels=DISAGREEMENT_LABELS, typed=typed))


@portal.post("/oma/yritys/oikaisu")
@policy.asks(GET_UNDERTAKING, REPORT_DISAGREEMENT, also=[GET_REGISTER_DATA], only=COMPANY)
def send_disagreement() -> Redirect | tuple[str, int]:
    """To the officials: what the register says, and what the company says is right."""
    form = Form(labels=DISAGREEMENT_LABELS, typed=as_typed())
    take_key()
    with refusing(form) as tried:
        ask(
            REPORT_DISAGREEMENT,
            business_id=current_asker().business_id,
            about=form.value("about"),
            should_be=form.value("should_be"),
            note=form.value("note"),
        )
        return redirect(url_for("portal.own_company", _anchor="oikaisut"), 303)
    return _disagreement_page(tried.form), tried.status


def own_undertaking() -> dict[str, Any]:
    return ask(GET_UNDERTAKING, business_id=current_asker().business_id)


def register_data(business_id: str) -> dict[str, Any] | None:
    """None when the business register has nothing, or is silent and nothing is kept: the page still opens."""
    try:
        return ask(GET_REGISTER_DATA, business_id=business_id)
    except (Missing, Conflict, ServiceAway):
        return None


def _disagreement_page(form: Form) -> str:
    company = own_undertaking()
    return render_template(
        "company/disagree.html",
        form=form,
        company=company,
        register=register_data(company["business_id"]),
        fields=REGISTER_FIELDS,
    )
