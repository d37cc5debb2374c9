from __future__ import annotations

import pytest

from services.applications import use_cases
from services.applications.desks.scans import ScansDesk
from shared.asker import the_house
from shared.errors import InvalidFields
from tests.support import applications_builders as an
from tests.support.applications_fakes import Desk
from tests.support.applications_journeys import Journey

THE_FILE = an.OFFER["document_id"]


def heard(desk: Desk, state: str, document_id: str = THE_FILE) -> None:
    with desk.work(the_house("c-1")) as work:
        ScansDesk().on_document_scanned(work, None, {"document_id": document_id, "state": state})


def test_an_application_with_an_infected_attachment_is_not_filed_until_the_file_is_taken_away(
    journey: Journey, desk: Desk
) -> None:
    number = journey.draft()
    heard(desk, "infected")

    [fault] = journey.look(number)["faults"]
    with pytest.raises(InvalidFields) as refusal:
        journey.do(an.COMPANY, use_cases.submit, number, 3)

    assert (fault["path"], fault["rule"]) == ("attachments", "attachment_infected")
    assert [(one.rule, one.facts) for one in refusal.value.faults] == [
        ("attachment_infected", {"file_name": an.OFFER["file_name"]})
    ]
    journey.do(an.COMPANY, use_cases.detach, number, 3, THE_FILE)
    journey.do(an.COMPANY, use_cases.attach, number, 4, an.OFFER | {"document_id": "d-clean"})
    journey.do(an.COMPANY, use_cases.submit, number, 5)


@pytest.mark.parametrize("state", ["clean", "failed", "unscanned"])
def test_a_slow_or_missing_scanner_never_costs_the_company_its_deadline(
    journey: Journey, desk: Desk, state: str
) -> None:
    number = journey.draft()
    heard(desk, state)

    journey.do(an.COMPANY, use_cases.submit, number, 3)


def test_a_virus_in_somebody_elses_file_stops_nobody(journey: Journey, desk: Desk) -> None:
    heard(desk, "infected", "d-another")

    journey.submitted()
