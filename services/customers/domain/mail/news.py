"""News kept for one letter a day."""

from __future__ import annotations

from dataclasses import dataclass

from services.customers.domain.mail.words import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptNews:
    """A line of news for one person's letter of the day, and what the person is told it as."""

    person_id: str
    cause: str
    line: Line
    role: str
    business_id: str | None
