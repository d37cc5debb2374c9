"""Which cases a request opens, for the gate before them (`shared.messaging.gate`); and what a conflict undoes here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from services.payments.domain.acts import sees
from services.payments.domain.claims import Claim, ClaimState
from services.payments.ports import Work
from services.payments.use_cases.claims import this_act
from shared.contracts import payments as contract


def case_of_grant(work: Work, number: str, **_: Any) -> Sequence[str]:
    """Raises NotFound and NotForYou."""
    grant = work.grants.get(number)
    sees(work.asker, business_id=grant.business_id, authority=grant.authority)
    return (number,)


def case_of_claim(work: Work, claim_id: str, **_: Any) -> Sequence[str]:
    """A draft is the company's own and opened to no official at all. Raises NotFound and NotForYou."""
    claim = work.claims.get(claim_id)
    sees(work.asker, business_id=claim.business_id, authority=claim.authority)
    return () if claim.state is ClaimState.DRAFT else (claim.number,)


def people_before(work: Work, claim_id: str, verdict: str = "sign", **_: Any) -> Collection[str]:
    """Who verified the claim and proposed its payment: what is presented or signed stands on their part.

    A proposal is returned whoever made it.
    """
    claim = work.claims.get(claim_id)
    acts = (claim.verified, claim.decision.proposed if claim.decision else None)
    return () if verdict == "return" else {act.by for act in acts if act}


def cases_of_claims(work: Work, claim_ids: Sequence[str], **_: Any) -> Sequence[str]:
    """Those of the asker's authority; the others are refused to whoever asks for them."""
    found = work.claims.several(claim_ids)
    return [claim.number for claim in found.values() if claim.authority == work.asker.authority]


def undo_part(work: Work, number: str, person: str) -> None:
    """A disqualified person takes no part (HL 434/2003 27 §): what they did in claims not yet decided falls.

    A proposal of theirs has to be made anew, a verification by another; heard twice it is undone once.
    """
    for claim in work.claims.undecided(number):
        freed = claim.without(person, this_act(work))
        if freed is claim:
            continue
        work.claims.put(freed)
        if freed.state is ClaimState.SUBMITTED:
            unjudged = dict.fromkeys(("accepted", "cut_reason", "cut_note", "finding"))
            work.lines.verify(claim.claim_id, [replace(line, **unjudged) for line in work.lines.of(claim.claim_id)])
        _announce(work, freed, person)


def _announce(work: Work, claim: Claim, person: str) -> None:
    work.announce(
        contract.CLAIM_RELEASED,
        claim.claim_id,
        claim_id=claim.claim_id,
        number=claim.number,
        authority=claim.authority,
        person=person,
        state=claim.state,
    )
