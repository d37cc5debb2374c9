"""Terms of payment, days used, bank days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.payments.domain.bank_days import first_bank_day, is_bank_day
from services.payments.domain.deadlines import days_used, due_on, payment_term

CUT_OFF = time(15, 0)


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)


def test_a_claim_is_paid_within_eighty_days():
    assert due_on(at(2027, 3, 10, 10), payment_term("2021FI16FFPR001")) == date(2027, 5, 29)


def test_a_claim_of_the_old_period_is_paid_within_ninety():
    assert due_on(at(2027, 3, 10, 10), payment_term("2014FI16M2OP001")) == date(2027, 6, 8)


def test_the_day_of_submission_is_the_finnish_day():
    assert due_on(at(2027, 3, 10, 22, 30), payment_term("2021FI16FFPR001")) == date(2027, 5, 30)


@pytest.mark.parametrize("programme", ["national", "", "2028XX"])
def test_a_programme_without_a_period_gets_the_term_in_force(programme):
    assert payment_term(programme).days == 80


def test_the_day_of_submission_is_not_counted_as_used():
    assert days_used(at(2027, 3, 10, 10), date(2027, 3, 10)) == 0
    assert days_used(at(2027, 3, 10, 10), date(2027, 5, 29)) == 80
    assert days_used(None, date(2027, 5, 29)) is None


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2027, 3, 13), "Saturday"),
        (date(2027, 1, 6), "Epiphany, closed in Finland"),
        (date(2027, 3, 26), "Good Friday"),
        (date(2027, 3, 29), "Easter Monday"),
        (date(2027, 5, 6), "Ascension Day"),
        (date(2027, 6, 25), "Midsummer Eve"),
        (date(2027, 12, 6), "Independence Day"),
        (date(2027, 12, 24), "Christmas Eve"),
        (date(2029, 12, 26), "closed in TARGET"),
    ],
)
def test_banks_are_closed(day, why):
    assert not is_bank_day(day), why


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (at(2027, 3, 10, 12, 59), date(2027, 3, 10)),
        (at(2027, 3, 10, 13, 0), date(2027, 3, 11)),
        (at(2027, 3, 12, 13, 0), date(2027, 3, 15)),
        (at(2027, 3, 13, 8, 0), date(2027, 3, 15)),
        (at(2027, 3, 25, 15, 0), date(2027, 3, 30)),
        (at(2027, 6, 10, 12, 30), date(2027, 6, 11)),
    ],
)
def test_a_file_is_executed_on_the_first_bank_day_it_is_in_time_for(moment, day):
    assert first_bank_day(moment, CUT_OFF) == day


@given(st.integers(0, 14 * 365 * 24 * 60))
def test_the_day_of_execution_is_a_bank_day_and_never_past(minutes):
    moment = at(2021, 1, 1) + timedelta(minutes=minutes)

    day = first_bank_day(moment, CUT_OFF)

    assert is_bank_day(day)
    assert 0 <= (day - moment.date()).days <= 7
