"""The accounting year of the programmes and what is lost when money is not used in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from shared.errors import Fault, InvalidFields
from shared.explained import Step
from shared.money import ZERO, Money, total
from shared.rules.calendar import end_of_year
from shared.rules.rule import Rule, titled

YEAR = Rule(
    name="accounting_year",
    version="1",
    since=date(2014, 1, 1),
    until=date(2030, 6, 30),
    source="(EU) 2021/1060 art. 2(29), 98; (EU) 1303/2013 art. 2(29), 138; (EU, Euratom) 2024/2509 art. 63",
    titles=titled("Tilivuosi", "Räkenskapsår", "Accounting year"),
)
DECOMMITMENT = Rule(
    name="decommitment",
    version="1",
    since=date(2014, 1, 1),
    until=date(2030, 12, 31),
    source="(EU) 2021/1060 art. 105; (EU) 1303/2013 art. 136; (EU) 2025/1914",
    titles=titled("Sitoumuksen vapautuminen (n+3)", "Återtagande av åtagande (n+3)", "Decommitment (n+3)"),
)
P2014, P2021 = "2014-2020", "2021-2027"
_JULY = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From the first day of spending to the last; the years between begin on 1 July."""

    first: date
    first_year_ends: date
    last: date
    source: str


_SPANS = {
    P2014: Span(
        first=date(2014, 1, 1),
        first_year_ends=date(2015, 6, 30),
        last=date(2024, 6, 30),
        source="(EU) 1303/2013 art. 2(29)",
    ),
    P2021: Span(
        first=date(2021, 1, 1),
        first_year_ends=date(2022, 6, 30),
        last=date(2030, 6, 30),
        source="(EU) 2021/1060 art. 2(29)",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountingYear:
    number: int
    first: date
    last: date
    package_by: date
    steps: tuple[Step, ...]


def accounting_year(on: date, period: str) -> AccountingYear:
    """The accounting year of a day, and by when its package goes to the Commission. Raises InvalidFields."""
    span = _SPANS[period]
    if not span.first <= on <= span.last:
        facts = {"first": span.first.isoformat(), "last": span.last.isoformat()}
        raise InvalidFields(faults=[Fault("on", "outside_the_period", facts)])
    if on <= span.first_year_ends:
        first, last = span.first, span.first_year_ends
    else:
        year = on.year if on.month >= _JULY else on.year - 1
        first, last = date(year, 7, 1), date(year + 1, 6, 30)
    package = date(last.year + 1, 2, 15)
    number = last.year - span.first_year_ends.year + 1
    facts = {"first": first.isoformat(), "last": last.isoformat(), "number": str(number)}
    steps = (
        Step(sign="=", what="accounting_year", source=span.source, facts=facts),
        Step(sign="=", what="package_by", source="(EU, Euratom) 2024/2509 art. 63", facts={"day": package.isoformat()}),
    )
    return AccountingYear(number=number, first=first, last=last, package_by=package, steps=steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A year's commitment of the Union's budget to a programme."""

    year: int
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Decommitment:
    """`must_be_used` by the end of the year; `at_risk` is what is not."""

    by: date
    must_be_used: Money
    used: Money
    at_risk: Money
    steps: tuple[Step, ...]


_TENTH, _SIX_TENTHS = [9, 1], [4, 6]
_LAST_YEAR_2021 = 2029


def decommitment(
    period: str, year: int, commitments: Iterable[Commitment], used: Money, *, extra_years: int = 0
) -> Decommitment:
    """What must have been used (advances paid and payment applications sent) by 31 December of the year.

    A commitment is to be used by the end of the third year after its own; that of 2027 by the end of 2029. Of
    the 2021 commitment 60 per cent counts for 2021 and 10 per cent is added to each of 2022-2025 (from
    knowledge, to be checked). `extra_years`: one more for programmes amended by (EU) 2025/1914.
    """
    rows = tuple(commitments)
    counted = tuple(
        (one, amount)
        for one, amount in _adjusted(period, rows)
        if one + 3 + extra_years <= year or (period == P2021 and year >= _LAST_YEAR_2021 + extra_years)
    )
    must = total(amount for _, amount in counted)
    risk = max(must - used, ZERO)
    last = end_of_year(year)
    source = "(EU) 2021/1060 art. 105" if period == P2021 else "(EU) 1303/2013 art. 136"
    steps = [
        Step(sign="+", what="commitment_of_year", amount=amount, source=source, facts={"year": str(one)})
        for one, amount in counted
    ]
    steps.append(Step(sign="=", what="must_be_used", amount=must, source=source, facts={"day": last.isoformat()}))
    steps.append(Step(sign="−", what="used", amount=used))
    steps.append(Step(sign="=", what="at_risk", amount=risk, source=source))
    return Decommitment(by=last, must_be_used=must, used=used, at_risk=risk, steps=tuple(steps))


def _adjusted(period: str, rows: tuple[Commitment, ...]) -> Iterator[tuple[int, Money]]:
    first = next((row.amount for row in rows if row.year == 2021 and period == P2021), ZERO)
    tenth = first.split(_TENTH)[1] if first else ZERO
    for row in sorted(rows, key=lambda row: row.year):
        if period == P2021 and row.year == 2021:
            yield row.year, row.amount - Money(tenth.cents * 4)
        elif period == P2021 and 2022 <= row.year <= 2025:
            yield row.year, row.amount + tenth
        else:
            yield row.year, row.amount
