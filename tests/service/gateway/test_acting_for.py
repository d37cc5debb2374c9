"""To the mandate register and back: bound to the browser, said in plain words, and no identity code kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import oidc_provider_mock
import pytest
from flask import Flask

from services.gateway.identity import SESSION_COOKIE
from services.gateway.settings import OidcSettings
from shared.contracts.customers import (
    ACCEPT_INVITATION,
    BEGIN_MANDATE_CHECK,
    BEGIN_SESSION,
    FINISH_MANDATE_CHECK,
    WELCOME,
)
from shared.errors import Conflict, Forbidden
from tests.service.gateway.test_signing_in import at_provider
from tests.support import fake_case as case
from tests.support.fake_companies import CODE
from tests.support.fake_rooms import FakeRooms
from tests.support.gateway import an_app, browser

IDENTITY_CODE = "010190-900P"
NOBODY_YET = {"person_id": "p-uusi", "name": "Uusi Henkilö", "language": "fi", "capacities": []}


class IdentityCodeNeeded(Forbidden):
    code = "identity_code_needed"


class RegisterAway(Conflict):
    code = "register_away"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    claims = {"name": "Aino Lehtonen", "national_id_num": IDENTITY_CODE}
    with oidc_provider_mock.run_server_in_thread(
        user_claims=[oidc_provider_mock.User(sub="aino-1", claims=claims)]
    ) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def app(rooms: FakeRooms, provider: str, tmp_path) -> Flask:
    oidc = OidcSettings(
        discovery=f"{provider}/.well-known/openid-configuration",
        client_id="t",
        client_secret="s",
        scope="openid profile",
    )
    return an_app(rooms, tmp_path, demo=False, oidc=oidc, public_url="http://localhost")


def a_check(*organisations: dict[str, Any], state: str = "granted", why: str = "") -> dict[str, Any]:
    return FakeRooms().companies.check() | {"organisations": list(organisations), "state": state, "why": why}


def an_organisation(business_id: str = case.VERSTAS, rights: tuple[str, ...] = ("prepare", "sign"), **more: Any):
    return {
        "business_id": business_id,
        "name": "Saimaan Verstas Oy",
        "complete": True,
        "roles": ["TJ"],
        "rights": list(rights),
    } | more


def test_a_signed_in_person_is_sent_to_the_register_and_back_to_their_companys_work(app: Flask, rooms: FakeRooms):
    client = browser(app, rooms, "p-aino")
    there = client.get("/valtuudet?takaisin=/oma/hakemukset")
    assert there.headers["Location"] == "https://valtuudet.example.fi/oauth/authorize?user=1"
    (begun,) = rooms.asked_for(BEGIN_MANDATE_CHECK)
    assert begun.data["returning"] == "http://localhost/valtuudet/paluu"
    back = client.get("/valtuudet/paluu?code=abc")
    assert (back.status_code, back.headers["Location"]) == (303, "/oma/hakemukset")
    (finished,) = rooms.asked_for(FINISH_MANDATE_CHECK)
    assert (finished.data["check_id"], finished.data["person_id"], finished.data["code"]) == ("mc-1", "p-aino", "abc")
    assert rooms.asked_for(BEGIN_SESSION)


def test_a_visitor_identifies_themselves_first(app: Flask):
    assert app.test_client().get("/valtuudet").headers["Location"].startswith("/kirjaudu?")


def test_a_code_in_another_browser_is_worth_nothing(app: Flask, rooms: FakeRooms):
    browser(app, rooms, "p-aino").get("/valtuudet")
    answer = browser(app, rooms, "p-mikael").get("/valtuudet/paluu?code=abc")
    assert answer.status_code == 410
    assert rooms.asked_for(FINISH_MANDATE_CHECK) == []


def test_coming_back_twice_is_coming_back_once(app: Flask, rooms: FakeRooms):
    client = browser(app, rooms, "p-aino")
    client.get("/valtuudet")
    client.get("/valtuudet/paluu?code=abc")
    assert client.get("/valtuudet/paluu?code=abc").status_code == 410
    assert len(rooms.asked_for(FINISH_MANDATE_CHECK)) == 1


def test_the_identity_code_goes_to_the_register_once_and_stays_nowhere(app: Flask, rooms: FakeRooms, caplog):
    rooms.answers(WELCOME, NOBODY_YET)
    client = app.test_client()
    landed = client.get(at_provider(client, "/kirjaudu/oidc?yritys=1"))
    assert landed.headers["Location"].startswith("https://valtuudet.example.fi/")
    (begun,) = rooms.asked_for(BEGIN_MANDATE_CHECK)
    assert begun.data["identity_code"] == IDENTITY_CODE
    with client.session_transaction() as kept:
        assert IDENTITY_CODE not in str(dict(kept))
    assert IDENTITY_CODE not in caplog.text


def test_without_wanting_to_act_for_a_company_the_code_is_passed_to_nobody(app: Flask, rooms: FakeRooms):
    client = app.test_client()
    client.get(at_provider(client))
    assert rooms.asked_for(BEGIN_MANDATE_CHECK) == []


def test_who_comes_later_is_sent_to_identify_again(app: Flask, rooms: FakeRooms):
    rooms.refuses(BEGIN_MANDATE_CHECK, IdentityCodeNeeded())
    answer = browser(app, rooms, "p-aino").get("/valtuudet")
    assert answer.headers["Location"] == "/kirjaudu/oidc?yritys=1"


@pytest.mark.parametrize(
    ("check", "said"),
    [
        (a_check(state="failed", why="cancelled"), "Palasit valitsematta yritystä."),
        (a_check(state="failed", why="register_away"), "Valtuusrekisteri ei vastaa nyt."),
        (
            a_check(an_organisation(rights=(), complete=False, roles=[]), state="not_proved", why="incomplete"),
            "taustalla oleva rekisteri ei vastannut",
        ),
        (a_check(an_organisation(rights=()), state="not_proved", why="no_right"), "valtuudellasi ei voi hakea tukea"),
    ],
)
def test_a_failure_is_said_in_plain_words_and_opens_nothing(app: Flask, rooms: FakeRooms, check, said: str):
    rooms.answers(FINISH_MANDATE_CHECK, check)
    client = browser(app, rooms, "p-aino")
    client.get("/valtuudet?kieli=fi")
    answer = client.get("/valtuudet/paluu?error=access_denied")
    assert answer.status_code == 403
    assert said in answer.text
    assert rooms.asked_for(BEGIN_SESSION) == []


def test_several_companies_are_chosen_among(app: Flask, rooms: FakeRooms):
    rooms.answers(FINISH_MANDATE_CHECK, a_check(an_organisation(), an_organisation(case.BAATAR)))
    client = browser(app, rooms, "p-aino")
    client.get("/valtuudet")
    assert client.get("/valtuudet/paluu?code=abc").headers["Location"] == "/valitse-yritys"


def test_one_that_is_proved_and_one_that_is_not_are_both_told(app: Flask, rooms: FakeRooms):
    half = an_organisation(case.BAATAR, rights=(), complete=False, name="Katkos Oy")
    rooms.answers(FINISH_MANDATE_CHECK, a_check(an_organisation(), half))
    client = browser(app, rooms, "p-aino")
    client.get("/valtuudet?kieli=fi")
    answer = client.get("/valtuudet/paluu?code=abc")
    assert answer.status_code == 200
    assert "Saat asioida puolesta" in answer.text
    assert "Katkos Oy" in answer.text


def test_a_register_that_is_away_is_a_page_that_says_so(app: Flask, rooms: FakeRooms):
    rooms.refuses(BEGIN_MANDATE_CHECK, RegisterAway(register="mandates"))
    answer = browser(app, rooms, "p-aino").get("/valtuudet?kieli=fi")
    assert answer.status_code == 409
    assert "Rekisteri ei vastaa nyt" in answer.text


class TestInvitations:
    def test_a_newcomer_with_no_company_comes_back_to_the_invitation(self, app: Flask, rooms: FakeRooms):
        rooms.answers(WELCOME, NOBODY_YET)
        client = app.test_client()
        landed = client.get(at_provider(client, f"/kirjaudu/oidc?takaisin=/kutsu/{CODE}"))
        assert landed.headers["Location"] == f"/kutsu/{CODE}"

    def test_whoever_accepts_is_at_work_for_the_company(self, app: Flask, rooms: FakeRooms):
        client = browser(app, rooms, "p-aino")
        page = client.get(f"/kutsu/{CODE}?kieli=fi").text
        assert "Saimaan Verstas Oy" in page
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
        answer = client.post(f"/kutsu/{CODE}", data={"csrf_token": token, "idempotency_key": "k"})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/oma")
        assert rooms.asked_for(ACCEPT_INVITATION)[0].data == {"code": CODE, "person_id": "p-aino"}
        assert client.get_cookie(SESSION_COOKIE)

    def test_a_visitor_sees_whose_invitation_it_is_and_is_asked_to_identify(self, app: Flask, rooms: FakeRooms):
        client = app.test_client()
        page = client.get(f"/kutsu/{CODE}?kieli=fi").text
        assert f"/kirjaudu?takaisin=/kutsu/{CODE}" in page

    def test_a_code_that_nobody_gave_is_nothing(self, app: Flask):
        assert app.test_client().get("/kutsu/arvaus").status_code == 404
