"""Where a page is found: a bar of four to six places for every role, and nothing further than two clicks away."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound
from werkzeug.routing.exceptions import RequestRedirect

from services.gateway.policy import Access
from services.gateway.portal.navigation import PLACES, places_for
from shared.asker import STAFF, Role
from tests.support.fake_rooms import FakeRooms
from tests.support.portal_pages import Portal, Taken

PEOPLE = {
    Role.VISITOR: None,
    Role.COMPANY: "p-aino",
    Role.HANDLER: "p-pekka",
    Role.DECISION_MAKER: "p-leena",
    Role.VERIFIER: "p-outi",
    Role.PAYER: "p-juha",
    Role.AUDITOR: "p-sari",
    Role.OPERATOR: "p-timo",
}
# Nobody looks for these: they come of themselves when they are needed.
COME_OF_THEMSELVES = {
    "portal.sign_in": "the way in, for whoever is not in",
    "portal.ask_to_sign_out": "for an address typed; the header has the button",
    "portal.choose_capacity": "in the header of whoever has several",
    "portal.new_view": "the queue offers it when it has been narrowed",
}
# What they may read when a number leads there, and where nothing of their own work begins.
NOT_THEIR_WORK = {
    **{role: {"portal.type_invitation"} for role in STAFF},
    Role.PAYER: {"portal.type_invitation", "portal.customers", "portal.envelope_entries"},
    Role.OPERATOR: {"portal.type_invitation", "portal.customers"},
}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_every_role_has_four_to_six_places(role: Role) -> None:
    assert 4 <= len(places_for(role)) <= 6
    assert role in PLACES, "a role of its own has a bar of its own"


@pytest.mark.parametrize("role", list(PEOPLE))
def test_every_page_is_at_most_two_clicks_from_the_first_one(app: Flask, rooms: FakeRooms, role: Role) -> None:
    reader = Portal(app, rooms, PEOPLE[role])
    first = page_of(app, places_for(role)[0].endpoint)
    near = set(links_on(reader, first))
    reached = near | {link for path in near for link in links_on(reader, path)}
    found = {endpoint for path in reached for endpoint in endpoints_at(app, path)}
    wanted = pages_of(app, role) - set(COME_OF_THEMSELVES) - NOT_THEIR_WORK.get(role, set())
    assert sorted(page for page in wanted - found if is_page(reader, page_of(app, page))) == []


def pages_of(app: Flask, role: Role) -> set[str]:
    """Endpoints of the pages that stand by themselves: no case, claim or company in their address."""
    table: dict[str, Access] = app.extensions["policy"]
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("portal.") and "GET" in (rule.methods or ()) and not rule.arguments
        if role in table[rule.endpoint].roles
    }


def page_of(app: Flask, endpoint: str) -> str:
    return next(rule.rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)


def is_page(reader: Portal, path: str) -> bool:
    """Not a file, nor a short address that only leads to a page."""
    answer = reader.client.get(path)
    return answer.status_code == 200 and answer.mimetype == "text/html"


def links_on(reader: Portal, path: str) -> Iterator[str]:
    """Links of a page of our own, with what it leads to when it is a door (303)."""
    answer = reader.client.get(path)
    while answer.status_code in (302, 303):
        yield answer.location
        answer = reader.client.get(answer.location)
    if answer.mimetype == "text/html":
        yield from (link for link in Taken(answer.text).links if link.startswith("/"))


def endpoints_at(app: Flask, path: str) -> list[str]:
    try:
        return [app.url_map.bind("localhost").match(urlsplit(path).path)[0]]
    except (NotFound, RequestRedirect):
        return []
