"""Rules over the API: officials and auditors ask, visitors and companies do not; the simulator is everybody's."""

from __future__ import annotations

import pytest
from flask import Flask

from shared.contracts.calculating import ROOM_OF
from tests.support.fake_rooms import FakeRooms
from tests.support.gateway import ApiClient

AUDITOR, HANDLER, COMPANY = "p-sari", "p-pekka", "p-aino"


@pytest.fixture
def auditor(as_person) -> ApiClient:
    return as_person(AUDITOR)


def test_every_rule_of_every_room_is_listed_with_its_inputs(auditor: ApiClient):
    answer = auditor.get("/api/v1/rules").json

    assert {card["rule"] for card in answer["items"]} == ROOM_OF.keys()
    assert answer["total"] == len(ROOM_OF)
    assert all(card["inputs"]["type"] == "object" and card["source"] for card in answer["items"])


def test_one_rule_tells_what_it_takes(auditor: ApiClient):
    card = auditor.get("/api/v1/rules/recovery_interest").json

    assert (card["rule"], card["version"]) == ("recovery_interest", "1")
    assert {"principal", "paid_on", "returned_on"} <= card["inputs"]["properties"].keys()


@pytest.mark.parametrize(
    ("rule", "inputs", "name", "value"),
    [
        ("de_minimis", {"on": "2026-11-25", "new_aid": "300 000,01"}, "excess", "0.01"),
        (
            "recovery_deadline",
            {"on": "2027-12-31", "known_on": "1.3.2025", "last_paid_on": "15.6.2022"},
            "in_time",
            True,
        ),
        ("accounting_year", {"on": "2026-11-25"}, "number", 6),
    ],
)
def test_a_rule_of_each_room_answers_with_its_source_and_steps(auditor: ApiClient, rule, inputs, name, value):
    answer = auditor.post(f"/api/v1/rules/{rule}", json=inputs)

    assert answer.status_code == 200
    assert answer.json["result"][name] == value
    assert answer.json["rule"] == rule
    assert answer.json["source"]
    assert answer.json["steps"]


def test_the_question_needs_no_idempotency_key(app: Flask, auditor: ApiClient):
    answer = auditor._client.post(
        "/api/v1/rules/accounting_year",
        json={"on": "2026-11-25"},
        headers={"Authorization": f"Bearer {auditor._token}"},
    )

    assert answer.status_code == 200


def test_wrong_inputs_are_named_field_by_field(auditor: ApiClient):
    answer = auditor.post("/api/v1/rules/de_minimis", json={"new_aid": "1.234"})

    assert answer.status_code == 422
    assert {error["pointer"]: error["code"] for error in answer.json["errors"]} == {
        "#/on": "required",
        "#/new_aid": "ambiguous_number",
    }


def test_a_rule_nobody_has_is_not_found_and_those_near_it_are_told(auditor: ApiClient):
    answer = auditor.post("/api/v1/rules/de_minimus", json={})

    assert (answer.status_code, answer.json["code"]) == (404, "no_such_rule")
    assert "de_minimis" in answer.json["detail"]


def test_an_auditor_asks_the_version_that_an_old_decision_stands_on(auditor: ApiClient):
    award = {"granted_on": "2026-01-15", "amount": "140000.00", "undertaking": "9104416-3"}
    inputs = {"on": "2026-11-25", "earlier_aid": [award, award]}

    then = auditor.post("/api/v1/rules/de_minimis?version=1", json=inputs)
    never = auditor.post("/api/v1/rules/de_minimis?version=9", json=inputs)

    assert (then.json["version"], then.json["result"]["counted"]) == ("1", "280000.00")
    assert (never.status_code, never.json["code"]) == (404, "no_such_version")
    assert "1, 2" in never.json["detail"]


def test_a_company_and_a_visitor_ask_no_rules_but_simulate(as_person, visitor: ApiClient, rooms: FakeRooms):
    assert as_person(COMPANY).post("/api/v1/rules/de_minimis", json={}).status_code == 403
    assert visitor.post("/api/v1/rules/de_minimis", json={}).status_code == 401

    answer = visitor.post("/api/v1/calls/energia-2026/simulation", json={"size": "small"})

    assert (answer.status_code, answer.json["verdict"]) == (200, "incomplete")
