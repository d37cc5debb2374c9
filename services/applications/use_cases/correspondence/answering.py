"""The company answers: saves as it is typed, adds files, and sends. What was filed before is kept beside the new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from services.applications.domain.applications import Application, Case
from services.applications.domain.attachments import Attachment, with_attachment, without_attachment
from services.applications.domain.call_forms import form_of
from services.applications.domain.completeness import Assessment
from services.applications.domain.correspondence.completions import (
    completed_file,
    faults_to_mend,
    filed_version,
)
from services.applications.domain.correspondence.due_days import days_waited
from services.applications.domain.correspondence.requests import STATE_WHILE_OPEN, Kind, PartyRequest
from services.applications.domain.filing import digest_of
from services.applications.domain.forms import Form, counted
from services.applications.domain.states import DECIDED, UNDER_WAY
from services.applications.domain.typed_answers import as_answers
from services.applications.domain.versions import COMPLETED
from services.applications.ports import Work
from services.applications.screens import Screen
from services.applications.use_cases.access import case_to_change
from services.applications.use_cases.correspondence.facts import completed_fact, request_fact
from services.applications.use_cases.correspondence.screens import reply_saved_screen
from services.applications.use_cases.falling import let_anything_fall
from services.applications.use_cases.reading import as_filed
from services.applications.use_cases.versions import keep_version
from shared.contracts import applications as contract
from shared.errors import InvalidFields
from shared.reference import regions

TITLE_MOST = 300


def save_reply(
    work: Work, number: str, place: int, version: int, reply: str = "", answers: Mapping[str, Any] | None = None
) -> Screen:
    """Keep the answer as typed, right or wrong, also after its day.

    Raises RequestAnswered, RequestClosed, ChangedMeanwhile; InvalidFields: not_asked_for, and what could not be
    a form's answers at all.
    """
    case, request = _to_answer(work, number, place, version)
    typed = as_answers(answers or {}, form_of(case.call).shape)
    saved = request.saved(reply, typed, work.asker.person, work.now)
    work.requests.put(saved)
    return reply_saved_screen(saved)


def attach_to_reply(work: Work, number: str, place: int, version: int, attachment: Mapping[str, Any]) -> Screen:
    """Raises as `save_reply`; InvalidFields: not_asked_for, for a kind of file that a completion doesn't ask."""
    _case, request = _to_answer(work, number, place, version)
    new = Attachment(**attachment)
    request.must_ask_for(new.kind)
    return _with_attachments(work, request, with_attachment(request.attachments, new))


def detach_from_reply(work: Work, number: str, place: int, version: int, document_id: str) -> Screen:
    """Raises as `save_reply`; NotFound."""
    _case, request = _to_answer(work, number, place, version)
    return _with_attachments(work, request, without_attachment(request.attachments, document_id))


def answer_completion(work: Work, number: str, place: int, version: int) -> Screen:
    """Send the completion: a new filed version with its own digest, and the case is back in the assessment.

    What comes late but before the decision takes effect all the same; later it is kept beside the file. What waits for
    a signature falls of it. Raises as `save_reply`; InvalidFields with everything wrong in what was asked for.
    """
    case, request = _to_answer(work, number, place, version)
    request.must_be_of(Kind.COMPLETION)
    case = Case(application=let_anything_fall(work, case.application, "completed"), call=case.call)
    request.must_say_something()
    file = completed_file(case.application, request)
    assessment = as_filed(Case(application=file, call=case.call))
    if faults := faults_to_mend(assessment.faults, request):
        raise InvalidFields(faults=faults)

    takes_effect = case.application.state in UNDER_WAY
    resumed = _resumed(work, case, request)
    filed = _filed(work, resumed, file, assessment, form_of(case.call)) if takes_effect else resumed
    versions = {"before": filed_version(case.application), "after": filed_version(filed)} if takes_effect else {}
    answered = request.answered(work.asker.person, work.arrived, took_effect=takes_effect, **versions)
    late = request.is_late_at(work.arrived)
    if filed is not case.application:
        work.cases.put(_one_step(case.application, filed))
        keep_version(work, case.application, filed, COMPLETED)
    work.requests.put(answered)
    told = {"resumed": resumed is not case.application, "late": late, "promised_on": filed.due_on}
    fact = request_fact(case, request) | completed_fact(answered, filed) | told
    work.announce(contract.COMPLETION_ANSWERED, number, **fact)
    return _receipt(answered, filed, late)


def answer_hearing(work: Work, number: str, place: int, version: int) -> Screen:
    """Send the party's comment; the case is back in the assessment, and what waits for a signature falls of it.

    Raises as `answer_completion`.
    """
    case, request = _to_answer(work, number, place, version)
    request.must_be_of(Kind.HEARING)
    request.must_say_something()
    case = Case(application=let_anything_fall(work, case.application, "heard"), call=case.call)
    late = request.is_late_at(work.arrived)
    resumed = _resumed(work, case, request)
    takes_effect = case.application.state in UNDER_WAY | DECIDED
    answered = request.answered(work.asker.person, work.arrived, took_effect=takes_effect)
    if resumed is not case.application:
        work.cases.put(resumed)
    work.requests.put(answered)
    told = {"resumed": resumed is not case.application, "late": late, "promised_on": resumed.due_on}
    work.announce(contract.HEARING_ANSWERED, number, **request_fact(case, request), answered_at=work.arrived, **told)
    return _receipt(answered, resumed, late)


def promised_after(case: Case, request: PartyRequest, until: Any) -> date | None:
    """The promised day with the days added that the party was waited for."""
    promised = case.application.due_on
    if promised is None:
        return None
    return promised + timedelta(days=days_waited(request.kind, request.asked_at, until))


def _to_answer(work: Work, number: str, place: int, version: int) -> tuple[Case, PartyRequest]:
    case = case_to_change(work, number)
    request = work.requests.get(number, place)
    request.must_be_the_partys()
    request.must_be_answerable(version)
    return case, request


def _with_attachments(work: Work, request: PartyRequest, attachments: tuple[Attachment, ...]) -> Screen:
    saved = request.with_attachments(attachments, work.asker.person, work.now)
    work.requests.put(saved)
    return reply_saved_screen(saved)


def _resumed(work: Work, case: Case, request: PartyRequest) -> Application:
    """The case no longer waiting for this request; itself when it wasn't any more."""
    if not request.is_open or case.application.state is not STATE_WHILE_OPEN[request.kind]:
        return case.application
    return case.application.resumed(promised_after(case, request, work.arrived), work.asker.person, work.now)


def _filed(work: Work, application: Application, file: Application, assessment: Assessment, form: Form) -> Application:
    """What is filed are the answers to the questions that are asked with these answers."""
    plan, totals = assessment.plan, assessment.totals
    read = replace(
        file,
        answers=counted(form, file.answers),
        title=plan.title[:TITLE_MOST],
        region=plan.region if plan.region in regions.BY_CODE else file.region,
        costs=totals.eligible,
        aid_sought=totals.aid.amount,
    )
    return application.completed(read, digest_of(read), work.asker.person, work.now)


def _one_step(before: Application, after: Application) -> Application:
    """One command is one version of the case, however much it changed."""
    return replace(after, version=before.version + 1)


def _receipt(request: PartyRequest, application: Application, late: bool) -> Screen:
    return {
        "number": request.number,
        "place": request.place,
        "version": request.version,
        "kind": request.kind.value,
        "answered_by": request.answered_by,
        "answered_at": request.answered_at,
        "late": late,
        "took_effect": request.took_effect,
        "digest": application.digest,
        "promised_on": application.due_on,
    }
