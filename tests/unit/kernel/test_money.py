"""Money: whole cents, one rounding with a direction, and splits that lose nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.money import MOST_CENTS, ZERO, Money, NotARate, NotMoney, Rate, total

amounts = st.integers(-(10**12), 10**12).map(Money)
rates = st.decimals(0, 100, places=2).map(Rate)


def test_an_amount_reads_and_writes_two_decimals():
    assert str(Money.eur("1234.50")) == "1234.50"


@given(amounts)
def test_an_amount_survives_its_text(amount):
    assert Money.eur(str(amount)) == amount


@pytest.mark.parametrize("text", ["1.005", "1", "1.5", "01.00", "1,00", "1e9", "", " 1.00", "١.٠٠", "NaN", "1.00 €"])
def test_anything_but_euros_with_two_decimals_is_refused(text):
    with pytest.raises(NotMoney):
        Money.eur(text)


def test_an_amount_beyond_any_programme_is_refused():
    with pytest.raises(NotMoney):
        Money(MOST_CENTS + 1)


def test_a_float_is_no_amount():
    with pytest.raises(NotMoney):
        Money(10.5)  # type: ignore[arg-type]


def test_a_share_of_a_grant_is_rounded_down():
    assert Money.eur("0.99").at(Rate.of("50")) == Money.eur("0.49")


def test_a_flat_rate_cost_is_rounded_half_up():
    assert Money.eur("0.05").at_nearest(Rate.of("50")) == Money.eur("0.03")


@given(st.integers(0, 10**12).map(Money), rates)
def test_a_share_never_exceeds_its_exact_value(amount, rate):
    assert Decimal(amount.at(rate).cents) <= Decimal(amount.cents) * rate.percent / 100 < amount.at(rate).cents + 1


@given(amounts, st.lists(st.integers(0, 99), min_size=1, max_size=6).filter(any))
def test_splitting_never_gains_or_loses_a_cent(amount, weights):
    assert total(amount.split(weights)) == amount


def test_the_cent_that_does_not_divide_goes_to_the_last_part():
    assert Money.eur("0.05").split([1, 1]) == (Money.eur("0.02"), Money.eur("0.03"))


def test_a_part_without_weight_gets_nothing():
    assert Money.eur("1.01").split([60, 40, 0])[-1] == ZERO


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1]])
def test_there_is_no_splitting_by_nothing_or_less(weights):
    with pytest.raises(ValueError, match="cannot split"):
        Money.eur("1.00").split(weights)


@pytest.mark.parametrize("text", ["100.01", "-1", "1e1", "", "40 %", "0.00001"])
def test_a_rate_is_a_percentage_from_0_to_100(text):
    with pytest.raises(NotARate):
        Rate.of(text)


def test_a_rate_writes_no_needless_zeros():
    assert [str(Rate.of(text)) for text in ("40.00", "26.44", "100", "0")] == ["40", "26.44", "100", "0"]
