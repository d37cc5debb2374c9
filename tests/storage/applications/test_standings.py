"""A house that is brought up to date tells where each open case stands, so that mornings forget none of them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from services.applications import use_cases
from services.applications.storage import ApplicationsWork
from services.applications.use_cases.standings import tell_one_standing
from shared.asker import the_house
from shared.storage.database import Database
from tests.support import applications_builders as an
from tests.support import correspondence_journeys as waiting
from tests.support.applications_fakes import Desk
from tests.support.applications_journeys import Journey
from tests.support.migrating_again import run_again

HOUSE = the_house("applications")


def tell_all(desk: Desk) -> list[dict[str, Any]]:
    told = len(desk.announced)
    while Journey(desk.work).do(HOUSE, tell_one_standing):
        pass
    return [fact for kind, _, fact in desk.announced[told:] if kind == "applications.standing_told"]


def test_the_standing_of_an_open_case_is_told_once_with_its_handler_and_promised_day() -> None:
    desk = Desk()
    journey = Journey(desk.work)
    journey.publish()
    number = journey.taken()
    desk.forms.standings.append(number)

    (fact,) = tell_all(desk)

    assert (fact["number"], fact["state"], fact["handler"]) == (number, "in_assessment", an.HANDLER.person)
    assert fact["due_on"] == str(desk.applications[number].due_on)
    assert tell_all(desk) == []


def test_of_a_case_that_was_decided_meanwhile_nothing_is_told() -> None:
    desk = Desk()
    journey = Journey(desk.work)
    journey.publish()
    number = journey.submitted()
    journey.do(an.COMPANY, use_cases.withdraw, number, 4)
    desk.forms.standings.append(number)

    assert tell_all(desk) == []
    assert desk.forms.standings == []


@pytest.mark.postgres
def test_the_migration_lists_the_cases_that_are_open_and_no_others(
    stored_journey: Journey, room_database: Database, applications_engine: Engine
) -> None:
    journey = stored_journey
    journey.publish()
    journey.draft()
    submitted, asked = journey.submitted(), waiting.ask_completion(journey)
    withdrawn = journey.submitted()
    journey.do(an.COMPANY, use_cases.withdraw, withdrawn, 4)

    run_again(applications_engine, "applications", after="0013", to="0014", made="standings_to_tell")

    listed = []
    with room_database.work(ApplicationsWork, HOUSE) as work:
        while number := work.standings.take():
            listed.append(number)
    assert listed == sorted([submitted, asked])


@pytest.mark.postgres
def test_two_processes_tell_two_cases_and_neither_waits_for_the_other(
    stored_journey: Journey, room_database: Database, applications_engine: Engine
) -> None:
    stored_journey.publish()
    numbers = {stored_journey.submitted(), stored_journey.submitted()}
    run_again(applications_engine, "applications", after="0013", to="0014", made="standings_to_tell")

    with (
        room_database.work(ApplicationsWork, HOUSE) as one,
        room_database.work(ApplicationsWork, HOUSE) as other,
    ):
        taken = {one.standings.take(), other.standings.take()}

    assert taken == numbers
