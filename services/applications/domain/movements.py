"""What a case binds of the authority to grant, envelope by envelope: bound by acts, given back by later ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from services.applications.domain.envelopes import Envelope
from shared.money import ZERO, Money, total


class ReleasesTooMuch(ValueError):
    """More was about to be released than the case binds: the sums of the case and of the envelope disagree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """`amount` bound (above zero) or released (below zero) in the envelope by an act. `why` is a stable code."""

    authority: str
    fund: str
    priority: str
    budget_year: int
    amount: Money
    act: int
    why: str
    at: datetime
    by: str

    @property
    def envelope_id(self) -> str:
        return self.envelope.envelope_id

    @property
    def envelope(self) -> Envelope:
        return Envelope(authority=self.authority, fund=self.fund, priority=self.priority, budget_year=self.budget_year)


def bound_by_envelope(movements: Iterable[Movement]) -> Mapping[str, Money]:
    """What the case binds of each envelope now, in the order in which it first bound them."""
    bound: dict[str, Money] = {}
    for movement in movements:
        bound[movement.envelope_id] = bound.get(movement.envelope_id, ZERO) + movement.amount
    return bound


def bound_in_all(movements: Iterable[Movement]) -> Money:
    return total(movement.amount for movement in movements)


def released(
    movements: tuple[Movement, ...], amount: Money, *, act: int, why: str, at: datetime, by: str
) -> tuple[Movement, ...]:
    """The movements that give the amount back: what was bound last is released first.

    Raises ReleasesTooMuch when the case does not bind so much.
    """
    bound = bound_by_envelope(movements)
    latest = {movement.envelope_id: movement for movement in movements}
    left, given = amount, []
    for envelope_id in reversed(list(bound)):
        part = min(left, bound[envelope_id])
        if part > ZERO:
            key = latest[envelope_id].envelope
            given.append(_movement(key, -part, act=act, why=why, at=at, by=by))
            left -= part
    if left:
        raise ReleasesTooMuch(f"{amount} to release, {bound_in_all(movements)} bound")
    return tuple(given)


def binding(envelope: Envelope, amount: Money, *, act: int, why: str, at: datetime, by: str) -> Movement:
    return _movement(envelope, amount, act=act, why=why, at=at, by=by)


def _movement(envelope: Envelope, amount: Money, *, act: int, why: str, at: datetime, by: str) -> Movement:
    return Movement(
        authority=envelope.authority,
        fund=envelope.fund,
        priority=envelope.priority,
        budget_year=envelope.budget_year,
        amount=amount,
        act=act,
        why=why,
        at=at,
        by=by,
    )
