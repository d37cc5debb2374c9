"""The JSON API under /api/v1 and its documents under /api."""

from __future__ import annotations

from flask import Flask

from services.gateway.api import (
    applications,
    calls,
    casework,
    customers,
    documents,
    monitoring,
    pages,
    parked,
    payments,
    rules,
    sessions,
)
from services.gateway.api.documented import DocumentedApi

DESKS = (
    sessions.desk,
    calls.desk,
    applications.desk,
    casework.desk,
    payments.desk,
    documents.desk,
    monitoring.desk,
    customers.desk,
    rules.desk,
    parked.desk,
)


def register(app: Flask) -> None:
    api = DocumentedApi(app)
    for desk in DESKS:
        api.register_blueprint(desk)
    app.extensions["api"] = api
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(pages.problems)
