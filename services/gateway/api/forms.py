"""Drafts: sums while typing, versions, sign-off by a second person, copies, and what came on paper."""

from __future__ import annotations

from typing import Any

from services.gateway import policy
from services.gateway.api import versions
from services.gateway.api.desk import PREFIX, Answered, Desk
from services.gateway.api.schemas import rest_of
from services.gateway.identity import current_asker
from services.gateway.register import register_facts
from services.gateway.rooms import ask
from shared.contracts.applications import (
    ASK_FOR_SIGNATURE,
    CLONE_APPLICATION,
    COMPARE_VERSIONS,
    COUNT_DRAFT,
    DEMAND_SECOND_SIGNATURE,
    ENTER_PAPER,
    FILE_PAPER,
    GET_DRAFTING,
    LIST_LEFT_DRAFTS,
    LIST_PAPERS,
    LIST_VERSIONS,
    RETURN_UNSIGNED,
    TAKE_BACK_REQUEST,
    TAKE_OVER_DRAFT,
)
from shared.contracts.customers import GET_UNDERTAKING

desk = Desk("forms", "Drafts: sums while typing, versions, sign-off, copies, and what came on paper")

desk.shows("/applications/<number>/versions", LIST_VERSIONS, "Who changed what and when, newest first")
desk.shows("/applications/<number>/version-comparison", COMPARE_VERSIONS, "Two versions beside each other")
desk.shows("/applications/<number>/drafting", GET_DRAFTING, "What goes with a draft: copied from, signatures")
desk.does("POST", "/applications/<number>/count", COUNT_DRAFT, "Sums and hidden questions of unsaved answers")
desk.does("PUT", "/applications/<number>/second-signature", DEMAND_SECOND_SIGNATURE, "Demand two persons, or not")
desk.does("POST", "/applications/<number>/signature-request", ASK_FOR_SIGNATURE, "Lock the draft for a signature")
desk.does("DELETE", "/applications/<number>/signature-request", TAKE_BACK_REQUEST, "Take the request back")
desk.does("POST", "/applications/<number>/signature-return", RETURN_UNSIGNED, "Return the draft unsigned")
desk.does("PUT", "/applications/<number>/responsible", TAKE_OVER_DRAFT, "Answer for the draft from now on")
desk.shows("/left-drafts", LIST_LEFT_DRAFTS, "Drafts whose responsible person has left the company")
desk.shows("/paper-applications", LIST_PAPERS, "What the authority is typing in")
desk.does("POST", "/paper-applications/<number>/filing", FILE_PAPER, "File what was typed in, as of its arrival")

FROM_REGISTER = ("undertaking_name", "register")


@desk.route("/applications/<number>/copies", methods=["POST"])
@desk.arguments(rest_of(CLONE_APPLICATION, ("number", *FROM_REGISTER)))
@desk.answering(CLONE_APPLICATION, 201, CLONE_APPLICATION.gives)
@policy.asks(CLONE_APPLICATION, GET_UNDERTAKING)
def clone_application(body: dict[str, Any], number: str) -> Answered:
    """Copy an application into an open call

    What its form knows is copied, attachments are not; `left_out` tells the rest.
    """
    company = ask(GET_UNDERTAKING, business_id=current_asker().business_id)
    register = register_facts(company)
    cloned = ask(CLONE_APPLICATION, number=number, undertaking_name=company["name"], register=register, **body)
    return cloned, 201, versions.tag(cloned) | {"Location": f"{PREFIX}/applications/{cloned['number']}"}


@desk.route("/paper-applications", methods=["POST"])
@desk.arguments(rest_of(ENTER_PAPER, FROM_REGISTER))
@desk.answering(ENTER_PAPER, 201, ENTER_PAPER.gives)
@policy.asks(ENTER_PAPER, GET_UNDERTAKING)
def enter_paper(body: dict[str, Any]) -> Answered:
    """Begin to type in what came on paper or by e-mail

    The company's name comes from the customer register; the moment of arrival decides whether it was in time.
    """
    company = ask(GET_UNDERTAKING, business_id=body["business_id"])
    entered = ask(ENTER_PAPER, undertaking_name=company["name"], register=register_facts(company), **body)
    return entered, 201, versions.tag(entered) | {"Location": f"{PREFIX}/applications/{entered['number']}"}
