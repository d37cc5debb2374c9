"""For a WSGI server: `gunicorn --worker-class gthread "services.gateway.wsgi:application()"`."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask

from services.gateway.app import create_app
from services.gateway.settings import read_settings
from shared.messaging.client import Client
from shared.messaging.settings import BusSettings
from shared.telemetry import configure_logs


def application() -> Flask:
    """Raises environs.EnvValidationError, naming every setting at fault."""
    settings = read_settings()
    configure_logs(json=True)
    bus = BusSettings(url=settings.amqp_url)
    rooms = Client(bus, name="gateway")
    probe = Client(replace(bus, rpc_seconds=settings.ready_seconds, connect_seconds=settings.ready_seconds))
    return create_app(settings, rooms, probe=probe)
