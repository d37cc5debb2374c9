"""The gateway as one WSGI app: the same under gunicorn's threads and in the embedded process."""

from __future__ import annotations

from flask import Flask

from services.gateway import access_log, api, health, identity, metrics, policy, portal, problems, security, signing_in
from services.gateway.rooms import Rooms
from services.gateway.settings import Settings


def create_app(settings: Settings, rooms: Rooms) -> Flask:
    """Raises policy.RouteWithoutPolicy when a route says neither what it asks nor that it is open."""
    app = Flask("services.gateway", static_folder=None)
    app.extensions["rooms"] = rooms
    identity.prepare(app, settings)
    problems.handle(app)
    metrics.measure(app)
    access_log.write(app)
    security.protect(app, settings)
    limiter = security.limit_rates(app, settings)
    signing_in.prepare(app, settings, limiter)
    health.register(app, limiter)
    api.register(app, limiter)
    portal.register(app)
    policy.enforce(app)
    return app
