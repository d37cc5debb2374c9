"""The simulator: a visitor asks, nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from services.applications.domain.plans import Cost
from services.applications.domain.simulation import Told, simulate
from services.applications.ports import Work
from services.applications.screens import Screen
from shared.money import ZERO, Money
from shared.rules.de_minimis import EarlierAid
from shared.rules.sme_size import Size


def simulate_aid(
    work: Work,
    call_id: str,
    costs: Sequence[Mapping[str, Any]],
    earlier_aid: Sequence[Mapping[str, Any]],
    size: str,
    municipality: str,
    public_financing: Money | None,
    works_start_on: date | None,
    **answers: bool | None,
) -> Screen:
    """The fields of the contract's Simulation. Raises NotFound for a call that is not there, InvalidFields."""
    call = work.calls.get(call_id)
    told = Told(
        costs=tuple(
            Cost(category=row["category"], description="", year=call.period_first.year, amount=row["amount"])
            for row in costs
        ),
        public_financing=public_financing or ZERO,
        size=Size(size) if size else None,
        municipality=municipality,
        earlier_aid=tuple(EarlierAid(granted_on=row["granted_on"], amount=row["amount"]) for row in earlier_aid),
        works_start_on=works_start_on,
        **answers,
    )
    made = simulate(call, told, work.now)
    return {
        "call_id": call.call_id,
        "verdict": made.verdict,
        "eligible_costs": made.eligible_costs,
        "aid": made.aid,
        "aid_rate": call.aid_rate,
        "own_share": made.own_share,
        "basis": made.basis,
        "aid_area": made.aid_area,
        "headroom": made.headroom,
        "window_first": made.window_first,
        "obstacles": made.obstacles,
        "missing": made.missing,
        "steps": made.steps,
        "rules": [{"rule": rule.name, "version": rule.version, "source": rule.source} for rule in made.rules],
        "ruleset": made.ruleset,
    }
