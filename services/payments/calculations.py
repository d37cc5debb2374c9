"""The rules of this room that can be asked alone, each with the schema of its inputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from services.payments.domain.cost_lines import CostLine
from services.payments.domain.deadlines import payment_term
from services.payments.domain.grants import Grant
from services.payments.domain.payable import Share, work_out
from shared.calculations import Calculation
from shared.calculations.inputs import (
    Inputs,
    choice,
    day,
    money,
    number,
    percent,
    rows,
    truth,
    whole,
    words,
)
from shared.contracts.applications import COST_CATEGORIES
from shared.dates import Period
from shared.errors import Fault, InvalidFields
from shared.explained import Step
from shared.money import ZERO, Money, Rate, total
from shared.rules import advances, clocks, corrections, keeping, recovery
from shared.rules.cost_models import MODELS, NoSuchCostModel, flat_rate
from shared.rules.rule import Rule, titled

PERIODS = ("2021-2027", "2014-2020")
PAYABLE = Rule(
    name="payable",
    version="1",
    since=date(2014, 4, 1),
    until=date(2029, 12, 31),
    source="(EU) 2021/1060 art. 53-56; award",
    titles=titled("Maksettava tuki", "Stöd att betala", "Aid payable on a claim"),
)


class PauseRow(Inputs):
    makes = clocks.Pause

    since = day("The day the beneficiary was told that the clock stands.", "2026-10-01", required=True)
    until = day("The day the answer came; left out while it is waited for.", "2026-10-15", load_default=None)
    reason = words("Why.", "Tosite puuttuu", load_default="")


class ClockInputs(Inputs):
    submitted_on = day("The day the claim was filed.", "2026-09-01", required=True)
    on = day("The day to read the clock.", required=True)
    period = choice("Programme period: 80 days, or 90 in 2014-2020.", PERIODS, load_default=PERIODS[0])
    interruptions = rows(PauseRow, "When the clock stood.", load_default=list)


def _clock(submitted_on: date, on: date, period: str, interruptions: Iterable[clocks.Pause]) -> clocks.Reading:
    term = payment_term(period)
    return clocks.read_clock(submitted_on, term.days, on, interruptions, term.source)


class InterestInputs(Inputs):
    principal = money("The aid to be paid back.", "10000.00", required=True)
    paid_on = day("The day it was paid to the beneficiary.", "2024-01-01", required=True)
    returned_on = day("The day it is paid back.", "2025-12-31", required=True)
    due_on = day("Last day to pay by the recovery decision; after it late interest.", "2025-10-31", allow_none=True)
    rates_to_come = number("Reference rate for half-years that are not in the table yet.", "2.5", "%", most=100)


class RecoveryDeadlineInputs(Inputs):
    on = day("The day of the recovery decision.", required=True)
    known_on = day("The day the authority came to know the ground.", "2025-03-01", required=True)
    last_paid_on = day("The day of the last instalment of the aid.", "2022-06-15", required=True)


class FlatCorrectionInputs(Inputs):
    base = money("The spending that the fault touches.", "100000.00", required=True)
    rate = percent("5, 10, 25 or 100; or tell the gravity.", "25", allow_none=True)
    gravity = choice("How grave the fault is.", tuple(corrections.GRAVITY), allow_none=True)
    aid_rate = percent("Aid rate, to tell the aid behind the correction.", "70", allow_none=True)
    why = words("What the fault is.", "", load_default="")


def _flat_correction(
    base: Money, why: str, rate: Rate | None = None, gravity: str | None = None, aid_rate: Rate | None = None
) -> corrections.Correction:
    if (rate is None) == (gravity is None):
        raise InvalidFields(faults=[Fault("rate", "rate_or_gravity")])
    chosen = rate if rate is not None else Rate.of(corrections.GRAVITY[str(gravity)])
    return corrections.flat_correction(base, chosen, aid_rate=aid_rate, why=why)


class FoundRow(Inputs):
    makes = corrections.Found

    irregularity = choice("What was wrong.", tuple(corrections.BY_KEY), required=True)
    lesser = truth("Whether the lower rate of the table is due.", load_default=False)
    days_due = whole("short_time: the days the law gives.", 30, "d", least=1, most=400, allow_none=True)
    days_given = whole("short_time: the days that were given.", 10, "d", most=400, allow_none=True)


class ProcurementInputs(Inputs):
    declared = money("What was declared of the contract, in all claims.", "200000.00", required=True)
    faults = rows(FoundRow, "The faults found; the highest rate decides.", required=True)
    aid_rate = percent("Aid rate, to tell the aid behind the correction.", "70", allow_none=True)


class RetentionInputs(Inputs):
    on = day("The day that is asked about.", required=True)
    period = choice("Programme period.", PERIODS, load_default=PERIODS[0])
    last_paid_on = day("Last payment to the beneficiary.", "2027-05-10", allow_none=True)
    accounts_on = day("The accounts with the cost (2014-2020).", "2020-02-15", allow_none=True)
    total_costs = money("Total eligible costs (2014-2020).", "800000.00", allow_none=True)
    aid_granted_on = day("State or de minimis aid: the day of the award.", "2026-03-01", allow_none=True)
    ended_on = day("End of the project, where the decision tells to keep for ten years.", "2027-06-30", allow_none=True)
    stopped_days = whole("Days that proceedings stopped the clock.", 0, "d", most=20_000)


class DurabilityInputs(Inputs):
    on = day("The day that is asked about.", required=True)
    final_payment_on = day("The day of the final payment.", "2025-05-10", required=True)
    is_sme = truth("Three years for an SME, else five.", required=True)
    aid = money("Aid paid for the investment.", "100000.00", allow_none=True)
    ceased_on = day("The day the requirement ceased to be met.", "2026-05-10", allow_none=True)


class AdvanceInputs(Inputs):
    aid = money("Aid awarded.", "100000.00", required=True)
    company_aid = truth("Whether it is company aid.", required=True)
    asked_in_application = truth("Whether it was asked for in the application.", required=True)
    guaranteed = truth("Whether a guarantee covers it.", load_default=False)


class LineRow(Inputs):
    category = choice("Cost category.", COST_CATEGORIES, required=True)
    claimed = money("Claimed.", "10000.00", required=True)
    accepted = money("Accepted; left out when all of it.", "9000.00", allow_none=True)


class CategorySum(Inputs):
    category = choice("Cost category.", COST_CATEGORIES, required=True)
    amount = money("Accepted in earlier claims.", "20000.00", required=True)


class PayableInputs(Inputs):
    awarded_on = day("The day of the award, whose flat rate is kept.", "2026-03-01", required=True)
    cost_model = choice("Cost model of the award.", MODELS, required=True)
    aid = money("Aid awarded.", "31721.26", required=True)
    aid_rate = percent("Aid rate of the award.", "80", required=True)
    eu_share = percent("The Union's part of the aid.", "60", load_default=Rate.of("60"))
    lines = rows(LineRow, "The lines of this claim.", required=True)
    accepted_before = rows(CategorySum, "Direct costs accepted in earlier claims.", load_default=list)
    approved_before = money("Approved in earlier payment decisions.", "0.00", load_default=ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class PayableAid:
    outcome: str
    accepted_costs: Money
    payable: Money
    shares: tuple[Share, ...]
    steps: tuple[Step, ...]


def _payable(
    awarded_on: date,
    cost_model: str,
    aid: Money,
    aid_rate: Rate,
    eu_share: Rate,
    lines: Iterable[Mapping[str, Any]],
    accepted_before: Iterable[Mapping[str, Any]],
    approved_before: Money,
) -> PayableAid:
    if approved_before > aid:
        raise InvalidFields(faults=[Fault("approved_before", "too_large", {"most": str(aid)})])
    before: dict[str, Money] = {}
    for row in accepted_before:
        before[row["category"]] = before.get(row["category"], ZERO) + row["amount"]
    try:
        flat = flat_rate(cost_model, awarded_on)
    except NoSuchCostModel as error:
        raise InvalidFields(faults=[Fault("cost_model", "no_rule_on_the_day")]) from error
    grant = _grant(
        cost_model=cost_model,
        aid=aid,
        aid_rate=aid_rate,
        eu_share=eu_share,
        awarded_on=awarded_on,
        accepted=before,
        accepted_costs=total(before.values()) + (flat.of(before) if flat else ZERO),
        approved=approved_before,
    )
    claimed = tuple(_line(at, row, awarded_on) for at, row in enumerate(lines))
    made = work_out(claimed, grant)
    return PayableAid(
        outcome=made.outcome,
        accepted_costs=made.accepted_costs,
        payable=made.amount,
        shares=made.shares,
        steps=made.steps,
    )


def _grant(**figures: Any) -> Grant:
    """A grant of which only the figures matter: nobody's, and in no register."""
    names = "number business_id undertaking_name title authority fund programme priority specific_objective region"
    nobody: dict[str, Any] = dict.fromkeys(names.split(), "-")
    awarded_on = figures["awarded_on"]
    return Grant(
        **nobody,
        language="fi",
        plan=(),
        period=Period(awarded_on, awarded_on),
        award_proposed_by="-",
        award_decided_by="-",
        opened_at=datetime.combine(awarded_on, time(), UTC),
        **figures,
    )


def _line(at: int, row: Mapping[str, Any], day: date) -> CostLine:
    """A cost of which only its category and sums matter."""
    claimed = row["claimed"]
    accepted = claimed if row.get("accepted") is None else row["accepted"]
    if accepted > claimed:
        raise InvalidFields(faults=[Fault(f"lines.{at}.accepted", "more_than_claimed", {"claimed": str(claimed)})])
    return CostLine(
        line=at + 1,
        category=row["category"],
        description="",
        incurred_on=day,
        paid_on=day,
        net=claimed,
        gross=claimed,
        claimed=claimed,
        accepted=accepted,
    )


CALCULATIONS: tuple[Calculation, ...] = (
    Calculation(rule=clocks.RULE, takes=ClockInputs, works_out=_clock, day="submitted_on"),
    Calculation(rule=recovery.INTEREST, takes=InterestInputs, works_out=recovery.recovery_interest, day="paid_on"),
    Calculation(rule=recovery.DEADLINE, takes=RecoveryDeadlineInputs, works_out=recovery.recovery_deadline),
    Calculation(rule=corrections.FLAT, takes=FlatCorrectionInputs, works_out=_flat_correction, day=None),
    Calculation(
        rule=corrections.PROCUREMENT, takes=ProcurementInputs, works_out=corrections.procurement_correction, day=None
    ),
    Calculation(rule=keeping.RETENTION, takes=RetentionInputs, works_out=keeping.retention),
    Calculation(rule=keeping.DURABILITY, takes=DurabilityInputs, works_out=keeping.durability),
    Calculation(rule=advances.RULE, takes=AdvanceInputs, works_out=advances.advance, day=None),
    Calculation(rule=PAYABLE, takes=PayableInputs, works_out=_payable, day="awarded_on"),
)
