"""The clocks that run on after a project: durability and retention, each with all the rules it is the latest of.

The rules are `shared.rules.keeping`; here they are put to a case. A clock stops while a review or an appeal is
open: those days are added to its end (CPR 2021/1060 art. 82(2), 1303/2013 art. 140(1)).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from services.applications.domain.acts import ActKind
from services.applications.domain.decided_cases import DecidedCase
from services.applications.domain.rulesets import PERIOD_2014, PERIOD_2021
from shared.dates import helsinki_day
from shared.money import Money
from shared.rules import keeping
from shared.rules.calendar import end_of_year

DURABILITY, RETENTION = "durability", "retention"
SMALL_SIZES = frozenset({"micro", "small", "medium"})
_JULY = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockPart:
    """One rule's own end. `starts_on` and `ends_on` are None while what they hang on has not happened."""

    rule: str
    starts_on: date | None
    ends_on: date | None
    source: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """`ends_on` is the last day of the obligation; None while it cannot be known, or while the clock stands."""

    kind: str
    ends_on: date | None
    stopped: bool
    stopped_days: int
    parts: tuple[ClockPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """What the clocks hang on. `size` "" when the class is not known: the longer time then counts, to be safe.

    `granted_on` is the day of the last act that granted aid; `ended_on` the last day of the project.
    """

    period: str
    size: str
    final_paid_on: date | None
    granted_on: date
    ended_on: date | None
    eligible_costs: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Proceeding:
    """`until` None while it is open."""

    since: date
    until: date | None


def clocks_of(case: DecidedCase, period: str, size: str, today: date) -> tuple[Clock, ...]:
    """Durability and retention of a granted case; nothing runs where nothing was granted."""
    if not case.is_granted:
        return ()
    obligation = Obligation(
        period=period,
        size=size,
        final_paid_on=case.final_paid_on,
        granted_on=_granted_on(case),
        ended_on=case.terms.period_last,
        eligible_costs=case.terms.eligible_costs,
    )
    proceedings = proceedings_of(case)
    return (durability(obligation, proceedings, today), retention(obligation, proceedings, today))


def durability(obligation: Obligation, proceedings: tuple[Proceeding, ...], today: date) -> Clock:
    """Three years from the final payment for a small or medium-sized company, five for others."""
    is_sme = obligation.size in SMALL_SIZES
    paid = obligation.final_paid_on
    part = ClockPart(
        rule="durability_sme" if is_sme else "durability_large",
        starts_on=paid,
        ends_on=keeping.durability(today, paid, is_sme=is_sme).until if paid else None,
        source=keeping.DURABILITY.source,
        facts={"years": "3" if is_sme else "5"},
    )
    return _clock(DURABILITY, (part,), proceedings, today)


def retention(obligation: Obligation, proceedings: tuple[Proceeding, ...], today: date) -> Clock:
    """How long the papers are kept: the latest of the programme's rule, State aid's and the national one."""
    return _clock(RETENTION, tuple(_kept(obligation, today)), proceedings, today)


def _kept(obligation: Obligation, today: date) -> Iterator[ClockPart]:
    paid, period = obligation.final_paid_on, obligation.period
    if period == PERIOD_2014:
        accounts = date(accounts_sent_in(paid), 2, 15) if paid else None
        costs = obligation.eligible_costs
        ends = (
            keeping.retention(today, period, accounts_on=accounts, total_costs=costs).keep_until if accounts else None
        )
        starts = end_of_year(accounts.year) if accounts else None
        yield _part("after_accounts", starts, ends, "(EU) 1303/2013 art. 140(1)", costs=str(costs))
    else:
        ends = keeping.retention(today, PERIOD_2021, last_paid_on=paid).keep_until if paid else None
        starts = end_of_year(paid.year) if paid else None
        yield _part("after_last_payment", starts, ends, "(EU) 2021/1060 art. 82(1)")
    granted = obligation.granted_on
    ends = keeping.retention(today, period, aid_granted_on=granted).keep_until
    yield _part("state_aid", granted, ends, "(EU) 651/2014 art. 12; (EU) 2023/2831 art. 6(3)")
    ended = max(paid, obligation.ended_on or paid) if paid else None
    ends = keeping.retention(today, period, ended_on=ended).keep_until if ended else None
    yield _part("after_project", ended, ends, "rahoituspäätöksen ehdot")


def _part(rule: str, starts: date | None, ends: date | None, source: str, **facts: str) -> ClockPart:
    return ClockPart(rule=rule, starts_on=starts, ends_on=ends, source=source, facts=facts)


def accounts_sent_in(paid_on: date) -> int:
    """The year in which the accounts with a cost paid on the day are due: the accounting year ends on 30 June, its
    accounts go by 15 February after it. The first one of 2014–2020 ran from 1.1.2014 to 30.6.2015 (art. 2(29))."""
    ends = paid_on.year if paid_on.month < _JULY else paid_on.year + 1
    return max(ends, 2015) + 1


def proceedings_of(case: DecidedCase) -> tuple[Proceeding, ...]:
    """Reviews and appeals in time, from their arrival to the day they were decided."""
    return tuple(
        Proceeding(
            since=helsinki_day(review.arrived_at), until=_decided_on(case, review.decided_by_act, review.ruled_on)
        )
        for review in case.reviews
        if review.in_time
    )


def _decided_on(case: DecidedCase, act: int | None, ruled_on: date | None) -> date | None:
    decided_at = case.act(act).decided_at if act else None
    return helsinki_day(decided_at) if decided_at else ruled_on


def _granted_on(case: DecidedCase) -> date:
    """The last act that bound more aid; else the first one."""
    granting = [movement.at for movement in case.movements if movement.amount.cents > 0]
    first = next(act for act in case.acts if act.kind in (ActKind.AWARD, ActKind.REFUSAL))
    return helsinki_day(max(granting) if granting else first.decided_at or first.proposed_at)


def _clock(kind: str, parts: tuple[ClockPart, ...], proceedings: tuple[Proceeding, ...], today: date) -> Clock:
    ends = [part.ends_on for part in parts]
    known = max((day for day in ends if day), default=None) if None not in ends else None
    starts = min((part.starts_on for part in parts if part.starts_on), default=None)
    days, is_open = _stopped(proceedings, starts, known, today)
    end = known + timedelta(days=days) if known and not is_open else None
    return Clock(kind=kind, ends_on=end, stopped=is_open, stopped_days=days, parts=parts)


def _stopped(
    proceedings: tuple[Proceeding, ...], starts: date | None, ends: date | None, today: date
) -> tuple[int, bool]:
    """Whole days under proceedings since the clock started, overlapping ones once; and whether one is open now."""
    if starts is None:
        return 0, False
    days = 0
    counted_to = starts
    is_open = False
    for one in sorted(proceedings, key=lambda proceeding: proceeding.since):
        if ends is not None and one.since > ends + timedelta(days=days):
            continue  # the obligation had ended before it began
        is_open = is_open or one.until is None
        first, last = max(one.since, counted_to), one.until or today
        if last > first:
            days += (last - first).days
            counted_to = last
    return days, is_open
