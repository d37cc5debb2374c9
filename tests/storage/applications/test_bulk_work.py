"""One deed on many cases of the queue: each by the rules it has alone; what cannot be done is left and told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.applications import use_cases
from services.applications.use_cases import correspondence
from shared.asker import Asker, the_house
from shared.contracts.applications import CaseFilters
from shared.dates import helsinki_day
from tests.support import applications_builders as an
from tests.support import correspondence_journeys as waiting
from tests.support.applications_fakes import Desk
from tests.support.applications_journeys import Journey

TOMORROW = an.later(days=1)


@pytest.fixture
def queue(journey: Journey) -> Journey:
    return with_officials(journey)


def with_officials(journey: Journey) -> Journey:
    journey.publish()
    journey.fund("100000.00")
    for person in (an.HANDLER.person, an.OTHER_HANDLER.person):
        journey.do(an.OPERATOR, use_cases.know_official, person, "handler", "ITA")
    return journey


def remind(
    queue: Journey, *numbers: str, asker: Asker = an.HANDLER, now: Any = None
) -> tuple[list[str], dict[str, str]]:
    """Those that were reminded, and why the others were not."""
    done = queue.do(asker, use_cases.remind_parties, list(numbers), now=now)
    return done["done"], {one["number"]: one["why"] for one in done["left"]}


def test_each_party_that_is_waited_for_is_reminded_of_its_own_last_day() -> None:
    desk = Desk()
    queue = with_officials(Journey(desk.work))
    completion, hearing = waiting.ask_completion(queue), waiting.ask_hearing(queue)

    assert remind(queue, completion, hearing) == (sorted([completion, hearing]), {})

    told = {number: fact for kind, number, fact in desk.announced if kind == "applications.deadline_neared"}
    days = (waiting.DUE - helsinki_day(an.NOON)).days
    assert {number: (fact["what"], fact["days"]) for number, fact in told.items()} == {
        completion: ("completion", days),
        hearing: ("hearing", days),
    }


def test_once_a_day_and_again_on_the_next(queue: Journey) -> None:
    number = waiting.ask_completion(queue)

    assert remind(queue, number) == ([number], {})
    assert remind(queue, number) == ([], {number: "reminded_today"})
    assert remind(queue, number, now=TOMORROW) == ([number], {})


def test_what_the_house_has_told_by_itself_today_is_not_told_again(queue: Journey) -> None:
    number = waiting.ask_completion(queue)
    three_days_before = an.later(days=11)
    queue.do(the_house("clock"), correspondence.tell_of_deadlines, now=three_days_before)

    assert remind(queue, number, now=three_days_before) == ([], {number: "reminded_today"})


def test_nobody_is_reminded_who_is_not_waited_for(queue: Journey) -> None:
    waited_for, in_assessment = waiting.ask_completion(queue), queue.taken()
    late = waiting.AFTER_DUE

    assert remind(queue, waited_for, in_assessment) == ([waited_for], {in_assessment: "nobody_waited_for"})
    assert remind(queue, waited_for, now=late) == ([], {waited_for: "nobody_waited_for"}), "its time has run out"


def test_a_party_that_asked_for_more_time_gets_an_answer_before_a_reminder(queue: Journey) -> None:
    number = waiting.ask_completion(queue)
    until = waiting.DUE + timedelta(days=7)
    queue.do(an.COMPANY, correspondence.ask_more_time, number, 1, 1, until, "Toimittaja on lomalla.")

    assert remind(queue, number) == ([], {number: "answer_more_time_first"})


def test_a_party_hears_from_its_own_handler_or_who_stands_in_today(queue: Journey) -> None:
    number = waiting.ask_completion(queue)
    queue.do(an.OTHER_HANDLER, use_cases.declare_interest, number, "none")
    assert remind(queue, number, asker=an.OTHER_HANDLER) == ([], {number: "handler_reminds"})

    today = helsinki_day(an.NOON)
    queue.do(an.HANDLER, use_cases.set_substitute, an.HANDLER.person, an.OTHER_HANDLER.person, today, today)

    assert remind(queue, number, asker=an.OTHER_HANDLER) == ([number], {})


def test_what_is_shut_to_the_asker_or_anothers_is_left(queue: Journey) -> None:
    own, undeclared = waiting.ask_completion(queue), waiting.ask_completion(queue)
    today = helsinki_day(an.NOON)
    queue.do(an.HANDLER, use_cases.set_substitute, an.HANDLER.person, an.OTHER_HANDLER.person, today, today)

    assert remind(queue, own, "A99999") == ([own], {"A99999": "not_found"})
    assert remind(queue, own, asker=an.HANDLER_ELSEWHERE) == ([], {own: "not_for_you"})
    assert remind(queue, undeclared, asker=an.OTHER_HANDLER) == ([], {undeclared: "declare_first"})


def test_chosen_cases_are_given_to_one_handler_with_one_reason(queue: Journey) -> None:
    first, second = queue.taken(), queue.submitted()
    chosen = [{"number": first, "version": 5}, {"number": second, "version": 4}]

    done = queue.do(an.DECIDER, use_cases.assign_cases, chosen, an.OTHER_HANDLER.person, "Loma alkaa.")

    assert done == {"done": sorted([first, second]), "left": []}
    assert {queue.look(number, an.AUDITOR)["handler"] for number in (first, second)} == {an.OTHER_HANDLER.person}


def test_a_case_that_changed_since_it_was_chosen_stays_with_whom_it_is(queue: Journey) -> None:
    same, changed, decided = queue.taken(), queue.taken(), queue.proposed()
    queue.decide(decided)
    chosen = [{"number": same, "version": 5}, {"number": changed, "version": 4}, {"number": decided, "version": 7}]

    done = queue.do(an.DECIDER, use_cases.assign_cases, chosen, an.OTHER_HANDLER.person, "Loma alkaa.")

    assert done["done"] == [same]
    assert {one["number"]: one["why"] for one in done["left"]} == {
        changed: "changed_meanwhile",
        decided: "already_decided",
    }
    assert queue.look(changed, an.AUDITOR)["handler"] == an.HANDLER.person


def test_a_list_that_leaves_as_a_file_is_known_by_its_narrowing_size_and_digest() -> None:
    """What was searched for may name a person, so the trail keeps only that something was."""
    desk = Desk()
    narrowing = CaseFilters().load({"group": "open", "region": "10", "search": "Virtanen"})
    counted = {"applications": 40, "claims": 2, "file_format": "csv", "sha256": "ab" * 32}

    Journey(desk.work).do(an.HANDLER, use_cases.note_export, narrowing, **counted)

    [(kind, export_id, fact)] = desk.announced
    assert kind == "applications.queue_exported"
    assert fact == counted | {
        "export_id": export_id,
        "exported_by": an.HANDLER.person,
        "authority": "ITA",
        "narrowing": {"group": "open", "region": "10"},
        "searched": True,
    }
