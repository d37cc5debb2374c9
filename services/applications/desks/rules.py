"""Rules asked alone."""

from __future__ import annotations


class RulesDesk:
    """Mixed into the room's service: methods marked `@answers`, `@hears`, `@regularly`, and no rules."""
