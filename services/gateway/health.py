"""Whether the gateway lives, and whether it and everything it needs can work now."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from time import monotonic
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, current_app, jsonify
from flask_limiter import Limiter

from services.gateway import policy
from services.gateway.settings import Settings
from shared.asker import Asker, Role
from shared.contracts import ROOMS
from shared.contracts import health as room_health
from shared.messaging.wire import ServiceAway, ServiceFault

KEPT_SECONDS = 2.0
AMQP_PORT = 5672

blueprint = Blueprint("health", __name__, url_prefix="/health")


class Readiness:
    """The last look, kept a moment: a busy load balancer must not become the rooms' main customer."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._until = 0.0
        self._seen: dict[str, str] = {}

    def look(self) -> dict[str, str]:
        with self._lock:
            if monotonic() >= self._until:
                self._seen = dict(_look())
                self._until = monotonic() + KEPT_SECONDS
            return self._seen


def register(app: Flask, limiter: Limiter) -> None:
    app.extensions["readiness"] = Readiness()
    limiter.exempt(blueprint)
    app.register_blueprint(blueprint)


@blueprint.get("/live")
@policy.open_to_all()
def live() -> Response:
    return jsonify(status="up")


@blueprint.get("/ready")
@policy.open_to_all()
def ready() -> tuple[Response, int]:
    """200 when everything is up, else 503; `parts` names each: up, away or failing."""
    parts = current_app.extensions["readiness"].look()
    up = all(state == "up" for state in parts.values())
    return jsonify(status="up" if up else "not_ready", parts=parts), 200 if up else 503


def _look() -> Iterator[tuple[str, str]]:
    settings: Settings = current_app.extensions["settings"]
    yield "blobs", "up" if _can_write(settings.blob_dir) else "failing"
    if nodes := _broker_nodes(settings.amqp_url):
        yield "broker", "up" if any(_listens(node, settings.ready_seconds) for node in nodes) else "away"
    for room in ROOMS:
        yield room, _room(room)


def _can_write(directory: Path) -> bool:
    return directory.is_dir() and os.access(directory, os.W_OK | os.X_OK)


def _broker_nodes(urls: str) -> list[tuple[str, int]]:
    """Host and port of every node; none where the bus is in this process's own memory."""
    parts = [urlsplit(url) for url in urls.split(";") if not url.startswith("memory:")]
    return [(part.hostname or "localhost", part.port or AMQP_PORT) for part in parts]


def _listens(node: tuple[str, int], seconds: float) -> bool:
    try:
        socket.create_connection(node, timeout=seconds).close()
    except OSError:
        return False
    return True


def _room(room: str) -> str:
    """To answer takes the broker, the room and its database."""
    asker = Asker(person="gateway", role=Role.OPERATOR)
    try:
        current_app.extensions["probe"].ask(room_health.operation(room), asker)
    except ServiceAway:
        return "away"
    except ServiceFault:
        return "failing"
    return "up"
