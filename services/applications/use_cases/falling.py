"""A proposal falls when the case under it changes: what was approved by one person was another case."""

from __future__ import annotations

from services.applications.domain.applications import Application
from services.applications.ports import Work
from shared.contracts import applications as contract


def let_fall(work: Work, application: Application, why: str) -> Application:
    """The case back with its handler, kept and told; a case without a waiting proposal stays as it is.

    `why` is a stable code: assessment_changed, completed, amended.
    """
    fallen = application.fallen(why, work.asker.person, work.now)
    if fallen is application or application.proposal is None:
        return application
    work.cases.put(fallen)
    work.announce(
        contract.PROPOSAL_FELL,
        fallen.number,
        number=fallen.number,
        authority=fallen.authority,
        proposed_by=application.proposal.proposed_by,
        reason=why,
    )
    return fallen
