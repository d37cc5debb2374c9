"""The handler takes a case and proposes a decision on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.applications.domain import proposals
from services.applications.domain.applications import Case
from services.applications.domain.plans import Cost
from services.applications.domain.proposals import Wording
from services.applications.domain.reading import read
from services.applications.domain.rulesets import ruleset_on
from services.applications.ports import Work
from services.applications.screens import Screen, application_screen, saved_screen
from services.applications.use_cases.access import case_to_change
from services.applications.use_cases.reading import as_filed
from shared.contracts import applications as contract
from shared.dates import helsinki_day


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
) -> Screen:
    """Propose a decision; the aid is computed by the rules of today, not typed. Locks the version of the file.

    Raises NotYourCase, AlreadyProposed, InvalidFields for costs beyond what was applied for.
    """
    case = case_to_change(work, number)
    case.application.must_be_proposable(version, work.asker.person)

    proposal = proposals.propose(
        tuple(Cost(**row) for row in accepted_costs),
        read(case.application.answers).plan,
        case.application.aid_sought,
        case.call,
        ruleset_on(helsinki_day(work.now), case.call.programme_period),
        Wording(
            outcome=outcome,
            reasons=reasons,
            conditions=tuple(conditions),
            proposed_by=work.asker.person,
            proposed_at=work.now,
        ),
    )

    proposed = case.application.proposed(proposal)
    work.cases.put(proposed)
    work.announce(
        contract.DECISION_PROPOSED,
        number,
        number=number,
        authority=proposed.authority,
        outcome=proposal.outcome,
        aid=proposal.aid,
        ruleset=proposal.ruleset,
        proposed_by=proposal.proposed_by,
    )
    case = Case(application=proposed, call=case.call)
    return application_screen(case, as_filed(case), work.now)
