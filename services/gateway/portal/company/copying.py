"""A new application from an earlier one: choose the call, and see what was left out."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy
from services.gateway.identity import current_asker
from services.gateway.portal.forms import take_key
from services.gateway.portal.lists import asked_page
from services.gateway.portal.pages import COMPANY, portal
from services.gateway.register import register_facts
from services.gateway.rooms import ask
from shared.contracts.applications import CLONE_APPLICATION, GET_APPLICATION, LIST_CALLS
from shared.contracts.customers import GET_UNDERTAKING


@portal.get("/oma/asiat/<number>/kopioi")
@policy.asks(GET_APPLICATION, LIST_CALLS, only=COMPANY)
def choose_call_to_copy_into(number: str) -> str:
    """The open calls that an application can be copied into."""
    wanted = asked_page()
    found = ask(LIST_CALLS, stage="open", **wanted)
    return render_template(
        "company/copy.html",
        case=ask(GET_APPLICATION, number=number),
        calls=found["items"],
        total=found["total"],
        **wanted,
    )


@portal.post("/oma/asiat/<number>/kopioi/<call_id>")
@policy.asks(CLONE_APPLICATION, GET_UNDERTAKING, only=COMPANY)
def copy_application(number: str, call_id: str) -> Redirect:
    """The new draft's task list tells what was not copied."""
    company = ask(GET_UNDERTAKING, business_id=current_asker().business_id)
    take_key()
    cloned = ask(
        CLONE_APPLICATION,
        number=number,
        call_id=call_id,
        undertaking_name=company["name"],
        language=current_asker().language,
        register=register_facts(company),
    )
    return redirect(url_for("portal.case", number=cloned["number"]), 303)


@portal.get("/oma/asiat/<number>/kopioi/<call_id>")
@policy.asks(only=COMPANY)
def back_to_calls(number: str, call_id: str) -> Redirect:
    """The address of copying, opened as a page (after sign-in, or from history)."""
    return redirect(url_for("portal.choose_call_to_copy_into", number=number), 303)
