"""The reading of one invoice: it waits, and ends as read or unreadable. A reading proposes; a person confirms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any

MOST_ATTEMPTS = 3  # a document whose reader has died three times is not tried again
LEASE = timedelta(minutes=5)  # well beyond the reader's own time limit; then another process may try
COULD_NOT_READ = "could_not_read"


class ReadingState(StrEnum):
    WAITING = "waiting"
    READ = "read"
    UNREADABLE = "unreadable"


MOVES: Mapping[ReadingState, frozenset[ReadingState]] = {
    ReadingState.WAITING: frozenset({ReadingState.READ, ReadingState.UNREADABLE}),
    ReadingState.READ: frozenset(),
    ReadingState.UNREADABLE: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """`figures` by name: value, confidence (percent), page, box (PDF points), why. `attempts` counts starts."""

    document_id: str
    state: ReadingState = ReadingState.WAITING
    reason: str | None = None
    pages: int = 0
    figures: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    attempts: int = 0

    @property
    def waiting(self) -> bool:
        return self.state is ReadingState.WAITING

    @property
    def worn_out(self) -> bool:
        return self.attempts > MOST_ATTEMPTS

    def read(self, *, pages: int, figures: Mapping[str, Mapping[str, Any]]) -> Reading:
        return replace(self._moved(ReadingState.READ), pages=pages, figures=figures)

    def unreadable(self, reason: str, *, pages: int = 0) -> Reading:
        return replace(self._moved(ReadingState.UNREADABLE), reason=reason, pages=pages)

    def _moved(self, state: ReadingState) -> Reading:
        if state not in MOVES[self.state]:
            raise ValueError(f"a reading that is {self.state} does not become {state}")
        return replace(self, state=state)
