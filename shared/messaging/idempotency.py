"""One command, one effect: the first answer to an idempotency key is kept and given again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b, sha256
from typing import Any, cast

from sqlalchemy import TextClause, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from shared.errors import KeyUsedForAnother


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyedCommand:
    """A command that its asker named with a key; `digest` is over the operation and the data as sent."""

    person: str
    key: str
    operation: str
    digest: bytes

    @classmethod
    def of(cls, person: str, key: str, operation: str, data: Mapping[str, Any]) -> KeyedCommand:
        canonical = json.dumps([operation, data], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return cls(person=person, key=key, operation=operation, digest=sha256(canonical.encode()).digest())

    @property
    def lock(self) -> int:
        name = f"{self.person}\0{self.key}".encode()
        return int.from_bytes(blake2b(name, digest_size=8).digest(), signed=True)


def first_answer(session: Session, room: str, command: KeyedCommand) -> dict[str, Any] | None:
    """The answer given before, or None for the first asker, whom everyone later waits for.

    Raises KeyUsedForAnother when the key came with another request.
    """
    found = session.execute(
        _looking(room), {"lock": command.lock, "person": command.person, "key": command.key}
    ).first()
    if found is None:
        return None
    if (found.operation, bytes(found.request_digest)) != (command.operation, command.digest):
        raise KeyUsedForAnother()
    return cast(dict[str, Any], found.answer)


def keep_answer(session: Session, room: str, command: KeyedCommand, answer: Mapping[str, Any]) -> None:
    """Keep the answer in the same transaction as what it answers for."""
    session.execute(
        _keeping(room),
        {
            "person": command.person,
            "key": command.key,
            "operation": command.operation,
            "digest": command.digest,
            "answer": dict(answer),
        },
    )


@cache
def _looking(room: str) -> TextClause:
    # Two statements in one round trip: the second sees what the first asker committed while we waited.
    return text(
        "SELECT pg_advisory_xact_lock(:lock); "
        f"SELECT operation, request_digest, answer FROM {room}.answers "
        "WHERE person = :person AND idempotency_key = :key"
    )


@cache
def _keeping(room: str) -> TextClause:
    return text(
        f"INSERT INTO {room}.answers (person, idempotency_key, operation, request_digest, answer) "
        "VALUES (:person, :key, :operation, :digest, :answer)"
    ).bindparams(bindparam("answer", type_=JSONB))
