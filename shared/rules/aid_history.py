"""Whose earlier de minimis aid it is after mergers and splits.

After a merger or take-over all earlier aid of every party counts for the one that goes on. After a split it goes
to the company that took over the activity it was used for; where that cannot be traced, by the book value of the
new companies' equity on the day of the split. Aid granted before stays lawful.
Sources: (EU) 2023/2831 art. 3(8)-(9), (EU) 1407/2013 art. 3(8)-(9), the same text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from shared.errors import Fault, InvalidFields
from shared.explained import Step
from shared.money import ZERO, Money, total
from shared.rules.de_minimis import EarlierAid
from shared.rules.rule import Rule, titled

MERGER_SOURCE = "(EU) 2023/2831 art. 3(8)"
SPLIT_SOURCE = "(EU) 2023/2831 art. 3(9)"
RULE = Rule(
    name="aid_history",
    version="1",
    since=date(2014, 1, 1),
    until=date(2030, 12, 31),
    source="(EU) 2023/2831 art. 3(8)-(9); (EU) 1407/2013 art. 3(8)-(9)",
    titles=titled(
        "Aiemmat de minimis -tuet sulautumisen ja jakautumisen jälkeen",
        "Tidigare de minimis-stöd efter fusion och delning",
        "Earlier de minimis aid after mergers and splits",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merger:
    """On the day `merged` became part of `into`."""

    on: date
    merged: tuple[str, ...]
    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heir:
    """A company that took over `activities` in a split; `equity` is its book value that day."""

    company: str
    activities: tuple[str, ...] = ()
    equity: Money = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """On the day `company` was divided among the heirs; it may itself be one of them."""

    on: date
    company: str
    heirs: tuple[Heir, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """`aid` is every award in its heir's name; `of_company` what counts for the company asked about."""

    aid: tuple[EarlierAid, ...]
    of_company: Money
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    aid: tuple[EarlierAid, ...]
    steps: tuple[Step, ...]


def aid_after(company: str, aid: Iterable[EarlierAid], events: Iterable[Merger | Split], on: date) -> History:
    """The awards as they count on the day. An event touches the aid granted on its day or before.

    Raises InvalidFields when aid of a split company can be shared by neither activity nor equity.
    """
    told = _Told(tuple(aid), ())
    for event in sorted((event for event in events if event.on <= on), key=lambda event: event.on):
        told = _after_merger(event, told) if isinstance(event, Merger) else _after_split(event, told)
    mine = total(row.amount for row in told.aid if row.undertaking == company)
    done = Step(sign="=", what="aid_of_company", amount=mine, source=RULE.source, facts={"company": company})
    return History(aid=told.aid, of_company=mine, steps=(*told.steps, done))


def _after_merger(event: Merger, told: _Told) -> _Told:
    rows: list[EarlierAid] = []
    steps = list(told.steps)
    for row in told.aid:
        moves = row.undertaking in event.merged and row.undertaking != event.into and row.granted_on <= event.on
        rows.append(replace(row, undertaking=event.into) if moves else row)
        if moves:
            facts = _facts(row, event.on) | {"to": event.into}
            steps.append(Step(sign="+", what="aid_merged", amount=row.amount, source=MERGER_SOURCE, facts=facts))
    return _Told(tuple(rows), tuple(steps))


def _after_split(event: Split, told: _Told) -> _Told:
    rows: list[EarlierAid] = []
    steps = list(told.steps)
    for row in told.aid:
        if row.undertaking != event.company or row.granted_on > event.on:
            rows.append(row)
            continue
        for part, how in _shared(row, event):
            rows.append(part)
            facts = _facts(row, event.on) | {"to": part.undertaking}
            steps.append(Step(sign="+", what=f"aid_split_{how}", amount=part.amount, source=SPLIT_SOURCE, facts=facts))
    return _Told(tuple(rows), tuple(steps))


def _shared(row: EarlierAid, event: Split) -> Iterator[tuple[EarlierAid, str]]:
    takers = [heir for heir in event.heirs if row.activity in heir.activities]
    if len(takers) == 1:
        yield replace(row, undertaking=takers[0].company), "by_activity"
        return
    weights = [heir.equity.cents for heir in event.heirs]
    if not any(weights) or min(weights) < 0:
        raise InvalidFields(faults=[Fault("events", "split_cannot_be_shared", {"company": event.company})])
    parts = row.amount.split(weights)
    for heir, part in zip(event.heirs, parts, strict=True):
        if part:
            yield replace(row, undertaking=heir.company, amount=part), "by_equity"


def _facts(row: EarlierAid, on: date) -> dict[str, str]:
    return {"from": row.undertaking, "day": row.granted_on.isoformat(), "on": on.isoformat()}
