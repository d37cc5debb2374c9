"""A clock of calendar days that stops while somebody else is waited for: 80 or 90 days to pay a claim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from shared.errors import Fault, InvalidFields
from shared.explained import Step
from shared.rules.rule import Rule, titled

RULE = Rule(
    name="payment_clock",
    version="1",
    since=date(2014, 1, 1),
    until=None,
    source="(EU) 2021/1060 art. 74(1)(b); (EU) 1303/2013 art. 132; Reg. 1182/71 art. 3",
    titles=titled("Maksamisen määräaika", "Frist för utbetalning", "Time to pay a claim"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """The clock stands from the day after `since` to `until`, both as days of notice; None while it still stands.

    `reason` says why; the beneficiary is told of it in writing, or the clock did not stop.
    """

    since: date
    until: date | None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """On a day: the last day to pay, and days used, left and stopped. `running` false while it stands."""

    due_on: date
    days_used: int
    days_left: int
    days_stopped: int
    running: bool
    overdue: bool
    steps: tuple[Step, ...]


def read_clock(started_on: date, days: int, on: date, pauses: Iterable[Pause] = (), source: str = "") -> Reading:
    """The clock on the day. The day of the start is not counted; days are those of the calendar.

    Pauses that overlap stop it once. Raises InvalidFields when one ends before it begins or begins before
    the clock.
    """
    rows = sorted(pauses, key=lambda pause: pause.since)
    _must_be_possible(rows, started_on)
    stopped = {day for pause in rows for day in _days_of(pause, on)}
    used = max((on - started_on).days - len(stopped), 0)
    standing = any(pause.since < on and (pause.until is None or on <= pause.until) for pause in rows)
    due = started_on + timedelta(days=days + len(stopped))
    left = days - used
    steps = [
        Step(sign="", what="clock_started", source=source, facts={"day": started_on.isoformat(), "days": str(days)})
    ]
    for pause in rows:
        until = pause.until.isoformat() if pause.until else "-"
        facts = {"first": pause.since.isoformat(), "last": until, "reason": pause.reason}
        steps.append(Step(sign="−", what="clock_stopped", source=source, facts=facts))
    facts = {"used": str(used), "left": str(left), "stopped": str(len(stopped)), "day": due.isoformat()}
    steps.append(Step(sign="=", what="clock_reads", source=source, facts=facts))
    return Reading(
        due_on=due,
        days_used=used,
        days_left=left,
        days_stopped=len(stopped),
        running=not standing,
        overdue=left < 0,
        steps=tuple(steps),
    )


def _days_of(pause: Pause, on: date) -> Iterable[date]:
    last = on if pause.until is None else min(pause.until, on)
    return (pause.since + timedelta(days=step) for step in range(1, (last - pause.since).days + 1))


def _must_be_possible(rows: list[Pause], started_on: date) -> None:
    for at, pause in enumerate(rows):
        if pause.since < started_on:
            raise InvalidFields(faults=[Fault(f"interruptions.{at}.since", "before_the_start")])
        if pause.until is not None and pause.until < pause.since:
            raise InvalidFields(faults=[Fault(f"interruptions.{at}.until", "end_before_start")])
