"""Signing the head of the trail from time to time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from services.monitoring import chain
from services.monitoring.domain.checkpoints import Checkpoint, Rhythm
from services.monitoring.signing import Signer

NOW = Rhythm(entries=1)


def sign_head(engine: Engine, signer: Signer, now: datetime, rhythm: Rhythm = NOW) -> Checkpoint | None:
    """Sign the head if its time has come: into the table, then into the file. None when it is not due."""
    with Session(engine) as session, session.begin():
        head = chain.trail_head(session)
        last = next(iter(chain.checkpoints(session)[-1:]), None)
        if not rhythm.is_due(head, last, now):
            return None
        checkpoint = signer.signed(Checkpoint(position=head.position, hash=head.hash, at=now))
        chain.add_checkpoint(session, checkpoint)
    # After the commit: the file must never know of a head that the database gave up.
    signer.write_down(checkpoint)
    return checkpoint
