"""Settings of customers: read once, by the process that starts the room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from services.customers.domain.sessions import SessionLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomersSettings:
    """`demo` lets anyone sign in as an invented person; never on where real cases are."""

    demo: bool = False
    sessions: SessionLimits = field(default_factory=SessionLimits)

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> CustomersSettings:
        """TUKIVAYLA_DEMO ("1" is on), TUKIVAYLA_SESSION_HOURS, TUKIVAYLA_SESSION_IDLE_MINUTES."""
        return cls(
            demo=environ.get("TUKIVAYLA_DEMO", "") == "1",
            sessions=SessionLimits(
                absolute=timedelta(hours=int(environ.get("TUKIVAYLA_SESSION_HOURS", "12"))),
                idle=timedelta(minutes=int(environ.get("TUKIVAYLA_SESSION_IDLE_MINUTES", "60"))),
            ),
        )
