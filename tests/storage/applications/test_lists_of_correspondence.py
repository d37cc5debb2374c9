"""What waits and who has written, listed: each side its own, the nearest day first, every count true."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.applications import queries, use_cases
from services.applications.storage import ApplicationsWork
from services.applications.use_cases import correspondence
from shared.asker import Asker
from shared.contracts import applications as contract
from shared.messaging.schemas import schema_of
from shared.storage.database import Database
from tests.support import applications_builders as an
from tests.support import correspondence_journeys as waiting
from tests.support.applications_journeys import Journey

pytestmark = pytest.mark.postgres


@pytest.fixture
def case(stored_journey: Journey) -> Journey:
    stored_journey.publish()
    return stored_journey


def listed(database: Database, query: Any, asker: Asker, schema: Any, **wanted: Any) -> dict[str, Any]:
    with database.work(ApplicationsWork, asker, read_only=True) as work:
        found: dict[str, Any] = query(work.session, asker, **{"page": 1, "size": 50, "sort": ""} | wanted)
        answer = schema_of(schema).dump(found)
        assert schema_of(schema).validate(answer) == {}
        return found


def open_requests(database: Database, asker: Asker, **wanted: Any) -> list[tuple[str, str]]:
    found = listed(database, queries.list_open_requests, asker, contract.OpenRequests, **wanted)
    assert found["total"] == len(found["items"])
    return [(row["number"], row["kind"]) for row in found["items"]]


def test_what_waits_is_listed_by_its_last_day_for_each_side(case: Journey, room_database: Database) -> None:
    later = waiting.ask_completion(case, due_on=date(2026, 10, 20))
    sooner = waiting.ask_hearing(case)

    expected = [(sooner, "hearing"), (later, "completion")]
    assert open_requests(room_database, an.COMPANY) == expected
    assert open_requests(room_database, an.HANDLER, handler="me") == expected
    assert open_requests(room_database, an.HANDLER, kind="hearing") == [(sooner, "hearing")]
    assert open_requests(room_database, an.OTHER_HANDLER, handler="me") == []
    assert open_requests(room_database, an.STRANGER) == []
    assert open_requests(room_database, an.HANDLER_ELSEWHERE) == []


def test_what_was_answered_ran_out_or_was_withdrawn_waits_no_more(case: Journey, room_database: Database) -> None:
    answered, run_out, withdrawn = (waiting.ask_completion(case) for _ in range(3))
    waiting.save(case, answered, reply="Tässä.", answers={"summary": "Tarkempi."})
    waiting.answer(case, answered, 2)
    waiting.let_time_pass(case, run_out)
    case.do(an.COMPANY, use_cases.withdraw, withdrawn, case.look(withdrawn)["version"])

    assert open_requests(room_database, an.COMPANY) == []


def test_an_opinion_is_asked_of_others_and_waits_for_nothing_from_the_company(
    case: Journey, room_database: Database
) -> None:
    number = case.taken()
    asked = {"giver": "myr", "giver_name": "MYR", "asked": "Lausunto?", "due_on": waiting.DUE}
    case.do(an.HANDLER, correspondence.ask_opinion, number, 5, **asked)

    assert open_requests(room_database, an.COMPANY) == []
    assert open_requests(room_database, an.HANDLER) == [(number, "opinion")]


def test_the_clock_finds_what_has_run_out(case: Journey, room_database: Database) -> None:
    number = waiting.ask_completion(case)
    with room_database.work(ApplicationsWork, an.HANDLER) as work:
        assert list(work.requests.run_out(date(2026, 9, 28))) == []
        assert list(work.requests.run_out(waiting.DUE)) == [(number, 1)]


def test_threads_count_what_the_reader_has_not_read_over_every_page(case: Journey, room_database: Database) -> None:
    first, second = case.taken(), case.taken()
    for number in (first, second, second):
        case.do(an.COMPANY, correspondence.send_message, number, "Kysymys.")
    case.do(an.HANDLER, correspondence.send_message, second, "Muistiin.", internal=True, now=an.later(hours=2))
    case.do(an.HANDLER, correspondence.send_message, first, "Vastaus.", now=an.later(hours=1))

    ours = listed(room_database, queries.list_threads, an.HANDLER, contract.Threads, size=1)
    theirs = listed(room_database, queries.list_threads, an.COMPANY, contract.Threads)

    assert (ours["total"], ours["unread"]) == (2, 2)
    assert [(row["number"], row["messages"], row["unread"]) for row in ours["items"]] == [(first, 2, 0)]
    assert (theirs["unread"], theirs["items"][0]["last_side"]) == (1, "authority")
    assert [row["number"] for row in theirs["items"]] == [first, second]
    assert listed(room_database, queries.list_threads, an.STRANGER, contract.Threads)["total"] == 0


def test_two_cases_of_one_company_are_two_threads_and_my_own_cases_can_be_picked(
    case: Journey, room_database: Database
) -> None:
    number = case.taken()
    case.do(an.COMPANY, correspondence.send_message, number, "Kysymys.")

    assert listed(room_database, queries.list_threads, an.HANDLER, contract.Threads, handler="me")["total"] == 1
    assert listed(room_database, queries.list_threads, an.OTHER_HANDLER, contract.Threads, handler="me")["total"] == 0
