"""Verifying the whole trail: every hash, every readable column, every signed head."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from services.monitoring import chain
from services.monitoring.domain.checking import Break, ChainCheck, TrailProof
from services.monitoring.domain.trail import Entry
from services.monitoring.settings import MonitoringSettings
from services.monitoring.signing import HeadsKept

CHUNK = 2000
Progress = Callable[[int, int], None]


def verify(
    engine: Engine,
    on_progress: Progress = lambda done, total: None,
    *,
    heads: HeadsKept | None = None,
    upto: int = 0,
    now: datetime | None = None,
) -> TrailProof:
    """Recompute the chain from the first entry to the last there is now, or to `upto`.

    `on_progress` hears (entries done, entries in all). `heads` defaults to those under TRAIL_DIR.
    Entries that arrive meanwhile are left for the next time.
    """
    heads = heads or HeadsKept(MonitoringSettings.read(os.environ).trail_dir)
    with Session(engine) as session:
        last = chain.trail_head(session).position
        last = min(last, upto) if upto else last
        signed, forged = _signed_heads(session, heads, upto)
    check = ChainCheck(signed=signed)
    broken = _walk(engine, check, last, on_progress) or check.end() or forged
    return TrailProof(
        holds=broken is None,
        entries=check.head.position,
        head=check.head.hash.hex(),
        broken_at=broken.position if broken else None,
        broken=broken.what if broken else None,
        checked_at=now or datetime.now(UTC),
        checkpoints=check.agreed,
    )


def _signed_heads(session: Session, heads: HeadsKept, upto: int) -> tuple[dict[int, bytes], Break | None]:
    """The hashes that signed heads give, and the first head that our key has not signed.

    The file's word goes before the table's: the table can be rewritten together with the trail.
    """
    signed: dict[int, bytes] = {}
    forged: Break | None = None
    for checkpoint in (*chain.checkpoints(session), *heads.all()):
        if upto and checkpoint.position > upto:
            continue
        if heads.is_genuine(checkpoint):
            signed[checkpoint.position] = checkpoint.hash
        else:
            forged = forged or Break(checkpoint.position, "checkpoint_signature")
    return signed, forged


def _walk(engine: Engine, check: ChainCheck, last: int, on_progress: Progress) -> Break | None:
    for entry, following in _with_the_next(engine, last):
        broken = check.step(entry, following)
        if broken:
            return broken
        if entry.position % CHUNK == 0 or entry.position == last:
            on_progress(entry.position, last)
    return None


def _with_the_next(engine: Engine, last: int) -> Iterator[tuple[Entry, Entry | None]]:
    """Each entry with the one that follows it."""
    before: Entry | None = None
    for entry in _entries(engine, last):
        if before:
            yield before, entry
        before = entry
    if before:
        yield before, None


def _entries(engine: Engine, last: int) -> Iterator[Entry]:
    """Chunk by chunk, each in a short transaction of its own: the trail only grows."""
    position = 0
    while position < last:
        with Session(engine) as session:
            chunk = chain.entries_after(session, position, most=CHUNK)
        for entry in chunk:
            if entry.position > last:
                return
            yield entry
        if not chunk:
            return
        position = chunk[-1].position
