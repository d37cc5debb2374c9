"""What is payable on a verified claim, and every step to it.

paid so far ≤ min(aid, aid rate × accepted costs so far): structural-fund aid is a share of what has been
accepted on the whole grant, so each claim is worked out cumulatively and no cent is lost or won by splitting.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from services.payments.domain.cost_lines import CostLine, by_category
from services.payments.domain.grants import Grant
from shared.explained import Step
from shared.money import ZERO, Money, Rate, total
from shared.rules.sources import Portion, split_by_source

RULESET = "cpr-2021-1060/payable-1"
AWARD = "award"  # a step whose source is the funding decision itself
APPROVED, IN_PART, REJECTED = "approved", "approved_in_part", "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One source's part of a payment: `eu` or `state`."""

    source: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Payable:
    """`direct` is what the claim adds to the account by category, `accepted_costs` the same with the flat rate."""

    outcome: str
    direct: Mapping[str, Money]
    accepted_costs: Money
    amount: Money
    shares: tuple[Share, ...]
    steps: tuple[Step, ...]
    ruleset: str = RULESET


def work_out(lines: Iterable[CostLine], grant: Grant) -> Payable:
    """The payable sum of verified lines on the grant as it stands; never more than is left of the aid."""
    lines = tuple(lines)
    direct = by_category(lines)
    flat = flat_costs(direct, grant)
    accepted = total(direct.values()) + flat
    so_far = grant.accepted_costs + accepted
    by_rate = so_far.at(grant.aid_rate)
    amount = max(min(by_rate, grant.aid) - grant.approved, ZERO)
    return Payable(
        outcome=_outcome(lines, amount, whole=by_rate - grant.approved),
        direct=direct,
        accepted_costs=accepted,
        amount=amount,
        shares=shares_of(amount, grant),
        steps=(*_cost_steps(lines, direct, flat, grant), *_aid_steps(so_far, by_rate, amount, grant)),
    )


def flat_costs(direct: Mapping[str, Money], grant: Grant) -> Money:
    """What these direct costs add to the flat-rate costs; a cut staff euro takes its share with it.

    Worked out from all accepted costs of the grant, so that rounding never lifts the sum above the rate.
    """
    rate = grant.flat_rate
    if rate is None:
        return ZERO
    return rate.of(grant.accepted_with(direct)) - flat_before(grant)


def flat_before(grant: Grant) -> Money:
    return grant.accepted_costs - total(grant.accepted.values())


def shares_of(amount: Money, grant: Grant) -> tuple[Share, ...]:
    """The EU's part rounded down, the State the rest: the Union never pays a cent too much."""
    eu, state = grant.eu_share, Rate(Decimal(100) - grant.eu_share.percent)
    portions = (Portion(source="eu", rate=eu), Portion(source="state", rate=state))
    return tuple(
        Share(source=portion.source, amount=portion.amount)
        for portion in split_by_source(amount, portions).portions
        if portion.rate.percent
    )


def _outcome(lines: tuple[CostLine, ...], amount: Money, whole: Money) -> str:
    if not amount:
        return REJECTED
    cut = any(line.cut for line in lines)
    return IN_PART if cut or amount < whole else APPROVED


def _cost_steps(lines: tuple[CostLine, ...], direct: Mapping[str, Money], flat: Money, grant: Grant) -> Iterable[Step]:
    claimed = total(line.claimed for line in lines)
    accepted = total(direct.values())
    yield Step(
        sign="+",
        what="accepted_lines",
        amount=accepted,
        source="(EU) 2021/1060 art. 53(1)(a)",
        facts={"claimed": str(claimed), "cut": str(claimed - accepted), "lines": str(len(lines))},
    )
    if rate := grant.flat_rate:
        base = rate.base_of(grant.accepted_with(direct))
        facts = {"rate": str(rate.rate), "base": str(base), "before": str(flat_before(grant)), "model": rate.model}
        yield Step(sign="+", what="flat_rate", amount=flat, source=rate.source, facts=facts)
    if grant.accepted_costs:
        yield Step(sign="+", what="accepted_before", amount=grant.accepted_costs)


def _aid_steps(so_far: Money, by_rate: Money, amount: Money, grant: Grant) -> Iterable[Step]:
    yield Step(sign="=", what="accepted_so_far", amount=so_far)
    yield Step(sign="×", what="aid_rate", amount=by_rate, source=AWARD, facts={"rate": str(grant.aid_rate)})
    if by_rate > grant.aid:
        yield Step(sign="≤", what="aid_awarded", amount=grant.aid, source=AWARD, facts={"rate_share": str(by_rate)})
    if grant.approved:
        yield Step(sign="−", what="approved_before", amount=grant.approved)
    yield Step(sign="=", what="payable", amount=amount)
