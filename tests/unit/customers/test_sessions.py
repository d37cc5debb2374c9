"""Sessions begin in one's own capacity, live while used, and end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.customers import use_cases
from services.customers.demo import DEMO_ISSUER
from services.customers.domain.errors import DemoIsOff, NotYourCapacity, SessionOver
from services.customers.domain.sessions import SessionLimits, begun
from shared.errors import NotFound
from tests.support.customers_builders import COMPANY, NOW, VISITOR, a_mandate, a_person, a_post
from tests.support.customers_fakes import FakeWork

LIMITS = SessionLimits()
AS_COMPANY = f"c:{COMPANY}"


@pytest.fixture
def work() -> FakeWork:
    made = FakeWork(asker=VISITOR)
    made.people.welcome(a_person(a_mandate(), a_post()), NOW)
    return made


def begin(work: FakeWork, capacity_id: str = AS_COMPANY) -> dict[str, Any]:
    return use_cases.begin_session(work, LIMITS, demo=False, person_id="person-1", capacity_id=capacity_id)


def look(work: FakeWork, session: dict[str, Any], after: timedelta) -> dict[str, Any]:
    work.now = NOW + after
    return use_cases.get_session(work, LIMITS, session_id=session["session_id"])


def test_a_session_has_one_capacity_and_tells_the_others(work: FakeWork) -> None:
    session = begin(work)
    assert session["capacity"].capacity_id == AS_COMPANY
    assert [capacity.capacity_id for capacity in session["capacities"]] == [AS_COMPANY, "p:HANDLER:ITA"]


def test_nobody_begins_a_session_in_a_capacity_of_somebody_else(work: FakeWork) -> None:
    with pytest.raises(NotYourCapacity):
        begin(work, "p:PAYER:ITA")


def test_two_sessions_of_one_person_have_different_keys(work: FakeWork) -> None:
    assert begin(work)["session_id"] != begin(work)["session_id"]


def test_a_session_ends_after_an_hour_of_silence(work: FakeWork) -> None:
    session = begin(work)
    with pytest.raises(SessionOver) as over:
        look(work, session, timedelta(minutes=60))
    assert over.value.facts == {"why": "idle", "at": (NOW + timedelta(minutes=60)).isoformat()}


def test_using_a_session_gives_it_a_fresh_hour(work: FakeWork) -> None:
    session = begin(work)
    look(work, session, timedelta(minutes=59))
    assert look(work, session, timedelta(minutes=118))["expires_at"] == NOW + timedelta(minutes=178)


def test_a_session_used_all_day_still_ends_after_twelve_hours(work: FakeWork) -> None:
    session = begin(work)
    for minutes in range(30, 12 * 60, 30):
        look(work, session, timedelta(minutes=minutes))
    with pytest.raises(SessionOver) as over:
        look(work, session, timedelta(hours=12))
    assert over.value.facts["why"] == "absolute"


def test_a_second_look_within_a_minute_writes_nothing(work: FakeWork) -> None:
    session = begin(work)
    look(work, session, timedelta(minutes=5))
    kept = work.sessions.rows[session["session_id"]]
    look(work, session, timedelta(minutes=5, seconds=59))
    assert work.sessions.rows[session["session_id"]] == kept


def test_a_session_that_was_signed_out_of_is_over(work: FakeWork) -> None:
    session = begin(work)
    use_cases.end_session(work, session_id=session["session_id"])
    with pytest.raises(SessionOver) as over:
        look(work, session, timedelta(minutes=1))
    assert over.value.facts["why"] == "ended"


def test_signing_out_of_nothing_is_no_fault(work: FakeWork) -> None:
    assert use_cases.end_session(work, session_id="never was") == {"session_id": "never was"}


def test_taking_the_mandate_away_ends_the_session_at_once(work: FakeWork) -> None:
    session = begin(work)
    work.people.give_mandate("person-1", replace(a_mandate(), rights=()), by="operator-1", at=NOW)
    with pytest.raises(SessionOver) as over:
        look(work, session, timedelta(minutes=1))
    assert over.value.facts["why"] == "capacity_lost"


def test_a_session_does_not_outlive_the_last_day_of_the_post() -> None:
    evening = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)  # 22.00 in Helsinki
    person = a_person(a_post(last=date(2026, 11, 22)))
    session = begun("s", person, "p:HANDLER:ITA", evening, LIMITS)
    assert session.ends_at == datetime(2026, 11, 22, 22, 0, tzinfo=UTC)


def test_an_unknown_session_is_not_found(work: FakeWork) -> None:
    with pytest.raises(NotFound):
        use_cases.get_session(work, LIMITS, session_id="guessed")


def test_an_invented_person_gets_no_session_where_people_are_real() -> None:
    work = FakeWork(asker=VISITOR)
    work.people.welcome(a_person(a_mandate(), issuer=DEMO_ISSUER), NOW)
    with pytest.raises(DemoIsOff):
        begin(work)


@given(st.lists(st.integers(min_value=1, max_value=120 * 60), max_size=40))
def test_a_session_is_on_exactly_while_no_silence_was_an_hour_and_twelve_hours_have_not_gone(
    silences: list[int],
) -> None:
    session = begun("s", a_person(a_mandate()), AS_COMPANY, NOW, LIMITS)
    at = NOW
    for seconds in silences:
        at += timedelta(seconds=seconds)
        if seconds < 59 * 60 and at < NOW + LIMITS.absolute:
            session.capacity(at)
            session = session.extended(at, LIMITS)
        elif seconds >= 60 * 60 or at >= NOW + LIMITS.absolute:
            with pytest.raises(SessionOver):
                session.capacity(at)
            return
        else:
            return  # within the minute for which the idle hour may lag behind
