"""`tukivayla calc`: rules asked with JSON on standard input, without a service or a database."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner, Result

from services.applications.domain.rulesets import PERIOD_2021, RULESETS
from shared.contracts.calculating import RULES
from tukivayla.calc import CALCULATIONS
from tukivayla.cli import main

AWARD = {
    "on": "2026-11-25",
    "new_aid": "50000.00",
    "earlier_aid": [{"granted_on": "2025-03-01", "amount": "250000.00"}],
}


def calc(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(main, ["calc", *arguments], input=given)


def answers(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_an_answer_carries_its_rule_version_source_and_every_step() -> None:
    result = calc("de_minimis", "--json", given=json.dumps(AWARD))
    [answer] = answers(result)

    assert result.exit_code == 0
    assert (answer["rule"], answer["version"]) == ("de_minimis", "2")
    assert "(EU) 2023/2831 art. 3" in answer["source"]
    assert (answer["result"]["headroom"], answer["result"]["fits"]) == ("50000.00", True)
    assert [step["what"] for step in answer["steps"]][:2] == ["window_rolling_three_years", "aid_counted"]
    assert {frozenset(step) for step in answer["steps"]} == {frozenset({"sign", "what", "amount", "source", "facts"})}


def test_one_object_may_stand_on_many_lines() -> None:
    assert answers(calc("de_minimis", "--json", given=json.dumps(AWARD, indent=4)))[0]["result"]["fits"]


def test_each_line_gets_its_answer_and_a_wrong_one_does_not_stop_the_others() -> None:
    lines = [
        json.dumps(AWARD),
        '{"new_aid": "1.234", "sum": 1}',
        "rubbish",
        "[]",
        json.dumps(AWARD | {"new_aid": 50000.01}),
    ]
    result = calc("de_minimis", "--json", given="\n".join(lines))
    first, second, third, fourth, last = answers(result)

    assert result.exit_code == 2
    assert first["result"]["fits"]
    assert {(field["path"], field["rule"]) for field in second["error"]["fields"]} == {
        ("on", "required"),
        ("new_aid", "ambiguous_number"),
        ("sum", "unknown_input"),
    }
    assert all(field["message"] for field in second["error"]["fields"])
    assert "earlier_aid" in next(field["message"] for field in second["error"]["fields"] if field["path"] == "sum")
    assert (third["error"]["code"], fourth["error"]["code"]) == ("not_json", "not_an_object")
    assert last["result"]["excess"] == "0.01"


@pytest.mark.parametrize("amount", ['"1 234,50"', '"1234.5"', "1234.5", "1234.50", '"1\\u00a0234,50 €"'])
def test_a_sum_may_be_written_as_people_and_programs_write_it(amount: str) -> None:
    given = f'{{"amount": {amount}, "portions": [{{"source": "eu", "rate": 100}}]}}'

    assert answers(calc("split_by_source", "--json", given=given))[0]["result"]["portions"][0]["amount"] == "1234.50"


@pytest.mark.parametrize("amount", ["true", "null", '"1.234"', "1e3", "NaN", '"-1.00"', "[1]"])
def test_what_is_no_clear_sum_is_refused(amount: str) -> None:
    given = f'{{"amount": {amount}, "portions": [{{"source": "eu", "rate": 100}}]}}'
    result = calc("split_by_source", "--json", given=given)

    assert (result.exit_code, "error" in answers(result)[0]) == (2, True)


def test_a_rule_nobody_has_is_answered_with_those_near_it() -> None:
    result = calc("de-minimus", "--json", given="{}")

    assert result.exit_code == 2
    assert "de_minimis" in answers(result)[0]["error"]["message"]


def test_a_rule_may_be_named_with_dashes_and_asked_what_it_takes() -> None:
    assert answers(calc("De-Minimis", "--json", given=json.dumps(AWARD)))[0]["rule"] == "de_minimis"

    [[card]] = answers(calc("de-minimis", "--list", "--json"))
    assert card["inputs"]["properties"]["earlier_aid"]["items"]["required"] == ["granted_on", "amount"]
    assert calc("nothing-like-it", "--list").exit_code == 2


def test_for_people_the_steps_are_a_table() -> None:
    result = calc("de_minimis", given=json.dumps(AWARD))

    assert result.exit_code == 0
    assert "de minimis headroom" in result.stdout
    assert "50000.00" in result.stdout


def test_the_list_tells_of_every_rule_what_it_takes_and_since_when() -> None:
    [cards] = answers(calc("--list", "--json"))
    by_name = {card["rule"]: card for card in cards}

    assert len(cards) == len(CALCULATIONS) == len(by_name)
    for card in cards:
        assert set(card["titles"]) == {"fi", "sv", "en"}
        assert card["source"]
        assert date.fromisoformat(card["valid_from"]) <= date(2026, 11, 25)
        assert card["inputs"]["properties"].keys() >= set(card["inputs"]["required"])
        assert all(told.get("description") for told in card["inputs"]["properties"].values())
    assert by_name["de_minimis"]["inputs"]["required"] == ["on"]
    assert by_name["de_minimis"]["versions"] == ["1", "2"]


def test_a_rule_is_asked_in_the_version_that_an_old_decision_stands_on() -> None:
    """Version 1 counted an award twice that the register had and the applicant declared; the decision stands."""
    award = {"granted_on": "2026-01-15", "amount": "100000.00", "undertaking": "9104416-3"}
    twice = {"on": "2026-11-25", "new_aid": "150000.00", "earlier_aid": [award, award]}
    told = [award | {"authority": "ITA", "told_by": teller} for teller in ("register", "declared")]
    once = twice | {"earlier_aid": told}

    [then] = answers(calc("de_minimis", "--version", "1", "--json", given=json.dumps(twice)))
    [now] = answers(calc("de_minimis", "--json", given=json.dumps(once)))

    assert (then["version"], then["result"]["headroom"], then["result"]["fits"]) == ("1", "100000.00", False)
    assert (now["version"], now["result"]["headroom"], now["result"]["fits"]) == ("2", "200000.00", True)


def test_a_version_that_has_never_been_is_refused_with_those_that_are() -> None:
    result = calc("de_minimis", "--version", "9", "--json", given="{}")

    assert result.exit_code == 2
    [answer] = answers(result)
    assert answer["error"]["code"] == "no_such_version"
    assert "It has: 1, 2." in answer["error"]["message"]


def test_the_list_for_people_names_every_rule() -> None:
    told = calc("--list").stdout

    assert all(calculation.rule.name in told for calculation in CALCULATIONS)
    assert "asked   as --version 1, 2" in told


def test_without_a_rule_there_is_nothing_to_ask() -> None:
    assert calc().exit_code == 2


def test_the_contract_names_the_rules_that_the_rooms_offer() -> None:
    assert sorted(rule for rules in RULES.values() for rule in rules) == sorted(one.rule.name for one in CALCULATIONS)


def test_the_newest_rule_set_of_a_period_names_the_versions_in_use() -> None:
    versions = {calculation.rule.name: calculation.rule.version for calculation in CALCULATIONS}
    newest = max((one for one in RULESETS if one.period == PERIOD_2021), key=lambda one: one.since)

    assert newest.rules
    assert {name: versions[name] for name in newest.rules} == dict(newest.rules)
