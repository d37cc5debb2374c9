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
from typing import Any

import rfc8785

from shared.messaging.envelope import Envelope

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
    def fact(self) -> Envelope:
        """The fact as it was announced."""
        return Envelope.from_wire(json.loads(self.canonical))

    @property
    def head(self) -> Head:
        return Head(position=self.position, hash=self.hash)


def canonical(fact: Envelope) -> str:
    return rfc8785.dumps(fact.to_wire()).decode()


def link(previous: bytes, content: str) -> bytes:
    return hashlib.sha256(previous + content.encode()).digest()


def continued(head: Head, facts: Iterable[Envelope]) -> Iterator[Entry]:
    """The entries that put these facts at the end of the chain, in their order."""
    for fact in facts:
        content = canonical(fact)
        entry = Entry(
            position=head.position + 1,
            canonical=content,
            previous=head.hash,
            hash=link(head.hash, content),
            **copied_out(fact),
        )
        yield entry
        head = entry.head


def copied_out(fact: Envelope) -> dict[str, Any]:
    """The columns that repeat what the canonical entry says."""
    return {
        "event_id": fact.id,
        "at": fact.time,
        "type": fact.type,
        "version": fact.version,
        "source": fact.source,
        "subject": fact.subject,
        "sequence": fact.sequence,
        "actor": fact.actor,
        "role": fact.role,
        "authority": fact.authority,
    }
