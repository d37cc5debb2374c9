"""Whether the party has been heard, asked by whoever proposes a decision."""

from __future__ import annotations

from services.applications.domain.correspondence.hearings import hearing_needed
from services.applications.domain.errors import HearFirst
from services.applications.ports import Work


def must_have_been_heard(work: Work, number: str, outcome: str) -> None:
    """For a proposal against the party (HL 434/2003 34 §). Raises HearFirst when the party has not been heard."""
    if hearing_needed(outcome, work.requests.of_case(number)):
        raise HearFirst(number=number)
