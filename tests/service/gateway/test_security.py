"""What keeps a browser from being used against its owner."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.exceptions import TooManyRequests

from services.gateway import signing_in
from shared.contracts.applications import SUBMIT
from tests.support.fake_rooms import FakeRooms
from tests.support.gateway import ApiClient, an_app, api_client, browser

HERE = {"REMOTE_ADDR": "127.0.0.1"}
SUBMISSION = "/api/v1/applications/A80700/submission"
DEED = {"Idempotency-Key": "deed-1"}


def test_a_browsers_change_needs_proof_that_our_own_page_asked_for_it(app: Flask, rooms: FakeRooms):
    client = browser(app, rooms, "p-aino")
    answer = client.post(SUBMISSION, json={"version": 2}, headers=DEED)
    assert (answer.status_code, answer.json["code"]) == (400, "csrf")
    assert rooms.asked_for(SUBMIT) == []


def test_with_the_proof_in_its_header_the_change_is_done(app: Flask, rooms: FakeRooms):
    client = browser(app, rooms, "p-aino")
    proof = {"X-CSRF-Token": client.get("/api/v1/session").json["form_token"]}
    assert client.post(SUBMISSION, json={"version": 2}, headers=DEED | proof).status_code == 200


def test_another_browsers_proof_is_none(app: Flask, rooms: FakeRooms):
    proof = {"X-CSRF-Token": browser(app, rooms, "p-mikael").get("/api/v1/session").json["form_token"]}
    client = browser(app, rooms, "p-aino")
    client.get("/api/v1/session")
    assert client.post(SUBMISSION, json={"version": 2}, headers=DEED | proof).status_code == 400


def test_a_form_that_another_site_sent_is_refused_whatever_it_carries(app: Flask, rooms: FakeRooms):
    client = browser(app, rooms, "p-aino")
    proof = {"X-CSRF-Token": client.get("/api/v1/session").json["form_token"]}
    elsewhere = {"Origin": "https://evil.example"}
    assert client.post(SUBMISSION, json={"version": 2}, headers=DEED | proof | elsewhere).status_code == 400
    at_home = {"Origin": "http://localhost"}
    assert client.post(SUBMISSION, json={"version": 2}, headers=DEED | proof | at_home).status_code == 200


def test_signing_out_too_needs_the_proof(app: Flask, rooms: FakeRooms):
    assert browser(app, rooms, "p-aino").delete("/api/v1/session").status_code == 400


def test_a_programs_token_is_never_sent_by_itself_and_needs_no_proof(company: ApiClient):
    assert company.post(SUBMISSION, json={"version": 2}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/api/v1/calls", "/api/v1/nowhere", "/health/live", "/api/docs"])
def test_every_answer_forbids_what_no_page_of_ours_needs(app: Flask, path: str):
    headers = app.test_client().get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_a_signed_in_persons_pages_are_kept_nowhere(company: ApiClient):
    assert company.get("/api/v1/applications").headers["Cache-Control"] == "no-store"


def test_a_refusal_is_kept_nowhere_either(visitor: ApiClient):
    assert visitor.get("/api/v1/applications").headers["Cache-Control"] == "no-store"


def test_a_host_that_is_not_ours_is_refused(visitor: ApiClient):
    assert visitor.get("/api/v1/calls", headers={"Host": "evil.example"}).status_code == 400


def test_too_many_requests_are_refused_until_later(rooms: FakeRooms, tmp_path):
    app = an_app(rooms, tmp_path, rate_limits=True, rate_limit="3 per minute")
    client = ApiClient(app)
    answers = [client.get("/api/v1/calls") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].mimetype == "application/problem+json"
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_signing_in_is_limited_more_strictly_than_the_rest(rooms: FakeRooms, tmp_path):
    app = an_app(rooms, tmp_path, rate_limits=True, sign_in_limit="2 per minute")
    client = ApiClient(app)
    body = {"person_id": "p-aino", "capacity_id": "c-verstas"}
    assert [client.post("/api/v1/session", json=body).status_code for _ in range(3)] == [201, 201, 429]
    assert client.get("/api/v1/calls").status_code == 200


def test_a_page_for_signing_in_is_limited_together_with_the_api(rooms: FakeRooms, tmp_path):
    app = an_app(rooms, tmp_path, rate_limits=True, sign_in_limit="1 per minute")
    body = {"person_id": "p-aino", "capacity_id": "c-verstas"}
    assert ApiClient(app).post("/api/v1/session", json=body).status_code == 201
    with app.test_request_context("/kirjaudu", method="POST", environ_base=HERE), pytest.raises(TooManyRequests):
        signing_in.begin(**body)


def test_one_persons_haste_does_not_stop_another_behind_the_same_address(rooms: FakeRooms, tmp_path):
    app = an_app(rooms, tmp_path, rate_limits=True, rate_limit="2 per minute")
    hasty, calm = api_client(app, rooms, "p-aino"), api_client(app, rooms, "p-pekka")
    assert [hasty.get("/api/v1/calls").status_code for _ in range(3)] == [200, 200, 429]
    assert calm.get("/api/v1/calls").status_code == 200


def test_health_is_never_limited(rooms: FakeRooms, tmp_path):
    app = an_app(rooms, tmp_path, rate_limits=True, rate_limit="1 per minute")
    assert [app.test_client().get("/health/live").status_code for _ in range(3)] == [200, 200, 200]


@pytest.mark.parametrize(("proxies", "counted"), [(0, "127.0.0.1"), (1, "10.0.0.7")])
def test_a_caller_names_its_own_address_only_through_a_proxy_we_know_of(rooms: FakeRooms, tmp_path, proxies, counted):
    from flask import request

    app = an_app(rooms, tmp_path, proxies=proxies)
    seen = []
    app.before_request_funcs[None].append(lambda: seen.append(request.remote_addr))
    app.test_client().get("/health/live", headers={"X-Forwarded-For": "6.6.6.6, 10.0.0.7"})
    assert seen == [counted]
