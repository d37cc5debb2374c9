"""The gateway for a test: the real app on fake rooms, and browsers and API clients signed in to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

from services.gateway.app import create_app
from services.gateway.identity import SESSION_COOKIE, token_of
from services.gateway.settings import Settings
from tests.support.fake_rooms import FakeRooms

SECRET = "a secret for tests that is long enough"


def an_app(rooms: FakeRooms, directory: Path, **settings: Any) -> Flask:
    """Everything as in life but the rooms; rate limits off unless asked for."""
    given = {"secret_key": SECRET, "blob_dir": directory, "demo": True, "rate_limits": False, **settings}
    app = create_app(Settings(**given), rooms)
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False  # a fault must look as it would to a person
    return app


def token_for(app: Flask, rooms: FakeRooms, person_id: str, capacity_id: str | None = None) -> str:
    session = rooms.session_of(person_id, capacity_id)
    with app.app_context():
        return token_of(session["session_id"])


def browser(app: Flask, rooms: FakeRooms, person_id: str, capacity_id: str | None = None) -> FlaskClient:
    """A browser that is signed in: it carries the cookie, and needs form tokens."""
    client = app.test_client()
    client.set_cookie(SESSION_COOKIE, token_for(app, rooms, person_id, capacity_id))
    return client


class ApiClient:
    """A program that is signed in by bearer token and names each change with a key of its own."""

    def __init__(self, app: Flask, token: str | None = None) -> None:
        self._client = app.test_client(use_cookies=False)
        self._token = token
        self._deeds = 0

    def get(self, path: str, **more: Any) -> Any:
        return self._send("GET", path, **more)

    def post(self, path: str, **more: Any) -> Any:
        return self._send("POST", path, **more)

    def put(self, path: str, **more: Any) -> Any:
        return self._send("PUT", path, **more)

    def delete(self, path: str, **more: Any) -> Any:
        return self._send("DELETE", path, **more)

    def _send(self, method: str, path: str, headers: dict[str, str] | None = None, **more: Any) -> Any:
        own: dict[str, str] = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        if method != "GET":
            self._deeds += 1
            own["Idempotency-Key"] = f'"deed-{self._deeds}"'
        return self._client.open(path, method=method, headers=Headers(own | (headers or {})), **more)


def api_client(app: Flask, rooms: FakeRooms, person_id: str, capacity_id: str | None = None) -> ApiClient:
    return ApiClient(app, token_for(app, rooms, person_id, capacity_id))
