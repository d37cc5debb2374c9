"""Forms, versions, sign-off, cloning, the simulator, paper filing."""

from __future__ import annotations


class FormsDesk:
    """Mixed into the room's service: methods marked `@answers`, `@hears`, `@regularly`, and no rules."""
