"""Filters of the work queue as conditions, one a filter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session, aliased

from services.applications.domain.interests import Answer
from services.applications.domain.states import UNFILED, State
from services.applications.domain.views import GROUPS, OPEN, WAITS_FOR
from services.applications.records import ApplicationRecord, CallRecord, DeclarationRecord, SubstitutionRecord
from shared.asker import Asker

A, C, D, S = ApplicationRecord, CallRecord, DeclarationRecord, SubstitutionRecord
DOUBT = aliased(DeclarationRecord)  # anybody's, beside the asker's own
Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Eyes:
    """Who looks, on which day, and for whom they stand in on it."""

    person: str
    authority: str
    today: date
    stands_in_for: tuple[str, ...]


def eyes_of(session: Session, asker: Asker, today: date) -> Eyes:
    away = select(S.person).where(
        S.substitute == asker.person, S.authority == asker.authority, S.first <= today, S.last >= today
    )
    absent = tuple(sorted(set(session.scalars(away))))
    return Eyes(person=asker.person, authority=asker.authority or "", today=today, stands_in_for=absent)


def conditions(eyes: Eyes, filters: Mapping[str, Any]) -> list[Condition]:
    """Everything but the search, and but whose authority's: see `own` and `searching.within`."""
    group = filters.get("group") or ("all" if filters.get("state") else "open")
    # Said as what it is not, everything is the arrival index's own condition.
    found = [A.state.not_in(_values(UNFILED)) if group == "all" else A.state.in_(_values(GROUPS[group]))]
    if group == "untaken":
        found.append(A.handler.is_(None))
    if group == "in_hand":
        found.append(A.handler.is_not(None))
    for name, narrow in _NARROWING.items():
        value = filters.get(name)
        if value not in (None, "", False, []):
            found.append(narrow(eyes, value))
    return found


def own(eyes: Eyes) -> Condition:
    return A.authority == eyes.authority


def _values(states: Sequence[State] | frozenset[State]) -> list[str]:
    return sorted(state.value for state in states)


def _handler(eyes: Eyes, value: str) -> Condition:
    if value == "nobody":
        return A.handler.is_(None)
    return A.handler == (eyes.person if value == "me" else value)


def _waiting_for(eyes: Eyes, value: str) -> Condition:
    return A.state.in_(_values([state for state, who in WAITS_FOR.items() if who == value]))


def _fund(eyes: Eyes, value: str) -> Condition:
    return A.call_id.in_(select(C.call_id).where(C.fund == value))


def _overdue(eyes: Eyes, value: bool) -> Condition:
    return and_(A.due_on < eyes.today, A.state.in_(_values(OPEN)))


def _undeclared(eyes: Eyes, value: bool) -> Condition:
    own = aliased(DeclarationRecord)
    return ~exists().where(own.number == A.number, own.person == eyes.person, own.superseded_at.is_(None))


def _unsure(eyes: Eyes, value: bool) -> Condition:
    return A.number.in_(select(DOUBT.number).where(*waiting()))


def _substituting(eyes: Eyes, value: bool) -> Condition:
    return A.handler.in_(eyes.stands_in_for)


def waiting() -> tuple[Condition, ...]:
    """Doubts that nobody has resolved."""
    return (DOUBT.superseded_at.is_(None), DOUBT.answer == Answer.UNSURE.value, DOUBT.verdict.is_(None))


_NARROWING: Mapping[str, Any] = {
    "state": lambda eyes, value: A.state.in_(value),
    "region": lambda eyes, value: A.region == value,
    "call_id": lambda eyes, value: A.call_id == value,
    "fund": _fund,
    "handler": _handler,
    "waiting_for": _waiting_for,
    "overdue": _overdue,
    "due_before": lambda eyes, value: A.due_on < value,
    "aid_least": lambda eyes, value: A.aid_sought >= value,
    "aid_most": lambda eyes, value: A.aid_sought <= value,
    "undeclared": _undeclared,
    "unsure": _unsure,
    "substituting": _substituting,
}
