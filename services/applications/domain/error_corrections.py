"""Correcting a decision: an error of fact or law (HL 434/2003 50 §), or of writing or reckoning (51 §).

The corrected act is kept and marked; five years after the decision nothing is corrected any more (53 §).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from services.applications.domain.acts import Act, ActKind, Terms
from services.applications.domain.decided_cases import DecidedCase
from services.applications.domain.grounds import CORRECTION_GROUNDS
from services.applications.domain.proposals import WITHOUT_AID
from services.applications.domain.term_changes import Setting, TermsAndSteps, harms, with_changes
from services.applications.domain.wanted import TermsWish, Wanted
from shared.dates import helsinki_day
from shared.errors import Fault, InvalidFields
from shared.rules.calendar import years_after

YEARS = 5  # HL 434/2003 53 §


def terms_of_correction(case: DecidedCase, wanted: Wanted, setting: Setting) -> TermsAndSteps:
    """The terms in force with the error set right.

    Raises NotFound for an act that is not there; InvalidFields: too late, no ground, to the party's harm without
    its consent (or an error of its own making), or the party not heard.
    """
    corrected = case.decided_act(wanted.about or 0)
    if faults := tuple(_objections(corrected, wanted, setting)):
        raise InvalidFields(faults=faults)
    least = case.paid + case.waiting
    new = with_changes(case.terms, wanted.changes or TermsWish(), setting, least=least)
    wording = wanted.kind is ActKind.CORRECTION_OF_ERROR
    if not harms(case.terms, new.terms, wording=wording):
        return new
    if faults := tuple(_objections_to_harm(wanted, new.terms)):
        raise InvalidFields(faults=faults)
    return replace(new, against=True)


def _objections(corrected: Act, wanted: Wanted, setting: Setting) -> Iterator[Fault]:
    decided_on = helsinki_day(corrected.decided_at) if corrected.decided_at else setting.today
    last = years_after(decided_on, YEARS)
    if setting.today > last:
        yield Fault("about", "too_old_to_correct", {"last": last.isoformat()})
    if corrected.corrected_by is not None:
        yield Fault("about", "corrected_already", {"act": str(corrected.corrected_by)})
    if wanted.kind is ActKind.CORRECTION_OF_FACT and wanted.ground not in CORRECTION_GROUNDS:
        yield Fault("ground", "choose_one")


def _objections_to_harm(wanted: Wanted, new: Terms) -> Iterator[Fault]:
    """To the party's harm only with its consent, or when the error is obvious and of its own making; new evidence
    never (HL 50 §). An error of writing likewise, so that nobody bears another's slip (51 §)."""
    if wanted.ground == "new_evidence":
        yield Fault("ground", "new_evidence_only_for_the_party")
    if not (wanted.consent or wanted.own_fault):
        yield Fault("consent", "needs_consent")
    yield from wanted.hearing.objections(rejects=new.outcome in WITHOUT_AID)
