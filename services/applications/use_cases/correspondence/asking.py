"""The handler asks: the party to complete or to be heard, somebody else for an opinion."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from services.applications.domain.applications import Application, Case
from services.applications.domain.call_forms import form_of
from services.applications.domain.correspondence import due_days
from services.applications.domain.correspondence.completions import started_from
from services.applications.domain.correspondence.requests import STATE_WHILE_OPEN, Kind, Opinion, PartyRequest
from services.applications.domain.errors import RequestWaits
from services.applications.domain.states import DECIDED
from services.applications.ports import Work
from services.applications.screens import Screen
from services.applications.use_cases.access import case_to_change
from services.applications.use_cases.correspondence.facts import request_fact
from services.applications.use_cases.correspondence.screens import request_screen
from services.applications.use_cases.falling import let_anything_fall
from shared.contracts import applications as contract
from shared.dates import helsinki_day
from shared.errors import Fault, InvalidFields


def ask_completion(
    work: Work,
    number: str,
    version: int,
    asked: str,
    due_on: date,
    keys: Sequence[str] = (),
    attachment_kinds: Sequence[str] = (),
) -> Screen:
    """Ask the company to complete what it filed (HL 434/2003 22 §). The case waits; what was filed stays.

    Raises WrongState, NotYourCase, ChangedMeanwhile; InvalidFields: due_too_soon, due_too_late, unknown_field.
    """
    case = case_to_change(work, number)
    _must_be_of_the_form(case, keys)
    wanted = {
        "keys": tuple(dict.fromkeys(keys)),
        "attachment_kinds": tuple(dict.fromkeys(attachment_kinds)),
        "answers": started_from(case.application, keys),
    }
    request = _ask(work, case, version, Kind.COMPLETION, asked, due_on, **wanted)
    language = request.language
    work.announce(
        contract.COMPLETION_REQUESTED, number, **request_fact(case, request), due_on=request.due_on, language=language
    )
    return request_screen(request, work.asker, work.now)


def ask_hearing(
    work: Work,
    number: str,
    version: int,
    asked: str,
    facts: Sequence[str],
    due_on: date,
    document_ids: Sequence[str] = (),
) -> Screen:
    """Hear the party on named facts and documents before a decision against it (HL 434/2003 34 §, 36 §).

    A decided case stays decided meanwhile, and any handler of its authority asks, as any proposes a later act.
    Raises as `ask_completion`; RequestWaits.
    """
    case = case_to_change(work, number)
    on = {"facts": tuple(facts), "document_ids": tuple(dict.fromkeys(document_ids))}
    if case.application.state in DECIDED:
        _must_be_idle(work, case.application, version)
        request = _add(work, case.application, Kind.HEARING, asked, due_on, **on)
    else:
        request = _ask(work, case, version, Kind.HEARING, asked, due_on, **on)
    work.announce(
        contract.HEARING_REQUESTED,
        number,
        **request_fact(case, request),
        due_on=request.due_on,
        language=request.language,
        document_ids=request.document_ids,
        waits=case.application.state not in DECIDED,
    )
    return request_screen(request, work.asker, work.now)


def ask_opinion(work: Work, number: str, version: int, giver: str, giver_name: str, asked: str, due_on: date) -> Screen:
    """Ask an opinion of somebody outside, such as the MYR. Raises as `ask_completion`."""
    case = case_to_change(work, number)
    whose = {"giver": giver, "giver_name": giver_name}
    request = _ask(work, case, version, Kind.OPINION, asked, due_on, **whose)
    fact = request_fact(case, request)
    work.announce(contract.OPINION_REQUESTED, number, **fact, giver=giver, due_on=request.due_on)
    return request_screen(request, work.asker, work.now)


def record_opinion(
    work: Work,
    number: str,
    place: int,
    version: int,
    given_by: str,
    given_on: date,
    stance: str,
    binding: bool,
    text: str,
    document_ids: Sequence[str] = (),
) -> Screen:
    """Record the opinion as it came; the case goes on. One that comes after its day is recorded all the same, and
    what waits for a signature without it falls.

    Raises RequestAnswered, RequestClosed, ChangedMeanwhile, NotYourCase; InvalidFields: opinion_from_future.
    """
    case = case_to_change(work, number)
    case.application.must_be_handled_by(work.asker.person)
    request = work.requests.get(number, place)
    request.must_be_of(Kind.OPINION)
    request.must_be_answerable(version)
    was_open = request.is_open
    case = Case(application=let_anything_fall(work, case.application, "opinion_came"), call=case.call)
    opinion = Opinion(
        given_by=given_by,
        given_on=given_on,
        stance=stance,
        binding=binding,
        text=text,
        document_ids=tuple(document_ids),
        recorded_by=work.asker.person,
        recorded_at=work.now,
    )
    recorded = request.with_opinion(opinion)
    work.requests.put(recorded)
    if was_open:
        work.cases.put(case.application.resumed(case.application.due_on, work.asker.person, work.now))
    _tell_of_opinion(work, case, recorded, opinion, resumed=was_open)
    return request_screen(recorded, work.asker, work.now)


def _tell_of_opinion(work: Work, case: Case, recorded: PartyRequest, opinion: Opinion, *, resumed: bool) -> None:
    """What it says in its own words stays in the case."""
    work.announce(
        contract.OPINION_RECORDED,
        recorded.number,
        **request_fact(case, recorded),
        giver=recorded.giver,
        given_on=opinion.given_on,
        stance=opinion.stance,
        binding=opinion.binding,
        resumed=resumed,
    )


def _ask(work: Work, case: Case, version: int, kind: Kind, asked: str, due_on: date, **wanted: Any) -> PartyRequest:
    application = case.application
    waiting = application.waiting(STATE_WHILE_OPEN[kind], version, work.asker.person, work.now)
    request = _add(work, application, kind, asked, due_on, **wanted)
    work.cases.put(waiting)
    return request


def _must_be_idle(work: Work, application: Application, version: int) -> None:
    """Nothing is asked of the party now, and the case is as the asker saw it. Raises RequestWaits, ChangedMeanwhile."""
    application.must_be_at(version)
    waiting = next((one for one in work.requests.of_case(application.number) if one.is_open), None)
    if waiting:
        raise RequestWaits(number=application.number, due_on=waiting.due_on.isoformat())


def _add(work: Work, application: Application, kind: Kind, asked: str, due_on: date, **wanted: Any) -> PartyRequest:
    last_day = due_days.last_day(kind, due_on, helsinki_day(work.now))
    request = PartyRequest(
        number=application.number,
        place=work.requests.next_place(application.number),
        kind=kind,
        asked=asked,
        asked_by=work.asker.person,
        asked_at=work.now,
        language=application.language,
        due_on=last_day,
        due_first=last_day,
        **wanted,
    )
    work.requests.add(request)
    return request


def _must_be_of_the_form(case: Case, keys: Sequence[str]) -> None:
    """Raises InvalidFields: unknown_field, for a key that the call's form doesn't have."""
    known = keys_of_form(case)
    faults = [Fault(f"keys.{place}", "unknown_field") for place, key in enumerate(keys) if key not in known]
    if faults:
        raise InvalidFields(faults=faults)


def keys_of_form(case: Case) -> frozenset[str]:
    shape = form_of(case.call).shape
    return frozenset((*shape.texts, *shape.tables))
