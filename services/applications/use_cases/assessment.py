"""The handler takes a case and proposes a decision on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.applications.domain import proposals
from services.applications.domain.applications import Application, Case
from services.applications.domain.correspondence.hearings import Hearing
from services.applications.domain.filed_reckonings import PROPOSAL, filed
from services.applications.domain.keeping_gates import must_be_proposable
from services.applications.domain.plans import Cost
from services.applications.domain.proposals import Proposal, Wording
from services.applications.domain.reading import read
from services.applications.domain.reckoning import Inputs, Reckoned, reckon
from services.applications.ports import Work
from services.applications.screens import Screen, saved_screen
from services.applications.use_cases.access import case_to_change
from services.applications.use_cases.correspondence.hearing import hearing_so_far
from services.applications.use_cases.reading import filed_screen
from services.applications.use_cases.reckonings import inputs_of
from shared.contracts import applications as contract
from shared.errors import InvalidFields


def take_case(work: Work, number: str, version: int) -> Screen:
    """Make the case one's own. Raises AlreadyTaken when a colleague was faster."""
    application = case_to_change(work, number).application
    taken = application.taken(version, work.asker.person, work.now)
    if taken is not application:
        work.cases.put(taken)
        work.announce(contract.CASE_TAKEN, number, number=number, handler=taken.handler, authority=taken.authority)
    return saved_screen(taken, None)


def propose(
    work: Work,
    number: str,
    version: int,
    outcome: str,
    accepted_costs: Sequence[Mapping[str, Any]],
    reasons: str,
    conditions: Sequence[str] = (),
    overrides: Sequence[Mapping[str, str]] = (),
    unheard: Mapping[str, str] | None = None,
) -> Screen:
    """Propose a decision; the aid is computed by the rules of today, not typed. Locks the version of the file.

    `overrides` are reasons to go on in spite of a gate, where the law leaves that to discretion; `unheard` the ground
    for not hearing the applicant. Raises NotYourCase, AlreadyProposed; InvalidFields for an outcome that examines what
    came late, for costs beyond what was applied for, for conditions without aid, for gates that are shut or not
    settled, and for what goes against an applicant who has not been heard.
    """
    case = case_to_change(work, number)
    case.application.must_be_proposable(version, work.asker.person)

    if case.came_late:
        proposals.must_not_examine(outcome, case.call)
    proposals.must_bind_nobody(outcome, conditions)
    accepted = tuple(Cost(**row) for row in accepted_costs)
    proposals.must_fit_the_plan(accepted, read(case.application.answers).plan, case.call, outcome)
    inputs = inputs_of(work, case, outcome, accepted, {row["gate"]: row["reason"] for row in overrides})
    reckoned = reckon(inputs)
    hearing = _hearing(work, case, inputs, reckoned, conditions, unheard)
    must_be_proposable(reckoned, outcome, overrides)
    wording = Wording(
        outcome=outcome,
        reasons=reasons,
        conditions=tuple(conditions),
        proposed_by=work.asker.person,
        proposed_at=work.now,
        hearing=hearing,
    )
    proposal = proposals.propose(accepted, case.call, reckoned.computed, reckoned.ruleset.id, wording)

    proposed = case.application.proposed(proposal)
    work.cases.put(proposed)
    work.reckonings.add(filed(inputs, reckoned, PROPOSAL, proposed.version, work.asker.person, work.now))
    work.announce(contract.DECISION_PROPOSED, number, **_proposed_fact(proposed, proposal))
    return filed_screen(work, Case(application=proposed, call=case.call))


def _hearing(
    work: Work,
    case: Case,
    inputs: Inputs,
    reckoned: Reckoned,
    conditions: Sequence[str],
    unheard: Mapping[str, str] | None,
) -> Hearing | None:
    """How the applicant was heard of what goes against it; None of a proposal that takes nothing from it.

    Raises InvalidFields when there is neither a hearing nor a ground for none (HL 434/2003 34 §).
    """
    # The years of a grant that is granted year by year are all in it: those to come are not refused.
    less = reckoned.aid < inputs.sought and reckon(inputs, first_year_only=False).aid < inputs.sought
    if not proposals.goes_against(inputs.outcome, less, conditions, case.call):
        return None
    so_far = hearing_so_far(work, case.application.number, unheard)
    if faults := tuple(so_far.objections(rejects=inputs.outcome == proposals.REJECT)):
        raise InvalidFields(faults=faults)
    return so_far.found()


def _proposed_fact(application: Application, proposal: Proposal) -> dict[str, Any]:
    return {
        "number": application.number,
        "authority": application.authority,
        "outcome": proposal.outcome,
        "aid": proposal.aid,
        "ruleset": proposal.ruleset,
        "proposed_by": proposal.proposed_by,
        "hearing": proposal.hearing,
    }
