"""Sessions: one person in one capacity, from sign-in to the end.

A session ends twelve hours after it began, or after an hour of silence, or with the last day of the
post it was begun with, whichever comes first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from services.customers.domain.errors import NotYourCapacity, SessionOver
from services.customers.domain.people import Capacity, Person
from shared.dates import HELSINKI

# A reader who clicks every second needs no row written every second.
EXTEND_AT_MOST_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLimits:
    """`absolute` from the beginning, `idle` from the last request."""

    absolute: timedelta = timedelta(hours=12)
    idle: timedelta = timedelta(minutes=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """`ends_at` is the absolute end, `idle_until` moves on with use, `ended_at` is when somebody signed out."""

    session_id: str
    person: Person
    capacity_id: str
    began_at: datetime
    ends_at: datetime
    idle_until: datetime
    ended_at: datetime | None = None

    @property
    def expires_at(self) -> datetime:
        return min(self.ends_at, self.idle_until)

    def capacity(self, now: datetime) -> Capacity:
        """What the person acts as; raises SessionOver once it is over or the capacity has been taken away.

        The capacity is told first: whoever has lost it is not to be asked to sign in again as the same.
        """
        try:
            capacity = self.person.acting_as(self.capacity_id, now)
        except NotYourCapacity as error:
            raise SessionOver(why="capacity_lost", at=now.isoformat()) from error
        self._must_be_on(now)
        return capacity

    def _must_be_on(self, now: datetime) -> None:
        ends = {"ended": self.ended_at, "absolute": self.ends_at, "idle": self.idle_until}
        for why, at in ends.items():
            if at is not None and at <= now:
                raise SessionOver(why=why, at=at.isoformat())

    def extended(self, now: datetime, limits: SessionLimits) -> Session:
        """With a fresh idle hour, or itself when the last one is less than a minute old."""
        idle_until = now + limits.idle
        if idle_until - self.idle_until < EXTEND_AT_MOST_EVERY:
            return self
        return replace(self, idle_until=idle_until)


def begun(session_id: str, person: Person, capacity_id: str, now: datetime, limits: SessionLimits) -> Session:
    """A session in one of the person's own capacities; raises NotYourCapacity."""
    capacity = person.acting_as(capacity_id, now)
    return Session(
        session_id=session_id,
        person=person,
        capacity_id=capacity_id,
        began_at=now,
        ends_at=min(now + limits.absolute, _end_of(capacity) or now + limits.absolute),
        idle_until=now + limits.idle,
    )


def _end_of(capacity: Capacity) -> datetime | None:
    if capacity.last is None:
        return None
    return datetime.combine(capacity.last + timedelta(days=1), time(), tzinfo=HELSINKI)
