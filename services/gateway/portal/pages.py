"""The portal's one blueprint: every page is a route of it, declared with what it asks (`policy.asks`)."""

from __future__ import annotations

from flask import Blueprint

from shared.asker import Role

portal = Blueprint(
    "portal", __name__, template_folder="templates", static_folder="static", static_url_path="/static/portal"
)

COMPANY = frozenset({Role.COMPANY})
