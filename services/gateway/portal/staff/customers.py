"""The customer register for officials: one company with everything registers say of it, and its disagreements."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy
from services.gateway.identity import current_asker
from services.gateway.portal.forms import Form, as_typed, posted_version, refusing, take_key
from services.gateway.portal.lists import asked_page
from services.gateway.portal.pages import portal
from services.gateway.portal.typed_values import day_typed, rate_typed
from services.gateway.rooms import ask
from shared.asker import STAFF, Role
from shared.contracts.customers import (
    DISAGREEMENT_OUTCOMES,
    FETCH_REGISTER_DATA,
    GET_REGISTER_ANSWER,
    GET_REGISTER_DATA,
    GET_UNDERTAKING,
    LIST_COMPANY_PEOPLE,
    LIST_CONTACTS,
    LIST_DISAGREEMENTS,
    LIST_MANDATE_CHECKS,
    LIST_OWNERSHIP,
    LIST_UNDERTAKINGS,
    OWNERSHIP_KINDS,
    OWNERSHIP_SOURCES,
    RECORD_OWNERSHIP,
    REGISTER_UNDERTAKING,
    SEARCH_BUSINESS_REGISTER,
    SETTLE_DISAGREEMENT,
)
from shared.errors import Conflict, Missing, NotFound
from shared.messaging.wire import ServiceAway

SETTLE_LABELS = {"outcome": _l("How it was settled"), "reason": _l("Reason")}
OWNERSHIP_LABELS = {
    "owner": _l("Owner's business ID"),
    "owned": _l("Business ID of the owned"),
    "kind": _l("How they are linked"),
    "share": _l("Share"),
    "since": _l("From which day"),
    "until": _l("Until which day"),
    "source": _l("Source"),
}
SEARCH_LEAST = 3


@portal.get("/tyo/asiakkaat")
@policy.asks(LIST_UNDERTAKINGS, LIST_DISAGREEMENTS, also=[SEARCH_BUSINESS_REGISTER], only=STAFF)
def customers() -> str:
    """The customer register by name or business ID, open disagreements, and the business register by name."""
    search = request.args.get("haku", "").strip()[:100]
    wanted = asked_page(sort="name")
    found = ask(LIST_UNDERTAKINGS, search=search, **wanted)
    return render_template(
        "staff/customers.html",
        found=found["items"],
        total=found["total"],
        search=search,
        open_ones=ask(LIST_DISAGREEMENTS, state=["open"])["items"],
        elsewhere=_in_business_register(search, {company["business_id"] for company in found["items"]}),
        **wanted,
    )


@portal.get("/tyo/asiakkaat/<business_id>")
@policy.asks(
    GET_UNDERTAKING,
    LIST_COMPANY_PEOPLE,
    LIST_CONTACTS,
    LIST_DISAGREEMENTS,
    LIST_MANDATE_CHECKS,
    LIST_OWNERSHIP,
    also=[GET_REGISTER_DATA],
    only=STAFF,
)
def customer(business_id: str) -> str:
    return _customer_page(business_id)


@portal.get("/tyo/asiakkaat/<business_id>/rekisteri/<digest>")
@policy.asks(GET_REGISTER_ANSWER, only=STAFF)
def register_answer(business_id: str, digest: str) -> str:
    """The register's answer that a decision rests on, letter by letter, with the proof that nobody has changed it."""
    return render_template(
        "staff/register_answer.html", answer=ask(GET_REGISTER_ANSWER, business_id=business_id, digest=digest)
    )


@portal.post("/tyo/asiakkaat/<business_id>/paivita")
@policy.asks(FETCH_REGISTER_DATA, only=STAFF)
def refresh_customer(business_id: str) -> Redirect:
    take_key()
    ask(FETCH_REGISTER_DATA, business_id=business_id)
    return _to_customer(business_id)


@portal.post("/tyo/asiakkaat/<business_id>/lisaa")
@policy.asks(GET_REGISTER_DATA, REGISTER_UNDERTAKING)
def enter_customer(business_id: str) -> Redirect:
    """Into the customer register as the business register tells it: nobody types a company's name."""
    take_key()
    told = ask(GET_REGISTER_DATA, business_id=business_id)
    town = next((address["city"] for address in told["addresses"] if address["city"]), "")
    language = request.form.get("kieli", "")
    ask(
        REGISTER_UNDERTAKING,
        business_id=business_id,
        name=told["name"],
        language=language if language in ("fi", "sv") else "fi",
        municipality=town.title(),
    )
    return _to_customer(business_id)


@portal.get("/tyo/asiakkaat/<business_id>/oikaisut/<disagreement_id>")
@policy.asks(LIST_DISAGREEMENTS, GET_UNDERTAKING, only=SETTLE_DISAGREEMENT.roles)
def disagreement(business_id: str, disagreement_id: str) -> str:
    """What the register says, what the company says, and how it is settled."""
    one = _disagreement(business_id, disagreement_id)
    return _settle_page(one, Form(labels=SETTLE_LABELS, version=one["version"]))


@portal.post("/tyo/asiakkaat/<business_id>/oikaisut/<disagreement_id>")
@policy.asks(SETTLE_DISAGREEMENT, LIST_DISAGREEMENTS, GET_UNDERTAKING)
def settle_disagreement(business_id: str, disagreement_id: str) -> Redirect | tuple[str, int]:
    form = Form(labels=SETTLE_LABELS, typed=as_typed(), version=posted_version())
    take_key()
    with refusing(form) as tried:
        ask(
            SETTLE_DISAGREEMENT,
            disagreement_id=disagreement_id,
            outcome=form.value("outcome"),
            reason=form.value("reason"),
            version=form.version,
        )
        return _to_customer(business_id)
    return _settle_page(_disagreement(business_id, disagreement_id), tried.form), tried.status


@portal.post("/tyo/asiakkaat/<business_id>/omistus")
@policy.asks(
    RECORD_OWNERSHIP,
    GET_UNDERTAKING,
    LIST_COMPANY_PEOPLE,
    LIST_CONTACTS,
    LIST_DISAGREEMENTS,
    LIST_MANDATE_CHECKS,
    LIST_OWNERSHIP,
    also=[GET_REGISTER_DATA],
    only=STAFF,
)
def record_ownership(business_id: str) -> Redirect | tuple[str, int]:
    """From a register's extract or the company's papers; the same link again corrects it."""
    form = Form(labels=OWNERSHIP_LABELS, typed=as_typed())
    since, until, share = day_typed(form, "since"), day_typed(form, "until", needed=False), rate_typed(form, "share")
    if faults := (*since.faults, *until.faults, *share.faults):
        return _customer_page(business_id, linking=form.with_faults(faults)), 422
    take_key()
    with refusing(form) as tried:
        ask(
            RECORD_OWNERSHIP,
            **{name: form.value(name) for name in ("owner", "owned", "kind", "source")},
            share=share.value,
            since=since.value,
            until=until.value,
        )
        return _to_customer(business_id)
    return _customer_page(business_id, linking=tried.form), tried.status


def _disagreement(business_id: str, disagreement_id: str) -> dict[str, Any]:
    for one in ask(LIST_DISAGREEMENTS, business_id=business_id, size=200)["items"]:
        if one["disagreement_id"] == disagreement_id:
            return dict(one)
    raise NotFound(what="disagreement")


def _settle_page(one: dict[str, Any], form: Form) -> str:
    company = ask(GET_UNDERTAKING, business_id=one["business_id"])
    return render_template(
        "staff/disagreement.html", company=company, one=one, form=form, outcomes=DISAGREEMENT_OUTCOMES
    )


def _customer_page(business_id: str, *, linking: Form | None = None) -> str:
    company = ask(GET_UNDERTAKING, business_id=business_id)
    found = ask(LIST_COMPANY_PEOPLE, business_id=business_id)
    role = current_asker().role
    return render_template(
        "staff/customer.html",
        company=company,
        register=_register_data(business_id),
        people=found["items"],
        preferences=found["preferences"],
        checks=ask(LIST_MANDATE_CHECKS, business_id=business_id, size=10)["items"],
        contacts=ask(LIST_CONTACTS, business_id=business_id, size=20)["items"],
        links=ask(LIST_OWNERSHIP, business_id=business_id)["items"],
        disagreements=ask(LIST_DISAGREEMENTS, business_id=business_id)["items"],
        linking=linking or Form(labels=OWNERSHIP_LABELS, typed={"owned": business_id, "source": "register"}),
        form=Form(labels={}),
        kinds=OWNERSHIP_KINDS,
        sources=OWNERSHIP_SOURCES,
        may_change=role in (Role.HANDLER, Role.OPERATOR),
        may_refresh=role in FETCH_REGISTER_DATA.roles,
    )


def _register_data(business_id: str) -> dict[str, Any] | None:
    try:
        return ask(GET_REGISTER_DATA, business_id=business_id)
    except (Missing, Conflict, ServiceAway):
        return None


def _in_business_register(search: str, known: set[str]) -> list[dict[str, Any]] | None:
    """Companies that are not customers yet, for those who may enter one; None when the register is silent."""
    if current_asker().role not in SEARCH_BUSINESS_REGISTER.roles or len(search) < SEARCH_LEAST:
        return []
    try:
        items: list[dict[str, Any]] = ask(SEARCH_BUSINESS_REGISTER, name=search)["items"]
    except (Conflict, ServiceAway):
        return None
    return [company for company in items if company["business_id"] not in known]


def _to_customer(business_id: str) -> Redirect:
    return redirect(url_for("portal.customer", business_id=business_id), 303)
