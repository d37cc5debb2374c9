"""Aid: the call's rate of the eligible costs, never above a ceiling, each step told.

Every cut rounds down: no cent of aid above what a rule allows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from services.applications.domain.cost_models import EligibleCosts, eligible_costs
from services.applications.domain.plans import Cost
from services.applications.domain.rulesets import Ruleset
from shared.explained import Step
from shared.money import ZERO, Money, Rate

FULL_FINANCING_SOURCE = "VAL 688/2001 6 §"  # aid and other public aid together: at most the total costs


class AidTerms(Protocol):
    """What of a call its aid follows from."""

    @property
    def call_id(self) -> str: ...
    @property
    def cost_model(self) -> str: ...
    @property
    def aid_rate(self) -> Rate: ...
    @property
    def aid_most(self) -> Money: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Aid:
    """`amount` euros on `costs`. `steps` begin from the costs and end at the amount."""

    amount: Money
    costs: EligibleCosts
    steps: tuple[Step, ...]


def aid_for(
    costs: tuple[Cost, ...],
    call: AidTerms,
    ruleset: Ruleset,
    *,
    public_financing: Money = ZERO,
    sought: Money | None = None,
    ceilings: Sequence[Step] = (),
) -> Aid:
    """What the rules allow on these costs. `sought` caps a decision: more than was applied for is never granted.

    `ceilings` are what further rules allow at most, each a step with its source.
    """
    eligible = eligible_costs(call.cost_model, costs, ruleset)
    by_rate = eligible.total.at(call.aid_rate)
    caps = (*ceilings, *_caps(eligible, call, public_financing, sought))
    amount = min((by_rate, *(cap.amount for cap in caps if cap.amount is not None)))
    steps = (
        *eligible.steps,
        Step(sign="×", what="aid_rate", amount=by_rate, source=call.call_id, facts={"rate": str(call.aid_rate)}),
        *caps,
        Step(sign="=", what="aid", amount=amount, source=ruleset.id),
    )
    return Aid(amount=amount, costs=eligible, steps=steps)


def _caps(eligible: EligibleCosts, call: AidTerms, public: Money, sought: Money | None) -> Iterator[Step]:
    yield Step(sign="≤", what="aid_most", amount=call.aid_most, source=call.call_id)
    if public:
        left = max(eligible.total - public, ZERO)
        facts = {"costs": str(eligible.total), "public_financing": str(public)}
        yield Step(sign="≤", what="left_by_public_financing", amount=left, source=FULL_FINANCING_SOURCE, facts=facts)
    if sought is not None:
        yield Step(sign="≤", what="aid_sought", amount=sought)
