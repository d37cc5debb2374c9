"""Whole calculations as files: to add one, copy a file; no Python is needed."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.applications.domain.completeness import totals_of
from services.applications.domain.plans import Financing, Plan
from services.applications.domain.rulesets import PERIOD_2021, ruleset_on
from shared.money import Money, Rate
from tests.support.applications_builders import a_call, a_cost

EXAMPLES = sorted((Path(__file__).parent / "worked_examples").glob("*.toml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_calculation_comes_out_as_worked_by_hand(path: Path) -> None:
    example = tomllib.loads(path.read_text())

    totals = totals_of(plan_of(example), call_of(example), ruleset_on(date(2026, 9, 15), PERIOD_2021))

    assert str(totals.eligible) == example["eligible"]
    assert str(totals.aid.amount) == example["aid"]
    assert str(totals.missing_financing) == example["own_share"]


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 4


def plan_of(example: dict[str, Any]) -> Plan:
    municipality = Money.eur(example.get("municipality", "0.00"))
    return Plan(
        costs=tuple(a_cost(row["amount"], row["category"]) for row in example["costs"]),
        financing=(Financing(source="municipality", year=2027, amount=municipality),),
    )


def call_of(example: dict[str, Any]) -> Any:
    return a_call(cost_model=example["cost_model"], aid_rate=Rate.of(example["aid_rate"]))
