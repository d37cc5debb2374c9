"""Years counted in the calendar, and Finnish days off: what deadlines and windows are made of."""

from __future__ import annotations

from datetime import date, timedelta

import holidays

_SATURDAY = 5
_FINLAND = holidays.country_holidays("FI")  # with Midsummer Eve and Christmas Eve
_FEBRUARY = 2


def years_before(day: date, years: int) -> date:
    """The same day of the calendar, earlier. 29 February has none in most years: then 28 February, so that
    a window that begins there is never a day too short."""
    return _same_day(day, day.year - years)


def years_after(day: date, years: int) -> date:
    """The same day of the calendar, later; of 29 February the 28th (Regulation 1182/71 art. 3(2)(c))."""
    return _same_day(day, day.year + years)


def _same_day(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, _FEBRUARY, 28)


def end_of_year(year: int) -> date:
    return date(year, 12, 31)


def is_office_day(day: date) -> bool:
    """No Saturday, holiday, Midsummer Eve, Christmas Eve, May Day or Independence Day (laki 150/1930 5 §)."""
    return day.weekday() < _SATURDAY and day not in _FINLAND


def next_office_day(day: date) -> date:
    """The day itself, or the first office day after it: until then a deadline is kept (laki 150/1930 5 §)."""
    while not is_office_day(day):
        day += timedelta(days=1)
    return day
