"""Tables of the law end; whoever runs the house hears of it well before, and past the end nothing is guessed."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from click.testing import CliRunner, Result

from shared.calculations import ask, calculation_named
from shared.errors import InvalidFields
from tukivayla.calc import CALCULATIONS
from tukivayla.cli import main
from tukivayla.doctor import examine
from tukivayla.tables import ending, tables

LAST_OF_GBER = date(2026, 12, 31)


def told(*words: str) -> Result:
    return CliRunner().invoke(main, ["tables", *words])


def test_a_table_is_told_from_the_days_before_its_end_and_not_before() -> None:
    def names(on: date, within: int) -> set[str]:
        return {one.name for one in ending(on, within)}

    assert "rule gber_intensity" not in names(LAST_OF_GBER - timedelta(days=120), 120)
    assert "rule gber_intensity" in names(LAST_OF_GBER - timedelta(days=119), 120)
    assert "rule gber_intensity" in names(LAST_OF_GBER + timedelta(days=1), 0)
    assert "rule gber_intensity" not in names(LAST_OF_GBER, 0)  # its last day is a day of it


def test_every_rule_that_has_a_last_day_and_every_table_of_rows_is_watched() -> None:
    watched = {one.name: one.last for one in tables()}

    assert {f"rule {one.rule.name}" for one in CALCULATIONS if one.rule.until} <= set(watched)
    assert watched["reference rates of the Interest Act"] == date(2026, 6, 30)
    assert watched["de minimis general"] == date(2030, 12, 31)
    assert watched["regional aid map"] == date(2027, 12, 31)
    assert watched["aid ceiling business_development"] == date(2028, 12, 31)
    assert watched["rule set 2021-2027"] == date(2029, 12, 31)
    assert not [name for name in watched if "2014-2020" in name]
    assert [one.last for one in tables()] == sorted(watched[one.name] for one in tables())


def test_the_operator_is_told_what_ends_when_and_what_to_enter() -> None:
    result = told("--on", "2026-11-26", "--within", "60")

    assert result.exit_code == 1
    assert "2026-06-30  reference rates of the Interest Act: ENDED 149 days ago" in result.output
    assert "2026-12-31  rule gber_intensity: ends in 35 days" in result.output
    assert "reference_rates.csv" in result.output
    assert "30 June 2027 by art. 58(4)" in result.output


def test_a_timer_reads_it_as_json_and_by_its_exit_code() -> None:
    found = told("--on", "2026-11-26", "--json")
    nothing = told("--on", "2026-01-01", "--within", "30", "--json")

    rows = {row["table"]: row for row in json.loads(found.output)}
    assert rows["rule gber_incentive_effect"]["days_left"] == 35
    assert rows["reference rates of the Interest Act"]["days_left"] == -149
    assert (nothing.exit_code, json.loads(nothing.output)) == (0, [])


def test_the_doctor_names_them_without_calling_the_set_up_wrong() -> None:
    finding = next(one for one in examine() if one.what == "tables of the law")

    assert finding.well
    assert "reference rates" in finding.found
    assert finding.mend == "Run: tukivayla tables"


@pytest.mark.parametrize(
    ("rule", "inputs", "path"),
    [
        ("gber_intensity", {"on": "2027-01-01", "article": "sme_investment", "size": "small"}, "on"),
        ("gber_incentive_effect", {"applied_on": "2027-01-01"}, "applied_on"),
        ("gber_publication", {"granted_on": "2027-01-01", "award": "200000"}, "granted_on"),
        ("regional_aid", {"on": "2028-01-01", "municipality": "491", "size": "small"}, "on"),
        ("de_minimis", {"on": "2031-01-01"}, "on"),
    ],
)
def test_a_rule_refuses_the_day_after_its_last_and_says_which_that_was(rule: str, inputs: dict, path: str) -> None:
    with pytest.raises(InvalidFields) as refusal:
        ask(calculation_named(rule, CALCULATIONS), inputs)

    [fault] = refusal.value.faults
    assert (fault.path, fault.rule) == (path, "no_rule_on_the_day")
    assert date.fromisoformat(fault.facts["last"]) == date.fromisoformat(inputs[path]) - timedelta(days=1)


def test_interest_for_days_without_a_rate_is_refused_until_the_rate_is_told() -> None:
    rule = calculation_named("recovery_interest", CALCULATIONS)
    inputs = {"principal": "10000.00", "paid_on": "2026-06-01", "returned_on": "2026-07-01"}

    with pytest.raises(InvalidFields) as refusal:
        ask(rule, inputs)

    assert [(one.path, one.rule) for one in refusal.value.faults] == [("returned_on", "no_reference_rate")]
    assert ask(rule, inputs | {"rates_to_come": "2.5"}).result["unchecked"]
