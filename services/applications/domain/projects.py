"""The states of a granted project and every move between them, in one table: what `states` is to a case.

Days move a project by themselves from not started to running to ended; the other moves are decisions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.applications.domain.states import Who


class ProjectState(StrEnum):
    NOT_STARTED = "not_started"  # ei aloitettu / ej inlett
    RUNNING = "running"  # käynnissä / pågår
    SUSPENDED = "suspended"  # keskeytetty / avbrutet
    ENDED = "ended"  # toiminta päättynyt / avslutad verksamhet
    CLOSED = "closed"  # suljettu / stängt
    CANCELLED = "cancelled"  # purettu / upphävt


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectMove:
    before: ProjectState
    after: ProjectState
    deed: str
    who: Who
    source: str


_P, _D, _K = ProjectState, Who.DECISION_MAKER, Who.CLOCK
_ALIVE = (_P.NOT_STARTED, _P.RUNNING, _P.SUSPENDED, _P.ENDED)


def _move(before: ProjectState, after: ProjectState, deed: str, who: Who, source: str) -> ProjectMove:
    return ProjectMove(before=before, after=after, deed=deed, who=who, source=source)


PROJECT_MOVES: tuple[ProjectMove, ...] = (
    _move(_P.NOT_STARTED, _P.RUNNING, "first_day", _K, "asetus 866/2021"),
    _move(_P.RUNNING, _P.ENDED, "last_day_passed", _K, "asetus 866/2021"),
    _move(_P.ENDED, _P.RUNNING, "amend", _D, "VAL 688/2001 11–12 §"),
    _move(_P.RUNNING, _P.NOT_STARTED, "correct", _D, "HL 434/2003 50–51 §"),
    _move(_P.RUNNING, _P.CLOSED, "close", _D, "VAL 688/2001 12 §"),
    _move(_P.ENDED, _P.CLOSED, "close", _D, "VAL 688/2001 12 §"),
    _move(_P.RUNNING, _P.SUSPENDED, "suspend", _D, "VAL 688/2001 19 §"),
    _move(_P.SUSPENDED, _P.RUNNING, "go_on", _D, "VAL 688/2001 19 §"),
    *(_move(before, _P.CANCELLED, "cancel", _D, "VAL 688/2001 21–22 §") for before in _ALIVE),
)

_AFTER: Mapping[ProjectState, frozenset[ProjectState]] = {
    state: frozenset(move.after for move in PROJECT_MOVES if move.before is state) for state in ProjectState
}


def may_move(before: ProjectState, after: ProjectState) -> bool:
    return after in _AFTER[before]


def state_by_days(first: date | None, last: date | None, today: date) -> ProjectState:
    """Where the calendar has brought a project whose time is from the first day to the last, both included."""
    if first is not None and today < first:
        return ProjectState.NOT_STARTED
    return ProjectState.ENDED if last is not None and today > last else ProjectState.RUNNING
