"""A payment claim and the moves it can make between its states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from services.payments.domain.acts import Act
from services.payments.domain.errors import PayableChanged, WrongClaimState
from services.payments.domain.payable import Payable, Share
from shared.dates import Period, helsinki_day
from shared.errors import ChangedMeanwhile
from shared.explained import Step
from shared.money import ZERO, Money


class ClaimState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    VERIFIED = "verified"
    PROPOSED = "proposed"
    APPROVED = "approved"
    APPROVED_IN_PART = "approved_in_part"
    REJECTED = "rejected"
    IN_PAYMENT = "in_payment"
    PAID = "paid"
    PAYMENT_FAILED = "payment_failed"


class ClaimKind(StrEnum):
    INTERIM = "interim"
    FINAL = "final"


_S = ClaimState
MOVES: Mapping[ClaimState, frozenset[ClaimState]] = {
    _S.DRAFT: frozenset({_S.SUBMITTED}),
    _S.SUBMITTED: frozenset({_S.VERIFIED}),
    # Verified again when the decision maker returned the proposal because of a line; by another, when the one who
    # had verified it turns out to be disqualified.
    _S.VERIFIED: frozenset({_S.VERIFIED, _S.PROPOSED, _S.SUBMITTED}),
    _S.PROPOSED: frozenset({_S.VERIFIED, _S.SUBMITTED, _S.APPROVED, _S.APPROVED_IN_PART, _S.REJECTED}),
    _S.APPROVED: frozenset({_S.IN_PAYMENT}),
    _S.APPROVED_IN_PART: frozenset({_S.IN_PAYMENT}),
    _S.REJECTED: frozenset(),
    _S.IN_PAYMENT: frozenset({_S.PAID, _S.PAYMENT_FAILED}),
    # The creditor's bank may return money that has gone out.
    _S.PAID: frozenset({_S.PAYMENT_FAILED}),
    _S.PAYMENT_FAILED: frozenset({_S.IN_PAYMENT}),
}
UNDECIDED = frozenset({_S.VERIFIED, _S.PROPOSED})
PAYABLE_STATES = frozenset(state for state, to in MOVES.items() if _S.IN_PAYMENT in to)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentDecision:
    """A proposed payment, and once `decided`, the decision. `steps` explain `payable`; `shares` add up to it."""

    outcome: ClaimState
    accepted_costs: Money
    payable: Money
    shares: tuple[Share, ...]
    steps: tuple[Step, ...]
    ruleset: str
    note: str
    proposed: Act
    decided: Act | None = None

    @classmethod
    def proposal(cls, payable: Payable, note: str, act: Act) -> PaymentDecision:
        return cls(
            outcome=ClaimState(payable.outcome),
            accepted_costs=payable.accepted_costs,
            payable=payable.amount,
            shares=payable.shares,
            steps=payable.steps,
            ruleset=payable.ruleset,
            note=note,
            proposed=act,
        )

    def signed(self, now: Payable, act: Act, note: str) -> PaymentDecision:
        """The decision, worked out once more on the account as it stands at the signing.

        Raises PayableChanged when that is not the sum that was proposed.
        """
        if now.amount != self.payable:
            raise PayableChanged(proposed=self.payable, now=now.amount)
        both = "\n\n".join(filter(None, (self.note, note)))
        return replace(PaymentDecision.proposal(now, both, self.proposed), decided=act)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """`typed` is the draft as typed; what was read from it is filed at submission. `account` is the full IBAN.

    `payments` counts the payments ordered for it, failed ones included; `return_note` is why the decision
    maker sent a proposal back, until the next one."""

    claim_id: str
    number: str
    ordinal: int
    kind: ClaimKind
    state: ClaimState
    version: int
    business_id: str
    authority: str
    typed: Mapping[str, Any]
    saved: Act
    changed: Act
    claimed: Money = ZERO
    period: Period | None = None
    account: str | None = None
    submitted: Act | None = None
    digest: str | None = None
    due_on: date | None = None
    verified: Act | None = None
    accepted: Money | None = None
    decision: PaymentDecision | None = None
    return_note: str | None = None
    paid_on: date | None = None
    payments: int = 0

    @property
    def filed_period(self) -> Period:
        """The period of a submitted claim. Raises ValueError for a draft, which has none yet."""
        if self.period is None:
            raise ValueError(f"{self.claim_id} has not been submitted")
        return self.period

    @property
    def proposed_decision(self) -> PaymentDecision:
        """What was proposed, and perhaps decided. Raises ValueError before there is a proposal."""
        if self.decision is None:
            raise ValueError(f"{self.claim_id} has no proposed payment")
        return self.decision

    @property
    def payable(self) -> Money | None:
        return self.decision.payable if self.decision else None

    def at_version(self, version: int) -> Claim:
        """The claim, if the asker has seen its newest version. Raises ChangedMeanwhile."""
        if version != self.version:
            raise ChangedMeanwhile(by=self.changed.by, at=self.changed.at.isoformat())
        return self

    def expect(self, *states: ClaimState) -> Claim:
        """The claim, if it is in one of the states. Raises WrongClaimState."""
        if self.state not in states:
            raise WrongClaimState(state=self.state, by=self.changed.by, at=self.changed.at.isoformat())
        return self

    def moved(self, to: ClaimState, act: Act, **news: Any) -> Claim:
        """The claim in its next state and version. Raises WrongClaimState when MOVES has no such move."""
        self.expect(*(state for state, moves in MOVES.items() if to in moves))
        return replace(self, state=to, version=self.version + 1, changed=act, **news)

    def drafted(self, typed: Mapping[str, Any], claimed: Money, act: Act) -> Claim:
        """The draft with other content. Raises WrongClaimState once it is submitted."""
        self.expect(_S.DRAFT)
        return replace(self, version=self.version + 1, changed=act, typed=typed, claimed=claimed, saved=act)

    def without(self, person: str, act: Act) -> Claim:
        """The claim without what a disqualified person did in it, if it has not been decided; else as it is."""
        if self.state in UNDECIDED and self.verified and self.verified.by == person:
            return self.moved(_S.SUBMITTED, act, verified=None, accepted=None, decision=None, return_note=None)
        if self.state is _S.PROPOSED and self.proposed_decision.proposed.by == person:
            return self.moved(_S.VERIFIED, act, decision=None)
        return self

    def clock_stops_on(self, today: date) -> date:
        """Until which day the payment term runs: the day it was paid, else decided to nothing, else today."""
        if self.paid_on:
            return self.paid_on
        if self.state is _S.REJECTED and self.decision and self.decision.decided:
            return helsinki_day(self.decision.decided.at)
        return today


def claim_id(number: str, ordinal: int) -> str:
    return f"{number}-M{ordinal}"


def opened(grant_number: str, ordinal: int, kind: ClaimKind, who: tuple[str, str], act: Act) -> Claim:
    """A new draft; `who` is (business id, authority)."""
    business_id, authority = who
    return Claim(
        claim_id=claim_id(grant_number, ordinal),
        number=grant_number,
        ordinal=ordinal,
        kind=kind,
        state=_S.DRAFT,
        version=1,
        business_id=business_id,
        authority=authority,
        typed={},
        saved=act,
        changed=act,
    )
