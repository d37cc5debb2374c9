"""The scan of one file for viruses: nobody opens a file before it has ended well, or where no scanner is set up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

MOST_ATTEMPTS = 8  # about an hour and a half with the waits between them
LEASE = timedelta(minutes=10)  # well beyond the scanner's own time limit; then another process may try
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
LONGEST_FINDING = 200  # characters

TOO_LARGE = "too_large"
NOT_FOUND = "file_not_found"
SCANNER_AWAY = "scanner_away"


class ScanState(StrEnum):
    """`OURS` is never scanned: the house wrote it. `UNSCANNED`: there was no scanner when the file came."""

    OURS = "ours"
    UNSCANNED = "unscanned"
    WAITING = "waiting"
    CLEAN = "clean"
    INFECTED = "infected"
    FAILED = "failed"


OPENABLE = frozenset({ScanState.OURS, ScanState.UNSCANNED, ScanState.CLEAN})

# Nobody has judged these, and somebody may ask for it.
UNJUDGED = frozenset({ScanState.UNSCANNED, ScanState.FAILED})

MOVES: Mapping[ScanState, frozenset[ScanState]] = {
    ScanState.OURS: frozenset(),
    ScanState.UNSCANNED: frozenset({ScanState.WAITING}),
    ScanState.WAITING: frozenset({ScanState.WAITING, ScanState.CLEAN, ScanState.INFECTED, ScanState.FAILED}),
    ScanState.CLEAN: frozenset(),
    ScanState.INFECTED: frozenset(),
    ScanState.FAILED: frozenset({ScanState.WAITING}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """`finding` is the scanner's name for what it found, or a code of why it could not look.

    `attempts` counts starts since somebody last asked.
    """

    document_id: str
    state: ScanState
    due_at: datetime
    finding: str | None = None
    attempts: int = 0

    @property
    def waiting(self) -> bool:
        return self.state is ScanState.WAITING

    @property
    def openable(self) -> bool:
        return self.state in OPENABLE

    def clean(self) -> Scan:
        return replace(self._moved(ScanState.CLEAN), finding=None)

    def infected(self, finding: str) -> Scan:
        return replace(self._moved(ScanState.INFECTED), finding=finding[:LONGEST_FINDING])

    def failed(self, why: str) -> Scan:
        """There is no use in trying again before somebody asks for it."""
        return replace(self._moved(ScanState.FAILED), finding=why[:LONGEST_FINDING])

    def put_off(self, why: str, now: datetime) -> Scan:
        """Try again after 10 s, 20 s, 40 s … at most an hour; after the last attempt it has failed."""
        if self.attempts >= MOST_ATTEMPTS:
            return self.failed(why)
        wait = min(FIRST_WAIT * 2 ** max(self.attempts - 1, 0), LONGEST_WAIT)
        return replace(self._moved(ScanState.WAITING), finding=why[:LONGEST_FINDING], due_at=now + wait)

    def again(self, now: datetime) -> Scan:
        """Raises ValueError for a file whose verdict is known or still to come."""
        if self.waiting:
            raise ValueError("the file waits already")
        return replace(self._moved(ScanState.WAITING), finding=None, attempts=0, due_at=now)

    def _moved(self, state: ScanState) -> Scan:
        if state not in MOVES[self.state]:
            raise ValueError(f"a scan that is {self.state} does not become {state}")
        return replace(self, state=state)


class ScannerAway(Exception):
    """No verdict this time: the scanner is not there, too slow, busy, or said something nobody understands."""


class LargerThanScanner(Exception):
    """The scanner does not take a file of this size; trying again changes nothing."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`finding` is the name of the signature that matched; None when nothing did."""

    finding: str | None
