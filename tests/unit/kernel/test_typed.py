"""What people type is read when it can mean one thing only."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.money import Money
from shared.typed import Unreadable, read_day, read_money


@pytest.mark.parametrize(
    ("typed", "euros"),
    [
        ("1234,5", "1234.50"),
        ("1 234,50", "1234.50"),
        ("1\u00a0234\u202f567,89 €", "1234567.89"),
        ("1234.50 €", "1234.50"),
        ("€ 12", "12.00"),
        ("-5", "-5.00"),
        ("\u2212" + "5,10", "-5.10"),
        ("0", "0.00"),
    ],
)
def test_amounts_as_people_write_them(typed, euros):
    assert read_money(typed) == Money.eur(euros)


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("1.234", "ambiguous_number"),
        ("12,345", "ambiguous_number"),
        ("1.234.567", "ambiguous_number"),
        ("0,005", "three_decimals"),
        ("1234,567", "three_decimals"),
        ("1e9", "not_a_number"),
        ("١٢٣", "not_a_number"),
        ("10 00", "not_a_number"),
        ("", "not_a_number"),
        ("kymppi", "not_a_number"),
        ("1000000000000000", "too_large"),
        ("1" * 40, "too_large"),
    ],
)
def test_what_cannot_be_read_says_which_rule_it_breaks(typed, rule):
    with pytest.raises(Unreadable) as refusal:
        read_money(typed)

    assert refusal.value.rule == rule


@given(st.integers(0, 10**13))
def test_a_canonical_amount_reads_as_itself_with_comma_or_point(cents):
    amount = Money(cents)

    assert read_money(str(amount)) == read_money(str(amount).replace(".", ",")) == amount


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(typed):
    try:
        read = read_money(typed)
    except Unreadable:
        return
    assert read_money(str(read)) == read


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("22.11.2026", date(2026, 11, 22)),
        ("22.11.26", date(2026, 11, 22)),
        ("2.1.2026", date(2026, 1, 2)),
        ("2026-11-22", date(2026, 11, 22)),
        ("29.2.2028", date(2028, 2, 29)),
    ],
)
def test_days_as_people_write_them(typed, day):
    assert read_day(typed) == day


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("29.2.2026", "no_such_day"),
        ("31.4.2026", "no_such_day"),
        ("11/22/2026", "not_a_date"),
        ("huomenna", "not_a_date"),
    ],
)
def test_a_day_that_is_none_is_refused(typed, rule):
    with pytest.raises(Unreadable) as refusal:
        read_day(typed)

    assert refusal.value.rule == rule
