"""Checking the chain, entry by entry, and naming the first one that does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from services.monitoring.domain.trail import COPIED, Entry, Head, link


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain does not hold, and what differs there.

    `what` is a code: position_missing; previous (it does not follow the entry before); content (the entry
    was changed); hash (only its hash was); content_or_hash (nothing after it tells which); column:<name>
    (a readable column says other than the entry); checkpoint (the signed head was another);
    checkpoint_signature (a signed head was not signed with our key).
    """

    position: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailProof:
    """What a verification found. `checkpoints` signed heads agreed with the chain."""

    holds: bool
    entries: int
    head: str
    broken_at: int | None
    broken: str | None
    checked_at: datetime
    checkpoints: int


@dataclass(slots=True)
class ChainCheck:
    """Walks along the chain. `signed` holds the hash that a signed head gives for its position."""

    signed: Mapping[int, bytes] = field(default_factory=dict)
    head: Head = field(default_factory=Head)
    agreed: int = 0

    def step(self, entry: Entry, following: Entry | None) -> Break | None:
        """Whether this entry continues the chain; `following`, where there is one, tells what was changed."""
        position = self.head.position + 1
        if entry.position != position:
            return Break(position, "position_missing")
        what = self._differs(entry, following)
        if what:
            return Break(position, what)
        self.head = entry.head
        self.agreed += position in self.signed
        return None

    def _differs(self, entry: Entry, following: Entry | None) -> str | None:
        if entry.previous != self.head.hash:
            return "previous"
        right = link(entry.previous, entry.canonical)
        if right != entry.hash:
            return _changed(entry.hash, right, following)
        if self.signed.get(entry.position, right) != right:
            return "checkpoint"
        return wrong_column(entry)

    def end(self) -> Break | None:
        """A signed head beyond the last entry proves that the end was cut off."""
        if any(position > self.head.position for position in self.signed):
            return Break(self.head.position + 1, "position_missing")
        return None


def _changed(stored: bytes, right: bytes, following: Entry | None) -> str:
    if following is None:
        return "content_or_hash"
    return {stored: "content", right: "hash"}.get(following.previous, "content_or_hash")


def wrong_column(entry: Entry) -> str | None:
    """The first readable column that says other than the entry it was copied from, as `column:<name>`.

    `content` when the entry is no envelope at all.
    """
    try:
        fact = entry.fact
    except (ValueError, KeyError, TypeError):
        # Hashed all the same, so somebody made a false chain of it.
        return "content"
    for name in COPIED:
        if getattr(entry, name) != getattr(fact, name):
            return f"column:{name}"
    return None
