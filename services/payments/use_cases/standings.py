"""What a room that began to listen late has to know of the claims that were on their way already."""

from __future__ import annotations

from services.payments.domain.claims import ClaimState
from services.payments.ports import Work
from shared.contracts import payments as contract

ON_ITS_WAY = frozenset(
    {
        ClaimState.SUBMITTED,
        ClaimState.VERIFIED,
        ClaimState.PROPOSED,
        ClaimState.APPROVED,
        ClaimState.APPROVED_IN_PART,
    }
)


def tell_one_standing(work: Work) -> bool:
    """Tell where the next claim of the list stands, in its place among the claim's facts. False when it is empty."""
    claim_id = work.standings.take()
    if claim_id is None:
        return False
    claim = work.claims.get(claim_id, lock=True)
    if claim.state in ON_ITS_WAY:
        work.announce(
            contract.CLAIM_STANDING_TOLD,
            claim_id,
            claim_id=claim_id,
            number=claim.number,
            authority=claim.authority,
            state=claim.state.value,
            due_on=claim.due_on,
        )
    return True
