"""A decided case for the asker's eyes or hands, or for the house when it hears of it."""

from __future__ import annotations

from dataclasses import replace

from services.applications.domain.applications import Case
from services.applications.domain.first_acts import opened
from services.applications.domain.reached import Reached
from services.applications.ports import Work
from services.applications.use_cases.access import case_for, case_to_change


def to_see(work: Work, number: str) -> Reached:
    """Raises NotFound, NotForYou, NotDecidedYet."""
    return _reached(work, case_for(work, number), opening=False)


def to_change(work: Work, number: str, version: int) -> Reached:
    """The case locked, at the version that the asker saw. Raises ChangedMeanwhile besides."""
    reached = _reached(work, case_to_change(work, number))
    reached.decided.must_be_at(version)
    return reached


def for_the_house(work: Work, number: str) -> Reached:
    """The case locked, for what the house has heard or noticed: nobody asks."""
    return _reached(work, work.cases.locked(number))


def _reached(work: Work, case: Case, *, opening: bool = True) -> Reached:
    number = case.application.number
    moved = work.movements.of(number)
    decided = work.decided_cases.find(number)
    if decided is None:
        decided = opened(case, moved)
        if opening:
            # An award from before movements were kept: what it bound is written down when its case is first opened.
            for movement in decided.movements[len(moved) :]:
                work.movements.add(number, movement)
    else:
        decided = replace(decided, movements=moved)
    return Reached(decided=decided, application=case.application, call=case.call)
