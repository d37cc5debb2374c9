"""Health, metrics, logs and settings: what those who run the house look at."""

from __future__ import annotations

import json
import shutil
import socket

import pytest
import structlog
from environs import EnvValidationError

from services.gateway.settings import read_settings
from shared.contracts import health
from shared.messaging.wire import ServiceAway, ServiceFault
from tests.support.fake_rooms import FakeRooms
from tests.support.gateway import ApiClient, an_app


@pytest.fixture
def fresh(rooms: FakeRooms, tmp_path) -> ApiClient:
    """An app whose readiness nobody has looked at yet."""
    return ApiClient(an_app(rooms, tmp_path))


def test_the_gateway_lives_whatever_the_rooms_do(fresh: ApiClient, rooms: FakeRooms):
    rooms.refuses(health.operation("payments"), ServiceAway("x"))
    assert fresh.get("/health/live").json == {"status": "up"}


def test_ready_means_every_room_and_the_files(fresh: ApiClient):
    answer = fresh.get("/health/ready")
    assert answer.status_code == 200
    assert set(answer.json["parts"]) == {"blobs", "customers", "documents", "applications", "payments", "monitoring"}


@pytest.mark.parametrize(("error", "state"), [(ServiceAway("x"), "away"), (ServiceFault("ref"), "failing")])
def test_not_ready_names_the_part(fresh: ApiClient, rooms: FakeRooms, error, state):
    rooms.refuses(health.operation("payments"), error)
    answer = fresh.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json["parts"]["payments"] == state
    assert answer.json["parts"]["customers"] == "up"


def test_without_a_place_for_files_the_gateway_is_not_ready(fresh: ApiClient, tmp_path):
    shutil.rmtree(tmp_path)
    assert fresh.get("/health/ready").json["parts"]["blobs"] == "failing"


def test_the_broker_is_named_apart_from_the_rooms_behind_it(rooms: FakeRooms, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as broker:
        url = f"amqp://guest:guest@127.0.0.1:{broker.getsockname()[1]}//"
        there = ApiClient(an_app(rooms, tmp_path, amqp_url=f"amqp://nowhere.invalid;{url}"))
        assert there.get("/health/ready").json["parts"]["broker"] == "up"
    gone = ApiClient(an_app(rooms, tmp_path, amqp_url=url))
    assert gone.get("/health/ready").json["parts"]["broker"] == "away"


def test_a_busy_balancer_does_not_make_the_rooms_busy(fresh: ApiClient, rooms: FakeRooms):
    for _ in range(5):
        fresh.get("/health/ready")
    assert len(rooms.asked_for(health.operation("payments"))) == 1


def test_requests_are_counted_by_route_and_never_by_whose_they_were(company: ApiClient):
    company.get("/api/v1/applications/A80655")
    text = company.get("/metrics").text
    assert 'route="/api/v1/applications/<number>"' in text
    assert "A80655" not in text
    assert "p-aino" not in text


def test_an_unknown_address_does_not_become_a_label(visitor: ApiClient):
    visitor.get("/wp-admin/A12345.php")
    assert "wp-admin" not in visitor.get("/metrics").text


def test_the_access_log_says_what_was_asked_and_not_for_whom(company: ApiClient):
    with structlog.testing.capture_logs() as lines:
        answer = company.get("/api/v1/applications?search=Lehtonen")
    line = next(line for line in lines if line["event"] == "request")
    assert (line["route"], line["status"], line["role"]) == ("/api/v1/applications", 200, "company")
    assert line["correlation_id"] == answer.headers["X-Correlation-ID"]
    assert "Lehtonen" not in json.dumps(lines)
    assert "p-aino" not in json.dumps(lines)


# ---- settings ----


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("SECRET_KEY", "AMQP_URL", "PUBLIC_URL", "DEMO", "UPLOAD_MOST_MB", "OIDC_DISCOVERY_URL"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_every_fault_in_the_settings_is_said_at_once(env: pytest.MonkeyPatch):
    env.setenv("SECRET_KEY", "short")
    env.setenv("UPLOAD_MOST_MB", "many")
    env.setenv("OIDC_DISCOVERY_URL", "https://provider.example/.well-known/openid-configuration")
    with pytest.raises(EnvValidationError) as refused:
        read_settings()
    at_fault = {"SECRET_KEY", "AMQP_URL", "UPLOAD_MOST_MB", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"}
    assert refused.value.error_messages.keys() == at_fault


def test_settings_that_are_whole_are_read(env: pytest.MonkeyPatch):
    env.setenv("SECRET_KEY", "x" * 32)
    env.setenv("AMQP_URL", "amqp://guest:guest@localhost//")
    env.setenv("PUBLIC_URL", "https://tukivayla.example")
    env.setenv("UPLOAD_MOST_MB", "5")
    settings = read_settings()
    assert (settings.https, settings.hosts, settings.upload_most) == (True, ("tukivayla.example",), 5_000_000)
    assert settings.demo is False


def test_a_secret_is_not_shown_when_settings_are_printed(env: pytest.MonkeyPatch):
    env.setenv("SECRET_KEY", "a secret of thirty-two characters")
    env.setenv("AMQP_URL", "amqp://guest:word-that-passes@localhost//")
    shown = repr(read_settings())
    assert "a secret" not in shown
    assert "word-that-passes" not in shown
