"""Who may ask for what: every route, in every role, for every stranger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from services.gateway import policy
from services.gateway.app import create_app
from services.gateway.policy_table import rows
from services.gateway.rooms import ask
from services.gateway.settings import Settings
from shared.asker import Role
from shared.contracts import OPERATIONS
from shared.contracts.applications import GET_APPLICATION, LIST_CALLS
from tests.support.fake_rooms import FakeRooms
from tests.support.gateway import SECRET, ApiClient, an_app, api_client

ONE_OF_EACH_ROLE = {
    Role.VISITOR: None,
    Role.COMPANY: "p-aino",
    Role.HANDLER: "p-pekka",
    Role.DECISION_MAKER: "p-leena",
    Role.VERIFIER: "p-outi",
    Role.PAYER: "p-juha",
    Role.AUDITOR: "p-sari",
    Role.OPERATOR: "p-timo",
}
STRANGERS = {"p-mikael": Role.COMPANY, "p-heli": Role.HANDLER, "p-antti": Role.DECISION_MAKER}
OF_A_CASE = {
    "number": "A80412",
    "claim_id": "M80412-1",
    "document_id": "d-quote",
    "call_id": "energia-2026",
    "batch_id": "E-2026-0031",
    "payment_id": "T80412-1",
    "business_id": "9100001-3",
    "person_id": "p-aino",
    "person": "p-outi",
    "invitation_id": "i-1",
    "release_id": "re-1",
    "key_id": "0123456789abcdef",
    "disagreement_id": "d-1",
    "view_id": "v-1",
    "substitution_id": "s-1",
    "message_id": "0f9f",
    "page": "1",
    "later": "sulje",
    "amendment": "1",
    "review": "1",
    "act": "1",
    "mail_id": "mail-1",
    "place": "1",
    "rule": "de_minimis",
    "check_code": "9D9E-23BE-C8F9-7A6A",
    "letter_id": "11111111-2222-4333-8444-555555555555",
    "upload_id": "0f" * 16,
    "sha256": "0f" * 32,
    "digest": "0f" * 32,
}
CASE_ROUTES = (
    "/api/v1/applications/A80412",
    "/api/v1/applications/A80412/attachments",
    "/api/v1/cases/A80412/trail",
    "/api/v1/claims/M80412-1",
    "/api/v1/documents/d-quote",
    "/api/v1/documents/d-quote/content",
    "/api/v1/documents/d-quote/reading",
    "/api/v1/documents/d-quote/pages/1",
    "/api/v1/grants/A80412",
)
REFUSED = {"sign_in_needed", "role_may_not", "not_for_you"}


def api_routes(app: Flask) -> Iterator[tuple[str, str, str]]:
    """(endpoint, method, address) of every route of the API."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/v1/"):
            address = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: OF_A_CASE[found[1]], rule.rule)
            for method in (rule.methods or set()) & {"GET", "POST", "PUT", "DELETE"}:
                yield rule.endpoint, method, address


def send(client: ApiClient, method: str, address: str) -> tuple[int, str]:
    answer = client._send(method, address, json={} if method != "GET" else None)
    return answer.status_code, (answer.json or {}).get("code", "") if answer.is_json else ""


@pytest.mark.parametrize(("role", "person"), ONE_OF_EACH_ROLE.items())
def test_every_route_lets_in_the_roles_of_its_operations_and_nobody_else(app: Flask, rooms: FakeRooms, role, person):
    client = api_client(app, rooms, person) if person else ApiClient(app)
    wrong = []
    for endpoint, method, address in api_routes(app):
        if endpoint == "sessions.sign_out":
            continue  # it would end the session the others are tried with
        may = role in app.extensions["policy"][endpoint].roles
        status, code = send(client, method, address)
        refused = status in (401, 403) and code in REFUSED
        if refused == may:
            wrong.append(f"{role} {method} {address}: {status} {code}")
    assert wrong == []


def test_no_room_is_asked_for_what_the_role_may_not(app: Flask, rooms: FakeRooms):
    client = api_client(app, rooms, "p-aino")
    for endpoint, method, address in api_routes(app):
        if endpoint != "sessions.sign_out":
            send(client, method, address)
    assert all(asked.asker.role in asked.operation.roles for asked in rooms.asked)
    assert {asked.operation.address for asked in rooms.asked if asked.asker.role is Role.COMPANY}


@pytest.mark.parametrize("address", CASE_ROUTES)
def test_a_company_is_told_that_another_companys_case_does_not_exist(as_person, address: str):
    assert as_person("p-mikael").get(address).status_code == 404


@pytest.mark.parametrize("address", CASE_ROUTES)
@pytest.mark.parametrize("person", ["p-heli", "p-antti"])
def test_an_official_is_told_that_another_authoritys_case_is_not_theirs(as_person, address: str, person: str):
    assert as_person(person).get(address).status_code == 403


@pytest.mark.parametrize("address", CASE_ROUTES)
def test_a_visitor_is_asked_to_sign_in(visitor: ApiClient, address: str):
    answer = visitor.get(address)
    assert (answer.status_code, answer.json["code"]) == (401, "sign_in_needed")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_every_route_asks_only_operations_of_the_contracts(app: Flask):
    asked = {address for access in app.extensions["policy"].values() for address in access.operations}
    assert asked <= OPERATIONS.keys()


def test_every_operation_people_may_ask_is_reached_by_some_route(app: Flask):
    asked = {address for access in app.extensions["policy"].values() for address in access.operations}
    own = {"welcome", "begin_session", "get_session", "end_session", "demo_people", "keep_post", "take_kept"}
    own |= {"open_api_key", "pass_gate"}
    missing = {address for address, one in OPERATIONS.items() if address not in asked and one.name not in own}
    assert missing == set()


def test_a_role_that_only_the_house_has_comes_from_no_browser(app: Flask):
    assert all(Role.SYSTEM not in access.roles for access in app.extensions["policy"].values())


def test_no_route_is_closed_to_everybody(app: Flask):
    assert [endpoint for endpoint, access in app.extensions["policy"].items() if not access.roles] == []


def test_the_policy_can_be_read_as_a_table(app: Flask):
    told = list(rows(app))
    assert "| POST | `/api/v1/applications/<number>/decision` | decision_maker | applications.decide |" in told
    assert len(told) == len(list(app.url_map.iter_rules())) + 2


def test_an_app_with_a_route_that_says_nothing_of_who_may_come_does_not_start(app: Flask):
    bare = Flask("bare")
    bare.add_url_rule("/ovi", "ovi", lambda: "auki")
    with pytest.raises(policy.RouteWithoutPolicy, match="ovi"):
        policy.table(bare)


def test_a_view_that_asks_for_what_it_has_not_declared_is_stopped(rooms: FakeRooms, tmp_path: Path):
    app = an_app(rooms, tmp_path)

    @policy.asks(LIST_CALLS)
    def view() -> str:
        ask(GET_APPLICATION, number="A80412")
        return ""

    app._got_first_request = False
    app.add_url_rule("/kokeilu", "kokeilu", view)
    app.extensions["policy"] = policy.table(app)
    assert app.test_client().get("/kokeilu").status_code == 500
    assert rooms.asked_for(GET_APPLICATION) == []


def test_the_app_is_made_the_same_with_every_setting_at_its_default(rooms: FakeRooms):
    app = create_app(Settings(secret_key=SECRET), rooms)
    assert app.extensions["policy"].keys() >= {"applications.submit", "health.ready", "metrics"}
