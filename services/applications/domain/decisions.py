"""A funding decision, and a proposal that was sent back instead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.applications.domain.appeals import Appeal
from services.applications.domain.proposals import Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Signed as proposed, by another person than the one who prepared it; `appeal` as it stood that day."""

    outcome: str
    decided_by: str
    decided_at: datetime
    appeal: Appeal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedProposal:
    """Nothing that was proposed is lost when it comes back: the file shows it with the reason.

    `why` is returned when a decision maker sent it back with a note; otherwise what changed under it, so that it
    fell by itself.
    """

    proposal: Proposal
    returned_by: str
    returned_at: datetime
    note: str
    why: str = "returned"
