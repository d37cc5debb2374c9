"""API keys at the door: a key opens the API as its person, and nothing else."""

from __future__ import annotations

import pytest
from flask import Flask

from shared.contracts.applications import OPEN_APPLICATION, SUBMIT
from shared.contracts.customers import OPEN_API_KEY
from tests.support import fake_case as case
from tests.support.fake_companies import TOKEN, KeyNotValid
from tests.support.fake_rooms import FakeRooms
from tests.support.gateway import ApiClient, an_app

KEY_ID = "0123456789abcdef"


@pytest.fixture
def program(app: Flask) -> ApiClient:
    return ApiClient(app, TOKEN)


def test_a_key_acts_as_its_person_for_its_company_and_is_marked(program: ApiClient, rooms: FakeRooms):
    opened = program.post("/api/v1/applications", json={"call_id": "energia-2026", "language": "fi"})
    assert opened.status_code == 201
    (asked,) = rooms.asked_for(OPEN_APPLICATION)
    assert (asked.asker.person, asked.asker.business_id) == ("p-aino", case.VERSTAS)
    assert (asked.asker.rights, asked.asker.via) == (frozenset({"prepare"}), KEY_ID)


def test_a_key_that_may_only_prepare_sends_nothing(program: ApiClient, rooms: FakeRooms):
    answer = program.post("/api/v1/applications/A80700/submission", json={"version": 3})
    assert (answer.status_code, answer.json["code"]) == (403, "may_not_sign")
    assert rooms.asked_for(SUBMIT) == []


def test_a_key_that_may_sign_sends_in_the_companys_name(program: ApiClient, rooms: FakeRooms):
    rooms.companies.key["rights"] = ["prepare", "sign"]
    version = program.get("/api/v1/applications/A80700").json["version"]
    assert program.post("/api/v1/applications/A80700/submission", json={"version": version}).status_code == 200
    assert rooms.asked_for(SUBMIT)[0].asker.via == KEY_ID


def test_a_key_sees_its_own_company_alone(program: ApiClient):
    assert program.get("/api/v1/applications/A80655").status_code == 200
    assert program.get("/api/v1/applications/A80777").status_code == 404


def test_whose_key_it_is_can_be_asked(program: ApiClient):
    told = program.get("/api/v1/session").json
    assert told["session"]["capacity"]["business_id"] == case.VERSTAS
    assert told["form_token"] is None


@pytest.mark.parametrize("token", ["tkv_x", TOKEN[:-1] + "x", "tkv_"])
def test_a_key_that_opens_nothing_is_told_so(app: Flask, token: str):
    answer = ApiClient(app, token).get("/api/v1/applications")
    assert (answer.status_code, answer.json["code"]) == (401, "api_key_not_valid")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_key_is_asked_about_every_time_so_that_revoking_works_at_once(program: ApiClient, rooms: FakeRooms):
    assert program.get("/api/v1/applications").status_code == 200
    rooms.refuses(OPEN_API_KEY, KeyNotValid())
    assert program.get("/api/v1/applications").status_code == 401


def test_a_key_opens_no_page_for_people(app: Flask):
    answer = app.test_client().get("/oma", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/kirjaudu")


def test_a_key_is_counted_as_itself_wherever_it_comes_from(rooms: FakeRooms, tmp_path):
    app = an_app(rooms, tmp_path, rate_limits=True, rate_limit="2 per minute")
    client = app.test_client()
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    seen = [
        client.get("/api/v1/calls", headers=bearer, environ_base={"REMOTE_ADDR": f"192.0.2.{host}"}).status_code
        for host in (1, 2, 3)
    ]
    assert seen == [200, 200, 429]


def test_guessed_keys_are_counted_by_where_they_come_from(rooms: FakeRooms, tmp_path):
    app = an_app(rooms, tmp_path, rate_limits=True, rate_limit="2 per minute")
    client = app.test_client()
    seen = [
        client.get("/api/v1/calls", headers={"Authorization": f"Bearer tkv_{guess}"}).status_code
        for guess in ("a", "b", "c")
    ]
    assert seen[-1] == 429
