"""The case as it begins its life after the decision: the decision itself is act 1."""

from __future__ import annotations

from dataclasses import replace

from services.applications.domain.acts import Act, ActState, Change, Terms, digest_of
from services.applications.domain.applications import Application, Case
from services.applications.domain.decided_cases import DecidedCase, first_kind
from services.applications.domain.decisions import Decision
from services.applications.domain.envelopes import envelope_of
from services.applications.domain.errors import NotDecidedYet
from services.applications.domain.movements import Movement, binding
from services.applications.domain.proposals import WITHOUT_AID, Proposal
from services.applications.domain.reading import read
from services.applications.domain.tranche_years import FIRST_TRANCHE, first_year
from shared.money import ZERO

AWARDED = "award"  # why a first act bound what it bound


def opened(case: Case, movements: tuple[Movement, ...]) -> DecidedCase:
    """The decided case with its first act. `movements` are those kept of it already; an award whose binding was
    not kept apart gets its movement here. Raises NotDecidedYet."""
    application = case.application
    proposal, decision = application.proposal, application.decision
    if proposal is None or decision is None:
        raise NotDecidedYet
    act = _first_act(case, proposal, decision)
    if not movements and act.terms.aid > ZERO:
        envelope, at, by = envelope_of(case.call, application.authority), decision.decided_at, decision.decided_by
        movements = (binding(envelope, act.terms.aid, act=act.ordinal, why=AWARDED, at=at, by=by),)
    return DecidedCase(
        number=application.number,
        business_id=application.business_id,
        authority=application.authority,
        changed_by=decision.decided_by,
        changed_at=decision.decided_at,
        acts=(act,),
        movements=movements,
    )


def _first_act(case: Case, proposal: Proposal, decision: Decision) -> Act:
    """The decision as it was signed, sealed."""
    terms = _terms(case)
    act = Act(
        ordinal=1,
        kind=first_kind(decision.outcome),
        state=ActState.DECIDED,
        about=None,
        verdict="",
        ground="",
        year=terms.granted_to,
        progress="",
        reasons=proposal.reasons,
        terms=terms,
        changes=_granted(terms),
        legal_basis=tuple(case.call.legal_basis),
        ruleset=proposal.ruleset,
        steps=proposal.steps,
        proposed_by=proposal.proposed_by,
        proposed_at=proposal.proposed_at,
        decided_by=decision.decided_by,
        decided_at=decision.decided_at,
        appeal=decision.appeal,
        hearing=proposal.hearing,
    )
    return _sealed(case.application.number, act)


def _sealed(number: str, act: Act) -> Act:
    return replace(act, digest=digest_of(number, act))


def _granted(terms: Terms) -> tuple[Change, ...]:
    return (Change(what="aid", before="", after=str(terms.aid)),) if terms.aid else ()


def _terms(case: Case) -> Terms:
    application, plan = case.application, read(case.application.answers).plan
    proposal = application.proposal
    assert proposal  # noqa: S101  a decided application has one; the database says so too
    without_aid = proposal.outcome in WITHOUT_AID
    return Terms(
        outcome=proposal.outcome,
        aid=proposal.aid,
        eligible_costs=proposal.eligible_costs,
        aid_rate=proposal.aid_rate,
        costs=() if without_aid else proposal.accepted_costs,
        period_first=plan.starts_on,
        period_last=plan.ends_on,
        conditions=proposal.conditions,
        indicators=plan.indicators,
        contact_name=plan.contact_name,
        contact_email=plan.contact_email,
        contact_phone=plan.contact_phone,
        reasoning=proposal.reasons,
        granted_to=_granted_to(application, case),
    )


def _granted_to(application: Application, case: Case) -> int | None:
    """The first year, when the award says that it granted no more than that."""
    proposal = application.proposal
    assert proposal  # noqa: S101  as above
    if not any(step.what == FIRST_TRANCHE for step in proposal.steps):
        return None
    return first_year(case.call.programme_period, proposal.accepted_costs)
