"""The audit authority's sample by monetary units, and its projection.

Formulas of the Commission's guidance EGESIF 16-0014, section 6.3 (from knowledge, to be checked): n from the book
value, the interval, a stratum of everything larger than the interval that is audited whole, and the interval of
the rest worked out anew from the rest, SI = BVs / ns, until nothing in it is larger. Sums are exact decimals;
sample sizes round up, money rounds half up at the end only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from shared.errors import Fault, InvalidFields
from shared.explained import Step
from shared.money import ZERO, Money, Rate, total
from shared.rules.rule import Rule, plain, titled

SOURCE = "(EU) 2021/1060 art. 77, 79; (EU) 2023/67; EGESIF 16-0014 6.3"
MUS = Rule(
    name="monetary_unit_sampling",
    version="1",
    since=date(2014, 1, 1),
    until=None,
    source=SOURCE,
    titles=titled("Rahayksikköotanta (MUS)", "Urval av monetära enheter (MUS)", "Monetary unit sampling (MUS)"),
)
SAMPLE = Rule(
    name="audit_sample",
    version="1",
    since=date(2014, 1, 1),
    until=None,
    source="(EU) 2021/1060 art. 79(2)-(3); (EU) 1303/2013 art. 127(1)",
    titles=titled("Otoksen laji ja koko", "Urvalets art och storlek", "Kind and size of the sample"),
)
# Assurance that the sample must give, by how well the control system works (category 1 is the best).
CONFIDENCE: Mapping[int, tuple[str, Decimal]] = {
    1: ("60", Decimal("0.842")),
    2: ("70", Decimal("1.036")),
    3: ("80", Decimal("1.282")),
    4: ("90", Decimal("1.645")),
}
MATERIALITY = Rate.of("2")
_CENT = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A sampling unit: a claim or an operation, with what was declared of it."""

    name: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The error found in an audited unit; zero when there was none. Of each unit drawn, one."""

    name: str
    error: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """`upper_limit` = `error` + `precision`. `verdict`: acceptable, material, or more_work between them."""

    exhaustive_error: Money
    projected_error: Money
    error: Money
    precision: Money
    upper_limit: Money
    tolerable: Money
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """`size` in all; `exhaustive` are audited whole, and `random_size` drawn of the rest by `interval`."""

    book_value: Money
    size: int
    first_interval: Money
    exhaustive: tuple[str, ...]
    random_value: Money
    random_size: int
    interval: Money
    projection: Projection | None
    steps: tuple[Step, ...]


def monetary_unit_sample(
    units: Sequence[Unit],
    category: int,
    expected_error: Money,
    deviation: Decimal,
    *,
    materiality: Rate = MATERIALITY,
    findings: Sequence[Finding] = (),
) -> Sample:
    """The sample for the units, and what its findings say of them all.

    `category` of the control system, 1-4; `expected_error` in euros, below the tolerable; `deviation` the
    standard deviation of error rates, from a pilot or the year before. Raises InvalidFields.
    """
    book = total(unit.amount for unit in units)
    tolerable = book.at(materiality)
    _must_be_possible(units, expected_error, tolerable)
    _, z = CONFIDENCE[category]
    size = min(_size(z, book, deviation, tolerable - expected_error), len(units))
    large, rest = _strata(units, size)
    rest_value = total(unit.amount for unit in rest)
    rest_size = min(max(size - len(large), 1), len(rest)) if rest else 0
    interval = Decimal(rest_value.cents) / rest_size if rest_size else Decimal(0)
    projection = _projected(large, rest, findings, interval, z, rest_value, tolerable) if findings else None
    sizes = _size_steps(book, len(units), tolerable, materiality, category, deviation, size)
    return Sample(
        book_value=book,
        size=size,
        first_interval=_money(Decimal(book.cents) / size),
        exhaustive=tuple(unit.name for unit in large),
        random_value=rest_value,
        random_size=rest_size,
        interval=_money(interval),
        projection=projection,
        steps=(
            *sizes,
            *_stratum_steps(large, book - rest_value, interval, rest_size),
            *(_projection_steps(projection) if projection else ()),
        ),
    )


def _size_steps(
    book: Money, units: int, tolerable: Money, materiality: Rate, category: int, deviation: Decimal, size: int
) -> Iterator[Step]:
    percent, z = CONFIDENCE[category]
    confidence = {"rate": percent, "z": plain(z), "number": str(category)}
    yield Step(sign="+", what="book_value", amount=book, facts={"units": str(units)})
    yield Step(sign="×", what="tolerable_error", amount=tolerable, source=SOURCE, facts={"rate": str(materiality)})
    yield Step(sign="=", what="confidence", source=SOURCE, facts=confidence)
    sized = {"number": str(size), "deviation": plain(deviation)}
    yield Step(sign="=", what="sample_size", source=SOURCE, facts=sized)
    yield Step(sign="=", what="first_interval", amount=_money(Decimal(book.cents) / size), source=SOURCE)


def _stratum_steps(large: Sequence[Unit], amount: Money, interval: Decimal, rest_size: int) -> Iterator[Step]:
    taken = {"number": str(len(large)), "units": ", ".join(unit.name for unit in large)}
    yield Step(sign="=", what="exhaustive_stratum", amount=amount, source=SOURCE, facts=taken)
    rest = {"number": str(rest_size)}
    yield Step(sign="=", what="interval_of_rest", amount=_money(interval), source=SOURCE, facts=rest)


def _must_be_possible(units: Sequence[Unit], expected: Money, tolerable: Money) -> None:
    if not units:
        raise InvalidFields(faults=[Fault("units", "required")])
    if any(unit.amount <= ZERO for unit in units):
        raise InvalidFields(faults=[Fault("units", "must_be_positive")])  # negative units are another population
    if len({unit.name for unit in units}) < len(units):
        raise InvalidFields(faults=[Fault("units", "twice")])
    if expected >= tolerable:
        raise InvalidFields(faults=[Fault("expected_error", "not_below_tolerable", {"most": str(tolerable)})])


def _size(z: Decimal, book: Money, deviation: Decimal, margin: Money) -> int:
    root = z * Decimal(book.cents) * deviation / Decimal(margin.cents)
    return max(int((root * root).to_integral_value(ROUND_CEILING)), 1)


def _strata(units: Sequence[Unit], size: int) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
    """Everything above the interval of what is left is taken whole, again until nothing above it is left."""
    large: tuple[Unit, ...] = ()
    rest = tuple(units)
    while rest and size > len(large):
        interval = Decimal(total(unit.amount for unit in rest).cents) / (size - len(large))
        above = tuple(unit for unit in rest if unit.amount.cents > interval)
        if not above:
            break
        large = (*large, *above)
        rest = tuple(unit for unit in rest if unit.amount.cents <= interval)
    return large, rest


def _projected(
    large: tuple[Unit, ...],
    rest: tuple[Unit, ...],
    findings: Sequence[Finding],
    interval: Decimal,
    z: Decimal,
    rest_value: Money,
    tolerable: Money,
) -> Projection:
    found = {finding.name: finding.error for finding in findings}
    known = {unit.name for unit in (*large, *rest)}
    for at, finding in enumerate(findings):
        if finding.name not in known:
            raise InvalidFields(faults=[Fault(f"findings.{at}.name", "no_such_unit")])
    whole = total(found.get(unit.name, ZERO) for unit in large)
    drawn = [unit for unit in rest if unit.name in found]
    rates = [Decimal(found[unit.name].cents) / unit.amount.cents for unit in drawn]
    projected = interval * sum(rates, Decimal(0))
    precision = (
        z * Decimal(rest_value.cents) * _deviation_of(rates) / Decimal(len(rates)).sqrt() if rates else Decimal(0)
    )
    error = whole + _money(projected)
    limit = error + _money(precision)
    verdict = "material" if error > tolerable else "acceptable" if limit <= tolerable else "more_work"
    return Projection(
        exhaustive_error=whole,
        projected_error=_money(projected),
        error=error,
        precision=_money(precision),
        upper_limit=limit,
        tolerable=tolerable,
        verdict=verdict,
    )


def _deviation_of(rates: Sequence[Decimal]) -> Decimal:
    """The standard deviation of a sample; of one unit it is not known and counts as none."""
    if len(rates) < 2:
        return Decimal(0)
    mean = sum(rates, Decimal(0)) / len(rates)
    return (sum(((rate - mean) ** 2 for rate in rates), Decimal(0)) / (len(rates) - 1)).sqrt()


def _projection_steps(made: Projection) -> Iterator[Step]:
    yield Step(sign="+", what="error_of_exhaustive", amount=made.exhaustive_error, source=SOURCE)
    yield Step(sign="+", what="error_projected", amount=made.projected_error, source=SOURCE)
    yield Step(sign="=", what="most_likely_error", amount=made.error)
    yield Step(sign="+", what="precision", amount=made.precision, source=SOURCE)
    yield Step(sign="=", what="upper_limit_of_error", amount=made.upper_limit)
    yield Step(sign="≤", what=f"error_{made.verdict}", amount=made.tolerable, source=SOURCE)


def _money(cents: Decimal) -> Money:
    return Money(int(cents.quantize(_CENT, ROUND_HALF_UP)))


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleKind:
    """`least_units` and `least_spending` of a sample that is not statistical."""

    statistical: bool
    least_units: int
    least_spending: Money | None
    steps: tuple[Step, ...]


FEW = 300
P2014, P2021 = "2014-2020", "2021-2027"


def audit_sample(period: str, units: int, spending: Money = ZERO) -> SampleKind:
    """Statistical from 300 units up. Below, at least a tenth of the units; in 2014-2020 at least a twentieth of
    the operations and a tenth of the spending."""
    statistical = units >= FEW
    share = Decimal(10) if period == P2021 else Decimal(5)
    least = int((Decimal(units) * share / 100).to_integral_value(ROUND_CEILING))
    least_spending = spending.at(Rate.of("10")) if period == P2014 and not statistical else None
    what = "sample_statistical" if statistical else "sample_not_statistical"
    facts = {"units": str(units), "number": str(least), "rate": plain(share)}
    step = Step(sign="=", what=what, amount=least_spending, source=SAMPLE.source, facts=facts)
    return SampleKind(
        statistical=statistical,
        least_units=0 if statistical else least,
        least_spending=least_spending,
        steps=(step,),
    )
