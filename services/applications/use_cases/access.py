"""A case for the asker's eyes, or for the asker's hands; and before either, the case at its gate."""

from __future__ import annotations

from services.applications.domain.access import must_be_for
from services.applications.domain.applications import Application, Case
from services.applications.domain.interests import must_be_clear
from services.applications.domain.states import UNFILED
from services.applications.ports import Work
from shared.asker import DECLARES, Role
from shared.errors import NotForYou


def case_for(work: Work, number: str) -> Case:
    """The case, if the asker may see it. Raises NotFound or NotForYou; see `must_be_open_to`."""
    case = work.cases.get(number)
    must_be_for(work.asker, case.application)
    must_be_open_to(work, case.application)
    return case


def case_to_change(work: Work, number: str) -> Case:
    """The case, locked, if the asker may act on it. Raises NotFound or NotForYou; see `must_be_open_to`."""
    case = case_at_gate(work, number)
    must_be_open_to(work, case.application)
    return case


def case_at_gate(work: Work, number: str) -> Case:
    """The case, locked, for what is done with it unopened. Its content is not for the asker's eyes yet."""
    case = work.cases.locked(number)
    must_be_for(work.asker, case.application)
    return case


def must_be_open_to(work: Work, application: Application) -> None:
    """An official has said that nothing disqualifies them (HL 434/2003 27–30 §). A draft is nobody's case yet.

    Raises DeclareFirst, InterestWaits, Disqualified; NotForYou for an operator, whose work needs no case's content.
    """
    if work.asker.role is Role.OPERATOR:
        raise NotForYou(what="application")
    if work.asker.role in DECLARES and application.state not in UNFILED:
        must_be_clear(work.interests.of(application.number, work.asker.person), application.number)
