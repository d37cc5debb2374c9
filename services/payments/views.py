"""What people are shown: plain values for the answer schemas. An account number is masked here, everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from services.payments.domain.accounts import masked
from services.payments.domain.claims import Claim, ClaimState, PaymentDecision
from services.payments.domain.cost_lines import CostLine
from services.payments.domain.deadlines import days_used
from services.payments.domain.grants import Grant
from services.payments.domain.payments import Payment
from services.payments.ports import Work
from shared.asker import Role
from shared.dates import helsinki_day
from shared.errors import Fault
from shared.money import ZERO, Money, total

View = dict[str, Any]


def grant_view(grant: Grant) -> View:
    names = (
        "number business_id undertaking_name title authority fund priority specific_objective region language "
        "cost_model aid aid_rate eu_share accepted_costs approved paid left opened_at"
    )
    return {
        **{name: getattr(grant, name) for name in names.split()},
        "costs": [asdict(cost) | {"amount": cost.amount} for cost in grant.plan],
        "period_first": grant.period.first,
        "period_last": grant.period.last,
        "standing": grant.standing.value,
    }


def claim_view(
    work: Work,
    claim: Claim,
    grant: Grant,
    lines: Sequence[CostLine] = (),
    payments: Sequence[Payment] = (),
    faults: Iterable[Fault] = (),
) -> View:
    """The whole claim as the asker may see it."""
    decision = claim.decision
    return {
        **_row(claim, grant),
        "days_used": claim_days(work, claim),
        "grant": grant_view(grant),
        "account": masked(claim.account) if claim.account else None,
        "typed": _typed(work, claim),
        "lines": [line_view(line) for line in lines],
        "faults": [{"path": fault.path, "rule": fault.rule, "facts": dict(fault.facts)} for fault in faults],
        "saved_at": claim.saved.at,
        "saved_by": claim.saved.by,
        "submitted_by": claim.submitted.by if claim.submitted else None,
        "verified_by": claim.verified.by if claim.verified else None,
        "verified_at": claim.verified.at if claim.verified else None,
        "decision": decision_view(decision) if decision else None,
        "return_note": claim.return_note,
        "payments": [payment_view(payment) for payment in payments],
    }


def _row(claim: Claim, grant: Grant) -> View:
    names = "claim_id number kind state version business_id authority claimed accepted payable due_on paid_on"
    from_grant = "undertaking_name title fund region"
    return {
        **{name: getattr(claim, name) for name in names.split()},
        **{name: getattr(grant, name) for name in from_grant.split()},
        "period_first": claim.period.first if claim.period else None,
        "period_last": claim.period.last if claim.period else None,
        "submitted_at": claim.submitted.at if claim.submitted else None,
    }


def claim_days(work: Work, claim: Claim) -> int | None:
    """Days of the payment term used by now."""
    submitted_at = claim.submitted.at if claim.submitted else None
    return days_used(submitted_at, claim.clock_stops_on(helsinki_day(work.now)))


def _typed(work: Work, claim: Claim) -> Mapping[str, Any]:
    """A company sees its own draft as it typed it; after that the account number is masked here too."""
    own_draft = claim.state is ClaimState.DRAFT and work.asker.role is Role.COMPANY
    if own_draft or "account" not in claim.typed:
        return claim.typed
    return {**claim.typed, "account": masked(claim.account) if claim.account else None}


def line_view(line: CostLine) -> View:
    read = {name: {"value": each.value, "confidence": each.confidence} for name, each in line.read.items()}
    names = (
        "line category description supplier supplier_id invoice_number incurred_on paid_on net vat gross claimed "
        "document_id accepted cut cut_reason cut_note finding"
    )
    return {**{name: getattr(line, name) for name in names.split()}, "read": read}


def decision_view(decision: PaymentDecision) -> View:
    names = "outcome accepted_costs payable shares steps ruleset note"
    return {
        **{name: getattr(decision, name) for name in names.split()},
        "proposed_by": decision.proposed.by,
        "proposed_at": decision.proposed.at,
        "decided_by": decision.decided.by if decision.decided else None,
        "decided_at": decision.decided.at if decision.decided else None,
    }


def decided_view(decisions: Iterable[PaymentDecision]) -> View:
    """What was decided in all, and each source's part of it."""
    every = list(decisions)
    shares: dict[str, Money] = {}
    for share in (share for decision in every for share in decision.shares):
        shares[share.source] = shares.get(share.source, ZERO) + share.amount
    return {
        "claims": len(every),
        "payable": total(decision.payable for decision in every),
        "shares": [{"source": source, "amount": amount} for source, amount in shares.items()],
    }


def payment_view(payment: Payment) -> View:
    names = "payment_id claim_id batch_id amount state reason settled_on bank_reference"
    return {**{name: getattr(payment, name) for name in names.split()}, "account": masked(payment.account)}
