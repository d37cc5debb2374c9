"""Looking at a case's correspondence, with each side's own view of it."""

from __future__ import annotations

from collections.abc import Sequence

from services.applications.domain.applications import Case
from services.applications.domain.correspondence.completions import completed_file, faults_to_mend
from services.applications.domain.correspondence.messages import AUTHORITY, COMPANY, side_of
from services.applications.domain.correspondence.requests import Kind, PartyRequest, Stage
from services.applications.domain.correspondence.status import plain_status
from services.applications.ports import Work
from services.applications.screens import Screen
from services.applications.use_cases.access import case_for
from services.applications.use_cases.correspondence.screens import message_screen, request_screen
from services.applications.use_cases.reading import as_filed
from shared.asker import Role
from shared.errors import Fault, NotFound


def get_request(work: Work, number: str, place: int) -> Screen:
    """One request; for the company also what would stop its answer now."""
    case = case_for(work, number)
    request = work.requests.get(number, place)
    if not _seen(work, [request]):
        raise NotFound(what="request")
    return request_screen(request, work.asker, work.now, _faults(work, case, request))


def get_correspondence(work: Work, number: str) -> Screen:
    case = case_for(work, number)
    requests = _seen(work, work.requests.of_case(number))
    is_company = work.asker.role is Role.COMPANY
    draft = work.messages.draft(number, work.asker.person)
    messages = work.messages.of_case(number, with_notes=not is_company)
    return {
        "number": number,
        "status": plain_status(case, requests, work.asker, work.now),
        "requests": [request_screen(request, work.asker, work.now) for request in requests],
        "messages": [message_screen(message) for message in messages],
        "draft": draft.text,
        "draft_attachments": draft.attachments,
        "unread": work.messages.unread(number, AUTHORITY if side_of(work.asker) == COMPANY else COMPANY),
    }


def get_status(work: Work, number: str) -> object:
    """What is waited for, from whom, until when, and what the asker needs to do now."""
    case = case_for(work, number)
    return plain_status(case, _seen(work, work.requests.of_case(number)), work.asker, work.now)


def _seen(work: Work, requests: Sequence[PartyRequest]) -> Sequence[PartyRequest]:
    """What an opinion says is the file's and the party's too; what is only asked so far is the authority's own."""
    if work.asker.role is not Role.COMPANY:
        return requests
    return [request for request in requests if request.kind is not Kind.OPINION or request.opinion or request.is_open]


def _faults(work: Work, case: Case, request: PartyRequest) -> tuple[Fault, ...]:
    writes = work.asker.role is Role.COMPANY and request.state in (Stage.OPEN, Stage.EXPIRED)
    if not writes or request.kind is not Kind.COMPLETION:
        return ()
    file = completed_file(case.application, request)
    return faults_to_mend(as_filed(Case(application=file, call=case.call)).faults, request)
