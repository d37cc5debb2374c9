"""What the rules object to by themselves, line by line. The verifier decides; a finding only asks.

A finding of a verified line is frozen with it. Until then it is the rules' present opinion.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from services.payments.domain.cost_lines import CostLine
from services.payments.domain.grants import Grant
from shared.dates import Period
from shared.money import ZERO, Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What a rule may look at beside the line. `claimed_elsewhere`, `over_plan`: line numbers."""

    grant: Grant
    period: Period
    claimed_elsewhere: Collection[int]
    over_plan: Collection[int]


Rule = Callable[[CostLine, Background], str | None]


def outside_period(line: CostLine, background: Background) -> str | None:
    """Costs count only when incurred in the claim's period, itself inside the project's (asetus 866/2021 3 §)."""
    inside = line.incurred_on in background.period and line.incurred_on in background.grant.period
    return None if inside else "outside_period"


def not_in_plan(line: CostLine, background: Background) -> str | None:
    """The award accepted no costs of this category, or the flat rate already covers them (art. 56(1))."""
    return None if line.category in background.grant.claimable else "not_in_plan"


def claimed_twice(line: CostLine, background: Background) -> str | None:
    """The same cost is not paid twice ((EU) 2021/1060 art. 63(9)): the invoice or document was claimed before."""
    return "claimed_twice" if line.line in background.claimed_elsewhere else None


def above_category(line: CostLine, background: Background) -> str | None:
    """With this line the category goes over what the award's cost plan has for it."""
    return "above_category" if line.line in background.over_plan else None


def vat_recoverable(line: CostLine, background: Background) -> str | None:
    """More than the net price is claimed, so VAT is in it: eligible only as a final cost (art. 64(1)(c))."""
    return "vat_recoverable" if line.vat > ZERO and line.claimed > line.net else None


RULES: tuple[Rule, ...] = (outside_period, not_in_plan, claimed_twice, above_category, vat_recoverable)


def finding(line: CostLine, background: Background) -> str | None:
    """The first objection in the order of RULES, or None."""
    return next(filter(None, (rule(line, background) for rule in RULES)), None)


def examined(
    lines: Iterable[CostLine], grant: Grant, period: Period, claimed_elsewhere: Collection[int]
) -> tuple[CostLine, ...]:
    """The lines, each with what the rules object to."""
    lines = tuple(lines)
    background = Background(
        grant=grant, period=period, claimed_elsewhere=claimed_elsewhere, over_plan=lines_over_plan(lines, grant)
    )
    return tuple(replace(line, finding=finding(line, background)) for line in lines)


def lines_over_plan(lines: Iterable[CostLine], grant: Grant) -> frozenset[int]:
    """The lines from which on their category's claimed and earlier accepted costs exceed the plan."""
    so_far: dict[str, Money] = dict(grant.accepted)
    over = set()
    for line in lines:
        so_far[line.category] = so_far.get(line.category, ZERO) + line.claimed
        if so_far[line.category] > grant.planned(line.category):
            over.add(line.line)
    return frozenset(over)
