"""A draft: the company fills in, saves, attaches, and nobody else looks.

What came on paper is typed in the same way, by an official of the authority that it came to (`papers`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.applications.domain.access import business_id_of
from services.applications.domain.applications import Application, Case, number_of
from services.applications.domain.arrivals import Arrival
from services.applications.domain.attachments import (
    Attachment,
    must_be_taken,
    with_attachment,
    without_attachment,
)
from services.applications.domain.call_forms import form_of
from services.applications.domain.calls import Call
from services.applications.domain.completeness import Assessment, look_through
from services.applications.domain.drafting import Drafting
from services.applications.domain.forms import from_register
from services.applications.domain.rulesets import Ruleset, ruleset_on
from services.applications.domain.typed_answers import Answers, as_answers
from services.applications.ports import Work
from services.applications.screens import Screen, application_screen, saved_screen
from services.applications.use_cases.access import case_to_change
from services.applications.use_cases.versions import keep_version
from shared.dates import helsinki_day

Register = Mapping[str, str]


def open_application(
    work: Work, call_id: str, undertaking_name: str, language: str, register: Register | None = None
) -> Screen:
    """Start a draft in a call that is open. Raises NotFound, CallNotOpen, CallClosed."""
    business_id = business_id_of(work.asker)
    call = work.calls.get(call_id)
    call.must_be_open(work.now)
    case = begun(work, call, business_id, undertaking_name, language, register or {})
    return application_screen(case, looked_through(case, work), work.now)


def begun(
    work: Work,
    call: Call,
    business_id: str,
    undertaking_name: str,
    language: str,
    register: Register,
    *,
    answers: Answers | None = None,
    arrival: Arrival | None = None,
    drafting: Drafting | None = None,
) -> Case:
    """A new draft, with what the customer register answers in it."""
    known = {"name": undertaking_name, "business_id": business_id, "language": language, **register}
    registered = from_register(form_of(call), known)
    blank = Application(
        number=number_of(call.fund, work.cases.next_number()),
        call_id=call.call_id,
        authority=call.authority,
        business_id=business_id,
        undertaking_name=undertaking_name,
        language=language,
        started_at=work.now,
        changed_by=work.asker.person,
        changed_at=work.now,
        answers={},
        arrival=arrival,
    )
    application = _with_answers(blank, call, {**(answers or {}), **registered}, work)
    work.cases.add(application)
    work.draftings.put(
        replace(
            drafting or Drafting(number=application.number),
            number=application.number,
            registered=registered,
            # What came on paper is an official's to type in; within the company nobody answers for it.
            responsible=None if arrival else work.asker.person,
            responsible_since=None if arrival else work.now,
        )
    )
    keep_version(work, blank, application, "copied" if drafting and drafting.copied_from else "draft")
    return Case(application=application, call=call)


def save_draft(work: Work, number: str, version: int, answers: Mapping[str, Any]) -> Screen:
    """Keep the answers as typed. Saving goes on after the call has closed; only submitting does not.

    What the customer register has answered is not typed over. Raises ChangedMeanwhile when another person
    saved first, AwaitsSignature while the draft waits to be signed, InvalidFields when these can't be a form's
    answers at all.
    """
    case = case_to_change(work, number)
    application = case.application
    application.must_be_draft(version)
    typed = as_answers(answers, form_of(case.call).shape) | dict(work.draftings.of(number).registered)
    assessment = look_through(typed, application.attachments, case.call, _ruleset_now(case, work))
    totals = assessment.totals
    by, at = work.asker.person, work.now
    saved = application.saved(typed, assessment.plan, totals.eligible, totals.aid.amount, by, at)
    work.cases.put(saved)
    keep_version(work, application, saved)
    return saved_screen(saved, totals)


def attach(work: Work, number: str, version: int, attachment: Mapping[str, Any]) -> Screen:
    """Join a stored document. Raises InvalidFields when the call takes no such file of its kind."""
    case = case_to_change(work, number)
    case.application.must_be_draft(version)
    new = Attachment(**attachment)
    must_be_taken(new, case.call.attachments)
    return _with_attachments(case, with_attachment(case.application.attachments, new), work)


def detach(work: Work, number: str, version: int, document_id: str) -> Screen:
    case = case_to_change(work, number)
    case.application.must_be_draft(version)
    attachments = without_attachment(case.application.attachments, document_id)
    return _with_attachments(case, attachments, work)


def looked_through(case: Case, work: Work) -> Assessment:
    """What stands between the draft and its submission by the rules of today."""
    application = case.application
    attached = application.attachments
    infected = work.infected_files.among([attachment.document_id for attachment in attached])
    return look_through(application.answers, attached, case.call, _ruleset_now(case, work), infected)


def _with_answers(blank: Application, call: Call, answers: Answers, work: Work) -> Application:
    """The first version of a draft, with answers that are there from the beginning."""
    if not answers:
        return blank
    assessment = look_through(answers, (), call, ruleset_on(helsinki_day(work.now), call.programme_period))
    totals = assessment.totals
    saved = blank.saved(answers, assessment.plan, totals.eligible, totals.aid.amount, work.asker.person, work.now)
    return replace(saved, version=blank.version)


def _with_attachments(case: Case, attachments: tuple[Attachment, ...], work: Work) -> Screen:
    saved = case.application.with_attachments(attachments, work.asker.person, work.now)
    work.cases.put(saved)
    keep_version(work, case.application, saved)
    return saved_screen(saved, None)


def _ruleset_now(case: Case, work: Work) -> Ruleset:
    """Today's rules; of what came on paper, the rules of the day it arrived."""
    arrival = case.application.arrival
    return ruleset_on(helsinki_day(arrival.arrived_at if arrival else work.now), case.call.programme_period)
