"""What a handler wants to propose after the decision, as asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from services.applications.domain.acts import ActKind
from services.applications.domain.amendments import Wish
from services.applications.domain.correspondence.hearings import HearingSoFar


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsWish(Wish):
    """What an act should change; None leaves a thing as it is. `outcome` reject takes the grant back."""

    outcome: str | None = None
    period_first: date | None = None
    conditions: tuple[str, ...] | None = None
    reasoning: str | None = None

    def named(self) -> tuple[str, ...]:
        names = (*Wish.__dataclass_fields__, "outcome", "period_first", "conditions", "reasoning")
        return tuple(name for name in names if getattr(self, name) is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """`about`: the act, amendment or review the act answers. `consent`, `own_fault`: see the kinds' rules."""

    kind: ActKind
    reasons: str
    by: str
    at: datetime
    about: int | None = None
    verdict: str = ""
    ground: str = ""
    changes: TermsWish | None = None
    year: int | None = None
    progress: str = ""
    consent: bool = False
    own_fault: bool = False
    hearing: HearingSoFar = field(default_factory=HearingSoFar)
