"""Grants of 2014–2020 that are granted year by year: the first decision gives the first year, each later year is
decided without an application when the project has progressed and there is authority to grant (laki 8/2014).

Each tranche's aid is the aid on all years so far less what was granted before, so no cent is lost between years.
"""

from __future__ import annotations

from dataclasses import replace

from services.applications.domain.acts import Terms
from services.applications.domain.decided_cases import DecidedCase
from services.applications.domain.errors import NoProgress, NotByTranches
from services.applications.domain.term_changes import Setting, TermsAndSteps, reckoned
from services.applications.domain.tranche_years import years_of
from services.applications.domain.wanted import Wanted
from shared.errors import Fault, InvalidFields
from shared.money import ZERO


def years_to_come(terms: Terms) -> tuple[int, ...]:
    """The years that are accepted in the plan and not yet granted."""
    if terms.granted_to is None:
        return ()
    return tuple(year for year in years_of(terms.costs) if year > terms.granted_to)


def terms_of_tranche(case: DecidedCase, wanted: Wanted, setting: Setting) -> TermsAndSteps:
    """The terms with one more year granted.

    Raises NotByTranches, NoProgress when nothing has been paid of what was granted before; InvalidFields for a year
    out of turn or without a word on how the project has gone.
    """
    coming = years_to_come(case.terms)
    if not coming:
        raise NotByTranches
    faults = []
    if wanted.year != coming[0]:
        faults.append(Fault("year", "not_next_year", {"year": str(coming[0])}))
    if not wanted.progress.strip():
        faults.append(Fault("progress", "required"))
    if faults:
        raise InvalidFields(faults=faults)
    if not any(claim.payable for claim in case.claims):
        raise NoProgress(year=str(case.terms.granted_to))
    new = reckoned(replace(case.terms, granted_to=wanted.year), setting)
    if new.terms.aid - case.terms.aid <= ZERO:
        facts = {"aid": str(new.terms.aid), "least": str(case.terms.aid)}
        raise InvalidFields(faults=[Fault("year", "aid_below_least", facts)])
    return new
