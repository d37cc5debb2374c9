"""The payment is proposed by one official and decided by another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from services.payments.domain.acts import another_person
from services.payments.domain.claims import Claim, ClaimState, PaymentDecision
from services.payments.domain.cost_lines import CostLine
from services.payments.domain.grants import Grant
from services.payments.domain.payable import work_out
from services.payments.ports import Work
from services.payments.use_cases.claims import own_claim, this_act
from services.payments.views import View, claim_view
from shared.contracts import payments as contract


def propose_payment(work: Work, claim_id: str, version: int, note: str = "") -> View:
    """The handler's proposal: what is payable on the grant as it stands.

    Raises AlreadyActed for the verifier; GrantSuspended or GrantEnded.
    """
    claim = own_claim(work, claim_id, version).expect(ClaimState.VERIFIED)
    another_person(work.asker, ("verifier", claim.verified.by if claim.verified else None))
    grant, lines = work.grants.get(claim.number), work.lines.of(claim_id)
    grant.must_pay()
    act = this_act(work)
    decision = PaymentDecision.proposal(work_out(lines, grant), note, act)
    claim = claim.moved(ClaimState.PROPOSED, act, decision=decision, return_note=None)

    work.claims.put(claim)
    work.announce(contract.PAYMENT_PROPOSED, claim_id, **_case(claim), payable=decision.payable, proposed_by=act.by)
    return claim_view(work, claim, grant, lines)


def decide_payment(work: Work, claim_id: str, version: int, verdict: str, note: str = "") -> View:
    """Sign what was proposed, or return it. The account is locked: parallel decisions never exceed the grant.

    Raises AlreadyActed for one who had another part in the payment or in the award, and PayableChanged;
    GrantSuspended or GrantEnded while nothing is paid of the grant.
    """
    claim = own_claim(work, claim_id, version).expect(ClaimState.PROPOSED)
    grant = work.grants.get(claim.number, lock=True)
    _had_no_part(work, claim, grant)
    if verdict != "return":
        grant.must_pay()
    lines = work.lines.of(claim_id)
    if verdict == "return":
        claim = _returned(work, claim, note)
    else:
        claim, grant = _signed(work, claim, grant, lines, note)
    return claim_view(work, claim, grant, lines)


def _had_no_part(work: Work, claim: Claim, grant: Grant) -> None:
    another_person(
        work.asker,
        ("verifier", claim.verified.by if claim.verified else None),
        ("proposer", claim.decision.proposed.by if claim.decision else None),
        ("award_proposer", grant.award_proposed_by),
        ("award_decider", grant.award_decided_by),
        *(("later_act", person) for person in grant.later_people),
    )


def _returned(work: Work, claim: Claim, note: str) -> Claim:
    claim = claim.moved(ClaimState.VERIFIED, this_act(work), decision=None, return_note=note)
    work.claims.put(claim)
    work.announce(contract.PAYMENT_RETURNED, claim.claim_id, **_case(claim), returned_by=work.asker.person, note=note)
    return claim


def _signed(work: Work, claim: Claim, grant: Grant, lines: tuple[CostLine, ...], note: str) -> tuple[Claim, Grant]:
    payable = work_out(lines, grant)
    act = this_act(work)
    decision = claim.proposed_decision.signed(payable, act, note)
    claim = claim.moved(decision.outcome, act, decision=decision)
    grant = grant.with_decision(payable.direct, payable.accepted_costs, payable.amount)

    work.grants.put(grant)
    work.claims.put(claim)
    work.announce(contract.PAYMENT_DECIDED, claim.claim_id, **_decided(claim, grant, decision, lines))
    return claim, grant


def _decided(claim: Claim, grant: Grant, decision: PaymentDecision, lines: Iterable[CostLine]) -> dict[str, Any]:
    from_decision = "outcome accepted_costs payable shares steps ruleset note"
    from_grant = "business_id undertaking_name title fund language"
    return {
        **_case(claim),
        **{name: getattr(grant, name) for name in from_grant.split()},
        **{name: getattr(decision, name) for name in from_decision.split()},
        "claimed": claim.claimed,
        "cuts": [_cut(line) for line in lines if line.cut],
        "verified_by": claim.verified.by if claim.verified else None,
        "proposed_by": decision.proposed.by,
        "decided_by": claim.changed.by,
        "decided_at": claim.changed.at,
    }


def _cut(line: CostLine) -> dict[str, Any]:
    """One cut for the letter; amounts as texts, as this part of the contract is free in form."""
    amounts = {name: str(getattr(line, name)) for name in ("claimed", "accepted", "cut")}
    words = {name: getattr(line, name) for name in ("category", "description", "cut_reason", "cut_note")}
    return {"line": line.line, **amounts, **words}


def _case(claim: Claim) -> dict[str, str]:
    return {"claim_id": claim.claim_id, "number": claim.number, "authority": claim.authority}
