"""Asked of the costs: flat rates, hours, lump sums, simplified options, VAT."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from services.applications.calculations.aid import PERIODS, CostRow
from services.applications.domain.rulesets import PERIOD_2021
from shared.calculations import Calculation
from shared.calculations.inputs import Inputs, choice, day, money, number, percent, rows, truth, words
from shared.errors import Fault, InvalidFields
from shared.money import ZERO, Money
from shared.rules import cost_models, eligibility, hourly_cost, simplified_costs, vat


class FlatRateInputs(Inputs):
    on = day("The day of the funding decision, whose rate is kept.", required=True)
    model = choice("Cost model.", cost_models.MODELS, required=True)
    costs = rows(CostRow, "Direct costs by category.", required=True)


def _flat_rate(on: date, model: str, costs: Iterable[dict[str, Any]]) -> cost_models.CostsByModel:
    by_category: dict[str, Money] = {}
    for row in costs:
        by_category[row["category"]] = by_category.get(row["category"], ZERO) + row["amount"]
    try:
        return cost_models.costs_by_model(model, by_category, on)
    except cost_models.NoSuchCostModel as error:
        raise InvalidFields(faults=[Fault("model", "no_rule_on_the_day")]) from error


class HourlyCostInputs(Inputs):
    on = day("The day of the funding decision.", required=True)
    yearly_gross = money("Last documented yearly gross salary.", "48160.00", required=True)
    hours = number("Hours worked for the project in the year.", "800", "h", required=True)
    on_cost = choice("Fixed on-cost percentage.", hourly_cost.ON_COST_KEYS, load_default="standard")
    part_time = number("Working time of full time.", "100", "%", least=1, most=100)
    hours_elsewhere = number("Hours of the same year in other projects.", "0", "h")


class CompulsoryInputs(Inputs):
    on = day("The day of the decision.", required=True)
    period = choice("Programme period.", PERIODS, load_default=PERIOD_2021)
    total_costs = money("Total cost of the project (2021-2027).", "200000.00", load_default=ZERO)
    public_support = money("Public support (2014-2020).", "100000.00", load_default=ZERO)
    fund = choice("Fund.", ("ERDF", "ESF", "ESF+", "JTF"), load_default="ERDF")
    state_aid = truth("State aid that is not de minimis.", load_default=False)
    wholly_procured = truth("Carried out by procurement alone (2014-2020).", load_default=False)


class MilestoneRow(Inputs):
    makes = simplified_costs.Milestone

    name = words("What is to be delivered.", "Kasvuselvitys", required=True)
    amount = money("Its part of the lump sum.", "20000.00", required=True)
    proven = truth("Whether it is proven to be delivered.", required=True)


class LumpSumInputs(Inputs):
    milestones = rows(MilestoneRow, "The parts of the lump sum.", required=True)
    rate = percent("Aid rate.", "60", required=True)


class VatInputs(Inputs):
    period = choice("Programme period.", PERIODS, load_default=PERIOD_2021)
    final_cost = truth("The beneficiary cannot deduct the tax or get it back.", required=True)
    total_with_vat = money("Total cost of the operation with VAT.", "120000.00", load_default=ZERO)
    vat = money("The tax in question.", "255.00", load_default=ZERO)


class NetRevenueInputs(Inputs):
    on = day("The day of the decision.", required=True)
    period = choice("Programme period; only 2014-2020 deducts revenue.", PERIODS, load_default=PERIOD_2021)
    costs = money("Total eligible costs.", "120000.00", required=True)
    revenue = money("Net revenue of the project.", "5000.00", required=True)
    state_aid = truth("State aid: revenue is not deducted.", load_default=False)


class EligibleTimeInputs(Inputs):
    period = choice("Programme period.", PERIODS, load_default=PERIOD_2021)
    incurred_on = day("The day the cost came about.", "2027-03-15", required=True)
    paid_on = day("The day it was paid.", "2027-04-12", required=True)
    project_first = day("First day of the project by the decision.", "2026-10-01", allow_none=True)
    project_last = day("Last day of the project by the decision.", "2028-09-30", allow_none=True)
    completed_before_application = truth("The project was completed before it was applied for.", load_default=False)


class LandInputs(Inputs):
    land = money("Cost of the land.", "20000.00", required=True)
    total_costs = money("Total eligible costs.", "150000.00", required=True)
    derelict = truth("A derelict site, or one formerly in industrial use with buildings.", load_default=False)


class InKindInputs(Inputs):
    total_costs = money("Total eligible costs, what was given in kind included.", "100000.00", required=True)
    contributed = money("Value of what was given in kind.", "20000.00", required=True)
    public_support = money("Public support.", "80000.00", required=True)


class ThresholdInputs(Inputs):
    kind = choice("What is bought.", eligibility.PURCHASES, required=True)
    value = money("Value without VAT.", "59999.99", required=True)


CALCULATIONS: tuple[Calculation, ...] = (
    Calculation(rule=eligibility.REVENUE, takes=NetRevenueInputs, works_out=eligibility.net_revenue),
    Calculation(rule=eligibility.TIME, takes=EligibleTimeInputs, works_out=eligibility.eligible_time, day=None),
    Calculation(rule=eligibility.LAND, takes=LandInputs, works_out=eligibility.land_purchase, day=None),
    Calculation(rule=eligibility.IN_KIND, takes=InKindInputs, works_out=eligibility.in_kind, day=None),
    Calculation(
        rule=eligibility.PROCUREMENT, takes=ThresholdInputs, works_out=eligibility.procurement_threshold, day=None
    ),
    Calculation(rule=cost_models.RULE, takes=FlatRateInputs, works_out=_flat_rate),
    Calculation(rule=hourly_cost.RULE, takes=HourlyCostInputs, works_out=hourly_cost.hourly_cost),
    Calculation(
        rule=simplified_costs.COMPULSORY,
        takes=CompulsoryInputs,
        works_out=simplified_costs.simplified_costs_compulsory,
    ),
    Calculation(rule=simplified_costs.LUMP_SUM, takes=LumpSumInputs, works_out=simplified_costs.lump_sum, day=None),
    Calculation(rule=vat.RULE, takes=VatInputs, works_out=vat.vat_eligibility, day=None),
)
