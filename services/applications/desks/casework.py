"""The queue, saved views, who handles a case, disqualification."""

from __future__ import annotations


class CaseworkDesk:
    """Mixed into the room's service: methods marked `@answers`, `@hears`, `@regularly`, and no rules."""
