"""Between rows and the domain, both ways, field by field where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import RowMapping

from services.payments.domain.acts import Act
from services.payments.domain.claims import Claim, ClaimKind, ClaimState, PaymentDecision
from services.payments.domain.cost_lines import CostLine, Reading
from services.payments.domain.grants import Grant, PlannedCost, Standing
from services.payments.domain.payable import Share
from services.payments.domain.payments import Payment, PaymentState
from services.payments.ports import HeardAnswer
from shared.dates import Period
from shared.explained import Step
from shared.money import Money
from shared.sorting import sort_key

Row = Mapping[str, Any] | RowMapping


def _same(kind: type, row: Row, *but: str) -> dict[str, Any]:
    return {field.name: row[field.name] for field in fields(kind) if field.name not in but}


def grant_row(grant: Grant) -> dict[str, Any]:
    row = {field.name: getattr(grant, field.name) for field in fields(Grant) if field.name not in ("period", "plan")}
    return {
        **row,
        "name_key": sort_key(grant.undertaking_name),
        "plan": _plan(grant),
        "period_first": grant.period.first,
        "period_last": grant.period.last,
        "accepted": _texts(grant.accepted),
        "standing": grant.standing.value,
        "later_people": list(grant.later_people),
    }


def _plan(grant: Grant) -> list[dict[str, Any]]:
    return [
        {"category": c.category, "year": c.year, "amount": str(c.amount), "description": c.description}
        for c in grant.plan
    ]


def to_grant(row: Row) -> Grant:
    return Grant(
        **_same(Grant, row, "period", "plan", "accepted", "standing", "later_people"),
        standing=Standing(row["standing"]),
        later_people=tuple(row["later_people"]),
        period=Period(row["period_first"], row["period_last"]),
        plan=tuple(PlannedCost(**{**cost, "amount": Money.eur(cost["amount"])}) for cost in row["plan"]),
        accepted={category: Money.eur(amount) for category, amount in row["accepted"].items()},
    )


def account_row(grant: Grant) -> dict[str, Any]:
    """The columns of a grant that change, for a bulk update: cents as whole numbers."""
    return {
        "number": grant.number,
        "plan": _plan(grant),
        "aid": grant.aid.cents,
        "period_first": grant.period.first.isoformat(),
        "period_last": grant.period.last.isoformat(),
        "act": grant.act,
        "standing": grant.standing.value,
        "later_people": list(grant.later_people),
        "accepted": _texts(grant.accepted),
        "accepted_costs": grant.accepted_costs.cents,
        "approved": grant.approved.cents,
        "paid": grant.paid.cents,
        "claims": grant.claims,
        "final_claim": grant.final_claim,
    }


def _texts(amounts: Mapping[str, Money]) -> dict[str, str]:
    return {category: str(amount) for category, amount in amounts.items()}


def claim_row(claim: Claim) -> dict[str, Any]:
    """Every column but `typed` and the award's people."""
    return {
        "claim_id": claim.claim_id,
        "number": claim.number,
        "ordinal": claim.ordinal,
        "kind": claim.kind.value,
        "state": claim.state.value,
        "version": claim.version,
        "business_id": claim.business_id,
        "authority": claim.authority,
        "claimed": claim.claimed,
        "period_first": claim.period.first if claim.period else None,
        "period_last": claim.period.last if claim.period else None,
        "account": claim.account,
        "digest": claim.digest,
        "due_on": claim.due_on,
        "accepted": claim.accepted,
        "return_note": claim.return_note,
        "paid_on": claim.paid_on,
        "payments": claim.payments,
        **_act("saved", claim.saved),
        **_act("changed", claim.changed),
        **_act("submitted", claim.submitted),
        **_act("verified", claim.verified),
        **_decision_row(claim.decision),
    }


def _decision_row(decision: PaymentDecision | None) -> dict[str, Any]:
    return {
        "outcome": decision.outcome.value if decision else None,
        "accepted_costs": decision.accepted_costs if decision else None,
        "payable": decision.payable if decision else None,
        "explained": _explained(decision) if decision else None,
        **_act("proposed", decision.proposed if decision else None),
        **_act("decided", decision.decided if decision else None),
    }


def _explained(decision: PaymentDecision) -> dict[str, Any]:
    return {
        "ruleset": decision.ruleset,
        "note": decision.note,
        "shares": [{"source": share.source, "amount": str(share.amount)} for share in decision.shares],
        "steps": [
            {
                "sign": step.sign,
                "what": step.what,
                "amount": None if step.amount is None else str(step.amount),
                "source": step.source,
                "facts": dict(step.facts),
            }
            for step in decision.steps
        ],
    }


def _act(name: str, act: Act | None) -> dict[str, Any]:
    return {f"{name}_by": act.by if act else None, f"{name}_at": act.at if act else None}


def to_claim(row: Row) -> Claim:
    plain = ("claim_id", "number", "ordinal", "version", "business_id", "authority", "typed", "claimed")
    later = ("account", "digest", "due_on", "accepted", "return_note", "paid_on", "payments")
    return Claim(
        **{name: row[name] for name in (*plain, *later)},
        kind=ClaimKind(row["kind"]),
        state=ClaimState(row["state"]),
        saved=Act(by=row["saved_by"], at=row["saved_at"]),
        changed=Act(by=row["changed_by"], at=row["changed_at"]),
        period=Period(row["period_first"], row["period_last"]) if row["period_first"] else None,
        submitted=_to_act("submitted", row),
        verified=_to_act("verified", row),
        decision=to_decision(row),
    )


def _to_act(name: str, row: Row) -> Act | None:
    return Act(by=row[f"{name}_by"], at=row[f"{name}_at"]) if row[f"{name}_by"] else None


def to_decision(row: Row) -> PaymentDecision | None:
    proposed, explained = _to_act("proposed", row), row["explained"]
    if proposed is None:
        return None
    return PaymentDecision(
        outcome=ClaimState(row["outcome"]),
        accepted_costs=row["accepted_costs"],
        payable=row["payable"],
        shares=tuple(Share(source=each["source"], amount=Money.eur(each["amount"])) for each in explained["shares"]),
        steps=tuple(_to_step(each) for each in explained["steps"]),
        ruleset=explained["ruleset"],
        note=explained["note"],
        proposed=proposed,
        decided=_to_act("decided", row),
    )


def _to_step(step: Row) -> Step:
    amount = None if step["amount"] is None else Money.eur(step["amount"])
    return Step(sign=step["sign"], what=step["what"], amount=amount, source=step["source"], facts=step["facts"])


def line_row(claim: Claim, line: CostLine) -> dict[str, Any]:
    row = {field.name: getattr(line, field.name) for field in fields(CostLine)}
    read = {name: {"value": each.value, "confidence": each.confidence} for name, each in line.read.items()}
    key = {"claim_id": claim.claim_id, "authority": claim.authority, "invoice_key": line.invoice_key}
    return {**row, **key, "read": read}


def to_line(row: Row) -> CostLine:
    read = {name: Reading(**each) for name, each in row["read"].items()}
    return CostLine(**_same(CostLine, row, "read"), read=read)


def verdict_row(line: CostLine) -> dict[str, Any]:
    """The columns of a line that its verification sets, for a bulk update."""
    return {
        "line": line.line,
        "accepted": line.accepted.cents if line.accepted is not None else None,
        "cut_reason": line.cut_reason,
        "cut_note": line.cut_note,
        "finding": line.finding,
    }


def payment_row(payment: Payment) -> dict[str, Any]:
    return {field.name: getattr(payment, field.name) for field in fields(Payment)} | {"state": payment.state.value}


def to_payment(row: Row) -> Payment:
    return Payment(**_same(Payment, row, "state"), state=PaymentState(row["state"]))


def fate_row(payment: Payment) -> dict[str, Any]:
    """The columns of a payment that the bank's answers set, for a bulk update."""
    return {
        "payment_id": payment.payment_id,
        "state": payment.state.value,
        "reason": payment.reason,
        "settled_on": payment.settled_on.isoformat() if payment.settled_on else None,
        "booked": payment.booked,
        "bank_reference": payment.bank_reference,
    }


def answer_row(answer: HeardAnswer) -> dict[str, Any]:
    row = {field.name: getattr(answer, field.name) for field in fields(HeardAnswer) if field.name not in ("by", "at")}
    about = list(row.pop("payments"))
    return {**row, "imported_by": answer.by, "imported_at": answer.at, "about": about}


def to_answer(row: Row) -> HeardAnswer:
    return HeardAnswer(
        **_same(HeardAnswer, row, "by", "at", "payments"),
        by=row["imported_by"],
        at=row["imported_at"],
        payments=tuple(row["about"]),
    )
