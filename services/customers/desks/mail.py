"""E-mail to the parties and to officials."""

from __future__ import annotations


class MailDesk:
    """Mixed into the room's service: methods marked `@answers`, `@hears`, `@regularly`, and no rules."""
