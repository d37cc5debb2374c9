"""A decision letter on its way to paper: owed when the decision is heard, printed after, once per decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

LEASE = timedelta(minutes=5)  # a batch prints in a second, at worst in two minutes; then its process is dead
LONGEST_WAIT = timedelta(hours=1)
FIRST_WAIT = timedelta(seconds=5)


class LetterKind(StrEnum):
    """What a letter tells."""

    GRANT_AWARDED = "grant_awarded"
    GRANT_REFUSED = "grant_refused"
    PAYMENT_DECIDED = "payment_decided"


class LetterState(StrEnum):
    TO_WRITE = "to_write"
    WRITTEN = "written"


MOVES: Mapping[LetterState, frozenset[LetterState]] = {
    LetterState.TO_WRITE: frozenset({LetterState.TO_WRITE, LetterState.WRITTEN}),
    LetterState.WRITTEN: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """`event_id` is the decision it tells of, `data` the decision's data as announced.

    `check_code` and `digest` identify the decision's data on paper. The law owes the party a letter
    (hallintolaki 54 §), so a printing that fails is tried again, later each time, and never given up.
    """

    event_id: str
    kind: LetterKind
    subject: str
    number: str
    language: str
    business_id: str
    authority: str
    file_name: str
    check_code: str
    digest: str
    decided_at: datetime
    data: Mapping[str, Any]
    due_at: datetime
    state: LetterState = LetterState.TO_WRITE
    attempts: int = 0
    fault: str | None = None
    document_id: str | None = None

    @property
    def to_write(self) -> bool:
        return self.state is LetterState.TO_WRITE

    def written(self, document_id: str) -> Letter:
        return replace(self._moved(LetterState.WRITTEN), document_id=document_id, fault=None)

    def failed(self, fault: str, now: datetime) -> Letter:
        """Try again after 5 s, 10 s, 20 s … at most an hour."""
        wait = min(FIRST_WAIT * 2 ** min(self.attempts - 1, 20), LONGEST_WAIT)
        return replace(self._moved(LetterState.TO_WRITE), fault=fault[:1000], due_at=now + wait)

    def _moved(self, state: LetterState) -> Letter:
        if state not in MOVES[self.state]:
            raise ValueError(f"a letter that is {self.state} does not become {state}")
        return replace(self, state=state)
