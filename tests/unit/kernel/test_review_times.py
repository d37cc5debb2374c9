"""When a decision counts as served and when it is final: by law's examples, and for any day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.rules.calendar import is_office_day
from shared.rules.review_times import DISPLAY_DAYS, review_time
from shared.rules.service_of_decision import Way

DAYS = st.dates(date(2014, 1, 20), date(2060, 1, 1))
WAYS = st.sampled_from(Way)
TIMES = st.sampled_from([14, 30])


@pytest.mark.parametrize(
    ("way", "sent", "served", "last"),
    [
        (Way.ELECTRONIC, date(2026, 9, 15), date(2026, 9, 18), date(2026, 10, 19)),  # the 18th is a Sunday
        (Way.LETTER, date(2026, 9, 15), date(2026, 9, 22), date(2026, 10, 22)),
        (Way.ELECTRONIC, date(2026, 5, 17), date(2026, 5, 20), date(2026, 6, 22)),  # Midsummer Eve and Day are passed
        (Way.ELECTRONIC, date(2026, 11, 21), date(2026, 11, 24), date(2026, 12, 28)),  # from Christmas Eve to Monday
        (Way.ELECTRONIC, date(2026, 11, 3), date(2026, 11, 6), date(2026, 12, 7)),  # Independence Day, a Sunday
        (Way.ELECTRONIC, date(2027, 3, 29), date(2027, 4, 1), date(2027, 5, 3)),  # May Day, a Saturday
        (Way.ELECTRONIC, date(2028, 1, 27), date(2028, 1, 30), date(2028, 2, 29)),  # a leap day is a day like others
        (Way.LETTER, date(2026, 12, 17), date(2026, 12, 24), date(2027, 1, 25)),  # served on Christmas Eve all the same
    ],
)
def test_service_stays_where_it_falls_and_the_last_day_moves_on_from_days_off(
    way: Way, sent: date, served: date, last: date
) -> None:
    time = review_time(way, sent, 30)

    assert (time.served_on, time.last_day, time.final_from) == (served, last, last + timedelta(days=1))


@given(sent=DAYS, way=WAYS, days=TIMES)
def test_the_last_day_is_always_an_office_day_and_never_before_the_time_is_full(
    sent: date, way: Way, days: int
) -> None:
    time = review_time(way, sent, days)

    assert is_office_day(time.last_day)
    assert time.served_on + timedelta(days=days) <= time.last_day <= time.served_on + timedelta(days=days + 6)
    assert (time.last_day.month, time.last_day.day) not in {(12, 6), (5, 1), (12, 24)}


@given(sent=DAYS, later=st.integers(0, 400), way=WAYS, days=TIMES)
def test_what_is_sent_later_is_never_final_earlier(sent: date, later: int, way: Way, days: int) -> None:
    first = review_time(way, sent, days)
    second = review_time(way, sent + timedelta(days=later), days)

    assert first.served_on <= second.served_on
    assert first.final_from <= second.final_from


@given(sent=DAYS, days=TIMES)
def test_a_letter_never_leaves_less_time_than_a_message(sent: date, days: int) -> None:
    assert review_time(Way.ELECTRONIC, sent, days).last_day <= review_time(Way.LETTER, sent, days).last_day


@given(sent=DAYS, way=WAYS)
def test_where_a_municipalitys_members_may_seek_review_their_time_is_waited_for(sent: date, way: Way) -> None:
    without, shown = review_time(way, sent, 14), review_time(way, sent, 14, displayed_on=sent)

    assert (shown.served_on, shown.last_day) == (without.served_on, without.last_day)
    assert shown.final_from > max(without.last_day, sent + timedelta(days=DISPLAY_DAYS + 14))


def test_each_step_from_sending_to_finality_is_told_with_its_law() -> None:
    steps = review_time(Way.ELECTRONIC, date(2026, 11, 21), 30).steps

    assert [step.what for step in steps] == ["sent_on", "served_on", "review_counted", "review_moved", "final_from"]
    assert [step.source for step in steps if step.source] == ["laki 13/2003 19 §", "laki 150/1930 5 §"]
