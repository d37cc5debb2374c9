"""A sum shared among those who finance it: each source its share, and the odd cents to the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shared.errors import Fault, InvalidFields
from shared.explained import Step
from shared.money import ZERO, Money, Rate
from shared.rules.rule import Rule, titled

RULE = Rule(
    name="split_by_source",
    version="1",
    since=date(2014, 1, 1),
    until=None,
    source="award",
    titles=titled("Jako rahoituslähteille", "Fördelning på finansieringskällor", "Split by source"),
)
_WHOLE = 1_000_000  # 100 per cent in ten-thousandths of a per cent
_PER_CENT = _WHOLE // 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    source: str
    rate: Rate
    amount: Money = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """`portions` add up to the sum, to the cent."""

    portions: tuple[Portion, ...]
    steps: tuple[Step, ...]


def split_by_source(amount: Money, portions: Sequence[Portion]) -> Shared:
    """Every part is rounded down but the last with any share, which takes what is left: put the state last,
    and the Union never pays a cent too much. Raises InvalidFields when the shares are not 100 per cent."""
    together = sum((portion.rate.percent for portion in portions), Decimal(0))
    if together != Decimal(100):
        raise InvalidFields(faults=[Fault("portions", "shares_not_whole", {"total": str(together)})])
    parts = amount.split([int(portion.rate.percent * _PER_CENT) for portion in portions])
    shared = tuple(
        Portion(source=portion.source, rate=portion.rate, amount=part)
        for portion, part in zip(portions, parts, strict=True)
    )
    rows = [
        Step(
            sign="+", what="share_of_source", amount=one.amount, facts={"of_source": one.source, "rate": str(one.rate)}
        )
        for one in shared
    ]
    return Shared(portions=shared, steps=(*rows, Step(sign="=", what="sum_shared", amount=amount)))
