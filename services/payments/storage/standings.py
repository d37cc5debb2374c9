"""Which claims' standing is still to be told, in PostgreSQL."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services.payments.records import StandingRecord


class PostgresStandings:
    def __init__(self, session: Session) -> None:
        self._session = session

    def take(self) -> str | None:
        one = select(StandingRecord.claim_id).order_by(StandingRecord.claim_id).limit(1)
        claim_id = self._session.scalars(one.with_for_update(skip_locked=True)).first()
        if claim_id:
            self._session.execute(delete(StandingRecord).where(StandingRecord.claim_id == claim_id))
        return claim_id
