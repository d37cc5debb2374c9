"""Requests for review and appeals: in time or late, pending or decided, and what they keep from becoming final."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ReviewKind(StrEnum):
    REVIEW = "review"  # oikaisuvaatimus / begäran om omprövning: to the authority itself
    APPEAL = "appeal"  # valitus / besvär: to a court


class ReviewState(StrEnum):
    PENDING = "pending"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """`last_day` as it stood on arrival, None when the act had not been sent yet: no time runs before that, and
    what arrives then is in time. `result` is the authority's verdict or the court's ruling."""

    ordinal: int
    act: int
    kind: ReviewKind
    by: str
    arrived_at: datetime
    recorded_by: str
    last_day: date | None
    in_time: bool
    demand: str
    grounds: str
    state: ReviewState = ReviewState.PENDING
    result: str | None = None
    decided_by_act: int | None = None
    ruled_on: date | None = None
    ruling_number: str | None = None

    @property
    def is_pending(self) -> bool:
        return self.state is ReviewState.PENDING


def is_in_time(arrived_on: date, last_day: date | None) -> bool:
    """By the end of the last day (HL 49 c §); while nothing has been served, no time has run out."""
    return last_day is None or arrived_on <= last_day
