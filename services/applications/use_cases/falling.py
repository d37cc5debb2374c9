"""A proposal falls when the case under it changes: what one person would sign was another case (HL 434/2003 31 §).

What it falls of, each a stable code: assessment_changed, completed, heard, opinion_came, evidence_came,
group_changed, register_changed, file_infected, disqualified (who prepared it turned out to be); of an act after the
decision also payments_changed, review_sought and amendment_sought. Money that others get or return meanwhile changes
no case: that is reckoned anew at signing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from services.applications.domain.acts import ActState
from services.applications.domain.applications import Application
from services.applications.domain.decided_cases import DecidedCase
from services.applications.domain.states import State
from services.applications.ports import Work
from shared.contracts import applications as contract


def let_fall(work: Work, application: Application, why: str) -> Application:
    """The case back with its handler, kept and told; a case without a waiting proposal stays as it is."""
    fallen = application.fallen(why, work.asker.person, work.now)
    if fallen is not application:
        work.cases.put(fallen)
        tell_of_fall(work, application, why)
    return fallen


def tell_of_fall(work: Work, before: Application, why: str) -> None:
    """Of the case as it was before; nothing is told of one that no proposal waited in."""
    if before.state is State.PROPOSED and before.proposal:
        work.announce(
            contract.PROPOSAL_FELL,
            before.number,
            number=before.number,
            authority=before.authority,
            proposed_by=before.proposal.proposed_by,
            reason=why,
        )


def let_all_fall(work: Work, numbers: Iterable[str], why: str) -> None:
    """Of what the house has heard: one case after another in the order of their numbers, so nobody waits in a ring."""
    for number in sorted(numbers):
        let_fall(work, work.cases.locked(number).application, why)


def let_act_fall(work: Work, case: DecidedCase, why: str) -> DecidedCase:
    """The same of an act that waits after the decision. The case is the caller's to keep."""
    waiting = case.proposal
    if waiting is None:
        return case
    work.announce(
        contract.ACT_RETURNED,
        case.number,
        number=case.number,
        business_id=case.business_id,
        authority=case.authority,
        act=waiting.ordinal,
        kind=waiting.kind.value,
        returned_by=work.asker.person,
        note="",
        reason=why,
    )
    return case.noted(acts=case.with_act(replace(waiting, state=ActState.RETURNED, fell=why)))


def let_anything_fall(work: Work, application: Application, why: str) -> Application:
    """Whatever waits for a signature in the case, before the decision or after it."""
    case = work.decided_cases.find(application.number) if application.decision else None
    if case and case.proposal:
        work.decided_cases.put(let_act_fall(work, case, why))
    return let_fall(work, application, why)
