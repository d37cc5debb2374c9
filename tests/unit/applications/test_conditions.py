"""Conditions are data: what they look at, what they can't do, and what is said of those that can't work."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.applications.domain.conditions import OPERATORS, holds, is_well_formed

KNOWN = {
    "purpose": "energy",
    "blank": "  ",
    "amount": "1 200,50",
    "nonsense": "n. 1200",
    "groups": [{"code": "staff"}, {"code": "leaders"}],
    "costs": [{"amount": "30 000,00"}, {"amount": "20 000,01"}, {"amount": "viisi"}],
    "empty": [{"name": ""}],
}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (None, True),
        ({"filled": "purpose"}, True),
        ({"filled": "blank"}, False),
        ({"filled": "missing"}, False),
        ({"filled": "empty"}, False),
        ({"filled": "costs"}, True),
        ({"equals": ["purpose", "energy"]}, True),
        ({"equals": ["purpose", "capacity"]}, False),
        ({"equals": ["groups", "leaders"]}, True),
        ({"equals": ["groups", "owners"]}, False),
        ({"one_of": ["purpose", ["capacity", "energy"]]}, True),
        ({"one_of": ["purpose", ["capacity"]]}, False),
        ({"above": ["amount", "1200.49"]}, True),
        ({"above": ["amount", "1200.50"]}, False),
        ({"above": ["nonsense", "0"]}, False),
        ({"above": ["missing", "0"]}, False),
        ({"above": ["costs.amount", "50000"]}, True),
        ({"above": ["costs.amount", "50000.01"]}, False),
        ({"not": {"filled": "purpose"}}, False),
        ({"all": [{"filled": "purpose"}, {"filled": "missing"}]}, False),
        ({"any": [{"filled": "purpose"}, {"filled": "missing"}]}, True),
    ],
)
def test_a_condition_is_true_of_what_was_answered(condition: Any, expected: bool) -> None:
    assert holds(condition, KNOWN) is expected
    assert condition is None or is_well_formed(condition)


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"filled": "a", "equals": ["a", "b"]},
        {"eval": "1"},
        {"filled": ["a"]},
        {"equals": "a"},
        {"equals": ["a"]},
        {"equals": ["a", 1]},
        {"one_of": ["a", []]},
        {"one_of": ["a", [1]]},
        {"above": ["a", "many"]},
        {"all": []},
        {"all": {"filled": "a"}},
        {"not": None},
        {"not": {"not": {"not": {"not": {"not": {"filled": "a"}}}}}},
        [],
        "filled",
        None,
    ],
)
def test_what_is_no_condition_is_told_apart(condition: Any) -> None:
    assert not is_well_formed(condition)


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(sorted(KNOWN)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(OPERATORS), inner, max_size=2),
    max_leaves=12,
)


@given(json)
def test_whatever_is_published_as_a_condition_is_refused_or_can_be_asked_of_any_answers(condition: Any) -> None:
    if is_well_formed(condition):
        assert holds(condition, KNOWN) in (True, False)
        assert holds(condition, {}) in (True, False)
        assert holds({"not": condition}, KNOWN) is not holds(condition, KNOWN)
