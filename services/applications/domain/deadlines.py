"""When a decision is promised: the processing time that the authority has published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.dates import helsinki_day
from shared.rules.dated import begun_last


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessingTime:
    """Calendar days from submission, for what is submitted on `since` or later."""

    since: date
    days: int
    source: str


PROCESSING_TIMES: tuple[ProcessingTime, ...] = (
    ProcessingTime(since=date(2014, 1, 1), days=90, source="HL 434/2003 23 a §"),
)


def decision_due_on(submitted_at: datetime) -> date:
    """The promised day. The day of submission is not counted (Reg. 1182/71 art. 3)."""
    submitted_on = helsinki_day(submitted_at)
    promised = begun_last(PROCESSING_TIMES, submitted_on)
    assert promised  # noqa: S101  the first row began before there was anything to submit
    return submitted_on + timedelta(days=promised.days)
