"""Staff costs by the hour: the last yearly gross salary over 1 720 hours, with the fixed on-cost percentage.

Rounding: the price of an hour is rounded down to the cent, and so is the on-cost of the salaries together; a
unit cost is a price, and no cent is to be above it. An hour worked part time has the same price: the year's
hours shrink with the salary.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from shared.errors import Fault, InvalidFields
from shared.explained import Step
from shared.money import Money, Rate
from shared.rules.dated import begun_last
from shared.rules.rule import Rule, plain, titled

HOURS_OF_YEAR = Decimal(1720)
HOURS_SOURCE = "(EU) 2021/1060 art. 55(2)-(3)"
HOURS_SOURCE_2014 = "(EU) 1303/2013 art. 68a(2)"
RULE = Rule(
    name="hourly_cost",
    version="1",
    since=date(2014, 1, 1),
    until=date(2029, 12, 31),
    source=f"{HOURS_SOURCE}; {HOURS_SOURCE_2014}; TEM 24.8.2021",
    titles=titled("Tuntihinta ja vakiosivukulu", "Timpris och schabloniserade bikostnader", "Hourly cost with on-cost"),
)
STANDARD, TEACHER, NONE = "standard", "teacher_without_holiday_bonus", "none"
_FROM_2021 = date(2021, 8, 24)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnCost:
    """The fixed percentage of employer's costs on salaries, set by the managing authority."""

    key: str
    rate: Rate
    since: date
    source: str


ON_COSTS: tuple[OnCost, ...] = (
    OnCost(key=STANDARD, rate=Rate.of("26.44"), since=_FROM_2021, source="TEM 24.8.2021"),
    OnCost(key=TEACHER, rate=Rate.of("20.42"), since=_FROM_2021, source="TEM 24.8.2021"),
)
ON_COST_KEYS = (STANDARD, TEACHER, NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class HourlyCost:
    """`hour` is the salary of one hour; `salary` + `on_cost` = `staff`. `hours_most` what may still be claimed."""

    hour: Money
    hour_with_on_cost: Money
    hours: Decimal
    hours_most: Decimal
    salary: Money
    on_cost: Money
    staff: Money
    steps: tuple[Step, ...]


def hourly_cost(
    on: date,
    yearly_gross: Money,
    hours: Decimal,
    *,
    on_cost: str = STANDARD,
    part_time: Decimal = Decimal(100),
    hours_elsewhere: Decimal = Decimal(0),
) -> HourlyCost:
    """What `hours` of one person's year cost. `yearly_gross` is what is paid for `part_time` per cent of full time.

    `hours_elsewhere`: the person's hours of the same year in other projects. Raises InvalidFields for more
    hours than a year has, and when no on-cost percentage is known on the day.
    """
    year = HOURS_OF_YEAR * part_time / 100
    most = year - hours_elsewhere
    if hours > most:
        raise InvalidFields(faults=[Fault("hours", "more_than_a_year", {"most": plain(max(most, Decimal(0)))})])
    rate, rate_source = _on_cost_on(on, on_cost)
    hour = _down(Decimal(yearly_gross.cents) / year)
    salary = _down(hour.cents * hours)
    added = salary.at(rate)
    source = HOURS_SOURCE if on >= date(2021, 7, 1) else HOURS_SOURCE_2014
    facts = {"salary": str(yearly_gross), "hours": plain(year)}
    return HourlyCost(
        hour=hour,
        hour_with_on_cost=hour + hour.at(rate),
        hours=hours,
        hours_most=most,
        salary=salary,
        on_cost=added,
        staff=salary + added,
        steps=(
            Step(sign="=", what="price_of_hour", amount=hour, source=source, facts=facts),
            Step(sign="×", what="hours_worked", amount=salary, source=source, facts={"hours": plain(hours)}),
            Step(sign="+", what="on_cost", amount=added, source=rate_source, facts={"rate": str(rate)}),
            Step(sign="=", what="staff_costs", amount=salary + added),
        ),
    )


def _on_cost_on(on: date, key: str) -> tuple[Rate, str]:
    if key == NONE:
        return Rate(Decimal(0)), ""
    found = begun_last((row for row in ON_COSTS if row.key == key), on)
    if found is None:
        raise InvalidFields(faults=[Fault("on_cost", "no_on_cost_on_the_day", {"since": _FROM_2021.isoformat()})])
    return found.rate, found.source


def _down(cents: Decimal) -> Money:
    return Money(int(cents.to_integral_value(ROUND_DOWN)))
