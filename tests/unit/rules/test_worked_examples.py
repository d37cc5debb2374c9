"""The worked examples of `tests/golden`: each asks a rule the way anybody may, and says what must come out.

A file says why it is there, the inputs, and what it looks at of the result; "null" stands for nothing. What is
refused names the field and the rule it breaks. One that shows an earlier version of a rule names it.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from services.gateway.sentences import WORDS
from shared.calculations import ask, calculation_named
from shared.errors import InvalidFields
from tukivayla.calc import CALCULATIONS, EVERY_VERSION

GOLDEN = Path(__file__).parents[2] / "golden"
EXAMPLES = sorted(GOLDEN.glob("*/*.toml"))


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def only(wanted: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """What the example looks at, in the words of the file."""
    shown = {name: "null" if value is None else value for name, value in given.items()}
    return {
        name: only(inner, shown[name])
        if isinstance(inner, dict) and isinstance(shown.get(name), dict)
        else shown.get(name)
        for name, inner in wanted.items()
    }


@pytest.mark.parametrize("path", EXAMPLES, ids=name_of)
def test_the_rule_says_what_the_example_says(path: Path) -> None:
    example = read(path)
    calculation = calculation_named(path.parent.name, EVERY_VERSION, example.get("version"))
    if "refused" in example:
        with pytest.raises(InvalidFields) as refusal:
            ask(calculation, example["inputs"])
        assert [{"path": fault.path, "rule": fault.rule} for fault in refusal.value.faults] == example["refused"]
        return
    answered = ask(calculation, example["inputs"])
    assert only(example["result"], dict(answered.result)) == example["result"]
    assert answered.steps


def test_there_are_examples_for_every_rule_and_each_says_why() -> None:
    assert {path.parent.name for path in EXAMPLES} == {calculation.rule.name for calculation in CALCULATIONS}
    assert len(EXAMPLES) >= 150
    assert all(read(path)["why"].strip() for path in EXAMPLES)


def test_every_step_that_the_examples_go_through_can_be_said_to_people() -> None:
    said = {
        step.what
        for path in EXAMPLES
        if "refused" not in (example := read(path))
        for step in ask(
            calculation_named(path.parent.name, EVERY_VERSION, example.get("version")), example["inputs"]
        ).steps
    }

    assert len(said) > 150
    assert sorted(said - WORDS["step"].keys()) == []
