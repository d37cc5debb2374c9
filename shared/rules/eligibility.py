"""Which costs count: their time, revenue, land, work given in kind, and when prices must be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared.explained import Step
from shared.money import ZERO, Money, Rate
from shared.rules.rule import Rule, titled, yes

P2014, P2021 = "2014-2020", "2021-2027"
REVENUE = Rule(
    name="net_revenue",
    version="1",
    since=date(2014, 1, 1),
    until=date(2029, 12, 31),
    source="(EU) 1303/2013 art. 61, 65(8); (EU, Euratom) 2018/1046 art. 272",
    titles=titled("Tulojen vähentäminen", "Avdrag av inkomster", "Deduction of revenue"),
)
TIME = Rule(
    name="eligible_time",
    version="1",
    since=date(2014, 1, 1),
    until=date(2029, 12, 31),
    source="(EU) 2021/1060 art. 63(2), (6); (EU) 1303/2013 art. 65(2), (6)",
    titles=titled("Tukikelpoinen aika", "Stödberättigande tid", "Eligible time"),
)
LAND = Rule(
    name="land_purchase",
    version="1",
    since=date(2014, 1, 1),
    until=date(2029, 12, 31),
    source="(EU) 2021/1060 art. 64(1)(b); (EU) 1303/2013 art. 69(3)(b)",
    titles=titled("Maan hankinta", "Markförvärv", "Purchase of land"),
)
IN_KIND = Rule(
    name="in_kind",
    version="1",
    since=date(2014, 1, 1),
    until=date(2029, 12, 31),
    source="(EU) 2021/1060 art. 67(1); (EU) 1303/2013 art. 69(1)",
    titles=titled("Luontoissuoritukset", "Bidrag in natura", "Contributions in kind"),
)
PROCUREMENT = Rule(
    name="procurement_threshold",
    version="1",
    since=date(2017, 1, 1),
    until=None,
    source="laki 1397/2016 25 §",
    titles=titled("Kansallinen kynnysarvo", "Nationellt tröskelvärde", "National procurement threshold"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Net:
    deducted: Money
    net_costs: Money
    steps: tuple[Step, ...]


_OMNIBUS = date(2018, 8, 2)
EXEMPT_FIRST, EXEMPT_LATER = Money.eur("50000.00"), Money.eur("100000.00")


def net_revenue(on: date, period: str, costs: Money, revenue: Money, *, state_aid: bool = False) -> Net:
    """The costs that aid is taken of. Only 2014-2020 deducts revenue, and not from operations of at most 50 000
    euros (100 000 from 2 August 2018), nor where the aid is State aid."""
    source = REVENUE.source
    exempt = EXEMPT_LATER if on >= _OMNIBUS else EXEMPT_FIRST
    deducts = period == P2014 and costs > exempt and not state_aid
    deducted = min(revenue, costs) if deducts else ZERO
    what = "revenue_deducted" if deducts else "revenue_not_deducted"
    steps = (
        Step(sign="+", what="eligible_costs", amount=costs),
        Step(sign="−", what=what, amount=deducted, source=source, facts={"revenue": str(revenue)}),
        Step(sign="=", what="net_costs", amount=costs - deducted),
    )
    return Net(deducted=deducted, net_costs=costs - deducted, steps=steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class InTime:
    eligible: bool
    reason: str
    steps: tuple[Step, ...]


_TIMES = {P2014: (date(2014, 1, 1), date(2023, 12, 31)), P2021: (date(2021, 1, 1), date(2029, 12, 31))}


def eligible_time(
    period: str,
    incurred_on: date,
    paid_on: date,
    *,
    project_first: date | None = None,
    project_last: date | None = None,
    completed_before_application: bool = False,
) -> InTime:
    """Whether a cost falls in the period's time and the project's own; a project completed before it was applied
    for is not aided at all."""
    first, last = _TIMES[period]
    reason = ""
    if completed_before_application:
        reason = "completed_before_application"
    elif incurred_on < first or paid_on > last:
        reason = "outside_the_period"
    elif (project_first and incurred_on < project_first) or (project_last and incurred_on > project_last):
        reason = "outside_the_project"
    facts = {"first": first.isoformat(), "last": last.isoformat(), "day": incurred_on.isoformat()}
    step = Step(sign="=", what=reason or "in_time", source=TIME.source, facts=facts)
    return InTime(eligible=not reason, reason=reason, steps=(step,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Land:
    most: Money
    accepted: Money
    steps: tuple[Step, ...]


_LAND, _DERELICT = Rate.of("10"), Rate.of("15")


def land_purchase(land: Money, total_costs: Money, *, derelict: bool = False) -> Land:
    """Land at most a tenth of the total eligible expenditure, 15 per cent of derelict or former industrial sites."""
    rate = _DERELICT if derelict else _LAND
    most = total_costs.at(rate)
    accepted = min(land, most)
    steps = (
        Step(sign="+", what="land", amount=land),
        Step(sign="≤", what="land_at_most", amount=most, source=LAND.source, facts={"rate": str(rate)}),
        Step(sign="=", what="land_accepted", amount=accepted),
    )
    return Land(most=most, accepted=accepted, steps=steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class InKind:
    most_support: Money
    within: bool
    steps: tuple[Step, ...]


def in_kind(total_costs: Money, contributed: Money, public_support: Money) -> InKind:
    """Public support is at most the total eligible costs without what was contributed in kind."""
    most = max(total_costs - contributed, ZERO)
    within = public_support <= most
    steps = (
        Step(sign="+", what="eligible_costs", amount=total_costs),
        Step(sign="−", what="contributed_in_kind", amount=contributed),
        Step(
            sign="≤", what="public_support_at_most", amount=most, source=IN_KIND.source, facts={"verdict": yes(within)}
        ),
    )
    return InKind(most_support=most, within=within, steps=steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    limit: Money
    must_be_tendered: bool
    steps: tuple[Step, ...]


# National thresholds of the procurement act, 1397/2016 25 §, without VAT, from 1.1.2017 (tem.fi, hankinnat.fi).
_LIMITS = {"goods_or_services": Money.eur("60000.00"), "works": Money.eur("150000.00")}
PURCHASES = tuple(_LIMITS)


def procurement_threshold(kind: str, value: Money) -> Threshold:
    """Whether a contracting entity tenders a purchase of this value without VAT by the procurement act; below,
    the price level is still checked."""
    limit = _LIMITS[kind]
    must = value >= limit
    what = "must_be_tendered" if must else "prices_are_compared"
    step = Step(sign="=", what=what, amount=limit, source=PROCUREMENT.source, facts={"value": str(value)})
    return Threshold(limit=limit, must_be_tendered=must, steps=(step,))
