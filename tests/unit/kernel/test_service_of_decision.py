from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.rules.calendar import is_office_day
from shared.rules.service_of_decision import Way, served

DAYS = st.dates(min_value=date(2014, 1, 1), max_value=date(2035, 12, 31))


@pytest.mark.parametrize(
    ("way", "sent_on", "served_on", "last_day"),
    [
        (Way.ELECTRONIC, date(2026, 11, 23), date(2026, 11, 26), date(2026, 12, 28)),  # 26.12. is Boxing Day, Saturday
        (Way.LETTER, date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 30)),
        (Way.ELECTRONIC, date(2026, 11, 3), date(2026, 11, 6), date(2026, 12, 7)),  # 6.12. is Independence Day
        (Way.ELECTRONIC, date(2026, 3, 29), date(2026, 4, 1), date(2026, 5, 4)),  # 1.5. is May Day, then a weekend
        (Way.LETTER, date(2028, 2, 22), date(2028, 2, 29), date(2028, 3, 30)),  # leap day
    ],
)
def test_a_decision_is_served_on_the_third_or_seventh_day_and_the_last_day_moves_to_an_office_day(
    way, sent_on, served_on, last_day
):
    told = served(way, sent_on, 30)

    assert (told.served_on, told.last_day, told.final_from) == (served_on, last_day, last_day + timedelta(days=1))


def test_the_day_of_service_does_not_move_from_a_holiday():
    assert served(Way.ELECTRONIC, date(2026, 12, 22), 30).served_on == date(2026, 12, 25)


@given(sent_on=DAYS, days=st.sampled_from((14, 30)), way=st.sampled_from(list(Way)))
def test_the_party_always_has_all_its_days_and_an_office_day_at_the_end(sent_on, days, way):
    told = served(way, sent_on, days)

    assert is_office_day(told.last_day)
    assert told.last_day - told.served_on >= timedelta(days=days)
    assert told.last_day - told.served_on < timedelta(days=days + 6)


@given(sent_on=DAYS)
def test_a_letter_never_runs_out_before_an_electronic_message(sent_on):
    assert served(Way.ELECTRONIC, sent_on, 30).last_day <= served(Way.LETTER, sent_on, 30).last_day
