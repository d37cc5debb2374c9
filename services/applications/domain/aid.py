"""Aid: the call's rate of the eligible costs, never above a ceiling, each step told.

Every cut rounds down: no cent of aid above what a rule allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from services.applications.domain.calls import Call
from services.applications.domain.cost_models import EligibleCosts, eligible_costs
from services.applications.domain.plans import Cost
from services.applications.domain.rulesets import Ruleset
from shared.explained import Step
from shared.money import ZERO, Money

FULL_FINANCING_SOURCE = "VAL 688/2001 6 §"  # aid and other public aid together: at most the total costs


@dataclass(frozen=True, slots=True, kw_only=True)
class Aid:
    """`amount` euros on `costs`. `steps` begin from the costs and end at the amount."""

    amount: Money
    costs: EligibleCosts
    steps: tuple[Step, ...]


def aid_for(
    costs: tuple[Cost, ...],
    call: Call,
    ruleset: Ruleset,
    *,
    public_financing: Money = ZERO,
    sought: Money | None = None,
) -> Aid:
    """What the rules allow on these costs. `sought` caps a decision: more than was applied for is never granted."""
    eligible = eligible_costs(call.cost_model, costs, ruleset)
    by_rate = eligible.total.at(call.aid_rate)
    caps = tuple(_caps(eligible, call, public_financing, sought))
    amount = min((by_rate, *(cap.amount for cap in caps if cap.amount is not None)))
    steps = (
        *eligible.steps,
        Step(sign="×", what="aid_rate", amount=by_rate, source=call.call_id, facts={"rate": str(call.aid_rate)}),
        *caps,
        Step(sign="=", what="aid", amount=amount, source=ruleset.id),
    )
    return Aid(amount=amount, costs=eligible, steps=steps)


def _caps(eligible: EligibleCosts, call: Call, public: Money, sought: Money | None) -> Iterator[Step]:
    yield Step(sign="≤", what="aid_most", amount=call.aid_most, source=call.call_id)
    if public:
        left = max(eligible.total - public, ZERO)
        facts = {"costs": str(eligible.total), "public_financing": str(public)}
        yield Step(sign="≤", what="left_by_public_financing", amount=left, source=FULL_FINANCING_SOURCE, facts=facts)
    if sought is not None:
        yield Step(sign="≤", what="aid_sought", amount=sought)
