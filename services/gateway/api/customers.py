"""Undertakings and people."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from services.gateway import policy
from services.gateway.api.desk import Desk
from services.gateway.rooms import ask
from shared.asker import Role
from shared.contracts.customers import (
    GET_PERSON,
    GET_UNDERTAKING,
    GIVE_MANDATE,
    GIVE_POST,
    LIST_CONTACTS,
    LIST_UNDERTAKINGS,
    NAME_PEOPLE,
    REGISTER_UNDERTAKING,
)
from shared.contracts.terms import Request
from shared.fields import text

desk = Desk("customers", "Undertakings, people, and what each may act as")

desk.lists("/undertakings", LIST_UNDERTAKINGS, "Undertakings in the customer register")
desk.does(
    "POST",
    "/undertakings",
    REGISTER_UNDERTAKING,
    "Register an undertaking",
    makes=lambda undertaking: f"/undertakings/{undertaking['business_id']}",
)
desk.shows("/undertakings/<business_id>", GET_UNDERTAKING, "One undertaking")
desk.lists("/undertakings/<business_id>/contacts", LIST_CONTACTS, "What has happened with an undertaking")
desk.does("POST", "/people/<person_id>/mandates", GIVE_MANDATE, "A person may act for an undertaking")
desk.does("POST", "/people/<person_id>/posts", GIVE_POST, "A person has a post at an authority")


class WhoseNames(Request):
    """`id` once for each person."""

    id = fields.List(text(60), required=True, validate=validate.Length(min=1, max=500))


@desk.route("/people/<person_id>")
@desk.answering(GET_PERSON, 200, GET_PERSON.gives)
@policy.asks(GET_PERSON, only={Role.OPERATOR})
def get_person(person_id: str) -> dict[str, Any]:
    """A person and what they may act as"""
    return ask(GET_PERSON, person_id=person_id)


@desk.route("/names")
@desk.arguments(WhoseNames, location="query")
@desk.answering(NAME_PEOPLE, 200, NAME_PEOPLE.gives)
@policy.asks(NAME_PEOPLE)
def name_people(query: dict[str, Any]) -> dict[str, Any]:
    """Names of people, for screens that show who did what"""
    return ask(NAME_PEOPLE, person_ids=query["id"])
