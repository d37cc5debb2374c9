"""Anything may be typed; nothing typed may break the house."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.applications.domain.completeness import look_through
from services.applications.domain.reading import read
from services.applications.domain.rulesets import PERIOD_2021, ruleset_on
from services.applications.domain.typed_answers import MOST_BYTES, TABLES, TEXTS, as_answers
from shared.errors import Invalid, InvalidFields
from shared.money import ZERO
from tests.support.applications_builders import a_call, complete_answers, cost_row

RULES = ruleset_on(date(2026, 9, 15), PERIOD_2021)


def rules_broken(raw: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidFields) as refusal:
        as_answers(raw)
    return [(fault.path, fault.rule) for fault in refusal.value.faults]


def test_wrong_answers_are_kept_as_typed() -> None:
    answers = as_answers({"title": " x ", "starts_on": "ensi viikolla", "costs": [{"amount": "noin 3000"}]})

    assert answers["starts_on"] == "ensi viikolla"
    assert answers["costs"] == [{"category": "", "description": "", "year": "", "amount": "noin 3000"}]


def test_a_year_sent_as_a_number_is_its_text_and_nothing_is_the_same_as_blank() -> None:
    assert as_answers({"costs": [{"year": 2027}], "title": None})["costs"][0]["year"] == "2027"


@pytest.mark.parametrize(
    ("raw", "broken"),
    [
        ([], [("answers", "not_a_table")]),
        ({"salary": "1"}, [("salary", "unknown_field")]),
        ({"title": 1.5}, [("title", "not_a_text")]),
        ({"title": True}, [("title", "not_a_text")]),
        ({"title": "a\x00b"}, [("title", "control_characters")]),
        ({"title": "\ud800"}, [("title", "control_characters")]),
        ({"costs": {}}, [("costs", "not_a_table")]),
        ({"costs": ["1"]}, [("costs.0", "not_a_table")]),
        ({"costs": [{"sum": "1"}]}, [("costs.0.sum", "unknown_field")]),
        ({"costs": [{}] * 201}, [("costs", "too_many_rows")]),
        ({"summary": "ä" * MOST_BYTES}, [("answers", "too_large")]),
    ],
)
def test_what_could_not_be_a_forms_answers_is_refused_by_name(raw: Any, broken: list[tuple[str, str]]) -> None:
    assert rules_broken(raw) == broken


def test_an_unreadable_amount_counts_as_nothing_and_is_named_in_its_own_row() -> None:
    reading = read(as_answers({"costs": [{}, cost_row("12,345"), cost_row("1,5")]}))

    assert reading.plan.costs[0].amount == ZERO
    assert ("costs.1.amount", "ambiguous_number") in [(fault.path, fault.rule) for fault in reading.faults]


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=20,
)
texts = st.text(max_size=30) | st.sampled_from(["1 234,5", "1.234", "0,005", "-5", "31.2.2027", "2027", "staff", "10"])
keyed = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(TEXTS, texts | json)
    | {
        table: st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(names, texts | json)) | json, max_size=4)
        for table, names in TABLES.items()
    },
)


@settings(deadline=None)
@given(json | keyed)
def test_whatever_comes_in_is_kept_and_looked_through_or_refused_politely(raw: Any) -> None:
    try:
        answers = as_answers(raw)
    except Invalid:
        return
    assessment = look_through(answers, (), a_call(), RULES)

    assert as_answers(answers) == answers
    assert all(fault.path and fault.rule for fault in assessment.faults)
    assert ZERO <= assessment.totals.aid.amount <= assessment.totals.eligible


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_in_any_amount_is_read_or_named(text: str) -> None:
    answers = {**complete_answers(), "costs": [cost_row(text)]}
    try:
        assessment = look_through(as_answers(answers), (), a_call(), RULES)
    except Invalid:
        return
    named = {fault.path for fault in assessment.faults}

    assert "costs.0.amount" in named or assessment.plan.costs[0].amount >= ZERO
