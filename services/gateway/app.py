"""The gateway as one WSGI app: the same under gunicorn's threads and in the embedded process."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

from services.gateway import (
    access_log,
    acting_for,
    api,
    health,
    identity,
    metrics,
    policy,
    portal,
    problems,
    security,
    signing_in,
    uploads,
)
from services.gateway.rooms import Rooms
from services.gateway.settings import Settings


def create_app(settings: Settings, rooms: Rooms, *, probe: Rooms | None = None) -> Flask:
    """`probe` is the same way to the rooms with a shorter time limit, for readiness.

    Raises policy.RouteWithoutPolicy when a route says neither what it asks nor that it is open.
    """
    app = Flask("services.gateway", static_folder=None)
    app.wsgi_app = _body_ends_where_the_server_says(app.wsgi_app)  # type: ignore[method-assign]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # Flask's default provider has it
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["rooms"] = rooms
    app.extensions["probe"] = probe or rooms
    identity.prepare(app, settings)
    problems.handle(app)
    metrics.measure(app)
    access_log.write(app)
    security.protect(app, settings)
    limiter = security.limit_rates(app, settings)
    signing_in.prepare(app, settings, limiter)
    acting_for.prepare(app, settings, limiter)
    uploads.prepare(app, settings)
    health.register(app, limiter)
    api.register(app)
    portal.register(app)
    policy.enforce(app)
    return app


def _body_ends_where_the_server_says(wsgi: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """eventlet ends a body of unknown size itself, as gunicorn does, but does not say so; werkzeug then reads none."""

    def called(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if "eventlet.input" in environ:
            environ["wsgi.input_terminated"] = True
        return wsgi(environ, start_response)

    return called
