"""The API's own documents: true to the code, and valid by their standards."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from services.gateway import asyncapi, openapi
from shared.contracts import EVENTS
from shared.messaging.envelope import Envelope
from shared.messaging.topology import FACTS
from tests.support.asyncapi_rules import DOCUMENT, references, resolved
from tests.support.gateway import ApiClient

DOCS = Path(__file__).parents[3] / "docs" / "api"


def stored(name: str) -> Any:
    return json.loads((DOCS / name).read_text())


def test_the_stored_openapi_document_is_what_the_code_says_now(app: Flask):
    now = json.loads(json.dumps(openapi.document(app)))
    assert stored("openapi.json") == now, "make it again: python -m services.gateway.openapi > docs/api/openapi.json"


def test_the_stored_asyncapi_document_is_what_the_contracts_say_now():
    now = json.loads(json.dumps(asyncapi.document()))
    assert stored("asyncapi.json") == now, "make it again: python -m services.gateway.asyncapi > docs/api/asyncapi.json"


def test_the_openapi_document_is_valid():
    assert list(OpenAPIV31SpecValidator(stored("openapi.json")).iter_errors()) == []


def test_the_asyncapi_document_is_valid():
    assert list(Draft202012Validator(DOCUMENT).iter_errors(stored("asyncapi.json"))) == []


def test_every_reference_in_the_asyncapi_document_leads_somewhere():
    document = stored("asyncapi.json")
    assert all(resolved(document, reference) for reference in references(document))


def test_an_operation_sends_only_messages_of_its_own_channel():
    document = stored("asyncapi.json")
    for operation in document["operations"].values():
        messages = {
            f"{operation['channel']['$ref']}/messages/{name}"
            for name in resolved(document, operation["channel"]["$ref"])["messages"]
        }
        assert {message["$ref"] for message in operation["messages"]} <= messages


def test_the_openapi_document_has_every_route_of_the_api(app: Flask):
    routes = {
        (method.lower(), re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    paths = stored("openapi.json")["paths"]
    unsaid = {"parameters", "head", "options"}  # every address answers to these two of itself
    told = {(method, path) for path, methods in paths.items() for method in methods if method not in unsaid}
    assert told == routes


# Asked with a body, and changing nothing: sums of what is typed, a trial of a call's terms, a rule asked alone.
QUESTIONS = {
    "/api/v1/applications/{number}/count",
    "/api/v1/calls/{call_id}/simulation",
    "/api/v1/rules/{rule}",
}


def test_every_change_in_the_openapi_document_says_its_key_and_who_may():
    changes = {
        (path, method): operation
        for path, methods in stored("openapi.json")["paths"].items()
        for method, operation in methods.items()
        if method in ("post", "put", "delete") and path != "/api/v1/session"
        if path not in QUESTIONS
        if not path.startswith("/api/v1/uploads")  # a piece is named by its offset (tus 1.0)
    }
    assert len(changes) > 25
    for operation in changes.values():
        assert "Idempotency-Key" in {parameter["name"] for parameter in operation["parameters"]}
        assert operation["x-roles"]
        assert operation["summary"]


def test_sums_in_the_openapi_document_are_texts_of_one_form():
    claimed = stored("openapi.json")["components"]["schemas"]["Claim"]["properties"]["claimed"]
    assert (claimed["type"], claimed["examples"]) == ("string", ["1234.50"])


def test_the_facts_travel_on_the_exchange_that_the_bus_declares():
    assert asyncapi.EXCHANGE == FACTS


@pytest.mark.parametrize("event", EVENTS.values(), ids=lambda event: event.routing_key)
def test_every_fact_has_a_channel_with_its_envelope_and_data(event):
    document = stored("asyncapi.json")
    message = document["components"]["messages"][event.routing_key]
    assert document["channels"][event.routing_key]["address"] == event.routing_key
    assert message["payload"]["allOf"][1]["properties"]["type"] == {"const": event.type}
    data = document["components"]["schemas"][event.schema.__name__]
    assert data["properties"].keys() == event.schema().fields.keys()


def a_fact(**changes: Any) -> dict[str, Any]:
    fact = Envelope(
        id="0f9f1c1e-9d0b-4d3e-9a53-1f4a4d2f0001",
        source="/applications",
        type="applications.case_taken",
        version=1,
        subject="application/A80655",
        sequence=2,
        time=datetime(2026, 11, 22, tzinfo=UTC),
        actor="p-pekka",
        role="handler",
        authority="ITA",
        correlation_id="c-1",
        causation_id="",
        data={"number": "A80655", "handler": "p-pekka", "authority": "ITA"},
    )
    return fact.to_wire() | changes


@pytest.mark.parametrize(
    ("changes", "fits"),
    [
        ({}, True),
        ({"sequence": 0}, False),
        ({"type": "applications.grant_awarded"}, False),
        ({"data": {"number": "A80655"}}, False),
    ],
)
def test_a_fact_as_it_travels_fits_the_document(changes: dict[str, Any], fits: bool):
    document = stored("asyncapi.json")
    payload = document["components"]["messages"]["applications.case_taken.v1"]["payload"]
    schema = payload | {"components": document["components"]}
    assert Draft202012Validator(schema).is_valid(a_fact(**changes)) is fits


def test_the_documents_are_served_and_the_page_for_people_runs_no_script(visitor: ApiClient):
    assert visitor.get("/api/openapi.json").json == stored("openapi.json")
    assert visitor.get("/api/asyncapi.json").json["asyncapi"] == "3.0.0"
    page = visitor.get("/api/docs")
    assert "/api/v1/applications/{number}/submission" in page.text
    assert "<script" not in page.text
