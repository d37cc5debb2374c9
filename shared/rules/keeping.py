"""After the money: how long papers are kept, and how long an investment has to stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from shared.errors import Fault, InvalidFields
from shared.explained import Step
from shared.money import Money
from shared.rules.calendar import end_of_year, years_after
from shared.rules.rule import Rule, titled, yes

RETENTION = Rule(
    name="retention",
    version="1",
    since=date(2014, 1, 1),
    until=None,
    source="(EU) 2021/1060 art. 82; (EU) 1303/2013 art. 140; (EU) 651/2014 art. 12; (EU) 2023/2831 art. 6",
    titles=titled("Säilytysaika", "Bevaringstid", "Time of keeping"),
)
DURABILITY = Rule(
    name="durability",
    version="1",
    since=date(2014, 1, 1),
    until=None,
    source="(EU) 2021/1060 art. 65; (EU) 1303/2013 art. 71",
    titles=titled("Pysyvyysaika", "Varaktighetstid", "Durability"),
)
P2014, P2021 = "2014-2020", "2021-2027"
_LARGE_OPERATION = Money.eur("1000000.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """`keep_until` is the last day, the latest of every rule that applies; `by` names that rule."""

    keep_until: date
    by: str
    may_be_destroyed: bool
    steps: tuple[Step, ...]


def retention(
    on: date,
    period: str,
    *,
    last_paid_on: date | None = None,
    accounts_on: date | None = None,
    total_costs: Money | None = None,
    aid_granted_on: date | None = None,
    ended_on: date | None = None,
    stopped_days: int = 0,
) -> Keeping:
    """Until when the papers are kept. `stopped_days`: days that proceedings or a request of the Commission stopped it.

    2021-2027: five years from the end of the year of the last payment to the beneficiary. 2014-2020: three years
    from the end of the year of the accounts with the cost, or for operations of a million euros or more two years
    from those with the final cost (`accounts_on`). State and de minimis aid: ten years from the award. Finnish
    projects are told to keep for ten years from their end. Raises InvalidFields when nothing is told to count from.
    """
    ends = dict(_ends(period, last_paid_on, accounts_on, total_costs, aid_granted_on, ended_on))
    if not ends:
        raise InvalidFields(faults=[Fault("last_paid_on", "required")])
    stopped = timedelta(days=stopped_days)
    by, last = max(ends.items(), key=lambda item: item[1])
    keep_until = last + stopped
    rows = [
        Step(sign="≤", what=f"keep_{name}", source=_KEEP_SOURCES[name], facts={"day": day.isoformat()})
        for name, day in ends.items()
    ]
    if stopped_days:
        rows.append(Step(sign="+", what="keeping_stopped", facts={"days": str(stopped_days)}))
    rows.append(Step(sign="=", what="keep_until", source=_KEEP_SOURCES[by], facts={"day": keep_until.isoformat()}))
    return Keeping(keep_until=keep_until, by=by, may_be_destroyed=on > keep_until, steps=tuple(rows))


_KEEP_SOURCES = {
    "after_last_payment": "(EU) 2021/1060 art. 82(1)",
    "after_accounts": "(EU) 1303/2013 art. 140(1)",
    "state_aid": "(EU) 651/2014 art. 12; (EU) 2023/2831 art. 6(3)",
    "after_project": "rahoituspäätöksen ehdot",
}


def _ends(
    period: str,
    last_paid_on: date | None,
    accounts_on: date | None,
    total_costs: Money | None,
    aid_granted_on: date | None,
    ended_on: date | None,
) -> Iterator[tuple[str, date]]:
    if period == P2021 and last_paid_on:
        yield "after_last_payment", end_of_year(last_paid_on.year + 5)
    if period == P2014 and accounts_on:
        large = total_costs is not None and total_costs >= _LARGE_OPERATION
        yield "after_accounts", end_of_year(accounts_on.year + (2 if large else 3))
    if aid_granted_on:
        yield "state_aid", years_after(aid_granted_on, 10)
    if ended_on:
        yield "after_project", years_after(ended_on, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Durability:
    """`until` is the last day; `binding` says whether the day asked about is within."""

    years: int
    until: date
    binding: bool
    part_to_recover: Money | None
    steps: tuple[Step, ...]


def durability(
    on: date, final_payment_on: date, *, is_sme: bool, aid: Money | None = None, ceased_on: date | None = None
) -> Durability:
    """Five years from the final payment, three for investments and jobs of an SME.

    `ceased_on`: the day production ended, moved away or changed hands; the aid to take back is in proportion to
    the time in which the requirement was not met.
    """
    years = 3 if is_sme else 5
    until = years_after(final_payment_on, years)
    part = None
    source = DURABILITY.source
    rows = [
        Step(
            sign="+",
            what="durability_years",
            source=source,
            facts={"years": str(years), "day": final_payment_on.isoformat()},
        ),
        Step(
            sign="=", what="durable_until", source=source, facts={"day": until.isoformat(), "verdict": yes(on <= until)}
        ),
    ]
    if aid is not None and ceased_on is not None:
        whole = (until - final_payment_on).days
        unmet = min(max((until - max(ceased_on, final_payment_on)).days, 0), whole)
        part = aid.split([whole - unmet, unmet])[1] if unmet else Money(0)
        facts = {"unmet": str(unmet), "whole": str(whole), "day": ceased_on.isoformat()}
        rows.append(Step(sign="=", what="part_to_recover", amount=part, source=source, facts=facts))
    return Durability(years=years, until=until, binding=on <= until, part_to_recover=part, steps=tuple(rows))
