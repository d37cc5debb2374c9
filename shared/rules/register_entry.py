"""By when a de minimis award is in the central register, and how long it is kept there ((EU) 2023/2831 art. 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from shared.explained import Step
from shared.rules.calendar import is_office_day, years_after
from shared.rules.rule import Rule, titled

RULE = Rule(
    name="register_entry",
    version="1",
    since=date(2024, 1, 1),
    until=date(2030, 12, 31),
    source="(EU) 2023/2831 art. 6(1), (3), (5), 7(4)",
    titles=titled(
        "Merkintä de minimis -rekisteriin", "Anteckning i de minimis-registret", "Entry in the de minimis register"
    ),
)
COMPULSORY_FROM = date(2026, 1, 1)
# The register covers three whole years only then; until then older aid is asked of the applicant.
DECLARATIONS_UNTIL = date(2028, 12, 31)
_WORKING_DAYS, _YEARS = 20, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`enter_by` None for awards before the register was compulsory."""

    enter_by: date | None
    keep_until: date
    declaration_needed: bool
    steps: tuple[Step, ...]


def register_entry(granted_on: date) -> Entry:
    """Twenty working days from the award, Finnish days off not counted; kept for ten years from it."""
    by = _working_days_after(granted_on, _WORKING_DAYS) if granted_on >= COMPULSORY_FROM else None
    keep = years_after(granted_on, _YEARS)
    declared = granted_on <= DECLARATIONS_UNTIL
    steps = (
        Step(
            sign="≤", what="enter_by", source="(EU) 2023/2831 art. 6(1)", facts={"day": by.isoformat() if by else "-"}
        ),
        Step(sign="≤", what="kept_in_register", source="(EU) 2023/2831 art. 6(3)", facts={"day": keep.isoformat()}),
        Step(
            sign="=",
            what="declaration_needed" if declared else "register_is_enough",
            source="(EU) 2023/2831 art. 7(4)",
            facts={"day": DECLARATIONS_UNTIL.isoformat()},
        ),
    )
    return Entry(enter_by=by, keep_until=keep, declaration_needed=declared, steps=steps)


def _working_days_after(day: date, count: int) -> date:
    while count:
        day += timedelta(days=1)
        count -= is_office_day(day)
    return day
