"""When a decision counts as served, and until when review of it can be sought.

The day something happens is not counted (laki 150/1930 1 §; Reg. 1182/71 art. 3). Days of service do not move;
the last day for review moves on from a day off to the next office day (laki 150/1930 5 §).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from shared.rules.calendar import next_office_day


class Way(StrEnum):
    """How the decision was sent."""

    ELECTRONIC = "electronic"
    LETTER = "letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysOfService:
    """So many days after sending the decision counts as served, unless something else is shown."""

    days: int
    source: str


SERVED_AFTER: Mapping[Way, DaysOfService] = {
    Way.ELECTRONIC: DaysOfService(days=3, source="laki 13/2003 19 §"),
    Way.LETTER: DaysOfService(days=7, source="hallintolaki 434/2003 59 §"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """`last_day` is the last day to seek review; from `final_from` on it is too late, and the decision is final."""

    way: Way
    sent_on: date
    served_on: date
    last_day: date
    final_from: date


def served(way: Way, sent_on: date, review_days: int) -> Served:
    """Service and finality of a decision sent that way on that day, with so many days to seek review."""
    served_on = sent_on + timedelta(days=SERVED_AFTER[way].days)
    last_day = next_office_day(served_on + timedelta(days=review_days))
    return Served(
        way=way, sent_on=sent_on, served_on=served_on, last_day=last_day, final_from=last_day + timedelta(days=1)
    )
