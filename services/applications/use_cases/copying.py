"""A new application from an earlier one: once told, not asked again."""

from __future__ import annotations

from collections.abc import Mapping

from services.applications.domain.cloning import copied
from services.applications.domain.drafting import Drafting
from services.applications.ports import Work
from services.applications.screens import Screen
from services.applications.use_cases.access import case_for
from services.applications.use_cases.drafts import begun


def clone_application(
    work: Work,
    number: str,
    call_id: str,
    undertaking_name: str,
    language: str,
    register: Mapping[str, str] | None = None,
) -> Screen:
    """A draft in an open call with what its form knows of the earlier one. Attachments are not copied.

    Raises NotFound, CallNotOpen, CallClosed.
    """
    source = case_for(work, number).application
    call = work.calls.get(call_id)
    call.must_be_open(work.now)
    answers, left_out = copied(source.answers, source.attachments, call)
    drafting = Drafting(number="", copied_from=number, left_out=left_out)
    case = begun(
        work,
        call,
        source.business_id,
        undertaking_name,
        language,
        register or {},
        answers=answers,
        drafting=drafting,
    )
    application = case.application
    return {
        "number": application.number,
        "version": application.version,
        "copied_from": number,
        "left_out": left_out,
    }
