"""Sums, days and times as people of each language write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway import formats
from shared.money import MOST_CENTS, Money, Rate
from shared.typed import read_day, read_money


@pytest.mark.parametrize(
    ("language", "shown"),
    [("fi", "1\u00a0234,50\u00a0€"), ("sv", "1\u00a0234,50\u00a0€"), ("en", "€1,234.50")],
)
def test_a_sum(language: str, shown: str) -> None:
    assert formats.money(Money(123450), language) == shown


def test_a_negative_sum_has_a_true_minus_and_zero_its_cents() -> None:
    assert formats.money(Money(-50000), "fi") == "−500,00\u00a0€"
    assert formats.money(Money(0), "sv") == "0,00\u00a0€"


def test_what_does_not_apply_is_a_dash() -> None:
    assert formats.money(None, "fi") == formats.day(None, "fi") == formats.moment(None, "fi") == "–"


def test_a_percentage_has_the_decimals_it_needs() -> None:
    assert formats.percent(Rate.of("26.44"), "fi") == "26,44\u00a0%"
    assert formats.percent(Rate.of("40.00"), "sv") == "40\u00a0%"
    assert formats.percent(Rate.of("40"), "en") == "40%"


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("fi", "22.11.2026 klo\u00a023.59"),
        ("sv", "22.11.2026 kl.\u00a023.59"),
        ("en", "22 November 2026 at\u00a023:59"),
    ],
)
def test_a_moment_is_told_in_finnish_time(language: str, shown: str) -> None:
    assert formats.moment(datetime(2026, 11, 22, 21, 59, tzinfo=UTC), language) == shown


def test_the_finnish_day_may_be_another_than_the_servers() -> None:
    assert formats.day(datetime(2026, 11, 22, 22, 30, tzinfo=UTC), "fi") == "23.11.2026"


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("fi", "1.9.–31.10.2026"),
        ("sv", "1.9–31.10.2026"),
        ("en", "1 September to 31 October 2026"),
    ],
)
def test_a_span_within_a_year_says_the_year_once(language: str, shown: str) -> None:
    assert formats.span(date(2026, 9, 1), date(2026, 10, 31), language) == shown


def test_a_span_over_the_new_year_says_both() -> None:
    assert formats.span(date(2026, 12, 1), date(2027, 1, 31), "fi") == "1.12.2026–31.1.2027"


@pytest.mark.parametrize(("count", "shown"), [(8, "1\u00a0kt"), (84_123, "84\u00a0kt"), (2_140_000, "2,1\u00a0Mt")])
def test_a_file_size(count: int, shown: str) -> None:
    assert formats.size(count, "fi") == shown


@given(st.integers(-MOST_CENTS, MOST_CENTS))
def test_a_sum_put_into_a_field_reads_back_as_the_same_sum(cents: int) -> None:
    assert read_money(formats.plain_money(Money(cents))) == Money(cents)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_a_day_put_into_a_field_reads_back_as_the_same_day(day: date) -> None:
    assert read_day(formats.typed_day(day)) == day


def test_an_unreadable_sum_is_shown_as_typed() -> None:
    assert formats.as_money("n. 9990 e") == "n. 9990 e"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("2026-07-25", "25.7.2026"), ("25.07.2026", "25.7.2026"), ("31.2.2026", "31.2.2026"), (None, "")],
)
def test_a_typed_day_is_tidied_when_it_can_be_read_and_otherwise_left_alone(typed: str | None, shown: str) -> None:
    assert formats.as_day(typed, "fi") == shown
