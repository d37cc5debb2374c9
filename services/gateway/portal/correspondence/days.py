"""Days as people write them in a field."""

from __future__ import annotations

from datetime import date

from shared.errors import Fault, InvalidFields
from shared.typed import Unreadable, read_day


def read_day_field(path: str, typed: str) -> date:
    """Raises InvalidFields that names the field: required, not_a_date, no_such_day."""
    try:
        return read_day(typed)
    except Unreadable as error:
        raise InvalidFields(faults=[Fault(path, error.rule if typed.strip() else "required")]) from error
