"""Days and spans of days. Time is always an argument here; nobody looks at a clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")


class PeriodEndsBeforeItStarts(ValueError):
    """The last day is before the first."""


@dataclass(frozen=True, slots=True)
class Period:
    """Calendar days from the first to the last, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise PeriodEndsBeforeItStarts(f"{self.last} is before {self.first}")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def covers(self, other: Period) -> bool:
        return self.first <= other.first and other.last <= self.last


def helsinki_day(moment: datetime) -> date:
    """The calendar day in Finland at that moment: deadlines and decision days are Finnish days."""
    return moment.astimezone(HELSINKI).date()
