"""A case that came to the wrong authority goes to the competent one (HL 21 §): whole, at once, and with a record."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text

from services.applications import queries, use_cases
from services.applications.domain.envelopes import Envelope
from services.applications.domain.errors import (
    AlreadyDecided,
    AuthorityShort,
    DeclareFirst,
    Disqualified,
    NotYourCase,
    WrongState,
)
from services.applications.use_cases import correspondence
from shared.asker import Asker, Role
from shared.dates import helsinki_day
from shared.errors import ChangedMeanwhile, DomainError, InvalidFields, NotForYou
from shared.money import Money
from tests.storage.applications.test_two_at_once import at_once
from tests.support import applications_builders as an
from tests.support import correspondence_journeys as waiting
from tests.support.afterwards_journeys import HOUSE, Afterwards
from tests.support.applications_fakes import Desk
from tests.support.applications_journeys import Journey
from tests.support.migrating_again import run_again

REASON = "Hanke toteutetaan Oulussa."
DECIDER_ELSEWHERE = Asker(person="lea.lappi", role=Role.DECISION_MAKER, authority="POH")
A_WEEK_LATER = an.later(days=7)


@pytest.fixture
def case(journey: Journey) -> Journey:
    journey.publish()
    journey.fund("75000.00")
    return journey


def transfer(
    journey: Journey,
    number: str,
    *,
    asker: Asker = an.HANDLER,
    to: str = "POH",
    version: int | None = None,
    reason: str = REASON,
    now: Any = A_WEEK_LATER,
) -> Any:
    seen = journey.look(number)["version"] if version is None else version
    return journey.do(asker, use_cases.transfer_case, number, seen, to, reason, now=now)


def standing_of(journey: Journey, number: str, asker: Asker) -> Any:
    return journey.do(asker, use_cases.get_gate, number)["standing"]


# ---- what the receiving authority gets ----


def test_the_case_waits_there_for_a_handler_promised_anew(case: Journey) -> None:
    number = case.taken()

    transfer(case, number)

    seen = case.look(number)
    assert (seen["authority"], seen["state"], seen["handler"]) == ("POH", "submitted", None)
    assert (seen["transferred"].given_by, seen["transferred"].reason) == ("ITA", REASON)
    assert seen["submitted_at"] == an.NOON
    assert seen["due_on"] == helsinki_day(A_WEEK_LATER) + timedelta(days=90)
    status = case.do(an.COMPANY, correspondence.get_status, number, now=A_WEEK_LATER)
    assert (status.promised_first, status.promised_on, status.waited_days) == (seen["due_on"], seen["due_on"], 0)


def test_it_is_handled_and_decided_there_from_its_own_authority_to_grant(case: Journey) -> None:
    number = case.taken()
    transfer(case, number)
    case.do(an.HANDLER_ELSEWHERE, use_cases.take_case, number, case.look(number)["version"])
    proposed = case.propose_as(an.HANDLER_ELSEWHERE, number, case.look(number)["version"])
    with pytest.raises(AuthorityShort):
        case.decide(number, proposed["version"], DECIDER_ELSEWHERE)
    case.fund("20000.00", an.a_call(authority="POH"))

    decided = case.decide(number, proposed["version"], DECIDER_ELSEWHERE)

    assert decided["decision"].appeal.to == "POH"
    after = Afterwards(case)
    assert (after.envelope("POH/ERDF/1/2026")[1], after.envelope()[1]) == ("10000.00", "0.00")
    [entry] = after.acts(number, an.AUDITOR)["entries"]
    assert entry["envelope_id"] == "POH/ERDF/1/2026"


def test_what_was_filed_and_written_goes_with_it(case: Journey) -> None:
    number = case.taken()
    case.do(an.COMPANY, correspondence.send_message, number, "Kysymme aikataulua.")
    before = case.look(number)

    transfer(case, number)

    after = case.look(number, an.HANDLER_ELSEWHERE)
    assert (after["answers"], after["digest"], after["attachments"]) == (
        before["answers"],
        before["digest"],
        before["attachments"],
    )
    [message] = case.do(an.HANDLER_ELSEWHERE, correspondence.get_correspondence, number)["messages"]
    assert message["text"] == "Kysymme aikataulua."


# ---- what the giving authority is left with ----


@pytest.mark.parametrize("asker", [an.HANDLER, an.OTHER_HANDLER, an.DECIDER])
def test_the_giving_authority_opens_it_no_more(case: Journey, asker: Asker) -> None:
    number = case.taken()
    transfer(case, number)

    for attempt in (
        lambda: case.look(number, asker),
        lambda: case.do(asker, use_cases.get_gate, number),
        lambda: case.do(asker, correspondence.get_correspondence, number),
        lambda: case.do(asker, use_cases.get_assessment, number),
    ):
        with pytest.raises(NotForYou):
            attempt()


def test_the_record_of_the_transfer_stays(case: Journey) -> None:
    number = case.taken()

    kept = transfer(case, number)

    assert (kept.number, kept.ordinal, kept.given_by, kept.given_to) == (number, 1, "ITA", "POH")
    assert (kept.reason, kept.transferred_by, kept.transferred_at) == (REASON, an.HANDLER.person, A_WEEK_LATER)
    assert kept.undertaking_name == "Saimaan Levypaja Oy"


def test_who_was_not_disqualified_answers_anew_and_who_was_stays_so(case: Journey) -> None:
    number = case.submitted()
    both = [Asker(person="pekka.pohjola", role=Role.HANDLER, authority=where) for where in ("ITA", "POH")]
    case.declares = False
    case.do(both[0], use_cases.declare_interest, number, "conflict", "party_relative")
    case.do(an.HANDLER, use_cases.declare_interest, number, "none")
    transfer(case, number)

    assert standing_of(case, number, both[1]) == "disqualified"
    marja = Asker(person=an.HANDLER.person, role=Role.HANDLER, authority="POH")
    assert standing_of(case, number, marja) == "undeclared"
    with pytest.raises(DeclareFirst):
        case.look(number, marja)
    with pytest.raises(Disqualified):
        case.look(number, both[1])


# ---- when, and by whom ----


@pytest.mark.parametrize("ask", [waiting.ask_completion, waiting.ask_hearing])
def test_what_was_asked_of_the_company_ends(case: Journey, ask: Any) -> None:
    number = ask(case)

    transfer(case, number)

    assert case.look(number)["state"] == "submitted"
    assert waiting.request_of(case, number)["state"] == "closed"


def test_nobody_need_have_taken_it(case: Journey) -> None:
    number = case.submitted()

    transfer(case, number, asker=an.OTHER_HANDLER)

    assert case.look(number)["authority"] == "POH"


def test_a_colleagues_case_is_theirs_to_transfer_or_a_decision_makers(case: Journey) -> None:
    number = case.taken()

    with pytest.raises(NotYourCase):
        transfer(case, number, asker=an.OTHER_HANDLER)
    transfer(case, number, asker=an.DECIDER)


def test_a_proposal_is_returned_first_and_a_decision_is_never_transferred(case: Journey) -> None:
    number = case.proposed()
    with pytest.raises(WrongState):
        transfer(case, number)

    case.decide(number)

    with pytest.raises(AlreadyDecided):
        transfer(case, number)


@pytest.mark.parametrize(
    ("to", "reason", "broken"),
    [
        ("XYZ", REASON, ("to", "unknown_authority")),
        ("ITA", REASON, ("to", "same_authority")),
        ("POH", "  ", ("reason", "required")),
    ],
)
def test_it_goes_to_another_authority_that_exists_and_with_a_reason(
    case: Journey, to: str, reason: str, broken: tuple[str, str]
) -> None:
    with pytest.raises(InvalidFields) as refusal:
        transfer(case, case.taken(), to=to, reason=reason)

    assert [(fault.path, fault.rule) for fault in refusal.value.faults] == [broken]


def test_nobody_transfers_another_version_than_was_read(case: Journey) -> None:
    with pytest.raises(ChangedMeanwhile):
        transfer(case, case.taken(), version=4)


def test_it_can_be_sent_back_and_each_transfer_is_kept(case: Journey) -> None:
    number = case.submitted()
    transfer(case, number)

    again = transfer(case, number, asker=an.HANDLER_ELSEWHERE, to="ITA", reason="Investointi on Savonlinnassa.")

    assert (again.ordinal, again.given_by, again.given_to) == (2, "POH", "ITA")
    assert case.look(number)["authority"] == "ITA"


def test_the_others_are_told_whose_it_is_now_and_until_when(desk: Desk) -> None:
    journey = Journey(desk.work)
    journey.publish()
    number = journey.taken()

    transfer(journey, number)

    name, subject, told = desk.announced[-1]
    assert (name, subject) == ("applications.case_transferred", number)
    assert (told["authority"], told["given_by"], told["reason"]) == ("POH", "ITA", REASON)
    assert date.fromisoformat(told["due_on"]) == journey.look(number)["due_on"]


@pytest.fixture
def desk() -> Desk:
    return Desk()


# ---- on PostgreSQL ----


@pytest.mark.postgres
def test_both_sides_list_it_and_no_third(stored_journey: Journey) -> None:
    stored_journey.publish()
    number = stored_journey.taken()
    transfer(stored_journey, number)
    third = Asker(person="kaisa.keski", role=Role.HANDLER, authority="KES")

    def listed(asker: Asker) -> list[str]:
        with stored_journey.open_work(asker, stored_journey.now) as work:
            found = queries.list_transfers(work.session, asker, page=1, size=50, sort="")
            assert found["total"] == len(found["items"])
            return [row.number for row in found["items"]]

    assert listed(an.HANDLER) == listed(an.HANDLER_ELSEWHERE) == listed(an.AUDITOR) == [number]
    assert listed(third) == []


@pytest.mark.postgres
def test_the_queue_of_the_one_loses_it_as_that_of_the_other_gets_it(stored_journey: Journey) -> None:
    stored_journey.publish()
    number = stored_journey.taken()
    transfer(stored_journey, number)

    def queue(asker: Asker) -> list[str]:
        with stored_journey.open_work(asker, stored_journey.now) as work:
            found = queries.work_queue(
                work.session, asker, work.now, page=1, size=50, sort="", search="", group="untaken"
            )
            return [row["number"] for row in found["items"]]

    assert (queue(an.HANDLER), queue(an.HANDLER_ELSEWHERE)) == ([], [number])


def searched_elsewhere(journey: Journey, search: str) -> list[str]:
    with journey.open_work(an.HANDLER_ELSEWHERE, journey.now) as work:
        found = queries.work_queue(
            work.session, work.asker, work.now, page=1, size=50, sort="", search=search, group="all"
        )
    return [row["number"] for row in found["items"]]


@pytest.mark.postgres
@pytest.mark.parametrize("search", ["levypaja", "saimaan levypaja", "levypjaa"])
def test_it_is_found_there_by_its_name_and_by_its_name_mistyped(stored_journey: Journey, search: str) -> None:
    stored_journey.publish()
    number = stored_journey.taken()

    transfer(stored_journey, number)

    assert searched_elsewhere(stored_journey, search) == [number]


@pytest.mark.postgres
def test_what_was_transferred_before_the_words_followed_is_found_after_the_migration(
    stored_journey: Journey, applications_engine: Engine
) -> None:
    stored_journey.publish()
    number = stored_journey.taken()
    transfer(stored_journey, number)
    with applications_engine.begin() as connection:
        connection.execute(text("DELETE FROM applications.searched_words"))

    run_again(applications_engine, "applications", after="0015", to="0016")

    assert searched_elsewhere(stored_journey, "levypaja") == [number]


@pytest.mark.postgres
def test_of_a_transfer_and_another_deed_at_once_one_comes_first(stored_journey: Journey) -> None:
    """Whatever the other does, the case is never proposed at one authority and another's at the same time."""
    stored_journey.publish()
    number = stored_journey.taken()

    moved, proposed = at_once(
        lambda: transfer(stored_journey, number, version=5), lambda: stored_journey.propose(number, 5)
    )

    refused = [one for one in (moved, proposed) if isinstance(one, DomainError)]
    assert len(refused) == 1
    seen = stored_journey.look(number)
    assert (seen["authority"], seen["state"]) in {("POH", "submitted"), ("ITA", "proposed")}


@pytest.mark.postgres
def test_an_award_after_a_transfer_binds_where_it_is_decided(stored_journey: Journey) -> None:
    stored_journey.publish()
    stored_journey.fund("75000.00", an.a_call(authority="POH"))
    number = stored_journey.submitted()
    transfer(stored_journey, number)
    stored_journey.do(an.HANDLER_ELSEWHERE, use_cases.take_case, number, stored_journey.look(number)["version"])
    proposed = stored_journey.propose_as(an.HANDLER_ELSEWHERE, number, stored_journey.look(number)["version"])
    stored_journey.decide(number, proposed["version"], DECIDER_ELSEWHERE)

    key = Envelope(authority="POH", fund="ERDF", priority="1", budget_year=2026)
    with stored_journey.open_work(HOUSE, stored_journey.now) as work:
        assert work.envelopes.locked(key).reserved == Money.eur("10000.00")
