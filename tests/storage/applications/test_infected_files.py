from __future__ import annotations

import pytest

from services.applications.storage import ApplicationsWork
from shared.asker import the_house
from tests.support.applications_builders import NOON

pytestmark = pytest.mark.postgres


def test_an_infected_file_is_noted_once_and_found_among_others(room_database):
    for _ in range(2):
        with room_database.work(ApplicationsWork, the_house("c-1")) as work:
            work.infected_files.note("d-bad", NOON)
    with room_database.work(ApplicationsWork, the_house("c-1")) as work:
        assert work.infected_files.among(["d-good", "d-bad"]) == {"d-bad"}
        assert work.infected_files.among([]) == frozenset()
