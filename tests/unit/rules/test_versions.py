"""A rule that answers otherwise is a new version; what a decision stands on is never answered in another way."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from services.applications.domain.rulesets import RULESETS
from shared.calculations import NoSuchRule, calculation_named, newest
from shared.rules import (
    aid_ceiling,
    cost_models,
    cumulation,
    de_minimis,
    difficulty,
    gates,
    gber,
    regional_aid,
    simplified_costs,
    single_undertaking,
    sme_size,
)
from shared.rules.versions import NEWEST, Book, NoSuchVersion, Version, Versions
from tests.support.frozen_answers import changed, digests, frozen
from tukivayla.calc import CALCULATIONS, EVERY_VERSION

DOMAIN = Path(__file__).parents[3] / "services/applications/domain"
VERSIONED: tuple[Versions, ...] = (
    aid_ceiling.VERSIONS,
    cost_models.VERSIONS,
    cumulation.VERSIONS,
    de_minimis.VERSIONS,
    difficulty.VERSIONS,
    gates.VERSIONS,
    gber.INTENSITY_VERSIONS,
    gber.INCENTIVE_VERSIONS,
    regional_aid.VERSIONS,
    simplified_costs.COMPULSORY_VERSIONS,
    single_undertaking.VERSIONS,
    sme_size.VERSIONS,
)
SAYING = {one.says.__name__ for versions in VERSIONED for one in versions.every}


def test_every_version_of_every_rule_answers_the_worked_examples_as_it_always_has() -> None:
    """A new example is frozen by `python -m tests.support.frozen_answers`. It changes nothing that is frozen."""
    kept, now = frozen(), digests()

    assert changed(kept, now) == []
    assert kept == now


def test_an_answer_that_changes_without_a_new_version_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    dearer = replace(de_minimis.BY_NAME["2023/2831"], ceiling=de_minimis.BY_NAME["2023/2832"].ceiling)
    rows = tuple(dearer if one.name == dearer.name else one for one in de_minimis.REGULATIONS)
    monkeypatch.setattr(de_minimis, "REGULATIONS", rows)
    monkeypatch.setitem(de_minimis.BY_NAME, dearer.name, dearer)

    found = changed(frozen(), digests())

    assert {"de_minimis/1: exactly-at", "de_minimis/2: exactly-at"} <= set(found)
    assert {one.split("/")[0] for one in found} == {"de_minimis"}


def test_a_version_that_is_taken_away_is_found() -> None:
    kept = frozen()

    assert changed(kept, {rule: kept[rule] for rule in kept if rule != "de_minimis/1"})


def test_the_newest_version_is_asked_unless_another_is_named() -> None:
    assert calculation_named("De-minimis", EVERY_VERSION).rule is de_minimis.RULE
    assert calculation_named("de_minimis", EVERY_VERSION, "1").rule is de_minimis.RULE_1
    assert [one.rule.version for one in CALCULATIONS if one.rule.name == "de_minimis"] == ["2"]
    assert newest(EVERY_VERSION) == CALCULATIONS


def test_a_version_that_has_never_been_is_refused_and_the_others_named() -> None:
    with pytest.raises(NoSuchVersion) as refusal:
        calculation_named("de_minimis", EVERY_VERSION, "3")
    assert refusal.value.facts == {"rule": "de_minimis", "version": "3", "known": "1, 2"}
    with pytest.raises(NoSuchVersion):
        Book({"de_minimis": "0"}).of(de_minimis.VERSIONS)
    with pytest.raises(NoSuchRule):
        calculation_named("de_maximis", EVERY_VERSION, "1")


def test_a_book_has_each_rule_in_the_version_it_names() -> None:
    old = Book({"de_minimis": "1"})

    assert old.of(de_minimis.VERSIONS).says is de_minimis.de_minimis_1
    assert NEWEST.of(de_minimis.VERSIONS).says is de_minimis.de_minimis
    assert old.of(sme_size.VERSIONS).rule is sme_size.RULE


def test_versions_of_a_rule_are_of_one_rule_and_told_apart() -> None:
    one = Version(rule=de_minimis.RULE, says=de_minimis.de_minimis)

    with pytest.raises(ValueError, match="the same version twice"):
        Versions(one, one)
    with pytest.raises(ValueError, match="different rules"):
        Versions(one, Version(rule=sme_size.RULE, says=de_minimis.de_minimis))


def calls_past_the_book(path: Path) -> set[str]:
    """Functions of a rule that has versions, called in the module by their own names."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    rules: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "shared.rules":
            rules |= {one.asname or one.name: one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("shared.rules."):
            rules |= {one.asname or one.name: one.name for one in node.names if one.name in SAYING}
    called = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of = node.func.value
            if isinstance(of, ast.Name) and of.id in rules and node.func.attr in SAYING:
                called.add(node.func.attr)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and rules.get(node.func.id) in SAYING:
            called.add(rules[node.func.id])
    return called


def test_what_a_decision_is_computed_from_asks_every_rule_by_the_book() -> None:
    """A rule that is called by its own name would answer an old decision by today's version.

    Who belongs to the group is looked up before anything is computed, and is stored with the inputs.
    """
    found = {path.name: calls for path in sorted(DOMAIN.glob("*.py")) if (calls := calls_past_the_book(path))}

    assert len(SAYING) == 13
    assert found == {"aid_register.py": {"single_undertaking"}}


@pytest.mark.parametrize("ruleset", RULESETS, ids=lambda one: one.id)
def test_every_rule_set_names_versions_that_can_be_asked(ruleset) -> None:
    for name, version in ruleset.rules.items():
        assert calculation_named(name, EVERY_VERSION, version).rule.version == version


def test_a_version_changes_with_a_rule_set_of_its_own_first_day() -> None:
    before, since = RULESETS[0], RULESETS[1]

    assert (before.until, since.since) == (date(2026, 11, 25), date(2026, 11, 26))
    assert {name for name in since.rules if since.rules[name] != before.rules[name]} == {"de_minimis"}
