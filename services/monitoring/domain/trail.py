"""The trail: every fact in one chain, each entry bound to the one before it.

    hash = SHA-256(previous hash, 32 bytes ‖ canonical entry, UTF-8)

The canonical entry is the fact's whole envelope as RFC 8785 JSON. Before the first entry the hash is
thirty-two zero bytes. Ten lines in any language can check it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import rfc8785

from services.monitoring.domain.facts import Fact, Wire, read

GENESIS = bytes(32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The end of the chain: the last position, 0 for an empty one, and its hash."""

    position: int = 0
    hash: bytes = GENESIS


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One link. The columns from `event_id` on are copied out of `canonical` to be read and searched by."""

    position: int
    canonical: str
    previous: bytes
    hash: bytes
    event_id: str
    at: datetime
    type: str
    version: int
    source: str
    subject: str
    sequence: int
    actor: str
    role: str
    authority: str | None

    @property
    def fact(self) -> Fact:
        """The fact as it was announced."""
        return read(json.loads(self.canonical))

    @property
    def head(self) -> Head:
        return Head(position=self.position, hash=self.hash)


# The columns that repeat what the canonical entry says.
COPIED = ("event_id", "at", "type", "version", "source", "subject", "sequence", "actor", "role", "authority")


def canonical(wire: Wire) -> str:
    return rfc8785.dumps(dict(wire)).decode()


def link(previous: bytes, content: str) -> bytes:
    return hashlib.sha256(previous + content.encode()).digest()


def continued(head: Head, wires: Iterable[Wire]) -> Iterator[Entry]:
    """The entries that put these envelopes at the end of the chain, in their order."""
    for wire in wires:
        content, fact = canonical(wire), read(wire)
        entry = Entry(
            position=head.position + 1,
            canonical=content,
            previous=head.hash,
            hash=link(head.hash, content),
            **{name: getattr(fact, name) for name in COPIED},
        )
        yield entry
        head = entry.head
