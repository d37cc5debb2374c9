"""A virus that is found later: the file is noted, and whatever waits for a signature with it is looked at anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from services.applications import use_cases
from services.applications.storage import ApplicationsWork
from services.applications.use_cases import correspondence
from shared.asker import the_house
from shared.storage.database import Database
from tests.support import applications_builders as an
from tests.support.afterwards_journeys import HOUSE, Afterwards
from tests.support.applications_builders import NOON
from tests.support.applications_journeys import Journey
from tests.support.correspondence_journeys import DUE, ask_hearing

FILE = {"document_id": "D-9", "kind": "other", "file_name": "selvitys.pdf", "sha256": "cd" * 32}


@pytest.mark.postgres
def test_an_infected_file_is_noted_once_and_found_among_others(room_database: Database) -> None:
    for _ in range(2):
        with room_database.work(ApplicationsWork, the_house("c-1")) as work:
            work.infected_files.note("d-bad", NOON)
    with room_database.work(ApplicationsWork, the_house("c-1")) as work:
        assert work.infected_files.among(["d-good", "d-bad"]) == {"d-bad"}
        assert work.infected_files.among([]) == frozenset()


def in_a_message(journey: Journey) -> str:
    number = journey.taken()
    journey.do(an.COMPANY, correspondence.send_message, number, "Selvitys ohessa.", attachments=[FILE])
    return number


def in_a_comment(journey: Journey) -> str:
    number = ask_hearing(journey)
    journey.do(an.COMPANY, correspondence.attach_to_reply, number, 1, 1, FILE)
    journey.do(an.COMPANY, correspondence.answer_hearing, number, 1, 2)
    return number


def in_an_opinion(journey: Journey) -> str:
    number = journey.taken()
    asked = {"giver": "myr", "giver_name": "Etelä-Savon MYR", "asked": "Lausukaa.", "due_on": DUE}
    journey.do(an.HANDLER, correspondence.ask_opinion, number, 5, **asked)
    given = {"given_by": "Etelä-Savon MYR", "given_on": date(2026, 9, 15), "stance": "for", "binding": False}
    told = given | {"text": "Puolletaan.", "document_ids": [FILE["document_id"]]}
    journey.do(an.HANDLER, correspondence.record_opinion, number, 1, 1, **told)
    return number


@pytest.mark.parametrize("came", [in_a_message, in_a_comment, in_an_opinion])
def test_a_proposal_falls_of_a_virus_in_whatever_it_was_made_on(journey: Journey, came: Callable[..., str]) -> None:
    journey.publish()
    number, other = came(journey), journey.proposed()
    journey.propose(number, journey.look(number)["version"])

    journey.do(HOUSE, use_cases.know_infected, FILE["document_id"])

    assert [journey.look(one)["state"] for one in (number, other)] == ["in_assessment", "proposed"]
    assert journey.do(an.HANDLER, use_cases.get_assessment, number)["fell"]["why"] == "file_infected"


def test_an_act_after_the_decision_falls_of_it_too(journey: Journey) -> None:
    journey.publish()
    journey.fund("75000.00")
    after = Afterwards(journey)
    number, other = after.granted(), after.granted()
    after.do(an.COMPANY, correspondence.send_message, number, "Selvitys ohessa.", attachments=[FILE])
    wanted: dict[str, Any] = {"about": 1, "changes": {"reasoning": "Perustelut selkeämmin."}}
    for one in (number, other):
        after.propose(one, "correction_of_error", **wanted)

    journey.do(HOUSE, use_cases.know_infected, FILE["document_id"])

    assert [after.acts(one)["acts"][-1]["fell"] for one in (number, other)] == ["file_infected", ""]


def test_a_file_that_the_company_is_still_typing_with_changes_no_case(journey: Journey) -> None:
    """What has not been sent is no evidence: an upload alone holds no decision off."""
    journey.publish()
    number = ask_hearing(journey)
    journey.do(an.COMPANY, correspondence.attach_to_reply, number, 1, 1, FILE)
    late = an.later(days=16)
    journey.do(the_house("clock"), correspondence.run_out_one, number, 1, now=late)
    journey.do(
        an.HANDLER,
        use_cases.propose,
        number,
        journey.look(number)["version"],
        "approve",
        [an.accepted("20000.00")],
        "Hyvä.",
        now=late,
    )

    journey.do(HOUSE, use_cases.know_infected, FILE["document_id"])

    assert journey.look(number)["state"] == "proposed"
