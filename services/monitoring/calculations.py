"""The rules of this room that can be asked alone, each with the schema of its inputs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from marshmallow import fields

from shared.calculations import Calculation
from shared.calculations.inputs import (
    Amount,
    Inputs,
    choice,
    day,
    money,
    number,
    percent,
    rows,
    several,
    truth,
    whole,
    words,
)
from shared.money import ZERO, Money, Rate
from shared.rules import accounting, indicators, irregularities, residual_error, sampling, separation

PERIODS = ("2021-2027", "2014-2020")


class AccountingYearInputs(Inputs):
    on = day("The day whose accounting year is asked for.", required=True)
    period = choice("Programme period.", PERIODS, load_default=PERIODS[0])


class CommitmentRow(Inputs):
    makes = accounting.Commitment

    year = whole("Budget year.", 2021, least=2014, most=2027, required=True)
    amount = money("The Union's commitment to the programme.", "100000000.00", required=True)


class DecommitmentInputs(Inputs):
    period = choice("Programme period.", PERIODS, load_default=PERIODS[0])
    year = whole("The year at whose end it is looked at.", 2025, least=2017, most=2030, required=True)
    commitments = rows(CommitmentRow, "Commitments by year.", required=True)
    used = money("Advances paid and payment applications sent by then.", "150000000.00", required=True)
    extra_years = whole("A year more for a programme amended by (EU) 2025/1914.", 0, most=1)


class IndicatorInputs(Inputs):
    fund = choice("Fund; the code means nothing without it.", ("ERDF", "ESF+", "JTF", "ESF"), required=True)
    code = words("Code of the common indicator.", "RCO01", required=True)


class IrregularityInputs(Inputs):
    found_on = day("First written finding, by administration or court.", "2026-05-10", required=True)
    spending = money("Irregular spending.", "30000.00", required=True)
    fund_rate = number("The fund's part of it.", "40", "%", most=100, required=True)
    suspected_fraud = truth("Whether fraud is suspected.", load_default=False)
    linked = fields.List(
        Amount(), load_default=tuple, metadata={"description": "Fund shares of linked cases; they add up."}
    )
    exceptions = several("What lets a case go unreported.", irregularities.EXCEPTIONS, load_default=tuple)


def _report(
    found_on: date, spending: Money, fund_rate: Decimal, exceptions: Iterable[str], **rest: Any
) -> irregularities.Report:
    return irregularities.irregularity_report(found_on, spending, fund_rate, exceptions=tuple(exceptions), **rest)


class UnitRow(Inputs):
    makes = sampling.Unit

    name = words("What the unit is found by.", "T80412-1", required=True)
    amount = money("Declared spending.", "12000.00", required=True)


class FindingRow(Inputs):
    makes = sampling.Finding

    name = words("The unit that was audited.", "T80412-1", required=True)
    error = money("The error found in it; zero when none.", "0.00", may_be_negative=True, required=True)


class MusInputs(Inputs):
    units = rows(UnitRow, "The population.", required=True)
    category = whole("Category of the control system: 1 works well, 4 does not.", 2, least=1, most=4, required=True)
    expected_error = money("Expected error in the population.", "1000.00", required=True)
    deviation = number("Standard deviation of error rates.", "0.05", required=True)
    materiality = percent("Tolerable error rate.", "2", load_default=sampling.MATERIALITY)
    findings = rows(FindingRow, "What the audits found, a row for each unit audited.", load_default=list)


def _mus(
    units: list[sampling.Unit], category: int, expected_error: Money, deviation: Decimal, **rest: Any
) -> sampling.Sample:
    return sampling.monetary_unit_sample(units, category, expected_error, deviation, **rest)


class AuditSampleInputs(Inputs):
    period = choice("Programme period.", PERIODS, load_default=PERIODS[0])
    units = whole("Sampling units in the population.", 120, required=True)
    spending = money("Declared spending.", "5000000.00", load_default=ZERO)


class ResidualInputs(Inputs):
    book_value = money("Spending of the accounting year.", "10000000.00", required=True)
    projected = money("Projected random error.", "250000.00", required=True)
    systemic = money("Systemic errors.", "0.00", load_default=ZERO)
    anomalous = money("Anomalous errors.", "0.00", load_default=ZERO)
    corrected = money("Corrected already.", "0.00", load_default=ZERO)
    materiality = percent("Tolerable error rate.", "2", load_default=Rate.of("2"))


def _residual(book_value: Money, projected: Money, **rest: Any) -> residual_error.Residual:
    return residual_error.residual_error(book_value, projected, **rest)


class DoneRow(Inputs):
    makes = separation.Done

    person = words("Who.", "p-aino", required=True)
    part = choice("The part in the case.", separation.PARTS, required=True)


class SeparationInputs(Inputs):
    done = rows(DoneRow, "Who had which part in the case.", required=True)
    person = words("Who would act.", "p-aino", load_default="")
    part = choice(
        "The part to be taken; left out to look over what was done.", ("", *separation.PARTS), load_default=""
    )


CALCULATIONS: tuple[Calculation, ...] = (
    Calculation(rule=accounting.YEAR, takes=AccountingYearInputs, works_out=accounting.accounting_year, day=None),
    Calculation(rule=accounting.DECOMMITMENT, takes=DecommitmentInputs, works_out=accounting.decommitment, day=None),
    Calculation(rule=indicators.RULE, takes=IndicatorInputs, works_out=indicators.indicator, day=None),
    Calculation(rule=irregularities.RULE, takes=IrregularityInputs, works_out=_report, day="found_on"),
    Calculation(rule=sampling.MUS, takes=MusInputs, works_out=_mus, day=None),
    Calculation(rule=sampling.SAMPLE, takes=AuditSampleInputs, works_out=sampling.audit_sample, day=None),
    Calculation(rule=residual_error.RULE, takes=ResidualInputs, works_out=_residual, day=None),
    Calculation(rule=separation.RULE, takes=SeparationInputs, works_out=separation.separation_of_duties, day=None),
)
