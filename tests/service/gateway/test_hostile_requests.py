"""Whatever is sent, the answer is a refusal in good order: never a fault, never a header that cannot be sent."""

from __future__ import annotations

import json
from urllib.parse import quote

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.gateway.problems import pointer
from services.gateway.signing_in import own_path
from tests.support.fake_rooms import FakeRooms
from tests.support.gateway import api_client

# The app and the rooms only answer here; nothing one example does is seen by the next.
shared_fixtures = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)

KEYS = st.sampled_from(["version", "answers", "costs", "outcome", "accepted_costs", "reasons", "conditions", "x"])
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["1234.50", "2026-11-22"])
)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(), inner, max_size=4)
)
BODIES = st.dictionaries(KEYS, JSON, max_size=6)


def in_good_order(answer) -> bool:
    sendable = all(value.encode("latin-1") is not None for _, value in answer.headers)
    return sendable and answer.status_code < 500 and (answer.status_code < 400 or "code" in answer.json)


@shared_fixtures
@given(body=BODIES)
def test_any_json_is_answered_in_good_order(app: Flask, rooms: FakeRooms, body):
    handler = api_client(app, rooms, "p-pekka")
    sent = json.dumps(body)
    assert in_good_order(
        handler.post("/api/v1/applications/A80648/proposal", data=sent, content_type="application/json")
    )
    company = api_client(app, rooms, "p-aino")
    assert in_good_order(company.put("/api/v1/applications/A80700/draft", data=sent, content_type="application/json"))


@shared_fixtures
@given(body=st.binary(max_size=200))
def test_any_bytes_are_answered_in_good_order(app: Flask, rooms: FakeRooms, body):
    company = api_client(app, rooms, "p-aino")
    for kind in ("application/json", "multipart/form-data; boundary=x", "text/plain"):
        assert in_good_order(company.post("/api/v1/documents", data=body, content_type=kind))
        assert in_good_order(company.put("/api/v1/applications/A80700/draft", data=body, content_type=kind))


@shared_fixtures
@given(number=st.text(min_size=1).filter(lambda text: "/" not in text), search=st.text())
def test_any_address_is_answered_in_good_order(app: Flask, rooms: FakeRooms, number, search):
    company = api_client(app, rooms, "p-aino")
    tail = quote(number, safe="", errors="surrogatepass")
    query = quote(search, safe="", errors="surrogatepass")
    for path in (f"/api/v1/grants/{tail}/claims?search={query}", f"/api/v1/applications/{tail}"):
        assert in_good_order(company.get(path))


@shared_fixtures
@given(key=st.text(st.characters(max_codepoint=255, exclude_categories=["Cc"]), max_size=300))
def test_any_key_is_taken_or_refused(app: Flask, rooms: FakeRooms, key):
    company = api_client(app, rooms, "p-aino")
    headers = {"Idempotency-Key": key, "If-Match": key, "X-Correlation-ID": key, "Authorization": f"Bearer {key}"}
    assert in_good_order(company.post("/api/v1/applications/A80700/submission", json={}, headers=headers))


@given(st.lists(st.text(st.characters(exclude_characters="."), min_size=1), min_size=1))
def test_a_pointer_leads_back_to_the_path_it_was_made_of(parts):
    told = pointer(".".join(parts)).removeprefix("#/").split("/")
    assert [part.replace("~1", "/").replace("~0", "~") for part in told] == parts


@given(st.text())
def test_a_path_to_return_to_never_names_another_host(path):
    kept = own_path(path)
    assert kept is None or (kept.startswith("/") and kept[1:2] not in ("/", "\\"))
