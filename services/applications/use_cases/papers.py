"""What came on paper or by e-mail: an official types it in, and the moment that it arrived is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from services.applications.domain.arrivals import Arrival, hindering, must_be_enterable, without_scan
from services.applications.ports import Work
from services.applications.screens import Screen, application_screen, receipt_screen
from services.applications.use_cases.access import case_to_change
from services.applications.use_cases.drafts import begun, looked_through
from services.applications.use_cases.submission import filed
from shared.errors import InvalidFields, NotForYou, NotFound


def enter_paper(
    work: Work,
    call_id: str,
    business_id: str,
    undertaking_name: str,
    language: str,
    channel: str,
    arrived_at: datetime,
    reason: str,
    register: Mapping[str, str] | None = None,
) -> Screen:
    """Begin to type in an application in a call of one's own authority. The call may have closed since it arrived,
    or before: then it is entered to be left unexamined.

    Raises NotFound, NotForYou, CallNotOpen, ArrivesLater.
    """
    call = work.calls.get(call_id)
    if call.authority != work.asker.authority:
        raise NotForYou(what="call")
    arrival = Arrival(
        channel=channel,
        arrived_at=arrived_at,
        reason=reason,
        entered_by=work.asker.person,
        entered_at=work.now,
    )
    must_be_enterable(arrival, call)
    case = begun(work, call, business_id, undertaking_name, language, register or {}, arrival=arrival)
    return application_screen(case, looked_through(case, work), work.now)


def file_paper(work: Work, number: str, version: int, with_gaps: bool = False) -> Screen:
    """File what was typed in, as of the moment it arrived. Its scan must be attached.

    With `with_gaps` also one that lacks something the applicant can be asked for later (HL 434/2003 22 §).
    Raises NotFound when nobody is typing it in; AlreadySubmitted, ChangedMeanwhile; InvalidFields.
    """
    case = case_to_change(work, number)
    application = case.application
    if application.arrival is None:
        raise NotFound(what="application")
    application.must_be_draft(version)
    faults = looked_through(case, work).faults
    if with_gaps:
        faults = hindering(faults, late=application.arrival.arrived_at >= case.call.closes_at)
    if faults := (*faults, *without_scan(application.attachments)):
        raise InvalidFields(faults=faults)
    return receipt_screen(filed(work, case, application.arrival.arrived_at))


def list_papers(work: Work) -> Screen:
    """What the asker's authority has begun to type in and not filed yet."""
    found = work.papers.unfinished(work.asker.authority or "")
    items = [
        {
            "number": case.application.number,
            "call_names": case.call.names,
            "business_id": case.application.business_id,
            "undertaking_name": case.application.undertaking_name,
            "title": case.application.title,
            "arrival": case.application.arrival,
        }
        for case in found
    ]
    return {"items": items, "total": len(items)}
