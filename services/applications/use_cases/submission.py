"""Filing an application, and taking it back before it is decided."""

from __future__ import annotations

from services.applications.domain.applications import Application
from services.applications.domain.deadlines import decision_due_on
from services.applications.domain.filing import digest_of
from services.applications.ports import Work
from services.applications.screens import Screen, receipt_screen, saved_screen
from services.applications.use_cases.access import case_to_change
from services.applications.use_cases.drafts import looked_through
from services.applications.use_cases.facts import submitted_fact
from shared.contracts import applications as contract
from shared.errors import InvalidFields


def submit(work: Work, number: str, version: int) -> Screen:
    """File the application. The server's clock rules: what arrives before the call closes is in time.

    Raises AlreadySubmitted, ChangedMeanwhile, CallClosed, CallNotOpen; InvalidFields with everything
    that is wrong, at once.
    """
    case = case_to_change(work, number)
    case.application.must_be_draft(version)
    case.call.must_be_open(work.now)
    assessment = looked_through(case, work)
    if assessment.faults:
        raise InvalidFields(faults=assessment.faults)

    due_on = decision_due_on(work.now)
    submitted = case.application.submitted(digest_of(case.application), due_on, work.asker.person, work.now)

    work.cases.put(submitted)
    work.announce(contract.APPLICATION_SUBMITTED, number, **submitted_fact(submitted, case.call))
    return receipt_screen(submitted)


def withdraw(work: Work, number: str, version: int, reason: str = "") -> Screen:
    """Take the application back. Raises AlreadyDecided once there is a decision; WrongState for a draft."""
    case = case_to_change(work, number)
    withdrawn = case.application.withdrawn(version, reason, work.asker.person, work.now)
    work.cases.put(withdrawn)
    work.announce(contract.APPLICATION_WITHDRAWN, number, **_withdrawn_fact(withdrawn))
    return saved_screen(withdrawn, None)


def _withdrawn_fact(application: Application) -> dict[str, object]:
    return {
        "number": application.number,
        "business_id": application.business_id,
        "authority": application.authority,
        "reason": application.withdrawn_reason,
    }
