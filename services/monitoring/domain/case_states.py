"""The states a case is in, from filing to the bank: one small table for lists and figures.

Until the award the state is the application's own. After it, what the case's claims are doing counts, and
the one that needs somebody most gives the state.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class CaseState(StrEnum):
    SUBMITTED = "submitted"
    IN_ASSESSMENT = "in_assessment"
    IN_COMPLETION = "in_completion"  # the company is asked to complete what it filed
    ON_OPINION = "on_opinion"  # somebody outside is asked for an opinion
    IN_HEARING = "in_hearing"  # the company is heard before a decision against it
    PROPOSED = "proposed"
    REJECTED = "rejected"
    NOT_EXAMINED = "not_examined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    APPROVED = "approved"
    APPROVED_IN_PART = "approved_in_part"
    CANCELLED = "cancelled"  # the grant was taken back; nothing more is paid
    CLOSED = "closed"  # the last payment is settled and the case closed
    CLAIMED = "claimed"  # a claim waits for its verification or decision
    IN_PAYMENT = "in_payment"  # decided to be paid, not yet confirmed by the bank
    PAYMENT_FAILED = "payment_failed"  # the bank rejected or returned a payment
    PAID = "paid"  # every claim so far is paid or closed, at least one paid


class ClaimPhase(StrEnum):
    """What a claim's state means for its case."""

    NONE = "none"
    DECIDING = "deciding"
    PAYING = "paying"
    FAILED = "failed"
    PAID = "paid"
    CLOSED = "closed"  # nothing was granted on it


PHASES: Mapping[str, ClaimPhase] = {
    "": ClaimPhase.NONE,
    "submitted": ClaimPhase.DECIDING,
    "verified": ClaimPhase.DECIDING,
    "proposed": ClaimPhase.DECIDING,
    "approved": ClaimPhase.PAYING,
    "approved_in_part": ClaimPhase.PAYING,
    "in_payment": ClaimPhase.PAYING,
    "payment_failed": ClaimPhase.FAILED,
    "paid": ClaimPhase.PAID,
    "rejected": ClaimPhase.CLOSED,
}

AWARDED = frozenset({CaseState.APPROVED, CaseState.APPROVED_IN_PART})

OUTCOMES: Mapping[str, CaseState] = {
    "approve": CaseState.APPROVED,
    "approve_in_part": CaseState.APPROVED_IN_PART,
    "reject": CaseState.REJECTED,
    "leave_unexamined": CaseState.NOT_EXAMINED,
    "lapse": CaseState.LAPSED,
}


def case_state(application_state: str, *, failed: int, deciding: int, paying: int, paid: int) -> str:
    """`application_state` is empty while only payments have been heard of: then an award there must be."""
    if application_state and application_state not in AWARDED:
        return application_state
    claims = (
        (failed, CaseState.PAYMENT_FAILED),
        (deciding, CaseState.CLAIMED),
        (paying, CaseState.IN_PAYMENT),
        (paid, CaseState.PAID),
    )
    return next((state for count, state in claims if count), application_state or CaseState.APPROVED)
