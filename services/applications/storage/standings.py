"""Which cases' standing is still to be told, in PostgreSQL."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services.applications.records.standings import StandingRecord


class StoredStandings:
    def __init__(self, session: Session) -> None:
        self._session = session

    def take(self) -> str | None:
        """One of them, struck off the list with this transaction; one that another process has is passed over."""
        one = select(StandingRecord.number).order_by(StandingRecord.number).limit(1).with_for_update(skip_locked=True)
        number = self._session.scalars(one).first()
        if number:
            self._session.execute(delete(StandingRecord).where(StandingRecord.number == number))
        return number
