"""The JSON API under /api/v1 and its documents under /api."""

from __future__ import annotations

from flask import Flask
from flask_limiter import Limiter

from services.gateway.api import (
    applications,
    calls,
    customers,
    documents,
    monitoring,
    pages,
    parked,
    payments,
    sessions,
)
from services.gateway.api.documented import DocumentedApi
from services.gateway.settings import Settings

DESKS = (
    sessions.desk,
    calls.desk,
    applications.desk,
    payments.desk,
    documents.desk,
    monitoring.desk,
    customers.desk,
    parked.desk,
)


def register(app: Flask, settings: Settings, limiter: Limiter) -> None:
    api = DocumentedApi(app)
    for desk in DESKS:
        api.register_blueprint(desk)
    limiter.limit(settings.sign_in_limit, methods=["POST"])(sessions.desk)
    app.extensions["api"] = api
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(pages.problems)
