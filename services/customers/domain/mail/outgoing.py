"""A mail on its way: made once for its cause, tried again with growing patience, given up in the end and told of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

_MAILS = UUID("6a1fd8f2-6a52-4f5c-9a4e-7a8f2a1c9d30")  # the name space of our mails' names, made once

WAITING, SENT, FAILED, DROPPED = "waiting", "sent", "failed", "dropped"

# Waiting after the first, second, … try (RFC 5321 4.5.4.1 asks for half an hour soon, and four to five days in all).
PATIENCE: tuple[timedelta, ...] = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(minutes=30),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
)
GIVEN_UP_AFTER = timedelta(days=4)

# Who has taken a mail to be sent has so long; then whoever comes next takes it, by the same name.
LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMail:
    """`cause` is what it tells of: one person is told of one cause once. `business_id`, or `role` and `authority`,
    are what the person is told as: whoever no longer holds it is told nothing. `why` is the server's word on failure.
    """

    mail_id: str
    person_id: str
    cause: str
    kind: str
    role: str
    business_id: str | None
    authority: str | None
    about: str | None
    number: str | None
    address: str
    language: str
    subject: str
    text: str
    html: str
    made_at: datetime
    next_try_at: datetime | None
    state: str = WAITING
    tries: int = 0
    sent_at: datetime | None = None
    why: str = ""

    def taken(self, address: str, at: datetime) -> OutgoingMail:
        """In somebody's hands for a while, for the address that the person has now."""
        return replace(self, address=address, tries=self.tries + 1, next_try_at=at + LEASE)

    def sent(self, at: datetime) -> OutgoingMail:
        return replace(self, state=SENT, sent_at=at, next_try_at=None, why="")

    def refused(self, why: str) -> OutgoingMail:
        """The recipient's server said no for good (5xx)."""
        return replace(self, state=FAILED, next_try_at=None, why=why)

    def put_off(self, why: str, at: datetime) -> OutgoingMail:
        """Nobody took it now. After four days it has failed."""
        if at - self.made_at >= GIVEN_UP_AFTER:
            return self.refused(why)
        patience = PATIENCE[min(self.tries, len(PATIENCE)) - 1] if self.tries else PATIENCE[0]
        return replace(self, next_try_at=at + patience, why=why)

    def dropped(self) -> OutgoingMail:
        return replace(self, state=DROPPED, next_try_at=None)

    def once_more(self, at: datetime) -> OutgoingMail:
        """A failed one, as if made now: its patience begins anew, its name stays."""
        return replace(self, state=WAITING, made_at=at, next_try_at=at, tries=0, why="")


def mail_id_for(person_id: str, cause: str) -> str:
    """The same for the same person and cause, however often the cause is heard of: so the Message-ID is stable."""
    return str(uuid5(_MAILS, f"{person_id}/{cause}"))
