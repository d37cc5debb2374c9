"""Many people at the same moment, on PostgreSQL threads: nothing is granted twice and nothing over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import text

from services.applications import use_cases
from services.applications.domain.errors import AlreadyDecided, AlreadySubmitted, AlreadyTaken, AuthorityShort
from shared.dates import helsinki_day
from shared.errors import ChangedMeanwhile, DomainError
from shared.storage.database import Database
from tests.support import applications_builders as an
from tests.support import correspondence_journeys as waiting
from tests.support.afterwards_journeys import HOUSE
from tests.support.applications_journeys import Journey
from tests.support.deciding_builders import linked
from tests.support.eventually import eventually, somebody_waits

pytestmark = pytest.mark.postgres


def at_once(*commands: Callable[[], Any]) -> list[Any]:
    """What each came to: an answer or a refusal. All start at the same moment."""
    gate = Barrier(len(commands))

    def run(command: Callable[[], Any]) -> Any:
        gate.wait(timeout=20)
        try:
            return command()
        except DomainError as refusal:
            return refusal

    with ThreadPoolExecutor(len(commands)) as people:
        return list(people.map(run, commands))


def refusals(outcomes: list[Any]) -> Counter[type]:
    return Counter(type(outcome) for outcome in outcomes if isinstance(outcome, DomainError))


def test_twenty_deciders_never_go_over_the_authority_together(stored_journey: Journey, room_database: Database) -> None:
    stored_journey.publish()
    stored_journey.fund("75000.00")
    numbers = [stored_journey.proposed() for _ in range(20)]
    deciders = [replace(an.DECIDER, person=f"ratkaisija.{at}") for at in range(20)]

    outcomes = at_once(
        *(
            lambda number=number, decider=decider: stored_journey.decide(number, asker=decider)
            for number, decider in zip(numbers, deciders, strict=True)
        )
    )

    assert refusals(outcomes) == {AuthorityShort: 13}
    assert one_row(room_database, "SELECT amount, reserved FROM applications.envelopes") == (7500000, 7000000)
    awarded = "SELECT count(*), sum(aid_decided) FROM applications.applications WHERE state = 'approved'"
    assert one_row(room_database, awarded) == (7, 7000000)
    told = "SELECT count(*) FROM applications.outbox WHERE routing_key LIKE '%grant_awarded%'"
    assert one_row(room_database, told) == (7,)


def test_of_two_who_decide_one_case_one_wins_and_the_other_is_told_who(stored_journey: Journey) -> None:
    stored_journey.publish()
    stored_journey.fund("75000.00")
    number = stored_journey.proposed()

    outcomes = at_once(
        lambda: stored_journey.decide(number, asker=an.DECIDER),
        lambda: stored_journey.decide(number, asker=an.OTHER_DECIDER),
    )

    [refused] = [outcome for outcome in outcomes if isinstance(outcome, AlreadyDecided)]
    [decided] = [outcome for outcome in outcomes if isinstance(outcome, dict)]
    assert refused.facts["by"] == decided["decision"].decided_by


def test_of_two_handlers_one_takes_the_case(stored_journey: Journey) -> None:
    stored_journey.publish()
    number = stored_journey.submitted()

    outcomes = at_once(
        *(
            lambda asker=asker: stored_journey.do(asker, use_cases.take_case, number, 4)
            for asker in (an.HANDLER, an.OTHER_HANDLER)
        )
    )

    assert refusals(outcomes) == {AlreadyTaken: 1}


def test_two_presses_of_the_send_button_file_one_application(stored_journey: Journey, room_database: Database) -> None:
    stored_journey.publish()
    number = stored_journey.draft()

    outcomes = at_once(*[lambda: stored_journey.do(an.COMPANY, use_cases.submit, number, 3)] * 2)

    assert refusals(outcomes) == {AlreadySubmitted: 1}
    assert one_row(room_database, "SELECT count(*) FROM applications.outbox") == (1,)


def test_of_two_who_save_the_same_version_the_later_is_told(stored_journey: Journey) -> None:
    stored_journey.publish()
    number = stored_journey.draft()

    outcomes = at_once(
        *(
            lambda asker=asker: stored_journey.do(asker, use_cases.save_draft, number, 3, an.complete_answers())
            for asker in (an.COMPANY, an.COLLEAGUE)
        )
    )

    assert refusals(outcomes) == {ChangedMeanwhile: 1}


def test_withdrawing_and_deciding_at_once_leaves_one_of_them(stored_journey: Journey, room_database: Database) -> None:
    stored_journey.publish()
    stored_journey.fund("75000.00")
    number = stored_journey.proposed()

    outcomes = at_once(
        lambda: stored_journey.decide(number),
        lambda: stored_journey.do(an.COMPANY, use_cases.withdraw, number, 6),
    )

    assert sum(refusals(outcomes).values()) == 1
    [(state, reserved)] = [one_row(room_database, STATE_AND_RESERVED)]
    assert (state, reserved) in {("approved", 1000000), ("withdrawn", 0)}


def test_two_operators_who_publish_the_same_new_call_publish_one(stored_journey: Journey) -> None:
    outcomes = at_once(*[lambda: stored_journey.publish()] * 2)

    assert outcomes == ["IS-2026-14", "IS-2026-14"]


def test_two_first_grants_of_authority_leave_one_envelope(stored_journey: Journey, room_database: Database) -> None:
    at_once(*[lambda: stored_journey.fund("500.00")] * 2)

    assert one_row(room_database, "SELECT count(*), max(amount) FROM applications.envelopes") == (1, 50000)


STATE_AND_RESERVED = "SELECT a.state, e.reserved FROM applications.applications a, applications.envelopes e"


def test_two_who_remind_of_the_same_cases_at_once_remind_each_party_once(
    stored_journey: Journey, room_database: Database
) -> None:
    """The handler and who stands in for them today have ticked the same rows, in different orders."""
    stored_journey.publish()
    stored_journey.fund("75000.00")
    for person in (an.HANDLER.person, an.OTHER_HANDLER.person):
        stored_journey.do(an.OPERATOR, use_cases.know_official, person, "handler", "ITA")
    numbers = [waiting.ask_completion(stored_journey) for _ in range(5)]
    today = helsinki_day(an.NOON)
    stored_journey.do(an.HANDLER, use_cases.set_substitute, an.HANDLER.person, an.OTHER_HANDLER.person, today, today)
    for number in numbers:
        stored_journey.do(an.OTHER_HANDLER, use_cases.declare_interest, number, "none")

    own, other = at_once(
        lambda: stored_journey.do(an.HANDLER, use_cases.remind_parties, numbers),
        lambda: stored_journey.do(an.OTHER_HANDLER, use_cases.remind_parties, numbers[::-1]),
    )

    assert sorted(own["done"] + other["done"]) == sorted(numbers)
    assert {one["why"] for one in own["left"] + other["left"]} == {"reminded_today"}
    told = "SELECT count(*) FROM applications.outbox WHERE routing_key LIKE '%deadline_neared%'"
    assert one_row(room_database, told) == (5,)


NEWS_OF_REGISTER = {
    "business_id": "9104416-3",
    "situations": ["bankruptcy"],
    "ended_on": None,
    "vat_liable": True,
    "business_line": "25620",
    "fetched_at": an.NOON,
    "digest": "ab" * 32,
}


@pytest.mark.parametrize(
    ("hears", "news"),
    [
        (use_cases.know_ownership, linked("9000001-1", "9104416-3")),
        (use_cases.know_register, NEWS_OF_REGISTER),
        (use_cases.know_infected, an.OFFER["document_id"]),
    ],
)
def test_news_that_come_in_the_second_of_a_proposal_let_it_fall(
    stored_journey: Journey, room_database: Database, hears: Callable[..., None], news: Any
) -> None:
    """It was made before they were known: whoever brings them waits for it, and finds it."""
    stored_journey.publish()
    number = stored_journey.taken()

    with ThreadPoolExecutor(1) as house:
        with stored_journey.open_work(an.HANDLER, stored_journey.now) as work:
            use_cases.propose(work, number, 5, "approve", [an.accepted("20000.00")], "Hyvä.")
            heard = house.submit(stored_journey.do, HOUSE, hears, news)
            eventually(lambda: heard.done() or somebody_waits(room_database.engine))
        heard.result(timeout=20)

    assert stored_journey.look(number)["state"] == "in_assessment"


def one_row(database: Database, sql: str) -> tuple[Any, ...]:
    with database.engine.connect() as connection:
        return tuple(connection.execute(text(sql)).one())
