"""When simplified cost options are compulsory, and what a lump sum pays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shared.errors import Fault, InvalidFields
from shared.explained import Step
from shared.money import ZERO, Money, Rate, total
from shared.rules.rule import Rule, titled, yes
from shared.rules.versions import Version, Versions

COMPULSORY = Rule(
    name="simplified_costs_compulsory",
    version="1",
    since=date(2014, 1, 1),
    until=date(2029, 12, 31),
    source="(EU) 2021/1060 art. 53(2); (EU) 1303/2013 art. 67(2a); (EU) 1304/2013 art. 14(4)",
    titles=titled(
        "Yksinkertaistetun kustannusmallin pakollisuus",
        "När förenklade kostnadsalternativ är obligatoriska",
        "When simplified costs are compulsory",
    ),
)
LUMP_SUM = Rule(
    name="lump_sum",
    version="1",
    since=date(2021, 7, 1),
    until=date(2029, 12, 31),
    source="(EU) 2021/1060 art. 53(1)(c); VNa 866/2021 2 §; VNa 895/2021",
    titles=titled("Kertakorvaus", "Engångsersättning", "Lump sum"),
)
P2014, P2021 = "2014-2020", "2021-2027"
_OMNIBUS = date(2018, 8, 2)  # (EU, Euratom) 2018/1046 brought the limit of CPR13 art. 67(2a)
LIMIT_2021 = Money.eur("200000.00")
LIMIT_2014 = Money.eur("100000.00")
LIMIT_ESF_2014 = Money.eur("50000.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Compulsory:
    """`limit` None when there was none at the time."""

    compulsory: bool
    limit: Money | None
    compared: Money
    steps: tuple[Step, ...]


def simplified_costs_compulsory(
    on: date,
    period: str,
    *,
    total_costs: Money = ZERO,
    public_support: Money = ZERO,
    fund: str = "ERDF",
    state_aid: bool = False,
    wholly_procured: bool = False,
) -> Compulsory:
    """Whether the project must use a simplified cost option.

    2021-2027 looks at the total cost, and leaves out what is State aid and not de minimis; 2014-2020 at the
    public support, for which the law's limit came on 2 August 2018 (the ESF had one of its own before), and
    leaves out State aid and what is carried out by procurement alone.
    """
    if period == P2021:
        limit, compared, source = LIMIT_2021, total_costs, "(EU) 2021/1060 art. 53(2)"
        excepted = state_aid
    else:
        limit_2014 = LIMIT_2014 if on >= _OMNIBUS else LIMIT_ESF_2014 if fund == "ESF" else None
        source = "(EU) 1303/2013 art. 67(2a)" if on >= _OMNIBUS else "(EU) 1304/2013 art. 14(4)"
        if limit_2014 is None:
            step = Step(sign="=", what="no_limit_then", source=source, facts={"day": on.isoformat()})
            return Compulsory(compulsory=False, limit=None, compared=public_support, steps=(step,))
        limit, compared = limit_2014, public_support
        excepted = state_aid or wholly_procured
    compulsory = compared <= limit and not excepted
    rows = [
        Step(sign="+", what="costs_compared" if period == P2021 else "support_compared", amount=compared),
        Step(sign="≤", what="limit", amount=limit, source=source),
    ]
    if excepted:
        rows.append(Step(sign="=", what="excepted", source=source, facts={"state_aid": yes(state_aid)}))
    what = "simplified_compulsory" if compulsory else "simplified_not_compulsory"
    rows.append(Step(sign="=", what=what, source=source))
    return Compulsory(compulsory=compulsory, limit=limit, compared=compared, steps=tuple(rows))


COMPULSORY_VERSIONS = Versions(Version(rule=COMPULSORY, says=simplified_costs_compulsory))


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A part of the lump sum with what proves it. Paid whole when `proven`, and not at all before."""

    name: str
    amount: Money
    proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LumpSum:
    """`earned` is the sum of the proven milestones, `aid` its share by the rate."""

    total_costs: Money
    may_be_used: bool
    earned: Money
    aid: Money
    steps: tuple[Step, ...]


def lump_sum(milestones: Iterable[Milestone], rate: Rate) -> LumpSum:
    """What is payable of a lump sum. It may be used up to 200 000 euros of total costs."""
    rows = tuple(milestones)
    if not rows:
        raise InvalidFields(faults=[Fault("milestones", "required")])
    whole = total(row.amount for row in rows)
    may = whole <= LIMIT_2021
    earned = total(row.amount for row in rows if row.proven) if may else ZERO
    source = LUMP_SUM.source
    steps = [
        Step(
            sign="+" if row.proven else "",
            what="milestone_proven" if row.proven else "milestone_not_proven",
            amount=row.amount,
            source=source,
            facts={"name": row.name},
        )
        for row in rows
    ]
    if not may:
        steps.append(Step(sign="≤", what="lump_sum_too_large", amount=LIMIT_2021, source=source))
    steps.append(Step(sign="=", what="earned", amount=earned))
    aid = earned.at(rate)
    steps.append(Step(sign="×", what="aid_rate", amount=aid, facts={"rate": str(rate)}))
    return LumpSum(total_costs=whole, may_be_used=may, earned=earned, aid=aid, steps=tuple(steps))
