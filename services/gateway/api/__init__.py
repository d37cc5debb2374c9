"""The JSON API under /api/v1 and its documents under /api."""

from __future__ import annotations

from flask import Flask

from services.gateway.api import (
    afterwards,
    applications,
    calls,
    casework,
    companies,
    correspondence,
    customers,
    deciding,
    documents,
    forms,
    letters,
    mail,
    monitoring,
    pages,
    parked,
    payments,
    resumable,
    rules,
    sessions,
    transfers,
)
from services.gateway.api.documented import DocumentedApi

DESKS = (
    sessions.desk,
    calls.desk,
    applications.desk,
    forms.desk,
    casework.desk,
    transfers.desk,
    deciding.desk,
    afterwards.desk,
    correspondence.desk,
    mail.desk,
    payments.desk,
    documents.desk,
    resumable.desk,
    letters.desk,
    monitoring.desk,
    customers.desk,
    companies.desk,
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
