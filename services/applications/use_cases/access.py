"""A case for the asker's eyes, or for the asker's hands."""

from __future__ import annotations

from services.applications.domain.access import must_be_for
from services.applications.domain.applications import Case
from services.applications.ports import Work


def case_for(work: Work, number: str) -> Case:
    """The case, if the asker may see it. Raises NotFound or NotForYou."""
    case = work.cases.get(number)
    must_be_for(work.asker, case.application)
    return case


def case_to_change(work: Work, number: str) -> Case:
    """The case, locked, if the asker may act on it. Raises NotFound or NotForYou."""
    case = work.cases.locked(number)
    must_be_for(work.asker, case.application)
    return case
