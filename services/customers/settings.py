"""Settings of customers: read once, by the process that starts the room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from services.customers.domain.sessions import SessionLimits


def session_limits(environ: Mapping[str, str]) -> SessionLimits:
    """SESSION_HOURS from sign-in at most, SESSION_IDLE_MINUTES of silence at most."""
    return SessionLimits(
        absolute=timedelta(hours=int(environ.get("SESSION_HOURS", "12"))),
        idle=timedelta(minutes=int(environ.get("SESSION_IDLE_MINUTES", "60"))),
    )
