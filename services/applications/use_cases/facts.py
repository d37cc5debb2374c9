"""What the room tells the others about a filed and a decided application, keyed as the contract's facts are."""

from __future__ import annotations

from typing import Any

from services.applications.domain.applications import Application, Case
from services.applications.domain.calls import Call
from services.applications.domain.envelopes import envelope_of
from services.applications.domain.reading import read

Data = dict[str, Any]


def submitted_fact(application: Application, call: Call) -> Data:
    return _who_and_what(application, call) | {
        "costs": application.costs,
        "digest": application.digest,
        "due_on": application.due_on,
        "attachments": application.attachments,
        "arrival": application.arrival,
    }


def draft_fact(case: Case) -> Data:
    """Of what the company has not filed yet: whose it is and until when it can be."""
    application = case.application
    return {
        "application": application.number,
        "business_id": application.business_id,
        "authority": application.authority,
        "ends_at": case.call.closes_at,
    }


def award_fact(application: Application, call: Call) -> Data:
    """Everything that opens the grant's account: the accepted plan, its time, its source of money."""
    proposal, plan = application.proposal, read(application.answers).plan
    assert proposal  # noqa: S101  a decided application has one; the database says so too
    return refusal_fact(application, call) | {
        "cost_model": call.cost_model,
        "costs": proposal.accepted_costs,
        "eligible_costs": proposal.eligible_costs,
        "aid": proposal.aid,
        "aid_rate": proposal.aid_rate,
        "eu_share": call.eu_share,
        "budget_year": call.budget_year,
        "envelope_id": envelope_of(call, application.authority).envelope_id,
        "period_first": plan.starts_on,
        "period_last": plan.ends_on,
        "conditions": proposal.conditions,
        "indicators": plan.indicators,
    }


def refusal_fact(application: Application, call: Call) -> Data:
    proposal, decision = application.proposal, application.decision
    assert proposal  # noqa: S101  as above
    assert decision  # noqa: S101  as above
    return _who_and_what(application, call) | {
        "outcome": proposal.outcome,
        "programme": call.programme,
        "specific_objective": call.specific_objective,
        "reasons": proposal.reasons,
        "legal_basis": call.legal_basis,
        "appeal": decision.appeal,
        "proposed_by": proposal.proposed_by,
        "decided_by": decision.decided_by,
        "decided_at": decision.decided_at,
        "ruleset": proposal.ruleset,
        "hearing": proposal.hearing,
        "steps": proposal.steps,
    }


def _who_and_what(application: Application, call: Call) -> Data:
    return {
        "number": application.number,
        "call_id": call.call_id,
        "business_id": application.business_id,
        "undertaking_name": application.undertaking_name,
        "authority": application.authority,
        "fund": call.fund,
        "priority": call.priority,
        "region": application.region,
        "language": application.language,
        "title": application.title,
        "aid_sought": application.aid_sought,
        "submitted_at": application.submitted_at,
    }
