"""Sums of money, as people print them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.documents.reading.amounts import as_text, cents_of, cents_of_rough, decimal_mark_of

GROUPS_AND_MARKS = ((" ", ","), (".", ","), (",", "."), ("'", "."), ("’", "."), ("", ","), ("", "."))


def printed(cents: int, group: str, mark: str, minus: str = "-") -> str:
    whole = f"{abs(cents) // 100:,}".replace(",", group)
    return f"{minus if cents < 0 else ''}{whole}{mark}{abs(cents) % 100:02d}"


@given(st.integers(-(10**12), 10**12), st.sampled_from(GROUPS_AND_MARKS), st.sampled_from("-−–"))
def test_a_sum_is_read_as_it_was_printed(cents, form, minus):
    group, mark = form

    assert cents_of(printed(cents, group, mark, minus)) == cents


@given(st.integers(1, 10**12))
def test_a_minus_may_stand_behind_or_be_brackets(cents):
    text = printed(cents, ".", ",")

    assert cents_of(f"{text}-") == -cents
    assert cents_of(f"({text})") == -cents


@given(st.integers(-(10**12), 10**12))
def test_money_on_the_wire_has_two_decimals_and_loses_nothing(cents):
    text = as_text(cents)

    assert len(text.split(".")[1]) == 2
    assert cents_of(text) == cents


@given(st.text(max_size=30))
def test_no_text_makes_the_reading_of_sums_fail(text):
    assert cents_of(text) is None or isinstance(cents_of(text), int)
    assert cents_of_rough(text, ",") is None or isinstance(cents_of_rough(text, ","), int)


@pytest.mark.parametrize(("text", "cents"), [("100,-", 10000), ("1 200,–", 120000), ("1,23,456.50", 12345650)])
def test_round_and_indian_sums_are_sums(text, cents):
    assert cents_of(text) == cents


@pytest.mark.parametrize("text", ["1.234", "12.3.2026", "1,2345", "040 351 8322", "FI21", "1.234.56", "12,3", ""])
def test_what_shows_no_cents_is_no_exact_sum(text):
    assert cents_of(text) is None


def test_whether_a_point_parts_thousands_depends_on_the_document():
    assert cents_of_rough("1.234", decimal_mark=",") == 123400
    assert cents_of_rough("1.234", decimal_mark=".") is None


def test_the_document_tells_its_decimal_mark():
    assert decimal_mark_of(["1,234.50", "12.00", "7"]) == "."
    assert decimal_mark_of(["1.234,50", "12.00", "3,10"]) == ","
    assert decimal_mark_of([]) == ","
