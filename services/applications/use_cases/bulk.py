"""One deed on many cases: each by the rules it has alone, and what cannot be done to one is told and left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from services.applications.domain.correspondence.due_days import ends_at
from services.applications.domain.reminders import RemindedToday, awaited, must_be_in_hand
from services.applications.ports import Work
from services.applications.screens import Screen
from services.applications.use_cases.access import case_to_change
from services.applications.use_cases.correspondence.clock import announce_nearing
from services.applications.use_cases.handling import assign_case
from services.applications.use_cases.views import on_the_wire
from shared.contracts import applications as contract
from shared.dates import helsinki_day
from shared.errors import DomainError, NotForYou


def remind_parties(work: Work, numbers: Sequence[str]) -> Screen:
    """Remind each party of what it was asked and of the last day: to advise is the authority's duty (HL 434/2003 8 §).

    Each is refused with NotFound, NotForYou, DeclareFirst, InterestWaits, Disqualified, HandlerReminds,
    NobodyWaitedFor, AnswerMoreTimeFirst or RemindedToday.
    """
    return _each(numbers, lambda number: _remind(work, number))


def assign_cases(work: Work, cases: Sequence[Mapping[str, Any]], to: str, reason: str) -> Screen:
    """Give each to the same handler; refused each by each as `assign_case` refuses."""
    versions = {one["number"]: one["version"] for one in cases}
    return _each(versions, lambda number: assign_case(work, number, versions[number], to, reason))


def note_export(
    work: Work, narrowing: Mapping[str, Any], applications: int, claims: int, file_format: str, sha256: str
) -> Screen:
    """A list has been made into a file: the trail keeps who, when, what narrowing, and the file's digest.

    Laki 906/2019 17 §: what is given out of a register is logged.
    """
    if not work.asker.authority:
        raise NotForYou(what="export")
    export_id = uuid4().hex
    told = on_the_wire(narrowing)
    searched = bool(told.pop("search", ""))
    work.announce(
        contract.QUEUE_EXPORTED,
        export_id,
        export_id=export_id,
        authority=work.asker.authority,
        exported_by=work.asker.person,
        narrowing=told,
        searched=searched,
        applications=applications,
        claims=claims,
        file_format=file_format,
        sha256=sha256,
    )
    return {"export_id": export_id}


def _each(numbers: Iterable[str], do: Callable[[str], object]) -> Screen:
    """In the order of their numbers, so that two who have chosen the same cases never wait in a ring.

    A refusal comes before anything of its case is written, so what was done to the others stands.
    """
    done, left = [], []
    for number in sorted(set(numbers)):
        try:
            do(number)
        except DomainError as refusal:
            left.append({"number": number, "why": refusal.code, "facts": dict(refusal.facts)})
        else:
            done.append(number)
    return {"done": done, "left": left}


def _remind(work: Work, number: str) -> None:
    case = case_to_change(work, number)
    today = helsinki_day(work.now)
    application = case.application
    must_be_in_hand(application, work.asker.person, _stood_in_for(work, application.handler))
    request = awaited(application, work.requests.of_case(number), today)
    days = (request.due_on - today).days
    if not work.requests.told(number, request.place, request.due_on, days, work.now):
        raise RemindedToday(number=number)
    announce_nearing(work, case, request.kind.value, request.place, ends_at(request.due_on))


def _stood_in_for(work: Work, handler: str | None) -> tuple[str, ...]:
    if handler is None or not work.asker.authority:
        return ()
    named = work.substitutions.of(work.asker.authority, handler, helsinki_day(work.now))
    return (handler,) if named and named.substitute == work.asker.person else ()
