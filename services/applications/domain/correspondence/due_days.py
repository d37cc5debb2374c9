"""The last day of an answer: how long one gets at least, when it is over, and what waiting adds to the promise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from shared.dates import HELSINKI, helsinki_day
from shared.errors import Fault, InvalidFields
from shared.rules.calendar import next_office_day

COMPLETION, HEARING, OPINION = "completion", "hearing", "opinion"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTime:
    """Calendar days that an answer gets at least and at most, for what is asked on `since` or later."""

    kind: str
    since: date
    least: int
    most: int
    source: str


# HL 33 § says "sufficient in view of the nature of the case"; the days are the house's own measure of it.
ANSWER_TIMES: tuple[AnswerTime, ...] = (
    AnswerTime(kind=COMPLETION, since=date(2014, 1, 1), least=7, most=90, source="HL 434/2003 22 §, 33 § 1 mom."),
    AnswerTime(kind=HEARING, since=date(2014, 1, 1), least=7, most=60, source="HL 434/2003 33 § 1 mom., 36 §"),
    AnswerTime(kind=OPINION, since=date(2014, 1, 1), least=1, most=120, source="HL 434/2003 31 §"),
)

# Whose slowness doesn't use up the promised processing time: what the party is waited for is added to it.
PARTY_IS_WAITED_FOR = frozenset({COMPLETION, HEARING})


def answer_time(kind: str, day: date) -> AnswerTime:
    rows = (row for row in ANSWER_TIMES if row.kind == kind and row.since <= day)
    return max(rows, key=lambda row: row.since)


def last_day(kind: str, wished: date, today: date) -> date:
    """The day itself, or the next office day (laki 150/1930 5 §). Raises InvalidFields: due_too_soon, due_too_late."""
    time_given = answer_time(kind, today)
    least, most = today + timedelta(days=time_given.least), today + timedelta(days=time_given.most)
    if wished < least:
        raise InvalidFields(faults=[Fault("due_on", "due_too_soon", {"least": least.isoformat()})])
    if wished > most:
        raise InvalidFields(faults=[Fault("due_on", "due_too_late", {"most": most.isoformat()})])
    return next_office_day(wished)


def later_day(wished: date, due_on: date, today: date, path: str) -> date:
    """An extension's new last day. Raises InvalidFields: not_later for a day that gives no more time, due_too_late."""
    if wished <= max(due_on, today):
        raise InvalidFields(faults=[Fault(path, "not_later", {"due_on": max(due_on, today).isoformat()})])
    most = today + timedelta(days=answer_time(COMPLETION, today).most)
    if wished > most:
        raise InvalidFields(faults=[Fault(path, "due_too_late", {"most": most.isoformat()})])
    return next_office_day(wished)


def ends_at(due_on: date) -> datetime:
    """The moment when the last day is over: what arrives before it is in time."""
    return datetime.combine(due_on + timedelta(days=1), time(), tzinfo=HELSINKI)


def is_over(due_on: date, now: datetime) -> bool:
    return now >= ends_at(due_on)


def days_waited(kind: str, asked_at: datetime, until: datetime) -> int:
    """Days that the party was waited for, the day of asking not counted. An opinion is our own work: none."""
    if kind not in PARTY_IS_WAITED_FOR:
        return 0
    return max(0, (helsinki_day(until) - helsinki_day(asked_at)).days)
