"""Assessment, gates, the figures of a proposal, replay."""

from __future__ import annotations


class DecidingDesk:
    """Mixed into the room's service: methods marked `@answers`, `@hears`, `@regularly`, and no rules."""
