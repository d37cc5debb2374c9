"""What the room tells the others of a later act, keyed as the contract's facts are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.applications.decided_screens import movement_screen
from services.applications.domain.acts import Act, ActKind, Terms
from services.applications.domain.movements import Movement
from services.applications.domain.reached import Reached
from services.applications.use_cases.facts import refusal_fact
from shared.contracts import applications as contract
from shared.contracts.terms import Event

EVENTS: Mapping[ActKind, Event] = {
    ActKind.CORRECTION_OF_FACT: contract.DECISION_CORRECTED,
    ActKind.CORRECTION_OF_ERROR: contract.DECISION_CORRECTED,
    ActKind.AMENDMENT: contract.GRANT_AMENDED,
    ActKind.TRANCHE: contract.TRANCHE_GRANTED,
    ActKind.SUSPENSION: contract.GRANT_SUSPENDED,
    ActKind.RESUMPTION: contract.GRANT_RESUMED,
    ActKind.CANCELLATION: contract.GRANT_CANCELLED,
    ActKind.CLOSURE: contract.PROJECT_CLOSED,
    ActKind.REVIEW_DECISION: contract.REVIEW_DECIDED,
}


def event_of(kind: ActKind) -> Event:
    return EVENTS[kind]


def act_fact(reached: Reached, act: Act, before: Terms, moved: tuple[Movement, ...]) -> dict[str, Any]:
    """Everything a letter, an account and an auditor need of the act."""
    terms, call = act.terms, reached.call
    fact = refusal_fact(reached.application, call) | {
        "act": act.ordinal,
        "kind": act.kind.value,
        "about": act.about,
        "verdict": act.verdict,
        "ground": act.ground,
        "outcome": terms.outcome,
        "reasons": act.reasons,
        "legal_basis": act.legal_basis,
        "appeal": act.appeal,
        "proposed_by": act.proposed_by,
        "decided_by": act.decided_by,
        "decided_at": act.decided_at,
        "ruleset": act.ruleset,
        "steps": act.steps,
        "changes": act.changes,
        "cost_model": call.cost_model,
        "costs": terms.costs,
        "eligible_costs": terms.eligible_costs,
        "aid_before": before.aid,
        "aid": terms.aid,
        "aid_rate": terms.aid_rate,
        "eu_share": call.eu_share,
        "period_first": terms.period_first,
        "period_last": terms.period_last,
        "conditions": terms.conditions,
        "indicators": terms.indicators,
        "hearing": act.hearing,
        "bound": [movement_screen(movement) for movement in moved],
        "digest": act.digest,
    }
    if act.kind is ActKind.TRANCHE:
        fact["year"] = act.year
    if act.kind is ActKind.CLOSURE:
        fact["final_paid_on"] = reached.decided.final_paid_on
    return fact
