"""The application follows a later act: its sum in force, and its state when a refusal turns into an award or back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.applications.domain.acts import Act
from services.applications.domain.applications import Application
from services.applications.domain.decisions import Decision
from services.applications.domain.states import GRANTED, STATE_OF_OUTCOME
from services.applications.ports import Work


def turned(work: Work, application: Application, act: Act) -> Application:
    """The application as it is after the act; the decision that it replaces is kept as an act of the case."""
    if not (application.proposal and act.decided_by and act.decided_at and act.appeal):
        return application
    terms = act.terms
    if (application.state in GRANTED) == (STATE_OF_OUTCOME[terms.outcome] in GRANTED):
        return _moved(work, application, act, act.decided_by, act.decided_at)
    proposal = replace(
        application.proposal,
        outcome=terms.outcome,
        accepted_costs=terms.costs,
        eligible_costs=terms.eligible_costs,
        aid=terms.aid,
        steps=act.steps,
        ruleset=act.ruleset,
        reasons=terms.reasoning,
        conditions=terms.conditions,
        proposed_by=act.proposed_by,
        proposed_at=act.proposed_at,
        hearing=act.hearing,
    )
    decision = Decision(outcome=terms.outcome, decided_by=act.decided_by, decided_at=act.decided_at, appeal=act.appeal)
    after = application.decided(proposal, decision)
    work.cases.put(after)
    return after


def _moved(work: Work, application: Application, act: Act, by: str, at: datetime) -> Application:
    if application.aid_decided == act.terms.aid:
        return application
    after = application.with_aid(act.terms.aid, by, at)
    work.cases.put(after)
    return after
