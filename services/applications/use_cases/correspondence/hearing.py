"""Whether the party has been heard, asked by whoever proposes a decision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from services.applications.domain.correspondence.hearings import HearingSoFar, Unheard, last_asked, last_heard
from services.applications.ports import Work
from services.applications.screens import Screen


def hearing_so_far(
    work: Work, number: str, unheard: Mapping[str, str] | None, *, since: datetime | None = None
) -> HearingSoFar:
    """The case's hearing, or the ground that the asker gives for none. `since`: the decision before this one."""
    heard = last_heard(work.requests.of_case(number), since=since)
    return HearingSoFar(heard=heard, unheard=Unheard(**unheard) if unheard else None)


def hearing_screen(work: Work, number: str, *, since: datetime | None = None) -> Screen | None:
    """The hearing that a proposal would stand on now, or that still waits; None where nobody has been heard."""
    asked = last_asked(work.requests.of_case(number), since=since)
    if asked is None:
        return None
    return {
        "place": asked.place,
        "state": asked.state.value,
        "asked_at": asked.asked_at,
        "due_on": asked.due_on,
        "answered_at": asked.answered_at,
    }
