"""The highest share of a project's accepted costs that aid may be, by the kind of project and the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared.errors import Fault, InvalidFields
from shared.explained import Step
from shared.money import Money, Rate
from shared.rules.dated import holding
from shared.rules.rule import Rule, titled, yes
from shared.rules.versions import Version, Versions

RULE = Rule(
    name="aid_ceiling",
    version="1",
    since=date(2014, 4, 1),
    until=date(2029, 12, 31),
    source="VNa 867/2021 4 §; VNa 357/2014; laki 758/2021; laki 9/2014",
    titles=titled("Tuen enimmäisosuus", "Högsta stödandel", "Highest share of aid"),
)
DEVELOPMENT, INVESTMENT = "development_project", "investment_project"
BUSINESS, GROWTH_STUDY = "business_development", "growth_study"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """At most `rate` of the costs; `most_costs` bounds the direct costs, `may_exceed` for a special reason."""

    project: str
    rate: Rate
    since: date
    until: date
    source: str
    may_exceed: bool = False
    most_costs: Money | None = None


_2014, _END_2014 = date(2014, 4, 1), date(2021, 10, 31)
_2021, _END_2021 = date(2021, 11, 1), date(2029, 12, 31)
CEILINGS: tuple[Ceiling, ...] = (
    # VNa 357/2014 3 § sets the most for a development project; the two percentages from knowledge, to be checked.
    Ceiling(
        project=DEVELOPMENT, rate=Rate.of("80"), may_exceed=True, since=_2014, until=_END_2014, source="VNa 357/2014"
    ),
    Ceiling(project=INVESTMENT, rate=Rate.of("70"), since=_2014, until=_END_2014, source="VNa 357/2014"),
    Ceiling(project=BUSINESS, rate=Rate.of("50"), since=_2014, until=_END_2014, source="laki 9/2014"),
    Ceiling(
        project=DEVELOPMENT,
        rate=Rate.of("80"),
        may_exceed=True,
        since=_2021,
        until=_END_2021,
        source="VNa 867/2021 4 §",
    ),
    Ceiling(project=INVESTMENT, rate=Rate.of("70"), since=_2021, until=_END_2021, source="VNa 867/2021 4 §"),
    Ceiling(project=BUSINESS, rate=Rate.of("50"), since=_2021, until=date(2028, 12, 31), source="laki 758/2021"),
    Ceiling(
        project=GROWTH_STUDY,
        rate=Rate.of("60"),
        most_costs=Money.eur("60000.00"),
        since=_2021,
        until=date(2028, 12, 31),
        source="laki 758/2021; VNa 895/2021",
    ),
)
PROJECTS = (DEVELOPMENT, INVESTMENT, BUSINESS, GROWTH_STUDY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """`rate` is the ceiling; `within` whether a rate that was asked about may be used; `most` of the costs."""

    rate: Rate
    within: bool
    reason_needed: bool
    counted_costs: Money | None
    most: Money | None
    steps: tuple[Step, ...]


def ceiling_on(project: str, on: date) -> Ceiling:
    """Raises InvalidFields when there is none of the kind on the day."""
    for row in holding(CEILINGS, on):
        if row.project == project:
            return row
    raise InvalidFields(faults=[Fault("on", "no_rule_on_the_day")])


def aid_ceiling(
    on: date, project: str, *, costs: Money | None = None, asked: Rate | None = None, special_reason: bool = False
) -> Allowed:
    """The ceiling for the kind of project, and what of `costs` it allows.

    A development project may get more for a special reason, which the decision then has to state.
    """
    row = ceiling_on(project, on)
    over = asked is not None and asked > row.rate
    within = not over or (row.may_exceed and special_reason)
    counted = None if costs is None else costs if row.most_costs is None else min(costs, row.most_costs)
    rate = asked if asked is not None and within else row.rate
    most = None if counted is None else counted.at(rate)
    rows = [Step(sign="≤", what="highest_share", source=row.source, facts={"rate": str(row.rate), "project": project})]
    if asked is not None:
        facts = {"rate": str(asked), "special_reason": yes(special_reason)}
        rows.append(Step(sign="=", what="share_within" if within else "share_too_high", source=row.source, facts=facts))
    if costs is not None and counted is not None:
        rows.append(Step(sign="+", what="eligible_costs", amount=costs))
        if counted < costs:
            rows.append(Step(sign="≤", what="costs_at_most", amount=counted, source=row.source))
        rows.append(Step(sign="=", what="aid_at_most", amount=most, source=row.source, facts={"rate": str(rate)}))
    return Allowed(
        rate=row.rate,
        within=within,
        reason_needed=over and row.may_exceed,
        counted_costs=counted,
        most=most,
        steps=tuple(rows),
    )


VERSIONS = Versions(Version(rule=RULE, says=aid_ceiling))
