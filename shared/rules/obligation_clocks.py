"""How long a beneficiary must keep what was aided (durability) and the papers (retention).

A clock is the latest of all rules that apply, each of them shown. It stops while a proceeding is open: the days
of the proceeding are added to the end (CPR 2021/1060 art. 82(2), 1303/2013 art. 140(1)).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from shared.dates import Period
from shared.money import Money
from shared.rules.calendar import end_of_year, years_after

DURABILITY = "durability"
RETENTION = "retention"
PERIOD_2014 = "2014-2020"
PERIOD_2021 = "2021-2027"
SMALL_SIZES = frozenset({"micro", "small", "medium"})
MILLION = Money.eur("1000000.00")
_JULY, _FEBRUARY = 7, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One rule's own end. `starts_on` and `ends_on` are None while what they hang on has not happened."""

    rule: str
    starts_on: date | None
    ends_on: date | None
    source: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """`ends_on` is the last day of the obligation; None while it cannot be known or a proceeding is open."""

    kind: str
    ends_on: date | None
    stopped: bool
    stopped_days: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """What the clocks hang on. `size` "" when the class is not known: the longer time then counts, to be safe.

    `aid_granted_on` is the day of the last decision that granted aid; `ended_on` the last day of the project.
    """

    period: str
    size: str
    final_paid_on: date | None
    aid_granted_on: date
    ended_on: date | None
    eligible_costs: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Proceeding:
    """A review, an appeal or a recovery that stops the clock; `until` None while it is open."""

    since: date
    until: date | None


def durability(obligation: Obligation, proceedings: Iterable[Proceeding] = (), today: date | None = None) -> Clock:
    """Three years from the final payment for a small or medium-sized company, five for others.

    CPR 2021/1060 art. 65(1), 1303/2013 art. 71(1).
    """
    years = 3 if obligation.size in SMALL_SIZES else 5
    source = "CPR 2021/1060 art. 65(1)" if obligation.period == PERIOD_2021 else "CPR 1303/2013 art. 71(1)"
    paid = obligation.final_paid_on
    part = Part(
        rule="durability_sme" if years == 3 else "durability_large",
        starts_on=paid,
        ends_on=years_after(paid, years) if paid else None,
        source=source,
        facts={"years": str(years), "size": obligation.size or "unknown"},
    )
    return _clock(DURABILITY, (part,), proceedings, today)


def retention(obligation: Obligation, proceedings: Iterable[Proceeding] = (), today: date | None = None) -> Clock:
    """How long the papers are kept: the latest of the programme's rule, State aid's and the national one."""
    return _clock(RETENTION, tuple(_retention_parts(obligation)), proceedings, today)


def _retention_parts(obligation: Obligation) -> Iterator[Part]:
    paid = obligation.final_paid_on
    yield _of_2014(obligation) if obligation.period == PERIOD_2014 else _of_2021(paid)
    granted = obligation.aid_granted_on
    yield Part(
        rule="retention_state_aid",
        starts_on=granted,
        ends_on=years_after(granted, 10),
        source="GBER 651/2014 art. 12, (EU) 2023/2831 art. 6",
        facts={"years": "10"},
    )
    # The authorities' instruction to projects: ten years from the end of the project (from knowledge, to be checked).
    ended = max(paid, obligation.ended_on) if paid and obligation.ended_on else None
    yield Part(
        rule="retention_national",
        starts_on=ended,
        ends_on=years_after(ended, 10) if ended else None,
        source="VAL 688/2001 28 §",
        facts={"years": "10"},
    )


def _of_2021(paid: date | None) -> Part:
    """Five years from the end of the year of the last payment to the beneficiary."""
    starts = end_of_year(paid.year) if paid else None
    return Part(
        rule="retention_2021",
        starts_on=starts,
        ends_on=end_of_year(starts.year + 5) if starts else None,
        source="CPR 2021/1060 art. 82(1)",
        facts={"years": "5"},
    )


def _of_2014(obligation: Obligation) -> Part:
    """Three years (two when the costs are a million or more) from the end of the year in which the accounts with
    the last cost were sent."""
    paid = obligation.final_paid_on
    years = 2 if obligation.eligible_costs >= MILLION else 3
    starts = end_of_year(accounts_sent_in(paid)) if paid else None
    return Part(
        rule="retention_2014",
        starts_on=starts,
        ends_on=end_of_year(starts.year + years) if starts else None,
        source="CPR 1303/2013 art. 140(1)",
        facts={"years": str(years), "costs": str(obligation.eligible_costs)},
    )


def accounts_sent_in(paid_on: date) -> int:
    """The year in which the accounts with a cost paid on the day are due: the accounting year ends on 30 June, its
    accounts go by 15 February after it. The first one of 2014–2020 ran from 1.1.2014 to 30.6.2015 (art. 2(29))."""
    ends = paid_on.year if paid_on.month < _JULY else paid_on.year + 1
    return max(ends, 2015) + 1


def _clock(kind: str, parts: tuple[Part, ...], proceedings: Iterable[Proceeding], today: date | None) -> Clock:
    ends = [part.ends_on for part in parts]
    known = max((day for day in ends if day), default=None) if None not in ends else None
    starts = min((part.starts_on for part in parts if part.starts_on), default=None)
    days, is_open = _stopped(tuple(proceedings), starts, known, today)
    end = known + timedelta(days=days) if known and not is_open else None
    return Clock(kind=kind, ends_on=end, stopped=is_open, stopped_days=days, parts=parts)


def _stopped(
    proceedings: tuple[Proceeding, ...], starts: date | None, ends: date | None, today: date | None
) -> tuple[int, bool]:
    """Whole days under proceedings since the clock started, overlapping ones once; and whether one is open."""
    if starts is None:
        return 0, False
    days: set[date] = set()
    is_open = False
    for one in sorted(proceedings, key=lambda proceeding: proceeding.since):
        if ends is not None and one.since > ends:
            continue  # the obligation had ended before it began
        if one.until is None:
            is_open = True
        until = one.until or today
        if until is not None and until > one.since:
            span = Period(max(one.since, starts), until) if until >= starts else None
            if span:
                days |= {span.first + timedelta(days=at) for at in range((span.last - span.first).days)}
    return len(days), is_open
