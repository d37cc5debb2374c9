"""The company's own page: what to do next, the cases, the payments on their way; and the company itself."""

from __future__ import annotations

from typing import Any

from flask import render_template

from services.gateway import policy
from services.gateway.identity import current_asker
from services.gateway.portal.company.promises import may_sign
from services.gateway.portal.lists import asked_page
from services.gateway.portal.pages import COMPANY, portal
from services.gateway.rooms import ask
from shared.contracts.applications import LIST_APPLICATIONS, LIST_LEFT_DRAFTS, LIST_OPEN_REQUESTS, LIST_THREADS
from shared.contracts.customers import GET_UNDERTAKING, LIST_COMPANY_PEOPLE
from shared.contracts.payments import LIST_CLAIMS, LIST_GRANTS

RECENT = 20
UNFILED = frozenset({"draft", "awaiting_signature"})
UNDER_WAY = frozenset({"submitted", "verified", "proposed", "approved", "approved_in_part", "in_payment"})


@portal.get("/oma")
@policy.asks(
    *(LIST_APPLICATIONS, LIST_CLAIMS, LIST_GRANTS, GET_UNDERTAKING, LIST_OPEN_REQUESTS, LIST_THREADS, LIST_LEFT_DRAFTS),
    LIST_COMPANY_PEOPLE,
    only=COMPANY,
)
def own_page() -> str:
    """What is to be done, by whom and by when; drafts with the nearest deadline first."""
    cases = ask(LIST_APPLICATIONS, size=RECENT, sort="-started_at")["items"]
    claims = ask(LIST_CLAIMS, size=RECENT)["items"]
    left = ask(LIST_LEFT_DRAFTS)["items"]
    taken_over_first = {draft["number"] for draft in left}
    drafts = (case for case in cases if case["state"] in UNFILED and case["number"] not in taken_over_first)
    return render_template(
        "company/own.html",
        company=_company(),
        cases=cases,
        drafts=sorted(drafts, key=lambda case: case["closes_at"]),
        left=left,
        release=_release_to_settle() if may_sign() else None,
        requests=ask(LIST_OPEN_REQUESTS, size=RECENT)["items"],
        unread=ask(LIST_THREADS, size=1)["unread"],
        claim_drafts=[claim for claim in claims if claim["state"] == "draft"],
        next_payment=_next_payment(claims),
        grants={grant["number"]: grant for grant in ask(LIST_GRANTS, size=RECENT)["items"]},
    )


@portal.get("/oma/hakemukset")
@policy.asks(LIST_APPLICATIONS, only=COMPANY)
def own_applications() -> str:
    wanted = asked_page(sort="-started_at")
    found = ask(LIST_APPLICATIONS, **wanted)
    return render_template("company/applications.html", cases=found["items"], total=found["total"], **wanted)


@portal.get("/oma/hankkeet")
@policy.asks(LIST_GRANTS, LIST_CLAIMS, only=COMPANY)
def own_projects() -> str:
    """Granted projects, each with its claims and what is left of the aid."""
    wanted = asked_page()
    found = ask(LIST_GRANTS, **wanted)
    claims = ask(LIST_CLAIMS, size=200)["items"]
    return render_template(
        "company/projects.html", grants=found["items"], total=found["total"], claims=_by_project(claims), **wanted
    )


def _release_to_settle() -> dict[str, Any] | None:
    """That one signature be enough again, asked by another signatory and waiting for the reader's yes or no."""
    me = current_asker()
    release: dict[str, Any] | None = ask(LIST_COMPANY_PEOPLE, business_id=me.business_id)["release"]
    return release if release and release["asked_by"] != me.person else None


def _company() -> dict[str, Any]:
    return ask(GET_UNDERTAKING, business_id=current_asker().business_id)


def _next_payment(claims: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The claim that should be paid first."""
    waiting = [claim for claim in claims if claim["state"] in UNDER_WAY and claim["due_on"]]
    return min(waiting, key=lambda claim: claim["due_on"], default=None)


def _by_project(claims: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for claim in claims:
        found.setdefault(claim["number"], []).append(claim)
    return found
