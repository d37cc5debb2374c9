"""An official transfers a case to the competent authority; the applicant and the other rooms are told."""

from __future__ import annotations

from services.applications.domain.applications import Application
from services.applications.domain.deadlines import decision_due_on
from services.applications.domain.errors import NotYourCase
from services.applications.domain.transfers import Transfer, must_be_possible
from services.applications.ports import Work
from services.applications.use_cases.access import case_to_change
from services.applications.use_cases.correspondence import close_open_requests
from shared.asker import Role
from shared.contracts import applications as contract
from shared.dates import helsinki_day


def transfer_case(work: Work, number: str, version: int, to: str, reason: str) -> Transfer:
    """Give the case to another authority. It waits there for a handler, promised anew from today.

    What was filed, written and assessed goes with it. Who had it here sees it no more; the record of the transfer
    stays. Raises NotYourCase, WrongState, AlreadyDecided, ChangedMeanwhile; InvalidFields.
    """
    application = case_to_change(work, number).application
    _must_be_in_hand(work, application)
    must_be_possible(application, to, reason, helsinki_day(work.now))
    moved = application.transferred(version, to, decision_due_on(work.now), work.asker.person, work.now)
    work.cases.put(moved)
    close_open_requests(work, number)
    work.interests.start_anew(number, work.now)
    transfer = Transfer(
        number=number,
        ordinal=work.transfers.next_ordinal(number),
        business_id=moved.business_id,
        undertaking_name=moved.undertaking_name,
        title=moved.title,
        given_by=application.authority,
        given_to=to,
        reason=reason.strip(),
        transferred_by=work.asker.person,
        transferred_at=work.now,
    )
    work.transfers.add(transfer)
    work.announce(
        contract.CASE_TRANSFERRED,
        number,
        number=number,
        business_id=moved.business_id,
        authority=to,
        given_by=transfer.given_by,
        reason=transfer.reason,
        transferred_by=transfer.transferred_by,
        transferred_at=transfer.transferred_at,
        due_on=moved.due_on,
    )
    return transfer


def _must_be_in_hand(work: Work, application: Application) -> None:
    """A colleague's case is theirs to transfer, or a decision maker's."""
    handler = application.handler
    if work.asker.role is Role.HANDLER and handler not in (None, work.asker.person):
        raise NotYourCase(handler=handler)
