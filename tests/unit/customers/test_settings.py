"""How long a session may last."""

from __future__ import annotations

from datetime import timedelta

from services.customers.domain.sessions import SessionLimits
from services.customers.settings import session_limits


def test_a_working_day_and_an_hour_of_silence_unless_said_otherwise() -> None:
    assert session_limits({}) == SessionLimits(absolute=timedelta(hours=12), idle=timedelta(minutes=60))


def test_or_what_the_installation_says() -> None:
    limits = session_limits({"SESSION_HOURS": "8", "SESSION_IDLE_MINUTES": "20"})
    assert limits == SessionLimits(absolute=timedelta(hours=8), idle=timedelta(minutes=20))
