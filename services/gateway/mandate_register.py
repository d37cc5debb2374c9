"""The way to the mandate register: asked for through `customers`, which alone knows it, and bound to this browser."""

from __future__ import annotations

from flask import current_app, session, url_for

from services.gateway.identity import current_language, visitor
from services.gateway.rooms import ask_as
from services.gateway.settings import Settings
from shared.contracts.customers import BEGIN_MANDATE_CHECK


def address_for(person_id: str, identity_code: str = "") -> str:
    """The register's address for this person; raises what `customers` says no with."""
    settings: Settings = current_app.extensions["settings"]
    begun = ask_as(
        visitor(),
        BEGIN_MANDATE_CHECK,
        person_id=person_id,
        identity_code=identity_code,
        returning=settings.public_url.rstrip("/") + url_for("acting_for.from_register"),
        language=current_language(),
    )
    session["mandate_check"] = {"check_id": begun["check_id"], "person_id": person_id}
    return str(begun["address"])
