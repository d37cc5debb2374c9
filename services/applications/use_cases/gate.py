"""What is seen of a case before it is opened."""

from __future__ import annotations

from collections.abc import Sequence

from services.applications.domain.applications import Application, Case
from services.applications.domain.interests import Answer, Declaration, Standing, standing_of
from services.applications.ports import Work
from services.applications.screens import Screen
from shared.asker import Role
from shared.dates import helsinki_day


def gate_screen(work: Work, case: Case) -> Screen:
    application, call, asker = case.application, case.call, work.asker
    own = work.interests.of(application.number, asker.person)
    return {
        "number": application.number,
        "version": application.version,
        "call_id": call.call_id,
        "call_names": call.names,
        "fund": call.fund,
        "authority": application.authority,
        "region": application.region,
        "business_id": application.business_id,
        "undertaking_name": application.undertaking_name,
        "state": application.state.value,
        "due_on": application.due_on,
        "handler": application.handler,
        "substitute": _substitute(work, application),
        "standing": standing_of(own).value,
        "declarations": _told(work, application.number, own),
    }


def fit_substitute(work: Work, application: Application, person: str) -> str | None:
    """Today's substitute, unless they have a conflict or a doubt of their own on this case."""
    found = work.substitutions.of(application.authority, person, helsinki_day(work.now))
    if found is None:
        return None
    theirs = standing_of(work.interests.of(application.number, found.substitute))
    return found.substitute if theirs in (Standing.CLEAR, Standing.UNDECLARED) else None


def _substitute(work: Work, application: Application) -> str | None:
    return fit_substitute(work, application, application.handler) if application.handler else None


def _told(work: Work, number: str, own: Declaration | None) -> Sequence[Declaration]:
    """A decision maker sees what they may have to resolve, an auditor everything, the others their own."""
    if work.asker.role is Role.AUDITOR:
        return work.interests.on(number)
    if work.asker.role is not Role.DECISION_MAKER:
        return [own] if own else []
    return [one for one in work.interests.on(number) if one.answer is not Answer.NONE or one == own]
