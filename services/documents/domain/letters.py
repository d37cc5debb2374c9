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
    LEFT_UNEXAMINED = "left_unexamined"
    LAPSED = "lapsed"
    PAYMENT_DECIDED = "payment_decided"
    CORRECTION = "correction"
    AMENDMENT = "amendment"
    TRANCHE = "tranche"
    CANCELLATION = "cancellation"
    CLOSURE = "closure"
    REVIEW_DECISION = "review_decision"
    COMPLETION_REQUEST = "completion_request"
    HEARING = "hearing"
    FILING = "filing"
    COMPLETION_FILED = "completion_filed"


# Their facts say little: what the letter tells is asked of the room that keeps it before the letter is written.
GATHERED = frozenset(
    {LetterKind.COMPLETION_REQUEST, LetterKind.HEARING, LetterKind.FILING, LetterKind.COMPLETION_FILED}
)
# What the company sent, written down for it; the others are the authority's own acts.
OF_THE_COMPANY = frozenset({LetterKind.FILING, LetterKind.COMPLETION_FILED})
# Nobody seeks review of these, so they have no appeal instruction and never become final.
WITHOUT_REVIEW = GATHERED


class LetterState(StrEnum):
    TO_WRITE = "to_write"
    WRITTEN = "written"


MOVES: Mapping[LetterState, frozenset[LetterState]] = {
    LetterState.TO_WRITE: frozenset({LetterState.TO_WRITE, LetterState.WRITTEN}),
    LetterState.WRITTEN: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """`event_id` is the fact it tells of, and the letter's id; a translation has one of its own.

    `data` is the fact's data as announced; what was `gathered` from another room for it is under "gathered".
    `check_code` and `digest` identify the data on paper. `translation_of` is the letter it translates, and
    `translated_by` the official who did. The law owes the party a letter
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
    translation_of: str | None = None
    translated_by: str | None = None

    @property
    def lacks_facts(self) -> bool:
        """Whether another room has still to be asked what the letter tells."""
        return self.kind in GATHERED and "gathered" not in self.data

    @property
    def to_write(self) -> bool:
        return self.state is LetterState.TO_WRITE

    def with_facts(self, data: Mapping[str, Any], language: str, check_code: str, digest: str) -> Letter:
        """The same letter with what was gathered for it; what identifies it on paper is then of all of it."""
        moved = self._moved(LetterState.TO_WRITE)
        return replace(moved, data=data, language=language, check_code=check_code, digest=digest)

    def written(self, document_id: str) -> Letter:
        return replace(self._moved(LetterState.WRITTEN), document_id=document_id, fault=None)

    def failed(self, fault: str, now: datetime) -> Letter:
        """Try again after 5 s, 10 s, 20 s … at most an hour."""
        wait = min(FIRST_WAIT * 2 ** min(self.attempts - 1, 20), LONGEST_WAIT)
        return replace(self._moved(LetterState.TO_WRITE), fault=fault[:1000], due_at=now + wait)

    def put_back(self, now: datetime) -> Letter:
        """Taken up and not begun: due at once, and it was no attempt."""
        return replace(self._moved(LetterState.TO_WRITE), attempts=self.attempts - 1, due_at=now)

    def _moved(self, state: LetterState) -> Letter:
        if state not in MOVES[self.state]:
            raise ValueError(f"a letter that is {self.state} does not become {state}")
        return replace(self, state=state)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTranslation:
    """The party has asked for the letter in another language (kielilaki 423/2003 20 §)."""

    event_id: str
    language: str
    asked_by: str
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedLetter:
    """The letter's metadata as they stand in the file, its digest, and the seal over both (SHA-256 in hex)."""

    document_id: str
    metadata: Mapping[str, Any]
    sha256: str
    seal: str
