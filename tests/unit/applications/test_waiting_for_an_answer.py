"""Days of an answer, when the party has to be heard, and where a case is in plain words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.applications.domain.applications import Application, Case
from services.applications.domain.correspondence import due_days
from services.applications.domain.correspondence.requests import Kind, PartyRequest, Stage
from services.applications.domain.correspondence.status import plain_status
from services.applications.domain.states import MOVES, State, Who
from services.applications.use_cases.correspondence.clock import nearing
from shared.errors import InvalidFields
from shared.rules.calendar import is_office_day
from tests.support import applications_builders as an
from tests.support.correspondence_journeys import DUE, a_request

TODAY = date(2026, 9, 15)
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))


def an_application(state: State, **facts: object) -> Application:
    plain: dict[str, object] = {
        "number": "A80655",
        "call_id": "IS-2026-14",
        "authority": "ITA",
        "business_id": "9104416-3",
        "undertaking_name": "Saimaan Levypaja Oy",
        "language": "fi",
        "started_at": an.NOON,
        "changed_by": "eeva.rautiainen",
        "changed_at": an.NOON,
        "answers": {},
        "state": state,
        "handler": an.HANDLER.person,
    }
    if state not in (State.DRAFT, State.AWAITING_SIGNATURE):
        plain |= {"submitted_at": an.NOON, "due_on": date(2026, 12, 14)}
    return Application(**{**plain, **facts})  # type: ignore[arg-type]  # the builder's own facts


def a_case(state: State, **facts: object) -> Case:
    return Case(application=an_application(state, **facts), call=an.a_call())


# ---- the days ----


@pytest.mark.parametrize("kind", list(Kind))
@given(today=DAYS, wished=DAYS)
def test_a_last_day_is_never_a_day_off_and_never_sooner_than_asked(kind: Kind, today: date, wished: date) -> None:
    limits = due_days.answer_time(kind, today)
    if not timedelta(days=limits.least) <= wished - today <= timedelta(days=limits.most):
        with pytest.raises(InvalidFields):
            due_days.last_day(kind, wished, today)
        return

    day = due_days.last_day(kind, wished, today)

    assert day >= wished
    assert is_office_day(day)


def test_a_last_day_that_falls_on_christmas_eve_is_the_next_office_day() -> None:
    assert due_days.last_day("completion", date(2026, 12, 24), date(2026, 12, 1)) == date(2026, 12, 28)


def test_a_day_is_over_when_it_is_over_in_finland() -> None:
    assert not due_days.is_over(DUE, datetime(2026, 9, 29, 20, 59, 59, tzinfo=UTC))
    assert due_days.is_over(DUE, datetime(2026, 9, 29, 21, 0, tzinfo=UTC))


def test_in_winter_the_day_is_an_hour_later_over() -> None:
    assert not due_days.is_over(date(2026, 12, 10), datetime(2026, 12, 10, 21, 59, 59, tzinfo=UTC))
    assert due_days.is_over(date(2026, 12, 10), datetime(2026, 12, 10, 22, 0, tzinfo=UTC))


@given(asked=DAYS, waited=st.integers(0, 200))
def test_waiting_for_the_party_is_counted_in_days_and_for_an_opinion_not_at_all(asked: date, waited: int) -> None:
    begun = datetime(asked.year, asked.month, asked.day, 22, 30, tzinfo=UTC)
    until = begun + timedelta(days=waited)

    assert abs(due_days.days_waited("completion", begun, until) - waited) <= 1  # a night of summer time
    assert due_days.days_waited("opinion", begun, until) == 0


def test_more_time_is_more_time() -> None:
    with pytest.raises(InvalidFields) as refusal:
        due_days.later_day(DUE, DUE, TODAY, "until")

    assert [(fault.path, fault.rule) for fault in refusal.value.faults] == [("until", "not_later")]


@given(left=st.integers(-3, 40), had=st.integers(0, 60))
def test_a_reminder_comes_only_to_whoever_had_more_time_than_it_tells_of(left: int, had: int) -> None:
    last_day = date(2026, 11, 30)
    today, begun = last_day - timedelta(days=left), last_day - timedelta(days=had)

    days = nearing(last_day, today, begun, "call_closes")

    if days is not None:
        assert 0 <= left <= days < had
    if had > 7 and 1 < left <= 7:
        assert days == 7


# ---- the plain status ----


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("asker", [an.COMPANY, an.HANDLER, an.DECIDER, an.AUDITOR], ids=lambda asker: asker.role.value)
def test_every_state_has_a_plain_status_without_its_inner_name(state: State, asker: object) -> None:
    status = plain_status(a_case(state), [], asker, an.NOON)  # type: ignore[arg-type]  # parametrized

    assert status.what
    assert status.what not in {"in_assessment", "in_completion", "on_opinion", "in_hearing"}


def test_the_company_is_told_what_to_do_until_when_and_that_the_promise_stands_still() -> None:
    asked = a_request()

    status = plain_status(a_case(State.IN_COMPLETION), [asked], an.COMPANY, an.later(days=4))

    assert (status.what, status.whom, status.todo) == ("completion", "you", "complete")
    assert (status.until, status.place) == (DUE, 1)
    assert (status.promised_first, status.promised_on, status.waited_days) == (date(2026, 12, 14), None, 4)


def test_after_the_waiting_the_promise_is_told_with_what_was_added() -> None:
    moved = a_case(State.IN_ASSESSMENT, due_on=date(2026, 12, 20))

    status = plain_status(moved, [a_request(state=Stage.ANSWERED)], an.COMPANY, an.later(days=10))

    assert (status.promised_first, status.promised_on, status.waited_days) == (
        date(2026, 12, 14),
        date(2026, 12, 20),
        6,
    )
    assert status.todo == ""


def test_after_time_has_run_out_the_company_is_told_that_it_can_still_answer() -> None:
    status = plain_status(a_case(State.IN_ASSESSMENT), [a_request(state=Stage.EXPIRED)], an.COMPANY, an.NOON)

    assert (status.todo, status.place, status.whom) == ("answer_late", 1, "authority")


def test_a_draft_waits_for_the_company_until_the_last_day_of_the_call() -> None:
    status = plain_status(a_case(State.DRAFT), [], an.COMPANY, an.NOON)

    assert (status.what, status.whom, status.until, status.todo) == ("draft", "you", date(2026, 11, 30), "send")


def test_the_handlers_deed_is_shown_to_the_handler_alone() -> None:
    case = a_case(State.IN_ASSESSMENT)

    assert plain_status(case, [], an.HANDLER, an.NOON).todo == "propose"
    assert plain_status(case, [], an.OTHER_HANDLER, an.NOON).todo == ""
    assert plain_status(case, [], an.AUDITOR, an.NOON).todo == ""


# ---- the table of moves ----


@pytest.mark.parametrize("waiting", [State.IN_COMPLETION, State.IN_HEARING, State.ON_OPINION])
def test_whoever_is_waited_for_the_clock_lets_the_case_go_on(waiting: State) -> None:
    back = [move for move in MOVES if move.before is waiting and move.after is State.IN_ASSESSMENT]

    assert Who.CLOCK in {move.who for move in back}


def test_while_more_time_is_asked_for_nothing_runs_out() -> None:
    asking = a_request().asking_more_time(date(2026, 10, 9), "Tarjous puuttuu.", an.NOON)
    late = an.later(days=20)

    assert a_request().has_run_out_at(late)
    assert not asking.has_run_out_at(late)
    assert replace(asking, more_time=None).has_run_out_at(late)


def test_an_answer_that_came_in_time_is_not_late_afterwards() -> None:
    answered: PartyRequest = a_request().answered("eeva.rautiainen", an.later(days=14))

    assert not answered.is_late_at(an.later(days=100))
