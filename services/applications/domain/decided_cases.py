"""A case after its decision: its acts, what is sought of them, what it binds, and what the bank has paid of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from services.applications.domain.acts import Act, ActKind, ActState, Terms
from services.applications.domain.amendments import Amendment, AmendmentState
from services.applications.domain.movements import Movement, bound_in_all
from services.applications.domain.projects import ProjectState, state_by_days
from services.applications.domain.reviews import Review, ReviewKind
from services.applications.domain.states import GRANTED, STATE_OF_OUTCOME
from shared.errors import ChangedMeanwhile, NotFound
from shared.money import ZERO, Money, total
from shared.rules.service_of_decision import Way

One = TypeVar("One")
Numbered = TypeVar("Numbered", Act, Review, Amendment)


class Standing(StrEnum):
    """What decisions have made of the project; the days do the rest."""

    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Finality(StrEnum):
    NOT_SENT = "not_sent"
    RUNNING = "running"
    UNDER_REVIEW = "under_review"
    FINAL = "final"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardClaim:
    """A claim as payments has told of it. `payable` None until it is decided; `settled_on` None until it is paid."""

    claim_id: str
    is_final: bool
    payable: Money | None = None
    decided_on: date | None = None
    payment_id: str | None = None
    paid: Money = ZERO
    settled_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Undecided, or decided and not settled to the cent."""
        return self.payable is None or self.paid < self.payable

    @property
    def waiting(self) -> Money:
        return (self.payable or ZERO) - self.paid if self.payable and self.paid < self.payable else ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedCase:
    """`version` grows with every deed of a person here; what the house hears or notices does not change it.

    `channel` is how the party wants its decisions: electronic or letter.
    """

    number: str
    business_id: str
    authority: str
    changed_by: str
    changed_at: datetime
    acts: tuple[Act, ...]
    version: int = 1
    channel: Way = Way.ELECTRONIC
    standing: Standing = Standing.OPEN
    reviews: tuple[Review, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    movements: tuple[Movement, ...] = ()
    claims: tuple[HeardClaim, ...] = ()

    # ---- what stands ----

    @property
    def terms(self) -> Terms:
        """Those of the last decided act."""
        return [act for act in self.acts if act.is_decided][-1].terms

    @property
    def last_decided_at(self) -> datetime | None:
        return [act.decided_at for act in self.acts if act.is_decided][-1]

    @property
    def is_granted(self) -> bool:
        return STATE_OF_OUTCOME[self.terms.outcome] in GRANTED

    @property
    def was_turned(self) -> bool:
        """Whether a later act made an award of a refusal, or a refusal of an award, even if another turned it back."""
        return len({STATE_OF_OUTCOME[act.terms.outcome] in GRANTED for act in self.acts if act.is_decided}) > 1

    @property
    def bound(self) -> Money:
        return bound_in_all(self.movements)

    @property
    def paid(self) -> Money:
        return total(claim.paid for claim in self.claims)

    @property
    def waiting(self) -> Money:
        """Decided to be paid and not yet settled."""
        return total(claim.waiting for claim in self.claims)

    @property
    def final_claim(self) -> HeardClaim | None:
        return next((claim for claim in self.claims if claim.is_final), None)

    @property
    def final_paid_on(self) -> date | None:
        """The day of the last payment once the final claim is paid, or decided with nothing to pay."""
        final = self.final_claim
        if final is None or final.is_open:
            return None
        days = [claim.settled_on for claim in self.claims if claim.settled_on]
        return max(days) if days else final.decided_on

    def project_state(self, today: date) -> ProjectState | None:
        """None where there is no project: nothing was granted."""
        if self.standing is not Standing.OPEN:
            return ProjectState(self.standing.value)
        terms = self.terms
        return state_by_days(terms.period_first, terms.period_last, today) if self.is_granted else None

    # ---- finding ----

    @property
    def proposal(self) -> Act | None:
        """The act that waits for its decision; there is never more than one."""
        return next((act for act in self.acts if act.state is ActState.PROPOSED), None)

    def act(self, ordinal: int) -> Act:
        """Raises NotFound."""
        return _found((act for act in self.acts if act.ordinal == ordinal), "act")

    def decided_act(self, ordinal: int) -> Act:
        """Raises NotFound."""
        return _found((act for act in self.acts if act.ordinal == ordinal and act.is_decided), "act")

    def review(self, ordinal: int) -> Review:
        """Raises NotFound."""
        return _found((review for review in self.reviews if review.ordinal == ordinal), "review")

    def amendment(self, ordinal: int) -> Amendment:
        """Raises NotFound."""
        return _found((one for one in self.amendments if one.ordinal == ordinal), "amendment")

    @property
    def open_amendments(self) -> tuple[Amendment, ...]:
        return tuple(one for one in self.amendments if one.state is AmendmentState.FILED)

    @property
    def pending_reviews(self) -> tuple[Review, ...]:
        return tuple(review for review in self.reviews if review.is_pending)

    # ---- finality ----

    def finality(self, ordinal: int, today: date) -> Finality:
        """Whether the act can still be changed by seeking review of it.

        It is final when its own time has passed, and everything that was sought in time is decided and that decision
        final in its turn; of an act that was corrected, when the correction is final.
        """
        act = self.act(ordinal)
        if act.became_final_on:
            return Finality.FINAL
        if any(self._holds_open(review, today) for review in self.reviews if review.act == ordinal):
            return Finality.UNDER_REVIEW
        if act.corrected_by is not None:
            return self.finality(act.corrected_by, today)
        if act.service is None:
            return Finality.NOT_SENT
        return Finality.FINAL if act.service.final_from <= today else Finality.RUNNING

    def _holds_open(self, review: Review, today: date) -> bool:
        if not review.in_time:
            return False
        if review.is_pending:
            return True
        if review.kind is ReviewKind.APPEAL or review.decided_by_act is None:
            return False
        return self.finality(review.decided_by_act, today) is not Finality.FINAL

    def become_final(self, today: date) -> tuple[Act, ...]:
        """Acts that are final today and are not yet marked so."""
        return tuple(
            act
            for act in self.acts
            if act.is_decided and not act.became_final_on and self.finality(act.ordinal, today) is Finality.FINAL
        )

    # ---- changing ----

    def must_be_at(self, version: int) -> None:
        """Raises ChangedMeanwhile."""
        if version != self.version:
            raise ChangedMeanwhile(by=self.changed_by, at=self.changed_at.isoformat())

    def done(self, by: str, at: datetime, **changes: Any) -> DecidedCase:
        """The next version, after a deed of a person."""
        return replace(self, version=self.version + 1, changed_by=by, changed_at=at, **changes)

    def noted(self, **changes: Any) -> DecidedCase:
        """With what the house heard or noticed by itself: nobody's page grows old of it."""
        return replace(self, **changes)

    def with_act(self, act: Act) -> tuple[Act, ...]:
        """The acts with this one in its place, or after the others."""
        return _placed(self.acts, act)

    def with_review(self, review: Review) -> tuple[Review, ...]:
        return _placed(self.reviews, review)

    def with_amendment(self, amendment: Amendment) -> tuple[Amendment, ...]:
        return _placed(self.amendments, amendment)

    def with_claim(self, claim: HeardClaim) -> tuple[HeardClaim, ...]:
        others = tuple(one for one in self.claims if one.claim_id != claim.claim_id)
        return (*others, claim)

    def claim(self, claim_id: str) -> HeardClaim:
        """The claim as it has been heard of so far."""
        known = next((claim for claim in self.claims if claim.claim_id == claim_id), None)
        return known or HeardClaim(claim_id=claim_id, is_final=False)


def first_kind(outcome: str) -> ActKind:
    return ActKind.AWARD if STATE_OF_OUTCOME[outcome] in GRANTED else ActKind.REFUSAL


def _found(found: Iterable[One], what: str) -> One:
    one = next(iter(found), None)
    if one is None:
        raise NotFound(what=what)
    return one


def _placed(all_of_them: tuple[Numbered, ...], one: Numbered) -> tuple[Numbered, ...]:
    if any(other.ordinal == one.ordinal for other in all_of_them):
        return tuple(one if other.ordinal == one.ordinal else other for other in all_of_them)
    added: tuple[Numbered, ...] = (one,)
    return all_of_them + added
