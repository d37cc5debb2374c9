"""Signed heads: what the chain's end was at a moment, in a form that only the key's holder can make.

Whoever owns the database could rewrite the whole chain so that it holds again. They cannot make it agree
with heads that were signed before, and those lie in a file outside the database too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import rfc8785

from services.monitoring.domain.trail import Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The head at `position`, signed `at`; the Ed25519 signature is over `message()`."""

    position: int
    hash: bytes
    at: datetime
    signature: bytes = b""

    def message(self) -> bytes:
        """What is signed: RFC 8785 JSON of at, hash (hex) and position."""
        return rfc8785.dumps({"at": self.at.isoformat(), "hash": self.hash.hex(), "position": self.position})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """A head is signed once so many entries or so much time has come since the last one."""

    entries: int = 1000
    time: timedelta = timedelta(hours=1)

    def is_due(self, head: Head, last: Checkpoint | None, now: datetime) -> bool:
        if head.position == (last.position if last else 0):
            return False
        return last is None or head.position - last.position >= self.entries or now - last.at >= self.time
