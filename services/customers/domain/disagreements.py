"""A company says its register data is wrong: heard by officials, settled with a reason. Nothing is overtyped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from services.customers.domain.errors import AlreadySettled
from shared.errors import ChangedMeanwhile


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """`registered` is what the register said of it then; `should_be` what the company says is right."""

    disagreement_id: str
    business_id: str
    about: str
    registered: str
    should_be: str
    note: str
    reported_by: str
    reported_at: datetime
    outcome: str | None = None
    reason: str | None = None
    settled_by: str | None = None
    settled_at: datetime | None = None
    version: int = 1

    @property
    def state(self) -> str:
        return "settled" if self.settled_at else "open"

    def settled(self, outcome: str, reason: str, by: str, at: datetime, version: int) -> Disagreement:
        """Raises AlreadySettled, or ChangedMeanwhile for a page that is old."""
        if self.settled_at:
            raise AlreadySettled(by=self.settled_by, at=self.settled_at.isoformat())
        if version != self.version:
            raise ChangedMeanwhile(by=self.reported_by, at=self.reported_at.isoformat())
        return replace(self, outcome=outcome, reason=reason, settled_by=by, settled_at=at, version=self.version + 1)
