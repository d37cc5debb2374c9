"""Register data, mandates, roles in companies, API keys."""

from __future__ import annotations


class CompaniesDesk:
    """Mixed into the room's service: methods marked `@answers`, `@hears`, `@regularly`, and no rules."""
