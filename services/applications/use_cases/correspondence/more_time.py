"""More time to answer: asked by the company, given or refused by the handler (HL 434/2003 33 § 2 mom.)."""

from __future__ import annotations

from datetime import date

from services.applications.domain.applications import Case
from services.applications.domain.correspondence.requests import PartyRequest
from services.applications.ports import Work
from services.applications.screens import Screen
from services.applications.use_cases.access import case_to_change
from services.applications.use_cases.correspondence.facts import request_fact
from services.applications.use_cases.correspondence.screens import request_screen
from shared.contracts import applications as contract


def ask_more_time(work: Work, number: str, place: int, version: int, until: date, reason: str) -> Screen:
    """Ask for a later day while the time runs; it doesn't run out before the handler has answered.

    Raises RequestAnswered, RequestClosed, ChangedMeanwhile, MoreTimeWaits; InvalidFields: not_later, due_too_late.
    """
    case, request = _open(work, number, place, version)
    request.must_be_the_partys()
    asking = request.asking_more_time(until, reason, work.arrived)
    work.requests.put(asking)
    assert asking.more_time  # noqa: S101  it was just put there
    work.announce(
        contract.MORE_TIME_ASKED,
        number,
        **request_fact(case, asking),
        kind=asking.kind.value,
        until=asking.more_time.until,
    )
    return request_screen(asking, work.asker, work.now)


def move_due_day(work: Work, number: str, place: int, version: int, due_on: date) -> Screen:
    """Give a later day, asked for or not. Raises NotYourCase and as `ask_more_time`."""
    case, request = _open(work, number, place, version)
    case.application.must_be_handled_by(work.asker.person)
    moved = request.due_later(due_on, work.now)
    return _settled(work, case, request, moved, refused=False)


def refuse_more_time(work: Work, number: str, place: int, version: int, reason: str) -> Screen:
    """The day stays, with a reason the company sees. Raises MoreTimeNotAsked, NotYourCase and as `ask_more_time`."""
    case, request = _open(work, number, place, version)
    case.application.must_be_handled_by(work.asker.person)
    return _settled(work, case, request, request.more_time_refused(reason), refused=True)


def _open(work: Work, number: str, place: int, version: int) -> tuple[Case, PartyRequest]:
    case = case_to_change(work, number)
    request = work.requests.get(number, place)
    request.must_be_open(version)
    return case, request


def _settled(work: Work, case: Case, before: PartyRequest, after: PartyRequest, *, refused: bool) -> Screen:
    work.requests.put(after)
    fact = request_fact(case, after)
    work.announce(
        contract.DUE_DAY_MOVED,
        after.number,
        **fact,
        kind=after.kind.value,
        due_before=before.due_on,
        due_on=after.due_on,
        refused=refused,
    )
    return request_screen(after, work.asker, work.now)
