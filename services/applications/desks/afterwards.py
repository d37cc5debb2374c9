"""What follows a decision."""

from __future__ import annotations


class AfterwardsDesk:
    """Mixed into the room's service: methods marked `@answers`, `@hears`, `@regularly`, and no rules."""
