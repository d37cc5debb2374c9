"""Two signatures became the company's rule by one signatory's word; one alone does not take the rule away again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.customers.domain.errors import ReleaseIsAnothers, ReleaseOver

LASTS = timedelta(days=7)
CONFIRMED, DECLINED, WITHDRAWN, LAPSED = "confirmed", "declined", "withdrawn", "lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A signatory asks that one signature be enough again, until another says yes or no.

    Whether there is another is not looked at: whom the mandate register knows is seen here only once they sign in.

    `outcome` is confirmed, declined (by another), withdrawn (by who asked, or because they may sign no more) or lapsed.
    """

    release_id: str
    business_id: str
    asked_by: str
    asked_at: datetime
    outcome: str | None = None
    settled_by: str | None = None
    settled_at: datetime | None = None

    @property
    def expires_at(self) -> datetime:
        return self.asked_at + LASTS

    def is_open(self, now: datetime) -> bool:
        return self.outcome is None and now < self.expires_at

    def confirmed(self, by: str, now: datetime) -> Release:
        """Raises ReleaseIsAnothers for who asked; ReleaseOver."""
        self._must_be_open(now)
        if by == self.asked_by:
            raise ReleaseIsAnothers()
        return self._settled(CONFIRMED, by, now)

    def refused(self, by: str, now: datetime) -> Release:
        """By another a no, by who asked a second thought. Raises ReleaseOver."""
        self._must_be_open(now)
        return self._settled(WITHDRAWN if by == self.asked_by else DECLINED, by, now)

    def lapsed(self, now: datetime) -> Release:
        return self._settled(LAPSED, None, now)

    def _must_be_open(self, now: datetime) -> None:
        if not self.is_open(now):
            why = self.outcome or LAPSED
            raise ReleaseOver(why=why, at=(self.settled_at or self.expires_at).isoformat())

    def _settled(self, outcome: str, by: str | None, now: datetime) -> Release:
        return replace(self, outcome=outcome, settled_by=by, settled_at=now)
