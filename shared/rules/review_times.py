"""The time for review of a decision, told step by step: service, last day, the day it becomes final.

`shared.rules.service_of_decision` counts the days; here they are explained, and where members of a municipality
may seek review too, their time is waited for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from shared.explained import Step
from shared.rules.calendar import next_office_day
from shared.rules.service_of_decision import SERVED_AFTER, Way, served

# A municipal authority's decision counts as known to the municipality's members seven days after it was put
# on the public network (third subsection).
DISPLAY_DAYS = 7
DISPLAY_SOURCE = "kuntalaki 410/2015 140 §"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewTime:
    """`last_day` is the party's last day to seek review; from `final_from` on nobody can, and the decision is final
    if nobody has."""

    way: Way
    sent_on: date
    served_on: date
    last_day: date
    final_from: date
    steps: tuple[Step, ...]


def review_time(way: Way, sent_on: date, days: int, displayed_on: date | None = None) -> ReviewTime:
    """The times of a decision sent that way on that day, with `days` of review from service.

    `displayed_on`: the day it was put on public display, where members of a municipality may seek review too;
    the decision is final only when their time has passed as well.
    """
    times = served(way, sent_on, days)
    counted = times.served_on + timedelta(days=days)
    law = SERVED_AFTER[way]
    steps = [
        _step("=", "sent_on", sent_on, way=way.value),
        _step("+", "served_on", times.served_on, law.source, days=str(law.days)),
        _step("+", "review_counted", counted, days=str(days)),
    ]
    last = everybodys = times.last_day
    if last != counted:
        steps.append(_step("=", "review_moved", last, "laki 150/1930 5 §", counted=counted.isoformat()))
    if displayed_on is not None:
        for_members = next_office_day(displayed_on + timedelta(days=DISPLAY_DAYS + days))
        steps.append(_step("≤", "review_of_members", for_members, DISPLAY_SOURCE, shown_on=displayed_on.isoformat()))
        everybodys = max(last, for_members)
    final = everybodys + timedelta(days=1)
    steps.append(_step("=", "final_from", final))
    return ReviewTime(
        way=way, sent_on=sent_on, served_on=times.served_on, last_day=last, final_from=final, steps=tuple(steps)
    )


def _step(sign: str, what: str, day: date, source: str = "", **facts: str) -> Step:
    return Step(sign=sign, what=what, source=source, facts={"on": day.isoformat(), **facts})
