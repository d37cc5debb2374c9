"""What the bank's words do to payments, claims, accounts and files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from services.payments.domain.claims import Claim, ClaimState
from services.payments.domain.grants import Grant
from services.payments.domain.payments import FAILED, Payment, PaymentState, batch_state
from services.payments.ports import Work
from services.payments.use_cases.claims import this_act
from shared.contracts import payments as contract


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One payment before and after the bank's words."""

    before: Payment
    now: Payment

    @property
    def is_news(self) -> bool:
        return self.before != self.now

    @property
    def settles(self) -> bool:
        return self.now.state is PaymentState.SETTLED and self.before.state is not PaymentState.SETTLED

    @property
    def fails(self) -> bool:
        return self.now.state in FAILED and self.before.state not in FAILED

    @property
    def takes_back(self) -> bool:
        """Money that had been counted as paid came back."""
        return self.fails and self.before.state is PaymentState.SETTLED

    @property
    def moves_the_claim(self) -> bool:
        booked_later = self.now.state is PaymentState.SETTLED and self.now.settled_on != self.before.settled_on
        return self.settles or self.fails or booked_later


def settle(work: Work, payments: Sequence[Payment], changes: Sequence[Change]) -> None:
    """Keep the changed payments, and carry them to their claims, accounts and files. `payments`: all of the files."""
    if not changes:
        return
    work.payments.put([change.now for change in changes])
    _update_batches(work, payments, changes)
    moved = {change.now.claim_id: change for change in changes if change.moves_the_claim}
    if moved:
        claims = work.claims.several(moved.keys(), lock=True)
        grants = work.grants.several({claim.number for claim in claims.values()}, lock=True)
        work.claims.put(*(_claim_after(work, claims[name], change) for name, change in moved.items()))
        work.grants.put(*_grants_after(grants, claims, moved.values()))
        for name, change in moved.items():
            _announce(work, claims[name], change)


def _claim_after(work: Work, claim: Claim, change: Change) -> Claim:
    act = this_act(work)
    if change.fails:
        return claim.moved(ClaimState.PAYMENT_FAILED, act, paid_on=None)
    if change.settles:
        return claim.moved(ClaimState.PAID, act, paid_on=change.now.settled_on)
    return replace(claim, version=claim.version + 1, changed=act, paid_on=change.now.settled_on)


def _grants_after(grants: dict[str, Grant], claims: dict[str, Claim], changes: Iterable[Change]) -> Iterable[Grant]:
    after: dict[str, Grant] = {}
    for change in changes:
        number = claims[change.now.claim_id].number
        grant = after.get(number, grants[number])
        if change.settles:
            after[number] = grant.with_paid(change.now.amount)
        elif change.takes_back:
            after[number] = grant.with_paid(-change.now.amount)
    return after.values()


def _update_batches(work: Work, payments: Iterable[Payment], changes: Iterable[Change]) -> None:
    states = {payment.payment_id: payment for payment in payments}
    states |= {change.now.payment_id: change.now for change in changes}
    for batch_id in sorted({change.now.batch_id for change in changes}):
        in_it = [payment.state for payment in states.values() if payment.batch_id == batch_id]
        work.batches.state(batch_id, batch_state(in_it))


def _announce(work: Work, claim: Claim, change: Change) -> None:
    payment = change.now
    facts = {
        "claim_id": claim.claim_id,
        "number": claim.number,
        "business_id": claim.business_id,
        "authority": claim.authority,
        "payment_id": payment.payment_id,
        "batch_id": payment.batch_id,
        "amount": payment.amount,
    }
    if change.settles:
        settled = {"settled_on": payment.settled_on, "bank_reference": payment.bank_reference}
        work.announce(contract.PAYMENT_SETTLED, claim.claim_id, **facts, **settled)
    elif change.fails:
        failed = {"state": payment.state, "reason": payment.reason}
        work.announce(contract.PAYMENT_FAILED, claim.claim_id, **facts, **failed)
