"""The verifier's part (management verification, (EU) 2021/1060 art. 74(1)(a))."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from services.payments.domain.claims import Claim, ClaimState
from services.payments.domain.cost_lines import CostLine
from services.payments.domain.findings import examined
from services.payments.domain.verification import Verdict, verified
from services.payments.ports import Work
from services.payments.use_cases.claims import own_claim, this_act
from services.payments.views import View, claim_view
from shared.contracts import payments as contract
from shared.money import ZERO, total


def verify_claim(work: Work, claim_id: str, version: int, lines: Sequence[Mapping[str, Any]]) -> View:
    """A verdict on every line; findings are worked out anew and frozen with it. Raises VerdictsFaulty.

    A claim whose proposal was returned may be verified again.
    """
    claim = own_claim(work, claim_id, version).expect(ClaimState.SUBMITTED, ClaimState.VERIFIED)
    grant = work.grants.get(claim.number)
    filed, elsewhere = work.lines.of(claim_id), work.lines.claimed_elsewhere(claim_id)
    checked = verified(examined(filed, grant, claim.filed_period, elsewhere), [Verdict(**line) for line in lines])
    act = this_act(work)
    accepted = total(line.accepted or ZERO for line in checked)
    claim = claim.moved(ClaimState.VERIFIED, act, verified=act, accepted=accepted)

    work.lines.verify(claim_id, checked)
    work.claims.put(claim)
    _announce(work, claim, checked)
    return claim_view(work, claim, grant, checked)


def _announce(work: Work, claim: Claim, lines: Iterable[CostLine]) -> None:
    names = "line accepted cut cut_reason"
    accepted = claim.accepted or ZERO
    work.announce(
        contract.CLAIM_VERIFIED,
        claim.claim_id,
        claim_id=claim.claim_id,
        number=claim.number,
        authority=claim.authority,
        accepted=accepted,
        cut=claim.claimed - accepted,
        lines=[{name: getattr(line, name) for name in names.split()} for line in lines],
        verified_by=work.asker.person,
    )
