"""Completion, hearing, messages, status in plain words."""

from __future__ import annotations


class CorrespondenceDesk:
    """Mixed into the room's service: methods marked `@answers`, `@hears`, `@regularly`, and no rules."""
