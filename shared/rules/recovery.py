"""Taking aid back: the interest on it, and until when it may be decided.

Interest runs from the day the aid was paid to the day it is paid back (VAL 688/2001 24 §): the reference rate of
the half-year and three percentage points. From the due day of the recovery on, late interest instead (25 §,
korkolaki 4 §): the reference rate and seven points. The day of payment is not counted, the day of return is.
A day costs a 365th of the year's interest, in a leap year a 366th, so that a year costs the year's rate.
Each half-year's interest is rounded down to the cent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from shared.errors import Fault, InvalidFields
from shared.explained import Step
from shared.money import Money, total
from shared.reference.interest import reference_rate_on
from shared.rules.calendar import end_of_year, years_after
from shared.rules.rule import Rule, plain, titled, yes

RECOVERY_SOURCE = "VAL 688/2001 24 §; korkolaki 633/1982 3 §"
LATE_SOURCE = "VAL 688/2001 25 §; korkolaki 633/1982 4 §"
INTEREST = Rule(
    name="recovery_interest",
    version="1",
    since=date(2002, 7, 1),
    until=None,
    source="VAL 688/2001 24-25 §; korkolaki 633/1982 3, 4, 12 §",
    titles=titled("Takaisinperinnän korko", "Ränta vid återkrav", "Interest on recovery"),
)
DEADLINE = Rule(
    name="recovery_deadline",
    version="1",
    since=date(2001, 9, 1),
    until=None,
    source="VAL 688/2001 28 §",
    titles=titled("Takaisinperinnän määräaika", "Frist för återkrav", "Time to recover"),
)
RECOVERY_POINTS, LATE_POINTS = Decimal(3), Decimal(7)
_JULY = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days within one half-year at one rate. `first` is its first day with interest, `last` its last."""

    first: date
    last: date
    days: int
    percent: Decimal
    checked: bool
    late: bool
    interest: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """`interest` to add to `principal`; `unchecked` says that a rate is not yet seen in the bank's notice."""

    principal: Money
    interest: Money
    late_interest: Money
    to_pay: Money
    unchecked: bool
    stretches: tuple[Stretch, ...]
    steps: tuple[Step, ...]


def recovery_interest(
    principal: Money,
    paid_on: date,
    returned_on: date,
    *,
    due_on: date | None = None,
    rates_to_come: Decimal | None = None,
) -> Interest:
    """Interest on the aid to be returned. `due_on`: the last day to pay by the decision on recovery.

    `rates_to_come` is the reference rate to use for half-years that the table does not reach; without it such
    a day is refused (InvalidFields).
    """
    if returned_on < paid_on:
        raise InvalidFields(faults=[Fault("returned_on", "end_before_start", {"starts_on": paid_on.isoformat()})])
    rows = tuple(_stretches(principal, paid_on, returned_on, due_on, rates_to_come))
    plain_part = total(row.interest for row in rows if not row.late)
    late_part = total(row.interest for row in rows if row.late)
    return Interest(
        principal=principal,
        interest=plain_part,
        late_interest=late_part,
        to_pay=principal + plain_part + late_part,
        unchecked=any(not row.checked for row in rows),
        stretches=rows,
        steps=tuple(_steps(principal, rows)),
    )


def _stretches(
    principal: Money, paid_on: date, returned_on: date, due_on: date | None, to_come: Decimal | None
) -> Iterator[Stretch]:
    first = paid_on + timedelta(days=1)
    while first <= returned_on:
        late = due_on is not None and first > due_on
        last = min(_half_year_end(first), returned_on)
        if due_on is not None and not late:
            last = min(last, max(due_on, first))
        known = reference_rate_on(first)
        if known is None and to_come is None:
            raise InvalidFields(faults=[Fault("returned_on", "no_reference_rate", {"day": first.isoformat()})])
        reference = known.percent if known else Decimal(to_come or 0)
        percent = reference + (LATE_POINTS if late else RECOVERY_POINTS)
        days = (last - first).days + 1
        exact = Decimal(principal.cents) * percent * days / (100 * _days_in(first.year))
        yield Stretch(
            first=first,
            last=last,
            days=days,
            percent=percent,
            checked=known is not None and known.checked,
            late=late,
            interest=Money(int(exact.to_integral_value(ROUND_DOWN))),
        )
        first = last + timedelta(days=1)


def _half_year_end(day: date) -> date:
    return date(day.year, 6, 30) if day.month < _JULY else end_of_year(day.year)


def _days_in(year: int) -> int:
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days


def _steps(principal: Money, rows: tuple[Stretch, ...]) -> Iterator[Step]:
    yield Step(sign="+", what="principal", amount=principal)
    for row in rows:
        facts = {
            "first": row.first.isoformat(),
            "last": row.last.isoformat(),
            "days": str(row.days),
            "rate": plain(row.percent),
            "checked": yes(row.checked),
        }
        what = "late_interest" if row.late else "interest"
        yield Step(
            sign="+", what=what, amount=row.interest, source=LATE_SOURCE if row.late else RECOVERY_SOURCE, facts=facts
        )
    yield Step(sign="=", what="to_pay_back", amount=principal + total(row.interest for row in rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryTime:
    """`decide_by` is the earlier of the two ends; `in_time` for a decision on the day asked about."""

    by_knowledge: date
    by_last_payment: date
    decide_by: date
    in_time: bool
    steps: tuple[Step, ...]


def recovery_deadline(on: date, known_on: date, last_paid_on: date) -> RecoveryTime:
    """Until when recovery may be decided: two calendar years from knowing the ground, ten years from payment.

    Two calendar years end with the second year after the one in which the authority came to know.
    """
    by_knowledge = end_of_year(known_on.year + 2)
    by_payment = years_after(last_paid_on, 10)
    last = min(by_knowledge, by_payment)
    rows = (
        Step(sign="≤", what="two_calendar_years", source=DEADLINE.source, facts=_days(known_on, by_knowledge)),
        Step(sign="≤", what="ten_years", source=DEADLINE.source, facts=_days(last_paid_on, by_payment)),
        Step(
            sign="=",
            what="decide_by",
            source=DEADLINE.source,
            facts={"day": last.isoformat(), "verdict": yes(on <= last)},
        ),
    )
    return RecoveryTime(
        by_knowledge=by_knowledge, by_last_payment=by_payment, decide_by=last, in_time=on <= last, steps=rows
    )


def _days(first: date, last: date) -> dict[str, str]:
    return {"first": first.isoformat(), "last": last.isoformat()}
