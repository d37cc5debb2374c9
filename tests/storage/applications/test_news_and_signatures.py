"""News that change a case and the signature on it at the same moment, on PostgreSQL: one of them comes first."""

from __future__ import annotations

from typing import Any

import pytest

from services.applications import use_cases
from services.applications.domain.errors import NoSuchProposal, ReadFirst, WrongState
from services.applications.use_cases import correspondence
from shared.errors import DomainError
from tests.storage.applications.test_two_at_once import at_once
from tests.support import applications_builders as an
from tests.support.afterwards_journeys import HOUSE
from tests.support.applications_journeys import Journey
from tests.support.deciding_builders import linked

pytestmark = pytest.mark.postgres
FILE = {"document_id": "D-9", "kind": "other", "file_name": "selvitys.pdf", "sha256": "cd" * 32}
BANKRUPT = {
    "business_id": "9104416-3",
    "situations": ["bankruptcy"],
    "ended_on": None,
    "vat_liable": True,
    "business_line": None,
    "fetched_at": an.NOON,
    "digest": "ab" * 32,
}


def evidence(journey: Journey, number: str) -> Any:
    return journey.do(an.COMPANY, correspondence.send_message, number, "Kilpaileva tarjous.", attachments=[FILE])


def register(journey: Journey, number: str) -> Any:
    return journey.do(HOUSE, use_cases.know_register, BANKRUPT)


def virus(journey: Journey, number: str) -> Any:
    return journey.do(HOUSE, use_cases.know_infected, "D-1")


@pytest.mark.parametrize("happens", [evidence, register, virus])
def test_a_case_is_signed_as_it_was_read_or_falls_and_never_both(stored_journey: Journey, happens: Any) -> None:
    journey = stored_journey
    journey.publish()
    journey.fund("75000.00")
    number = journey.proposed()

    signed, _ = at_once(lambda: journey.decide(number), lambda: happens(journey, number))

    state = journey.look(number)["state"]
    if isinstance(signed, DomainError):
        assert isinstance(signed, WrongState | ReadFirst | NoSuchProposal)
        assert state == "in_assessment"
    else:
        assert state == "approved"


def test_many_proposals_of_one_group_fall_of_one_link(stored_journey: Journey) -> None:
    """Of a call without de minimis the group counts for the size: it falls too."""
    journey = stored_journey
    journey.publish()
    numbers = [journey.proposed() for _ in range(3)]
    others = journey.submitted(an.STRANGER)

    journey.do(HOUSE, use_cases.know_ownership, linked("9137024-1", "9104416-3"))

    assert {journey.look(number)["state"] for number in numbers} == {"in_assessment"}
    assert journey.look(others, an.STRANGER)["state"] == "submitted"


def test_what_the_register_told_is_found_again(stored_journey: Journey) -> None:
    journey = stored_journey
    register(journey, "")
    register(journey, "")

    with journey.open_work(HOUSE, journey.now) as work:
        told = work.undertakings.told_by_register("9104416-3")
        assert told is not None
        assert (told.situations, told.fetched_at) == (("bankruptcy",), an.NOON)
