"""Fifty deciders at the same moment on PostgreSQL: no envelope and no undertaking is ever taken over its ceiling."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text

from services.applications import queries, use_cases
from services.applications.domain.errors import AuthorityShort, DeMinimisOver
from services.applications.domain.selection import Selection
from services.applications.storage import ApplicationsWork
from shared.asker import Asker, Role
from shared.money import Money
from shared.storage.database import Database, connect
from shared.storage.failures import run_again_when_disturbed
from tests.storage.applications.conftest import works_of
from tests.storage.applications.test_two_at_once import at_once, one_row, refusals
from tests.support import applications_builders as an
from tests.support.deciding_builders import HOUSE, DecidingJourney, a_choosing_call, linked

pytestmark = pytest.mark.postgres

MOTHER, SISTER = "9137024-1", "9000001-1"
SISTERS_PERSON = replace(an.COMPANY, person="siiri.sisar", business_id=SISTER)


@pytest.fixture
def crowd(applications_engine: Engine, room_database: Database) -> Iterator[DecidingJourney]:
    """The same database with a connection for everyone: nobody waits for another's connection."""
    url = applications_engine.url.render_as_string(hide_password=False).replace("+psycopg2", "")
    engine = connect(url, size=50)
    yield DecidingJourney(works_of(Database(engine, demo=True)))
    engine.dispose()


def deciding(journey: DecidingJourney, numbers: list[str], version: int = 6) -> list[Any]:
    """Each case by a decision maker of its own, all at once, as the room does it: again after a deadlock."""

    def sign(at: int, number: str) -> Any:
        decider = replace(an.DECIDER, person=f"ratkaisija.{at}")
        return lambda: run_again_when_disturbed(lambda: journey.decide(number, version, decider))

    return at_once(*(sign(at, number) for at, number in enumerate(numbers)))


def test_of_fifty_deciders_exactly_as_many_sign_as_the_envelope_holds(
    crowd: DecidingJourney, room_database: Database
) -> None:
    crowd.publish(a_choosing_call(Selection()))
    crowd.fund("321000.00")  # thirty awards of 10 700
    numbers = []
    for _ in range(50):
        number = crowd.submitted_in("IS-2026-14")
        crowd.do(an.HANDLER, use_cases.take_case, number, 4)
        crowd.put_forward(number)
        numbers.append(number)

    outcomes = deciding(crowd, numbers)

    assert refusals(outcomes) == {AuthorityShort: 20}
    assert one_row(room_database, "SELECT amount, reserved FROM applications.envelopes") == (32100000, 32100000)
    assert one_row(room_database, "SELECT count(*), sum(amount) FROM applications.movements") == (30, 32100000)
    awarded = "SELECT count(*), sum(aid_decided) FROM applications.applications WHERE state = 'approved'"
    assert one_row(room_database, awarded) == (30, 32100000)
    told = "SELECT count(*) FROM applications.outbox WHERE routing_key LIKE '%grant_awarded%'"
    assert one_row(room_database, told) == (30,)


def test_twenty_awards_at_once_to_one_single_undertaking_never_pass_300_000_together(
    crowd: DecidingJourney, room_database: Database
) -> None:
    """Two sisters under one mother have 50 000 euros of room; each of twenty awards alone would fit in it."""
    crowd.publish(a_choosing_call())
    crowd.fund("1000000.00")
    crowd.do(HOUSE, use_cases.know_ownership, linked(MOTHER, an.COMPANY.business_id or ""))
    crowd.do(HOUSE, use_cases.know_ownership, linked(MOTHER, SISTER))
    row = {"name": "", "granted_on": "1.3.2025", "authority": "Finnvera", "regulation": "2023/2831"}
    earlier = [{**row, "business_id": MOTHER, "amount": "250 000"}]
    askers = [an.COMPANY, SISTERS_PERSON] * 10
    numbers = [crowd.assessed(asker, earlier_aid=earlier) for asker in askers]
    for number in numbers:
        crowd.put_forward(number)

    outcomes = deciding(crowd, numbers)

    assert refusals(outcomes) == {DeMinimisOver: 16}
    assert one_row(room_database, "SELECT count(*), sum(amount) FROM applications.aid_register") == (4, 4280000)
    assert one_row(room_database, "SELECT reserved FROM applications.envelopes") == (4280000,)


def test_deciders_of_two_groups_that_share_an_envelope_do_not_stop_each_other(crowd: DecidingJourney) -> None:
    crowd.publish(a_choosing_call())
    crowd.fund("1000000.00")
    askers = [an.COMPANY, SISTERS_PERSON] * 6
    numbers = [crowd.assessed(asker) for asker in askers]
    for number in numbers:
        crowd.put_forward(number)

    assert not refusals(deciding(crowd, numbers))


def test_a_link_told_after_the_proposals_lets_them_fall_and_made_anew_they_share_the_room(
    crowd: DecidingJourney, room_database: Database
) -> None:
    crowd.publish(a_choosing_call())
    crowd.fund("1000000.00")
    row = {"name": "", "business_id": "", "granted_on": "1.3.2025", "authority": "F", "regulation": "2023/2831"}
    numbers = [
        crowd.assessed(asker, earlier_aid=[{**row, "amount": "280 000"}]) for asker in (an.COMPANY, SISTERS_PERSON)
    ]
    for number in numbers:
        crowd.put_forward(number)

    crowd.do(HOUSE, use_cases.know_ownership, linked(MOTHER, an.COMPANY.business_id or ""))
    crowd.do(HOUSE, use_cases.know_ownership, linked(MOTHER, SISTER))
    assert {crowd.look(number, an.HANDLER)["state"] for number in numbers} == {"in_assessment"}
    for number in numbers:
        crowd.put_forward(number, version=7)
    outcomes = deciding(crowd, numbers, version=8)

    assert refusals(outcomes) == {DeMinimisOver: 1}


def test_every_decision_that_is_kept_in_postgresql_proves_itself(
    crowd: DecidingJourney, room_database: Database
) -> None:
    crowd.publish(a_choosing_call())
    crowd.fund("1000000.00")
    approved = crowd.assessed()
    crowd.put_forward(approved)
    rejected = crowd.assessed(tax_result="debt")
    crowd.put_forward(rejected, "reject")
    for number in (approved, rejected):
        crowd.decide(number)

    proofs = [crowd.do(an.AUDITOR, use_cases.replay_decision, number) for number in (approved, rejected)]

    assert [proof["holds"] for proof in proofs] == [True, True]
    assert [proof["aid"] for proof in proofs] == [Money.eur("10700.00"), Money(0)]


def test_a_row_changed_behind_the_houses_back_is_found_by_the_replay(
    crowd: DecidingJourney, room_database: Database
) -> None:
    crowd.publish(a_choosing_call())
    crowd.fund("1000000.00")
    number = crowd.assessed()
    crowd.put_forward(number)
    crowd.decide(number)
    with room_database.transaction() as session:
        session.execute(text('UPDATE applications.applications SET proposal = proposal || \'{"aid": "9700.00"}\''))

    proof = crowd.do(an.AUDITOR, use_cases.replay_decision, number)

    assert [(one.path, one.stored, one.recomputed) for one in proof["differences"]] == [
        ("decision.aid", "9700.00", "10700.00")
    ]


def test_a_case_has_one_reckoned_decision(crowd: DecidingJourney, room_database: Database) -> None:
    crowd.publish(a_choosing_call())
    crowd.fund("1000000.00")
    number = crowd.assessed()
    crowd.put_forward(number)
    crowd.decide(number)

    kinds = "SELECT string_agg(kind, ',' ORDER BY reckoning_id) FROM applications.reckonings"
    assert one_row(room_database, kinds) == ("proposal,decision",)


def test_the_register_forgets_an_award_that_ended_and_follows_one_that_was_cut(crowd: DecidingJourney) -> None:
    crowd.publish(a_choosing_call())
    crowd.fund("1000000.00")
    number = crowd.assessed()
    crowd.put_forward(number)
    crowd.decide(number)

    def used() -> Money:
        room: Money = crowd.do(an.COMPANY, use_cases.get_aid_room, an.COMPANY.business_id).used
        return room

    def cut(work: ApplicationsWork) -> None:
        work.aid_register.take_back(number, Money.eur("3700.00"), an.NOON.date())

    def end(work: ApplicationsWork) -> None:
        work.aid_register.end(number, an.NOON.date() + timedelta(days=1))

    assert used() == Money.eur("10700.00")
    crowd.do(HOUSE, cut)
    assert used() == Money.eur("7000.00")
    crowd.do(HOUSE, end)
    assert used() == Money(0)


def test_the_list_tells_apart_what_one_once_proposed_and_a_colleague_proposes_now(crowd: DecidingJourney) -> None:
    """CPR 2021/1060 art. 71(4): such a case is another's to sign, so the list does not offer it."""
    crowd.publish(a_choosing_call())
    crowd.fund("1000000.00")
    crowd.do(an.OPERATOR, use_cases.know_official, an.OTHER_HANDLER.person, "handler", "ITA")
    number = crowd.assessed()
    proposed = crowd.put_forward(number)
    back = crowd.decide(number, proposed["version"], verdict="return", note="Tarkista.")
    given = crowd.do(an.DECIDER, use_cases.assign_case, number, back["version"], an.OTHER_HANDLER.person, "Loma.")
    crowd.propose_as(an.OTHER_HANDLER, number, given["version"])

    def is_mine(asker: Asker) -> bool:
        with crowd.open_work(replace(asker, role=Role.DECISION_MAKER), crowd.now) as work:
            [row] = queries.list_decidable(work.session, work.asker, page=1, size=10, sort="")["items"]
            return bool(row["mine"])

    assert [is_mine(asker) for asker in (an.HANDLER, an.OTHER_HANDLER, an.DECIDER)] == [True, True, False]
