"""Filing an application, and taking it back before it is decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.applications.domain.applications import Application, Case
from services.applications.domain.call_forms import form_of
from services.applications.domain.deadlines import decision_due_on
from services.applications.domain.filing import digest_of
from services.applications.domain.forms import counted
from services.applications.domain.states import State
from services.applications.domain.versions import FILED, writers
from services.applications.ports import Work
from services.applications.screens import Screen, receipt_screen, saved_screen
from services.applications.use_cases.access import case_to_change
from services.applications.use_cases.correspondence import close_open_requests
from services.applications.use_cases.drafts import looked_through
from services.applications.use_cases.facts import draft_fact, submitted_fact
from services.applications.use_cases.versions import keep_version
from shared.contracts import applications as contract
from shared.errors import InvalidFields


def submit(work: Work, number: str, version: int) -> Screen:
    """File the application. The server's clock rules: what arrives before the call closes is in time, even when
    its turn comes after.

    Raises AlreadySubmitted, ChangedMeanwhile, CallClosed, CallNotOpen; SignatureIsAnothers, SecondSignatureNeeded
    where another person must sign; InvalidFields with everything that is wrong, at once.
    """
    case = case_to_change(work, number)
    application, by = case.application, work.asker.person
    application.must_be_fileable(version, by)
    case.call.must_be_open(work.arrived)
    drafting = work.draftings.of(number)
    if drafting.demanded_by or work.companies.want_two(application.business_id):
        drafting.must_be_signable_by(by, writers(work.versions.of(number), application))
    assessment = looked_through(case, work)
    if assessment.faults:
        raise InvalidFields(faults=assessment.faults)
    if application.state is State.AWAITING_SIGNATURE:
        work.announce(contract.SIGNATURE_GIVEN, number, **draft_fact(case), asked_by=drafting.asked_by, given_by=by)
    return receipt_screen(filed(work, case, work.arrived))


def filed(work: Work, case: Case, arrived_at: datetime) -> Application:
    """The application filed with the answers that count, its version kept, and the others told."""
    application = case.application
    answers = counted(form_of(case.call), application.answers)
    digest = digest_of(replace(application, answers=answers))
    due_on = decision_due_on(arrived_at)
    submitted = application.submitted(answers, digest, due_on, work.asker.person, work.now, arrived_at=arrived_at)
    work.cases.put(submitted)
    keep_version(work, application, submitted, FILED)
    work.announce(contract.APPLICATION_SUBMITTED, application.number, **submitted_fact(submitted, case.call))
    return submitted


def withdraw(work: Work, number: str, version: int, reason: str = "") -> Screen:
    """Take the application back. Raises AlreadyDecided once there is a decision; WrongState for a draft."""
    case = case_to_change(work, number)
    withdrawn = case.application.withdrawn(version, reason, work.asker.person, work.now)
    work.cases.put(withdrawn)
    close_open_requests(work, number)
    work.announce(contract.APPLICATION_WITHDRAWN, number, **_withdrawn_fact(withdrawn))
    return saved_screen(withdrawn, None)


def _withdrawn_fact(application: Application) -> dict[str, object]:
    return {
        "number": application.number,
        "business_id": application.business_id,
        "authority": application.authority,
        "reason": application.withdrawn_reason,
    }
