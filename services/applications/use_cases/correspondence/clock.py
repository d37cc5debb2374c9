"""What the house does by the clock: time that has run out, and deadlines that near, told while there is time to act."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from services.applications.domain.applications import Case
from services.applications.domain.correspondence.due_days import ends_at
from services.applications.domain.correspondence.requests import (
    STATE_WHILE_OPEN,
    WAITED_FOR_IN,
    Kind,
    PartyRequest,
    Stage,
)
from services.applications.ports import Work
from services.applications.use_cases.correspondence.answering import promised_after
from services.applications.use_cases.correspondence.facts import request_fact
from shared.contracts import applications as contract
from shared.dates import HELSINKI, helsinki_day

CALL_CLOSES = "call_closes"
DAYS_BEFORE = {CALL_CLOSES: (7, 1), Kind.COMPLETION.value: (3, 1), Kind.HEARING.value: (3, 1)}
WAKING_HOURS = range(8, 20)
THE_CALL = 0  # the place of a call's closing among what has been told of a case


def run_out_one(work: Work, number: str, place: int) -> bool:
    """Put the case back in the assessment when its request's time has run out (HL 434/2003 33 §).

    The company's unsent answer is kept, and can still be sent. Whether anything was done.
    """
    case = work.cases.locked(number)
    request = work.requests.get(number, place)
    if not request.has_run_out_at(work.now):
        return False
    if case.application.state not in WAITED_FOR_IN[request.kind]:
        work.requests.put(request.closed())
        return False
    work.requests.put(request.expired())
    promised_on = None
    if case.application.state is STATE_WHILE_OPEN[request.kind]:
        # The party was waited for until its day was over, not until the clock came round.
        promised_on = promised_after(case, request, ends_at(request.due_on) - timedelta(microseconds=1))
        work.cases.put(case.application.resumed(promised_on, work.asker.person, work.now))
    work.announce(
        contract.REQUEST_EXPIRED,
        number,
        **request_fact(case, request),
        kind=request.kind.value,
        due_on=request.due_on,
        promised_on=promised_on,
        resumed=promised_on is not None,
    )
    return True


def close_open_requests(work: Work, number: str) -> None:
    """The case has ended: nothing is waited for any more, and no late answer is taken."""
    for request in work.requests.of_case(number):
        if request.state in (Stage.OPEN, Stage.EXPIRED):
            work.requests.put(request.closed())


def tell_of_deadlines(work: Work) -> None:
    """Announce each deadline that nears, once for each of its days, at an hour when people are awake."""
    if work.now.astimezone(HELSINKI).hour not in WAKING_HOURS:
        return
    today = helsinki_day(work.now)
    for case, request in work.requests.open_until(
        (Kind.COMPLETION, Kind.HEARING), today, today + timedelta(days=max(DAYS_BEFORE[Kind.COMPLETION.value]))
    ):
        _tell_of_request(work, case, request)
    for case in work.requests.drafts_closing(work.now, work.now + timedelta(days=max(DAYS_BEFORE[CALL_CLOSES]) + 1)):
        _tell_of_call(work, case)


def nearing(last_day: date, today: date, begun_on: date, what: str) -> int | None:
    """How many days' notice is due now, or None: none for somebody who began when less time was left."""
    left = (last_day - today).days
    due = [days for days in DAYS_BEFORE[what] if left <= days]
    days = min(due, default=None)
    if days is None or left < 0 or (last_day - begun_on).days <= days:
        return None
    return days


def _tell_of_request(work: Work, case: Case, request: PartyRequest) -> None:
    _tell(work, case, request.kind.value, request.place, ends_at(request.due_on), request.asked_at)


def _tell_of_call(work: Work, case: Case) -> None:
    _tell(work, case, CALL_CLOSES, THE_CALL, case.call.closes_at, case.application.started_at)


def _tell(work: Work, case: Case, what: str, place: int, ends: datetime, begun_at: datetime) -> None:
    last_day = helsinki_day(ends - timedelta(microseconds=1))
    days = nearing(last_day, helsinki_day(work.now), helsinki_day(begun_at), what)
    number = case.application.number
    if days is not None and work.requests.told(number, place, last_day, days, work.now):
        announce_nearing(work, case, what, place, ends)


def announce_nearing(work: Work, case: Case, what: str, place: int, ends: datetime) -> None:
    number, last_day = case.application.number, helsinki_day(ends - timedelta(microseconds=1))
    work.announce(
        contract.DEADLINE_NEARED,
        number,
        application=number,
        business_id=case.application.business_id,
        authority=case.application.authority,
        what=what,
        place=place or None,
        days=(last_day - helsinki_day(work.now)).days,
        ends_at=ends,
    )
