"""What an act moves in the envelopes: more aid is bound, less is given back to where it came from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services.applications.domain.acts import ActKind
from services.applications.domain.calls import Call
from services.applications.domain.decided_cases import DecidedCase
from services.applications.domain.envelopes import envelope_of
from services.applications.domain.later_acts import Decided
from services.applications.domain.movements import Movement, binding, released
from services.applications.ports import Work
from shared.money import ZERO


def bind_and_release(
    work: Work, case: DecidedCase, decided: Decided, call: Call
) -> tuple[DecidedCase, tuple[Movement, ...]]:
    """The case with its movements, each made in its envelope too, and those movements.

    What the case binds is always the aid of its terms. Raises AuthorityShort.
    """
    act = decided.act
    more = act.terms.aid - case.bound
    if not more:
        return case, ()
    told: dict[str, Any] = {"act": act.ordinal, "why": act.kind.value, "at": work.now, "by": work.asker.person}
    moved: tuple[Movement, ...]
    if more > ZERO:
        envelope = envelope_of(call, case.authority)
        if act.kind is ActKind.TRANCHE and act.year:
            envelope = replace(envelope, budget_year=act.year)
        moved = (binding(envelope, more, **told),)
    else:
        moved = released(case.movements, -more, **told)
    # After the case's lock and by name: whoever moves several envelopes locks them in the same order.
    for movement in sorted(moved, key=lambda one: one.envelope_id):
        kept = work.envelopes.locked(movement.envelope)
        amount = movement.amount
        work.envelopes.put(kept.reserving(amount) if amount > ZERO else kept.releasing(-amount))
        work.movements.add(case.number, movement)
    return replace(case, movements=(*case.movements, *moved)), moved
