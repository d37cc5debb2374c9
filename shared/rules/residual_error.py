"""The error that is left after corrections, and what more to correct."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from shared.errors import Fault, InvalidFields
from shared.explained import Step
from shared.money import ZERO, Money, Rate
from shared.rules.rule import Rule, plain, titled
from shared.rules.sampling import MATERIALITY

RULE = Rule(
    name="residual_error",
    version="1",
    since=date(2014, 1, 1),
    until=None,
    source="(EU) 2021/1060 art. 98, annex XX; EGESIF 16-0014",
    titles=titled("Jäännösvirhe", "Resterande fel", "Residual error"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Residual:
    """`total_error_rate` and `residual_rate` in percent to four decimals; `extrapolated` is the correction that
    brings the rest down to materiality."""

    total_error: Money
    total_error_rate: Decimal
    residual_rate: Decimal
    material: bool
    extrapolated: Money
    steps: tuple[Step, ...]


def residual_error(
    book: Money,
    projected: Money,
    *,
    systemic: Money = ZERO,
    anomalous: Money = ZERO,
    corrected: Money = ZERO,
    materiality: Rate = MATERIALITY,
) -> Residual:
    """The error left after corrections, and what more to correct: (R - x) / (B - x) = materiality for x, a cent up."""
    if book <= ZERO or corrected >= book:
        raise InvalidFields(faults=[Fault("book_value", "must_be_positive")])
    whole = projected + systemic + anomalous
    left, base = max(whole - corrected, ZERO), book - corrected
    rate = materiality.percent / 100
    material = Decimal(left.cents) > rate * base.cents
    extra = ZERO
    if material:
        exact = (Decimal(left.cents) - rate * base.cents) / (1 - rate)
        extra = Money(int(exact.to_integral_value(ROUND_CEILING)))
    return Residual(
        total_error=whole,
        total_error_rate=_percent(whole, book),
        residual_rate=_percent(left, base),
        material=material,
        extrapolated=extra,
        steps=(
            Step(sign="+", what="error_projected", amount=projected),
            Step(sign="+", what="error_systemic", amount=systemic),
            Step(sign="+", what="error_anomalous", amount=anomalous),
            Step(sign="=", what="total_error", amount=whole, facts={"rate": plain(_percent(whole, book))}),
            Step(sign="−", what="corrected", amount=corrected),
            Step(
                sign="=",
                what="residual",
                amount=left,
                source=RULE.source,
                facts={"rate": plain(_percent(left, base))},
            ),
            Step(sign="=", what="extrapolated_correction", amount=extra, source=RULE.source),
        ),
    )


def _percent(part: Money, whole: Money) -> Decimal:
    return (Decimal(part.cents) * 100 / whole.cents).quantize(Decimal("0.0001"), ROUND_HALF_UP)
