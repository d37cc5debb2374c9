"""Dates, as people print them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.documents.reading.dates import dates_in, months
from tests.reading.wordings import MONTHS

DAYS = st.dates(date(1990, 1, 1), date(2079, 12, 31))
FORMS = (
    *("{d}.{m}.{y}", "{d:02}.{m:02}.{y}", "{y}-{m:02}-{d:02}", "{y}/{m:02}/{d:02}"),
    *("{d:02}. {m:02}. {y}", "{y}{m:02}{d:02}"),
)


def only(text: str) -> date:
    [written] = dates_in(text)
    return written.day


@given(DAYS, st.sampled_from(FORMS))
def test_a_date_is_read_as_it_was_printed(day, form):
    assert only(f"Pvm {form.format(d=day.day, m=day.month, y=day.year)} x") == day


@given(DAYS, st.sampled_from(sorted(MONTHS)))
def test_a_month_may_be_written_out_in_every_language(day, language):
    name = MONTHS[language][day.month - 1]

    assert only(f"{day.day} {name} {day.year}") == day
    assert only(f"{day.day}. {name} {day.year}") == day
    assert only(f"{name} {day.day}, {day.year}") == day


@pytest.mark.parametrize(
    "text",
    [
        "12. maaliskuuta 2026",
        "12 mars 2026",
        "12. März 2026",
        "March 12th, 2026",
        "12-Mar-2026",
        "Mar 12 , 2026",
        "12.3.26",
    ],
)
def test_the_same_day_in_many_hands(text):
    assert only(text) == date(2026, 3, 12)


def test_a_date_whose_day_and_month_could_change_places_says_so():
    [written] = dates_in("03/04/2026")

    assert (written.day, written.other) == (date(2026, 4, 3), date(2026, 3, 4))


def test_between_points_the_day_comes_first():
    [written] = dates_in("03.04.2026")

    assert (written.day, written.other) == (date(2026, 4, 3), None)


def test_a_thirteenth_month_is_a_day():
    [written] = dates_in("04/13/2026")

    assert (written.day, written.order) == (date(2026, 4, 13), "month")


@pytest.mark.parametrize(
    "text", ["31.2.2026", "1.2.3.4", "192.168.10.20", "12.3.2026-1", "1/2", "99/99/9999", "040-123-4567"]
)
def test_what_is_no_day_is_no_date(text):
    assert list(dates_in(text)) == []


@given(st.text(max_size=40))
def test_no_text_makes_the_reading_of_dates_fail(text):
    assert all(written.end <= len(text) for written in dates_in(text))


def test_every_language_names_twelve_months():
    assert set(months().values()) == set(range(1, 13))
