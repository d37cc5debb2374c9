"""Asked of the aid: shares, ceilings, the group exemption, cumulation, and the award itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.applications.domain.aid import aid_for
from services.applications.domain.plans import CATEGORIES, Cost
from services.applications.domain.rulesets import PERIOD_2014, PERIOD_2021, ruleset_on
from shared.calculations import Calculation
from shared.calculations.inputs import Inputs, choice, day, money, percent, rows, several, truth, words
from shared.explained import Step
from shared.money import ZERO, Money, Rate
from shared.rules import aid_ceiling, cofinancing, cost_models, cumulation, gber, regional_aid, sources
from shared.rules.rule import Rule, titled
from shared.rules.sme_size import SIZES, Size

PERIODS = (PERIOD_2021, PERIOD_2014)
AWARD = Rule(
    name="award",
    version="1",
    since=date(2014, 4, 1),
    until=date(2029, 12, 31),
    source="(EU) 2021/1060 art. 53; VNa 866/2021; VAL 688/2001 6 §",
    titles=titled("Tuen määrä", "Stödets belopp", "Amount of the award"),
)


class CostRow(Inputs):
    category = choice("Cost category.", CATEGORIES, required=True)
    amount = money("Direct costs in it, for the whole project.", "28322.56", required=True)


class AwardInputs(Inputs):
    on = day("The day of the decision.", required=True)
    period = choice("Programme period.", PERIODS, load_default=PERIOD_2021)
    cost_model = choice("Cost model of the call.", cost_models.MODELS, required=True)
    costs = rows(CostRow, "Accepted direct costs by category.", required=True)
    aid_rate = percent("Aid rate of the call.", "80", required=True)
    aid_most = money("Largest aid in the call; left out when there is none.", "200000.00", allow_none=True)
    public_financing = money("Other public money to the same costs.", "0.00", load_default=ZERO)
    sought = money("Aid applied for; no more is granted.", "35000.00", allow_none=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Terms:
    """What of a call the aid depends on."""

    call_id: str
    cost_model: str
    aid_rate: Rate
    aid_most: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    aid: Money
    direct_costs: Money
    flat_costs: Money
    eligible_costs: Money
    ruleset: str
    steps: tuple[Step, ...]


def _award(
    on: date,
    period: str,
    cost_model: str,
    costs: Iterable[dict[str, Any]],
    aid_rate: Rate,
    public_financing: Money,
    aid_most: Money | None = None,
    sought: Money | None = None,
) -> Award:
    ruleset = ruleset_on(on, period)
    planned = tuple(Cost(category=row["category"], description="", year=on.year, amount=row["amount"]) for row in costs)
    every = sum((row.amount for row in planned), ZERO)
    most = aid_most if aid_most is not None else every + every
    terms = _Terms(call_id="award", cost_model=cost_model, aid_rate=aid_rate, aid_most=most)
    made = aid_for(planned, terms, ruleset, public_financing=public_financing, sought=sought)
    return Award(
        aid=made.amount,
        direct_costs=made.costs.direct,
        flat_costs=made.costs.flat,
        eligible_costs=made.costs.total,
        ruleset=ruleset.id,
        steps=made.steps,
    )


class AidCeilingInputs(Inputs):
    on = day("The day of the decision.", required=True)
    project = choice("Kind of project.", aid_ceiling.PROJECTS, required=True)
    costs = money("Accepted total costs.", "100000.00", allow_none=True)
    asked = percent("The share that is thought of.", "80", allow_none=True)
    special_reason = truth("Whether there is a special reason to go above.", load_default=False)


class CofinancingInputs(Inputs):
    period = choice("Programme period.", PERIODS, load_default=PERIOD_2021)
    fund = choice("Fund.", ("ERDF", "ESF+", "JTF", "ESF"), required=True)
    region = words("Region (maakunta), two figures.", "10", load_default="")
    category = choice("Category of region, where no region is told.", ("", *cofinancing.CATEGORIES), load_default="")
    asked = percent("The Union share that is thought of.", "60", allow_none=True)
    public_costs = money("The spending to take the share of.", "100000.00", allow_none=True)


class RegionalAidInputs(Inputs):
    on = day("The day of the award.", required=True)
    municipality = words("Municipality of the investment, code or name.", "491", required=True)
    size = choice("Size of the enterprise (see sme_size).", SIZES, required=True)
    costs = money("Eligible investment costs.", "100000.00", allow_none=True)


def _regional_aid(on: date, municipality: str, size: str, costs: Money | None = None) -> regional_aid.RegionalAid:
    return regional_aid.regional_aid(on, municipality, Size(size), costs)


class IntensityInputs(Inputs):
    on = day("The day of the award.", required=True)
    article = choice("What is aided: the article of the regulation.", tuple(gber.BY_KEY), required=True)
    size = choice("Size of the enterprise.", SIZES, required=True)
    costs = money("Eligible costs.", "100000.00", allow_none=True)
    bonuses = several("What earns a higher share.", gber.BONUSES, load_default=tuple)


def _intensity(on: date, article: str, size: str, bonuses: Iterable[str], costs: Money | None = None) -> gber.Intensity:
    return gber.intensity(on, article, Size(size), costs=costs, bonuses=tuple(bonuses))


class IncentiveInputs(Inputs):
    applied_on = day("The day the application arrived.", "2026-09-01", required=True)
    works_start_on = day(
        "First firm order or start of building; left out when not started.", "2026-10-01", allow_none=True
    )
    tells = several("What the application tells.", gber.APPLICATION_TELLS, load_default=gber.APPLICATION_TELLS)
    ad_hoc_to_large = truth("Aid outside a scheme to a large enterprise.", load_default=False)
    counterfactual_shown = truth("It is shown what would happen without the aid.", load_default=False)


def _incentive(
    applied_on: date, tells: Iterable[str], works_start_on: date | None = None, **rest: Any
) -> gber.Incentive:
    return gber.incentive_effect(applied_on, works_start_on, tuple(tells), **rest)


class PublicationInputs(Inputs):
    granted_on = day("The day of the award.", required=True)
    award = money("The award.", "150000.00", required=True)


class OtherAidRow(Inputs):
    makes = cumulation.OtherAid

    amount = money("How much.", "20000.00", required=True)
    kind = choice("What it is.", cumulation.KINDS, load_default="state_aid")
    same_costs = truth("Whether it goes to the same eligible costs, wholly or in part.", load_default=True)
    rate = percent("Highest share its own rule allows.", "50", allow_none=True)
    giver = words("Who gives it.", "Business Finland", load_default="")


class CumulationInputs(Inputs):
    eligible_costs = money("The same eligible costs.", "100000.00", required=True)
    aid_rate = percent("Highest share that the rule of the new aid allows.", "35", required=True)
    other_aid = rows(OtherAidRow, "Other public money to the project.", load_default=list)
    new_aid = money("The new aid that is thought of.", "30000.00", load_default=ZERO)


def _cumulation(
    eligible_costs: Money, aid_rate: Rate, other_aid: Iterable[cumulation.OtherAid], new_aid: Money
) -> cumulation.Together:
    return cumulation.cumulation(eligible_costs, aid_rate, other_aid, new_aid)


class PortionRow(Inputs):
    makes = sources.Portion

    source = words("Who finances.", "eu", required=True)
    rate = percent("Its share.", "60", required=True)


class SplitInputs(Inputs):
    amount = money("The sum to share.", "31721.26", required=True)
    portions = rows(PortionRow, "Shares of 100 per cent together; the last takes the odd cents.", required=True)


CALCULATIONS: tuple[Calculation, ...] = (
    Calculation(rule=AWARD, takes=AwardInputs, works_out=_award),
    Calculation(rule=aid_ceiling.RULE, takes=AidCeilingInputs, works_out=aid_ceiling.aid_ceiling),
    Calculation(rule=cofinancing.RULE, takes=CofinancingInputs, works_out=cofinancing.cofinancing_ceiling, day=None),
    Calculation(rule=regional_aid.RULE, takes=RegionalAidInputs, works_out=_regional_aid),
    Calculation(rule=gber.INTENSITY, takes=IntensityInputs, works_out=_intensity),
    Calculation(rule=gber.INCENTIVE, takes=IncentiveInputs, works_out=_incentive, day="applied_on"),
    Calculation(rule=gber.PUBLICATION, takes=PublicationInputs, works_out=gber.publication, day="granted_on"),
    Calculation(rule=cumulation.RULE, takes=CumulationInputs, works_out=_cumulation, day=None),
    Calculation(rule=sources.RULE, takes=SplitInputs, works_out=sources.split_by_source, day=None),
)
