"""When a decision counts as served, until when review can be sought, and when the decision is final.

Days of service do not move; the last day of a review period does, to the first office day (laki 150/1930 5 §).
The day of the event is not counted (laki 150/1930 2 §, Regulation 1182/71 art. 3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from shared.explained import Step
from shared.rules.calendar import next_office_day
from shared.rules.rule import Rule, titled

ELECTRONIC = "electronic"
LETTER = "letter"

RULE = Rule(
    name="appeal_deadline",
    version="1",
    since=date(2004, 1, 1),  # hallintolaki 434/2003 came into force
    until=None,
    source="hallintolaki 434/2003 59 §, laki 13/2003 19 §, laki 150/1930 2 § ja 5 §",
    titles=titled(
        "Muutoksenhaun määräaika ja lainvoimaisuus",
        "Tiden för ändringssökande och när beslutet vinner laga kraft",
        "Time for review and when a decision is final",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOfService:
    """`days` after the sending the decision counts as served, unless another day is shown."""

    channel: str
    days: int
    source: str


WAYS: Mapping[str, WayOfService] = {
    way.channel: way
    for way in (
        WayOfService(channel=ELECTRONIC, days=3, source="laki 13/2003 19 §"),
        WayOfService(channel=LETTER, days=7, source="HL 434/2003 59 §"),
    )
}
# A municipal authority's decision counts as known to the municipality's members seven days after it was put
# on the public network (from knowledge, to be checked).
DISPLAY_DAYS = 7
DISPLAY_SOURCE = "kuntalaki 410/2015 140 §"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewTime:
    """`last_day` is the last day to seek review; from `final_from` on the decision is final if nobody has."""

    sent_on: date
    channel: str
    served_on: date
    last_day: date
    final_from: date
    steps: tuple[Step, ...]


def served_on(sent_on: date, channel: str) -> date:
    """The third day after an electronic sending, the seventh after a letter; on whatever day of the week."""
    return sent_on + timedelta(days=WAYS[channel].days)


def last_day_after(day: date, days: int) -> date:
    """The last of `days` days after the event; never a Saturday, a holiday or an eve."""
    return next_office_day(day + timedelta(days=days))


def review_time(sent_on: date, channel: str, days: int, displayed_on: date | None = None) -> ReviewTime:
    """The times of a decision sent on a day by a channel, with `days` of review from service.

    `displayed_on`: the day it was put on public display, where members of a municipality may seek review too;
    the decision is final only when their time has passed as well. Raises KeyError for an unknown channel.
    """
    way = WAYS[channel]
    served = served_on(sent_on, channel)
    counted = served + timedelta(days=days)
    last = next_office_day(counted)
    steps = [
        _step("=", "sent_on", sent_on, way=channel),
        _step("+", "served_on", served, way.source, days=str(way.days)),
        _step("+", "review_counted", counted, days=str(days)),
    ]
    if last != counted:
        steps.append(_step("=", "review_moved", last, "laki 150/1930 5 §", from_day=counted.isoformat()))
    if displayed_on is not None:
        for_members = last_day_after(displayed_on + timedelta(days=DISPLAY_DAYS), days)
        steps.append(_step("≤", "review_of_members", for_members, DISPLAY_SOURCE, shown_on=displayed_on.isoformat()))
        last = max(last, for_members)
    final = last + timedelta(days=1)
    steps.append(_step("=", "final_from", final))
    return ReviewTime(
        sent_on=sent_on, channel=channel, served_on=served, last_day=last, final_from=final, steps=tuple(steps)
    )


def _step(sign: str, what: str, day: date, source: str = "", **facts: str) -> Step:
    return Step(sign=sign, what=what, source=source, facts={"on": day.isoformat(), **facts})
