"""Looking at what has followed a decision, and at the clocks that run on."""

from __future__ import annotations

from services.applications.decided_screens import Screen, decided_screen
from services.applications.domain.clocks import clocks_of
from services.applications.ports import Work
from services.applications.use_cases.afterwards.reaching import to_see
from shared.dates import helsinki_day


def get_acts(work: Work, number: str) -> Screen:
    """Every act with its service and finality, reviews, amendments, and what is bound. Raises NotDecidedYet."""
    return decided_screen(work, to_see(work, number))


def get_clocks(work: Work, number: str) -> Screen:
    """Durability and retention with each rule they come from. Raises NotDecidedYet."""
    reached = to_see(work, number)
    reckoned = work.reckonings.decision(number)
    size = str(reckoned.results.get("size_class") or "") if reckoned else ""
    items = clocks_of(reached.decided, reached.call.programme_period, size, helsinki_day(work.now))
    return {"number": number, "items": items}
