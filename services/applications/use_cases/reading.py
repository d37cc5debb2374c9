"""Looking at one application."""

from __future__ import annotations

from services.applications.domain.applications import Case
from services.applications.domain.completeness import Assessment, look_through
from services.applications.domain.rulesets import ruleset_on
from services.applications.domain.states import UNFILED
from services.applications.ports import Work
from services.applications.screens import Screen, application_screen
from services.applications.use_cases.access import case_for
from services.applications.use_cases.drafts import looked_through
from shared.dates import helsinki_day


def get_application(work: Work, number: str) -> Screen:
    """The whole case: a draft with what would stop it today, a filed one with the sums of the day it was filed."""
    case = case_for(work, number)
    is_draft = case.application.state in UNFILED
    return application_screen(case, looked_through(case, work), work.now) if is_draft else filed_screen(work, case)


def filed_screen(work: Work, case: Case) -> Screen:
    """A filed case whole, with the transfer by which it came here."""
    application = case.application
    transferred = work.transfers.last(application.number) if application.transferred_at else None
    return application_screen(case, as_filed(case), work.now, transferred)


def as_filed(case: Case) -> Assessment:
    """The plan and its sums by the rules of the day of filing. What was filed had no faults, and gets none later."""
    application = case.application
    filed_on = helsinki_day(application.submitted_at or application.changed_at)
    ruleset = ruleset_on(filed_on, case.call.programme_period)
    return look_through(application.answers, application.attachments, case.call, ruleset)
