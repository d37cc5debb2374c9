"""The states of a granted project: one table, and the calendar moves only along it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.applications.domain.projects import PROJECT_MOVES, ProjectState, may_move, state_by_days
from services.applications.domain.states import Who
from services.gateway.sentences import WORDS
from shared.contracts import applications as contract

DAYS = st.dates(date(2014, 1, 1), date(2035, 12, 31))


def test_every_move_says_who_makes_it_and_on_what_ground() -> None:
    assert [move for move in PROJECT_MOVES if not (move.deed and move.source)] == []
    assert len({(move.before, move.after, move.deed) for move in PROJECT_MOVES}) == len(PROJECT_MOVES)


def test_closed_and_cancelled_are_the_end() -> None:
    ends = {state for state in ProjectState if not any(may_move(state, after) for after in ProjectState)}

    assert ends == {ProjectState.CLOSED, ProjectState.CANCELLED}


def test_the_table_the_contract_and_the_words_know_the_same_states() -> None:
    assert [state.value for state in ProjectState] == list(contract.PROJECT_STATES)
    assert set(WORDS["project_state"]) == set(contract.PROJECT_STATES)


@given(first=DAYS, length=st.integers(0, 1500), today=DAYS)
def test_a_day_more_moves_a_project_only_as_the_clock_may(first: date, length: int, today: date) -> None:
    last = first + timedelta(days=length)
    before, after = (state_by_days(first, last, day) for day in (today, today + timedelta(days=1)))

    by_clock = {(move.before, move.after) for move in PROJECT_MOVES if move.who is Who.CLOCK}
    assert before is after or (before, after) in by_clock
