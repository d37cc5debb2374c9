"""Signing in by a real identity provider: OpenID Connect, authorization code with PKCE."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import oidc_provider_mock
import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient

from services.gateway.identity import SESSION_COOKIE
from services.gateway.settings import OidcSettings
from services.gateway.signing_in import own_path
from shared.contracts.customers import BEGIN_SESSION, WELCOME
from tests.support import fake_case as case
from tests.support.fake_rooms import FakeRooms
from tests.support.gateway import an_app


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    aino = oidc_provider_mock.User(sub="aino-1", claims={"name": "Aino Lehtonen"})
    with oidc_provider_mock.run_server_in_thread(user_claims=[aino]) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def app(rooms: FakeRooms, provider: str, tmp_path) -> Flask:
    oidc = OidcSettings(
        discovery=f"{provider}/.well-known/openid-configuration",
        client_id="tukivayla",
        client_secret="a secret of ours",
        scope="openid profile",
    )
    return an_app(rooms, tmp_path, demo=False, oidc=oidc, public_url="http://localhost")


def at_provider(client: FlaskClient, start: str = "/kirjaudu/oidc", **form: str) -> str:
    """Go to the provider, be identified there (or refuse), and give the address it sends the browser back to."""
    there = client.get(start).headers["Location"]
    back = requests.post(there, data=form or {"sub": "aino-1"}, allow_redirects=False, timeout=5)
    address = urlsplit(back.headers["Location"])
    return f"{address.path}?{address.query}"


def test_the_provider_is_asked_with_pkce_and_a_state_of_our_own(app: Flask):
    asked = parse_qs(urlsplit(app.test_client().get("/kirjaudu/oidc?kieli=sv").headers["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["state"][0]) > 20
    assert asked["nonce"]
    assert asked["ui_locales"] == ["sv"]


def test_with_one_capacity_a_person_is_signed_in_and_lands_where_they_were_going(
    app: Flask, rooms: FakeRooms, provider
):
    client = app.test_client()
    landed = client.get(at_provider(client, "/kirjaudu/oidc?takaisin=/oma/hakemukset"))
    assert (landed.status_code, landed.headers["Location"]) == (303, "/oma/hakemukset")
    welcomed = rooms.asked_for(WELCOME)[0].data
    assert (welcomed["issuer"], welcomed["subject"], welcomed["name"]) == (provider, "aino-1", "Aino Lehtonen")
    assert client.get("/api/v1/session").json["session"]["person_id"] == "p-aino"


def test_with_several_capacities_the_person_chooses_first(app: Flask, rooms: FakeRooms):
    rooms.answers(WELCOME, case.PEOPLE[-1])
    client = app.test_client()
    landed = client.get(at_provider(client))
    assert landed.headers["Location"] == "/valitse-yritys"
    assert client.get_cookie(SESSION_COOKIE) is None
    assert rooms.asked_for(BEGIN_SESSION) == []


def test_a_code_that_another_browser_asked_for_signs_nobody_in(app: Flask, rooms: FakeRooms):
    stolen = at_provider(app.test_client())
    answer = app.test_client().get(stolen)
    assert answer.status_code == 403
    assert rooms.asked_for(WELCOME) == []


def test_a_code_works_once(app: Flask, rooms: FakeRooms):
    client = app.test_client()
    address = at_provider(client)
    assert client.get(address).status_code == 303
    assert client.get(address).status_code == 403
    assert len(rooms.asked_for(WELCOME)) == 1


def test_a_person_who_changes_their_mind_at_the_provider_is_not_signed_in(app: Flask, rooms: FakeRooms):
    client = app.test_client()
    answer = client.get(at_provider(client, action="deny", sub="aino-1"))
    assert answer.status_code == 403
    assert rooms.sessions == {}


def test_without_a_provider_there_is_nowhere_to_go(rooms: FakeRooms, tmp_path):
    app = an_app(rooms, tmp_path)
    assert app.test_client().get("/kirjaudu/oidc").status_code == 403
    assert app.test_client().get("/kirjaudu/paluu?code=1&state=2").status_code == 403


def test_a_provider_that_does_not_answer_is_said_to_be_away(rooms: FakeRooms, tmp_path):
    oidc = OidcSettings(discovery="http://localhost:9/none", client_id="a", client_secret="b")
    app = an_app(rooms, tmp_path, oidc=oidc)
    assert app.test_client().get("/kirjaudu/oidc").status_code == 503


@pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "https://evil.example", "oma", "/a b", "", None])
def test_nobody_is_sent_to_another_site_after_sign_in(path):
    assert own_path(path) is None


def test_a_path_of_our_own_is_kept_with_its_filters():
    assert own_path("/tyo/jono?nakyma=omat&sivu=2") == "/tyo/jono?nakyma=omat&sivu=2"
