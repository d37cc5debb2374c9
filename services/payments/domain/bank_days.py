"""Days on which a SEPA credit transfer from a Finnish account can be executed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import holidays

from shared.dates import HELSINKI

SATURDAY = 5
# Midsummer Eve and Christmas Eve are in the package's list of Finnish public holidays; TARGET is the ECB's.
_FINLAND = holidays.country_holidays("FI")
_TARGET = holidays.financial_holidays("ECB")


def is_bank_day(day: date) -> bool:
    """Open in TARGET and in Finnish banks."""
    return day.weekday() < SATURDAY and day not in _FINLAND and day not in _TARGET


def first_bank_day(moment: datetime, cut_off: time) -> date:
    """The first bank day for which a file handed over at the moment is in time; `cut_off` is Finnish time."""
    local = moment.astimezone(HELSINKI)
    day = local.date() if local.time() < cut_off else local.date() + timedelta(days=1)
    while not is_bank_day(day):
        day += timedelta(days=1)
    return day
