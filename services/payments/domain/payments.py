"""One credit transfer from the file to the bank's last word on it.

Banks' answers come in any order and more than once. A state has a rank, and a payment only climbs:
whatever order the same answers come in, it ends in the same state.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from services.payments.domain.errors import AmountDiffers, ContradictsEarlierAnswer
from shared.money import Money


class PaymentState(StrEnum):
    IN_FILE = "in_file"
    ACCEPTED = "accepted"
    PENDING = "pending"
    SETTLED = "settled"
    REJECTED = "rejected"
    RETURNED = "returned"


_S = PaymentState
RANK: Mapping[PaymentState, int] = {
    _S.IN_FILE: 0,
    _S.PENDING: 1,
    _S.ACCEPTED: 2,
    _S.SETTLED: 3,
    _S.REJECTED: 3,
    _S.RETURNED: 4,
}
MOVES: Mapping[PaymentState, frozenset[PaymentState]] = {
    _S.IN_FILE: frozenset({_S.PENDING, _S.ACCEPTED, _S.SETTLED, _S.REJECTED, _S.RETURNED}),
    _S.PENDING: frozenset({_S.ACCEPTED, _S.SETTLED, _S.REJECTED, _S.RETURNED}),
    # A rejection after acceptance is possible until the booking.
    _S.ACCEPTED: frozenset({_S.SETTLED, _S.REJECTED, _S.RETURNED}),
    _S.SETTLED: frozenset({_S.RETURNED}),
    _S.REJECTED: frozenset(),
    _S.RETURNED: frozenset(),
}
FAILED = frozenset({_S.REJECTED, _S.RETURNED})
LIVE = frozenset(PaymentState) - FAILED
_MONEY_MOVED = frozenset({_S.SETTLED, _S.RETURNED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """The bank's word on one payment. `state` None: known to the bank, nothing more.

    `booked`: an entry on our account, whose day and reference count before those of a status report.
    """

    end_to_end_id: str
    state: PaymentState | None
    reason: str | None = None
    amount: Money | None = None
    on: date | None = None
    reference: str | None = None
    booked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """`payment_id` is the EndToEndId. `account` is the full IBAN, `name` what the bank sees as the payee."""

    payment_id: str
    claim_id: str
    batch_id: str
    attempt: int
    amount: Money
    account: str
    name: str
    message: str
    ordered_by: str
    decided_by: str
    state: PaymentState = PaymentState.IN_FILE
    reason: str | None = None
    settled_on: date | None = None
    booked: bool = False
    bank_reference: str | None = None

    def heard(self, word: Word) -> Payment:
        """The payment after the bank's word; itself when that says nothing new.

        Raises AmountDiffers, and ContradictsEarlierAnswer for a rejection of money that went out, or the reverse.
        """
        if word.amount is not None and word.amount != self.amount:
            raise AmountDiffers(about=self.payment_id, bank=word.amount, ours=self.amount)
        if word.state is None:
            return self
        if self._denied_by(word.state):
            raise ContradictsEarlierAnswer(payment_id=self.payment_id, state=self.state, told=word.state)
        return self._dated(word)._climbed(word)

    def _denied_by(self, told: PaymentState) -> bool:
        return (self.state is _S.REJECTED and told in _MONEY_MOVED) or (
            told is _S.REJECTED and self.state in _MONEY_MOVED
        )

    def _dated(self, word: Word) -> Payment:
        """A booking's day and reference win over a report's; of two reports the earlier day."""
        if word.state is not _S.SETTLED or (self.booked and not word.booked):
            return self
        if word.booked and not self.booked:
            return replace(self, settled_on=word.on, bank_reference=word.reference, booked=True)
        days = [day for day in (self.settled_on, word.on) if day]
        references = [text for text in (self.bank_reference, word.reference) if text]
        return replace(self, settled_on=min(days, default=None), bank_reference=min(references, default=None))

    def _climbed(self, word: Word) -> Payment:
        if word.state is self.state:
            return replace(self, reason=min(filter(None, (self.reason, word.reason)), default=None))
        if word.state is None or word.state not in MOVES[self.state]:
            return self
        return replace(self, state=word.state, reason=word.reason)


def payment_id(claim_id: str, attempt: int) -> str:
    return f"{claim_id}-{attempt}"


def batch_state(states: Collection[PaymentState]) -> str:
    """What the states of its payments make of a batch: made, accepted, settled, partly_settled or rejected."""
    if all(state in FAILED for state in states):
        return "rejected"
    if all(state is _S.SETTLED for state in states):
        return "settled"
    if _S.SETTLED in states:
        return "partly_settled"
    return "made" if all(state in {_S.IN_FILE, _S.REJECTED} for state in states) else "accepted"
