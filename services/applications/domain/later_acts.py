"""What a handler may propose after the decision, kind by kind, and what the act would then say.

Each kind has one function that gives the new terms or objects; what they share is here: the figures are computed
by the rules, never typed; the aid is never set below what has been paid; another person decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from services.applications.domain import ending, error_corrections, tranches
from services.applications.domain.acts import Act, ActKind, ActState, Terms, changes_between
from services.applications.domain.amendment_decisions import terms_of_amendment
from services.applications.domain.appeals import Appeal
from services.applications.domain.decided_cases import DecidedCase, Standing
from services.applications.domain.errors import ActWaits, NoProject
from services.applications.domain.grounds import ENDING, basis_of
from services.applications.domain.review_decisions import terms_of_review
from services.applications.domain.term_changes import Setting, TermsAndSteps
from services.applications.domain.wanted import Wanted

__all__ = ["Decided", "Wanted", "propose", "sign"]

_RULES = {
    ActKind.CORRECTION_OF_FACT: error_corrections.terms_of_correction,
    ActKind.CORRECTION_OF_ERROR: error_corrections.terms_of_correction,
    ActKind.AMENDMENT: terms_of_amendment,
    ActKind.TRANCHE: tranches.terms_of_tranche,
    ActKind.SUSPENSION: ending.terms_of_suspension,
    ActKind.RESUMPTION: ending.terms_of_resumption,
    ActKind.CANCELLATION: ending.terms_of_cancellation,
    ActKind.CLOSURE: ending.terms_of_closure,
    ActKind.REVIEW_DECISION: terms_of_review,
}
_NEEDS_PROJECT = frozenset(_RULES) - {
    ActKind.CORRECTION_OF_FACT,
    ActKind.CORRECTION_OF_ERROR,
    ActKind.REVIEW_DECISION,
}
_STANDING_AFTER: Mapping[ActKind, Standing] = {
    ActKind.SUSPENSION: Standing.SUSPENDED,
    ActKind.RESUMPTION: Standing.OPEN,
    ActKind.CANCELLATION: Standing.CANCELLED,
    ActKind.CLOSURE: Standing.CLOSED,
}


def propose(case: DecidedCase, wanted: Wanted, setting: Setting) -> Act:
    """The act as it would be. Raises ActWaits while another waits, NoProject where there is none or it is over;
    InvalidFields and the refusals of the act's own kind."""
    if waiting := case.proposal:
        raise ActWaits(by=waiting.proposed_by, at=waiting.proposed_at.isoformat())
    ends = case.standing in (Standing.CLOSED, Standing.CANCELLED)
    if wanted.kind in _NEEDS_PROJECT and (ends or not case.is_granted):
        raise NoProject(state=case.standing.value if ends else case.terms.outcome)
    found: TermsAndSteps = _RULES[wanted.kind](case, wanted, setting)
    return Act(
        ordinal=len(case.acts) + 1,
        kind=wanted.kind,
        state=ActState.PROPOSED,
        about=wanted.about,
        verdict=wanted.verdict,
        ground=wanted.ground,
        year=wanted.year,
        progress=wanted.progress,
        reasons=wanted.reasons,
        terms=found.terms,
        changes=changes_between(case.terms, found.terms),
        legal_basis=basis_of(wanted.kind, wanted.ground),
        ruleset=setting.ruleset_id,
        steps=found.steps,
        proposed_by=wanted.by,
        proposed_at=wanted.at,
        hearing=wanted.hearing.found() if found.against else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The act as signed, and the case with it; `before` are the terms it replaced."""

    act: Act
    case: DecidedCase
    before: Terms


def sign(case: DecidedCase, act: Act, appeal: Appeal, by: str, at: datetime) -> Decided:
    """The case with the act decided. What moves in the envelopes is told apart (`movements`)."""
    ending.must_have_settled(case, act.terms, act.kind in ENDING)
    signed = replace(act, state=ActState.DECIDED, decided_by=by, decided_at=at, appeal=appeal)
    before = case.terms
    after = case.done(by, at, acts=case.with_act(signed), standing=_STANDING_AFTER.get(act.kind, case.standing))
    if act.kind in (ActKind.CORRECTION_OF_FACT, ActKind.CORRECTION_OF_ERROR) and act.about:
        corrected = replace(after.act(act.about), corrected_by=act.ordinal)
        after = replace(after, acts=after.with_act(corrected))
    return Decided(act=signed, case=after, before=before)
