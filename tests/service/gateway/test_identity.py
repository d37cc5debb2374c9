"""Who is asking: cookies, tokens, sessions that end, languages, and the ids a request carries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from services.gateway.identity import SESSION_COOKIE, Sessions
from shared.asker import Role
from shared.contracts.applications import LIST_CALLS
from shared.contracts.customers import END_SESSION, GET_SESSION
from shared.messaging.wire import ServiceAway
from tests.support import fake_case as case
from tests.support.fake_rooms import FakeRooms
from tests.support.gateway import ApiClient, an_app, api_client, browser, token_for

SIGN_IN = {"person_id": "p-aino", "capacity_id": "c-verstas"}
DEED = {"Idempotency-Key": "deed-1"}


def test_a_program_signs_in_and_uses_its_token(app: Flask, visitor: ApiClient, rooms: FakeRooms):
    signed_in = visitor.post("/api/v1/session", json=SIGN_IN)
    assert signed_in.status_code == 201
    program = ApiClient(app, signed_in.json["token"])
    assert program.get("/api/v1/session").json["session"]["name"] == "Aino Lehtonen"
    program.get("/api/v1/calls")
    asker = rooms.asked_for(LIST_CALLS)[0].asker
    assert (asker.person, asker.role, asker.business_id) == ("p-aino", Role.COMPANY, case.VERSTAS)


def test_the_cookie_cannot_be_read_by_scripts_nor_sent_by_other_sites(app: Flask):
    answer = app.test_client().post("/api/v1/session", json=SIGN_IN)
    cookie = next(value for value in answer.headers.getlist("Set-Cookie") if value.startswith(SESSION_COOKIE))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_over_https_the_cookie_travels_only_encrypted(rooms: FakeRooms, tmp_path):
    app = an_app(rooms, tmp_path, public_url="https://tukivayla.example", trusted_hosts=("localhost",))
    answer = app.test_client().post("/api/v1/session", json=SIGN_IN)
    assert all("Secure" in cookie for cookie in answer.headers.getlist("Set-Cookie"))
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_outside_the_demonstration_nobody_signs_in_by_name_alone(rooms: FakeRooms, tmp_path):
    client = ApiClient(an_app(rooms, tmp_path, demo=False))
    answer = client.post("/api/v1/session", json=SIGN_IN)
    assert (answer.status_code, answer.json["code"]) == (403, "demo_only")
    assert client.get("/api/v1/demo-people").status_code == 403
    assert rooms.sessions == {}


def test_a_person_cannot_take_a_capacity_that_is_not_their_own(visitor: ApiClient):
    answer = visitor.post("/api/v1/session", json={"person_id": "p-aino", "capacity_id": "c-ita-payer"})
    assert answer.status_code == 403


def with_another_signature(token: str) -> str:
    """One character in its middle is another: of the last one some bits are not read."""
    return token[:-9] + ("A" if token[-9] != "A" else "B") + token[-8:]


@pytest.mark.parametrize("forge", [with_another_signature, lambda token: token.split(".")[0], lambda _: "ä"])
def test_a_forged_token_is_nobodys(app: Flask, rooms: FakeRooms, forge: Callable[[str], str]):
    token = forge(token_for(app, rooms, "p-aino"))
    assert ApiClient(app, token).get("/api/v1/applications").status_code == 401
    assert rooms.asked_for(GET_SESSION) == []


def test_a_token_is_nothing_any_more_after_signing_out(app: Flask, rooms: FakeRooms):
    client = ApiClient(app, token_for(app, rooms, "p-aino"))
    assert client.get("/api/v1/applications").status_code == 200
    assert client.delete("/api/v1/session").status_code == 204
    assert client.get("/api/v1/applications").status_code == 401
    assert len(rooms.asked_for(END_SESSION)) == 1


def test_a_session_is_asked_for_once_and_then_known(app: Flask, rooms: FakeRooms):
    client = ApiClient(app, token_for(app, rooms, "p-aino"))
    for _ in range(3):
        client.get("/api/v1/applications")
    assert len(rooms.asked_for(GET_SESSION)) == 1


def test_a_session_known_here_is_believed_thirty_seconds_at_most():
    now = [0.0]
    sessions = Sessions(30, clock=lambda: now[0])
    sessions.put({"session_id": "s"})
    now[0] = 29.9
    assert sessions.get("s")
    now[0] = 30.0
    assert sessions.get("s") is None


def test_a_session_that_has_run_out_is_none_though_it_is_still_known(app: Flask, rooms: FakeRooms):
    token = token_for(app, rooms, "p-aino")
    session = next(iter(rooms.sessions.values()))
    app.extensions["sessions"].put(session)
    session["expires_at"] = session["began_at"] - timedelta(seconds=1)
    answer = ApiClient(app, token).get("/api/v1/applications")
    assert (answer.status_code, answer.json["code"]) == (401, "sign_in_needed")


def test_a_session_used_elsewhere_goes_on_though_what_is_known_of_it_has_run_out(app: Flask, rooms: FakeRooms):
    token = token_for(app, rooms, "p-aino")
    session = next(iter(rooms.sessions.values()))
    app.extensions["sessions"].put(session | {"expires_at": session["began_at"]})
    assert ApiClient(app, token).get("/api/v1/applications").status_code == 200


def test_an_answer_that_comes_after_signing_out_brings_the_session_back_to_nobody():
    sessions = Sessions(30)
    sessions.forget("s")
    sessions.put({"session_id": "s"})
    assert sessions.get("s") is None


def test_a_browser_whose_session_has_ended_loses_its_cookie(app: Flask, rooms: FakeRooms):
    client = browser(app, rooms, "p-aino")
    rooms.sessions.clear()
    answer = client.get("/api/v1/applications")
    assert answer.status_code == 401
    assert any(value.startswith(f"{SESSION_COOKIE}=;") for value in answer.headers.getlist("Set-Cookie"))


def test_when_sessions_cannot_be_asked_nobody_is_signed_out_for_it(app: Flask, rooms: FakeRooms):
    client = browser(app, rooms, "p-aino")
    rooms.refuses(GET_SESSION, ServiceAway("customers: TimeoutError"))
    answer = client.get("/api/v1/applications")
    assert answer.status_code == 503
    assert not any(SESSION_COOKIE in value for value in answer.headers.getlist("Set-Cookie"))


@pytest.mark.parametrize(
    ("address", "headers", "person", "language"),
    [
        ("?kieli=sv", {"Accept-Language": "en", "Cookie": "kieli=en"}, None, "sv"),
        ("", {"Accept-Language": "fi", "Cookie": "kieli=en"}, "p-mikael", "en"),
        ("", {"Accept-Language": "fi"}, "p-mikael", "sv"),
        ("", {"Accept-Language": "sv-FI,sv;q=0.9,en;q=0.5"}, None, "sv"),
        ("", {"Accept-Language": "de"}, None, "fi"),
        ("?kieli=xx", {}, None, "fi"),
    ],
)
def test_the_language_is_the_nearest_wish(app: Flask, rooms: FakeRooms, address, headers, person, language):
    token = token_for(app, rooms, person) if person else None
    answer = ApiClient(app, token).get(f"/api/v1/session{address}", headers=headers)
    assert answer.json["language"] == language


def test_a_language_asked_for_is_remembered(app: Flask):
    client = app.test_client()
    client.get("/api/v1/session?kieli=sv")
    assert client.get("/api/v1/session").json["language"] == "sv"


def test_a_well_formed_correlation_id_goes_all_the_way_and_back(company: ApiClient, rooms: FakeRooms):
    answer = company.get("/api/v1/calls", headers={"X-Correlation-ID": "demo-2026.11_22"})
    assert answer.headers["X-Correlation-ID"] == "demo-2026.11_22"
    assert rooms.asked_for(LIST_CALLS)[0].asker.correlation_id == "demo-2026.11_22"


@pytest.mark.parametrize("sent", ["short", "a b c d e f g h", "x" * 65, "<script>alert(1)</script>"])
def test_any_other_correlation_id_is_replaced(company: ApiClient, sent: str):
    answer = company.get("/api/v1/calls", headers={"X-Correlation-ID": sent})
    assert answer.headers["X-Correlation-ID"] != sent


def test_another_clock_is_obeyed_in_the_demonstration_only(rooms: FakeRooms, tmp_path, visitor: ApiClient):
    clock = {"Tukivayla-At": "2026-11-22T22:30:00+02:00"}
    visitor.get("/api/v1/calls", headers=clock)
    ApiClient(an_app(rooms, tmp_path, demo=False)).get("/api/v1/calls", headers=clock)
    in_demo, in_life = (asked.asker.at for asked in rooms.asked_for(LIST_CALLS))
    assert in_demo is not None
    assert in_life is None


def test_a_change_for_a_company_asks_anew_who_it_is_and_a_reading_does_not(app: Flask, rooms: FakeRooms):
    client = api_client(app, rooms, "p-aino")
    client.get("/api/v1/applications")
    client.get("/api/v1/applications")
    assert len(rooms.asked_for(GET_SESSION)) == 1
    client.post("/api/v1/applications", json={"call_id": "energia-2026", "language": "fi"})
    assert len(rooms.asked_for(GET_SESSION)) == 2


def test_a_person_whose_rights_were_changed_is_asked_about_with_their_next_request(app: Flask, rooms: FakeRooms):
    aino, mikael = api_client(app, rooms, "p-aino"), api_client(app, rooms, "p-mikael")
    aino.get("/api/v1/applications")
    mikael.get("/api/v1/applications")
    before = len(rooms.asked_for(GET_SESSION))
    assert aino.post("/api/v1/company/people/p-mikael/end", json={}).status_code == 200
    mikael.get("/api/v1/applications")
    assert len(rooms.asked_for(GET_SESSION)) == before + 2  # one for the change, one for who was changed
