"""A draft: the company fills in, saves, attaches, and nobody else looks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.applications.domain.access import business_id_of
from services.applications.domain.applications import Application, Case, number_of
from services.applications.domain.attachments import Attachment, with_attachment, without_attachment
from services.applications.domain.completeness import Assessment, look_through
from services.applications.domain.rulesets import Ruleset, ruleset_on
from services.applications.domain.typed_answers import as_answers
from services.applications.ports import Work
from services.applications.screens import Screen, application_screen, saved_screen
from services.applications.use_cases.access import case_to_change
from shared.dates import helsinki_day


def open_application(work: Work, call_id: str, undertaking_name: str, language: str) -> Screen:
    """Start a draft in a call that is open. Raises NotFound, CallNotOpen, CallClosed."""
    business_id = business_id_of(work.asker)
    call = work.calls.get(call_id)
    call.must_be_open(work.now)
    application = Application(
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
    )
    work.cases.add(application)
    case = Case(application=application, call=call)
    return application_screen(case, looked_through(case, work), work.now)


def save_draft(work: Work, number: str, version: int, answers: Mapping[str, Any]) -> Screen:
    """Keep the answers as typed. Saving goes on after the call has closed; only submitting does not.

    Raises ChangedMeanwhile when another person of the company saved first, InvalidFields when these
    can't be a form's answers at all.
    """
    case = case_to_change(work, number)
    case.application.must_be_draft(version)
    typed = as_answers(answers)
    assessment = look_through(typed, case.application.attachments, case.call, _ruleset_now(case, work))
    totals = assessment.totals
    by, at = work.asker.person, work.now
    saved = case.application.saved(typed, assessment.plan, totals.eligible, totals.aid.amount, by, at)
    work.cases.put(saved)
    return saved_screen(saved, totals)


def attach(work: Work, number: str, version: int, attachment: Mapping[str, Any]) -> Screen:
    case = case_to_change(work, number)
    case.application.must_be_draft(version)
    attachments = with_attachment(case.application.attachments, Attachment(**attachment))
    return _with_attachments(case, attachments, work)


def detach(work: Work, number: str, version: int, document_id: str) -> Screen:
    case = case_to_change(work, number)
    case.application.must_be_draft(version)
    attachments = without_attachment(case.application.attachments, document_id)
    return _with_attachments(case, attachments, work)


def looked_through(case: Case, work: Work) -> Assessment:
    """What stands between the draft and its submission by the rules of today."""
    application = case.application
    return look_through(application.answers, application.attachments, case.call, _ruleset_now(case, work))


def _with_attachments(case: Case, attachments: tuple[Attachment, ...], work: Work) -> Screen:
    saved = case.application.with_attachments(attachments, work.asker.person, work.now)
    work.cases.put(saved)
    return saved_screen(saved, None)


def _ruleset_now(case: Case, work: Work) -> Ruleset:
    return ruleset_on(helsinki_day(work.now), case.call.programme_period)
