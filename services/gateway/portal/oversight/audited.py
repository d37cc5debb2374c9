"""What an auditor may look at and nothing can change: cases, payments, a euro's way, the trail."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from services.gateway import policy
from services.gateway.portal.lists import asked_page
from services.gateway.portal.oversight import trail_steps
from services.gateway.portal.oversight.roles import AUDITOR, FOLLOWERS, WATCHERS
from services.gateway.portal.pages import portal
from services.gateway.rooms import ask
from shared.contracts.applications import FUNDS, GET_APPLICATION, LIST_ENVELOPES
from shared.contracts.documents import LIST_DOCUMENTS
from shared.contracts.monitoring import CASE_TRAIL, LIST_CASES, LIST_PAYMENTS, TRACE_PAYMENT, VERIFY_TRAIL
from shared.contracts.payments import GET_GRANT, LIST_CLAIMS, PAYMENT_STATES
from shared.errors import NotFound
from shared.reference import regions

# The address's word → the contract's.
FILTERS = {"tila": "state", "viranomainen": "authority", "maakunta": "region", "rahasto": "fund", "q": "search"}
CASE_STATES = (
    *("submitted", "in_assessment", "proposed", "approved", "approved_in_part", "claimed", "in_payment"),
    *("payment_failed", "paid", "rejected", "withdrawn"),
)
CASE_SORTS = frozenset(
    {"number", "undertaking_name", "state", "region", "aid_sought", "awarded", "approved", "paid", "last_event_at"}
)
PAYMENT_SORTS = frozenset({"payment_id", "number", "undertaking_name", "amount", "state", "settled_on"})
DOCUMENTS_MOST = 200
WORDS_MOST = 100


@portal.get("/valvonta/hankkeet")
@policy.asks(LIST_CASES, only=AUDITOR)
def watched_cases() -> str:
    """Every authority's cases. What is asked is in the address, so that a view can be sent to a colleague."""
    wanted = _sorted_by(CASE_SORTS, "-last_event_at")
    chosen = {word: request.args.get(word, "").strip()[:WORDS_MOST] for word in FILTERS}
    found = ask(LIST_CASES, **wanted, **{FILTERS[word]: value for word, value in chosen.items()})
    return render_template(
        "oversight/cases.html",
        cases=found["items"],
        total=found["total"],
        chosen=chosen,
        states=CASE_STATES,
        funds=FUNDS,
        regions=regions.REGIONS,
        **wanted,
    )


@portal.get("/valvonta/hankkeet/<number>")
@policy.asks(CASE_TRAIL, GET_APPLICATION, LIST_CLAIMS, LIST_PAYMENTS, LIST_DOCUMENTS, also=(GET_GRANT,), only=AUDITOR)
def watched_case(number: str) -> str:
    """The case whole: facts, everything that happened, claims, payments, papers."""
    entries = ask(CASE_TRAIL, number=number)["entries"]
    claims = ask(LIST_CLAIMS, number=number, size=200)["items"]
    return render_template(
        "oversight/case.html",
        case=ask(GET_APPLICATION, number=number),
        grant=_grant(number),
        claims=claims,
        payments=ask(LIST_PAYMENTS, number=number, size=200)["items"],
        documents=_papers(number, claims),
        steps=trail_steps.steps(reversed(entries)),
    )


@portal.get("/valvonta/maksut")
@policy.asks(LIST_PAYMENTS, only=FOLLOWERS)
def watched_payments() -> str:
    wanted = _sorted_by(PAYMENT_SORTS, "-settled_on")
    state = request.args.get("tila", "")
    number = request.args.get("asia", "").strip()[:40]
    found = ask(LIST_PAYMENTS, state=state if state in PAYMENT_STATES else "", number=number, **wanted)
    return render_template(
        "oversight/payments.html",
        payments=found["items"],
        total=found["total"],
        states=PAYMENT_STATES,
        state=state,
        number=number,
        **wanted,
    )


@portal.get("/valvonta/reitti/<payment_id>")
@policy.asks(TRACE_PAYMENT)
def euro_route(payment_id: str) -> str:
    """From a paid euro back to the paper it was paid on, and whether the trail proves it."""
    trace = ask(TRACE_PAYMENT, payment_id=payment_id)
    people = trail_steps.people(trace["steps"])
    return render_template(
        "oversight/route.html",
        trace=trace,
        steps=trail_steps.steps(trace["steps"]),
        people=people,
        different=len({person for _act, person in people}),
    )


@portal.get("/valvonta/ketju")
@policy.asks(VERIFY_TRAIL, only=WATCHERS)
def trail_check() -> str:
    """The whole trail, checked entry by entry while the page opens."""
    return render_template("oversight/trail.html", proof=ask(VERIFY_TRAIL))


@portal.get("/valvonta/valtuus")
@policy.asks(LIST_ENVELOPES, only=AUDITOR)
def watched_envelopes() -> str:
    wanted = asked_page(size=200)
    found = ask(LIST_ENVELOPES, **wanted)
    return render_template("oversight/envelopes.html", envelopes=found["items"], total=found["total"], **wanted)


def _sorted_by(known: frozenset[str], first: str) -> dict[str, Any]:
    """The page asked for; an order that the list does not have is the first one."""
    wanted = asked_page(sort=first)
    return {**wanted, "sort": wanted["sort"] if wanted["sort"].removeprefix("-") in known else first}


def _grant(number: str) -> dict[str, Any] | None:
    """The grant's account, when aid has been granted."""
    try:
        return ask(GET_GRANT, number=number)
    except NotFound:
        return None


def _papers(number: str, claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Documents of the application and of its claims, the newest first."""
    subjects = [f"application/{number}", *(f"claim/{claim['claim_id']}" for claim in claims)]
    papers = [paper for one in subjects for paper in ask(LIST_DOCUMENTS, subject=one, size=DOCUMENTS_MOST)["items"]]
    return sorted(papers, key=lambda paper: paper["stored_at"], reverse=True)
