"""Whose turn it is in each open case and by when, as facts tell it: what the officials' list of the morning is made of.

A clock is small on purpose: no sum, no name, no title.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from shared.asker import Role

Data = Mapping[str, Any]

OUTSIDE = "outside"  # the party, or somebody else, is waited for
SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """`turn` is a role's name or "outside"; `person` the handler, where there is one; `due_on` the promised day."""

    subject: str
    number: str
    authority: str
    turn: str
    person: str | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What one official has this morning, the nearest day first in each list."""

    overdue: tuple[Clock, ...]
    this_week: tuple[Clock, ...]
    waiting: tuple[Clock, ...]

    def __bool__(self) -> bool:
        return bool(self.overdue or self.this_week or self.waiting)


def subject_in(data: Data) -> str:
    return f"claim/{data['claim_id']}" if data.get("claim_id") else f"application/{data['number']}"


def moved(clock: Clock | None, fact_type: str, data: Data) -> Clock | None:
    """The clock after the fact; None when nothing waits any more. Facts of one case come in order."""
    move = MOVES.get(fact_type)
    return move(clock, data) if move else clock


def agenda_of(clocks: Iterable[Clock], person: str, roles: Sequence[tuple[Role, str]], today: date) -> Agenda:
    """Cases whose turn is this official's: their own, and those of their role that are nobody's own."""
    posts = {(role.value, authority) for role, authority in roles}
    own = sorted((clock for clock in clocks if _is_for(clock, person, posts)), key=_by_day)
    week_ends = today + timedelta(days=6 - today.weekday())
    dated = [clock for clock in own if clock.due_on is not None and clock.due_on <= week_ends]
    return Agenda(
        overdue=tuple(clock for clock in dated if clock.due_on is not None and clock.due_on < today),
        this_week=tuple(clock for clock in dated if clock.due_on is not None and clock.due_on >= today),
        waiting=tuple(clock for clock in own if clock not in dated),
    )


def _is_for(clock: Clock, person: str, posts: set[tuple[str, str]]) -> bool:
    if (clock.turn, clock.authority) not in posts:
        return False
    return clock.turn != Role.HANDLER.value or clock.person in (None, person)


def _by_day(clock: Clock) -> tuple[date, str]:
    return clock.due_on or date.max, clock.subject


Move = Callable[[Clock | None, Data], Clock | None]


def _begins(turn: str) -> Move:
    def move(clock: Clock | None, data: Data) -> Clock:
        return _or_new(clock, data, turn=turn, due_on=data.get("due_on"))

    return move


def _turns(turn: str) -> Move:
    def move(clock: Clock | None, data: Data) -> Clock:
        return _or_new(clock, data, turn=turn, due_on=data.get("promised_on") or (clock.due_on if clock else None))

    return move


def _is_heard(clock: Clock | None, data: Data) -> Clock | None:
    """A case that is decided waits for nobody, though its party is heard before a later act."""
    return _turns(OUTSIDE)(clock, data) if data.get("waits", True) else clock


def _resumes(clock: Clock | None, data: Data) -> Clock | None:
    if not data.get("resumed", True):
        return clock  # a late answer finds the case going on already
    return _turns(Role.HANDLER.value)(clock, data)


def _transferred(clock: Clock | None, data: Data) -> Clock | None:
    """Another authority's handlers have it before them, and none of them yet."""
    begun = _begins(Role.HANDLER.value)(clock, data)
    return replace(begun, authority=data["authority"], person=None) if begun else None


def _assigned(clock: Clock | None, data: Data) -> Clock:
    known = clock or _or_new(None, data, turn=Role.HANDLER.value)
    return replace(known, person=data.get("handler"))


def _released(clock: Clock | None, data: Data) -> Clock | None:
    """A disqualified person's part has fallen, and another does it."""
    turn = Role.VERIFIER if data["state"] == "submitted" else Role.HANDLER
    return _turns(turn.value)(clock, data)


TURNS: Mapping[str, str] = {
    "submitted": Role.HANDLER.value,
    "in_assessment": Role.HANDLER.value,
    "in_completion": OUTSIDE,
    "on_opinion": OUTSIDE,
    "in_hearing": OUTSIDE,
    "proposed": Role.DECISION_MAKER.value,
}
TURNS_OF_CLAIMS: Mapping[str, str] = {
    "submitted": Role.VERIFIER.value,
    "verified": Role.HANDLER.value,
    "proposed": Role.DECISION_MAKER.value,
    "approved": Role.PAYER.value,
    "approved_in_part": Role.PAYER.value,
}


def _told(turns: Mapping[str, str]) -> Move:
    def move(clock: Clock | None, data: Data) -> Clock:
        """The whole standing at once; whatever was known before is older."""
        known = _or_new(clock, data, turn=turns[data["state"]], due_on=data.get("due_on"))
        return replace(known, person=data.get("handler"))

    return move


def _ends(clock: Clock | None, data: Data) -> None:
    return None


def _or_new(clock: Clock | None, data: Data, **changes: Any) -> Clock:
    known = clock or Clock(subject=subject_in(data), number=data["number"], authority=data["authority"], turn="")
    return replace(known, **changes)


MOVES: Mapping[str, Move] = {
    "applications.application_submitted": _begins(Role.HANDLER.value),
    "applications.case_transferred": _transferred,
    "applications.case_taken": _assigned,
    "applications.case_assigned": _assigned,
    "applications.case_released": _assigned,
    "applications.completion_requested": _turns(OUTSIDE),
    "applications.completion_answered": _resumes,
    "applications.hearing_requested": _is_heard,
    "applications.hearing_answered": _resumes,
    "applications.opinion_requested": _turns(OUTSIDE),
    "applications.opinion_recorded": _resumes,
    "applications.request_expired": _resumes,
    "applications.decision_proposed": _turns(Role.DECISION_MAKER.value),
    "applications.proposal_returned": _turns(Role.HANDLER.value),
    "applications.proposal_fell": _turns(Role.HANDLER.value),
    "applications.standing_told": _told(TURNS),
    "applications.grant_awarded": _ends,
    "applications.grant_refused": _ends,
    "applications.application_withdrawn": _ends,
    "payments.claim_submitted": _begins(Role.VERIFIER.value),
    "payments.claim_verified": _turns(Role.HANDLER.value),
    "payments.payment_proposed": _turns(Role.DECISION_MAKER.value),
    "payments.payment_returned": _turns(Role.HANDLER.value),
    "payments.claim_released": _released,
    "payments.payment_decided": _turns(Role.PAYER.value),
    "payments.claim_standing_told": _told(TURNS_OF_CLAIMS),
    "payments.payment_ordered": _ends,
}
