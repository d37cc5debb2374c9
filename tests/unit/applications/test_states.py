"""Where a case may go from where it is."""

from __future__ import annotations

from services.applications.domain import plans
from services.applications.domain.states import DECIDED, MOVES, STATE_OF_OUTCOME, UNDER_WAY, State
from services.applications.records import STATES
from shared.contracts import applications as contract

NEXT = {state: {move.after for move in MOVES if move.before is state} for state in State}


def test_every_move_says_who_makes_it_and_on_what_ground() -> None:
    assert [move for move in MOVES if not (move.deed and move.source)] == []
    assert len({(move.before, move.after, move.deed, move.who) for move in MOVES}) == len(MOVES)


def test_nobody_moves_a_case_to_where_it_is() -> None:
    assert [move for move in MOVES if move.before is move.after] == []


def test_every_state_can_be_reached_from_a_draft() -> None:
    reached, edge = set[State](), {State.DRAFT}
    while edge:
        reached |= edge
        edge = {state for here in edge for state in NEXT[here]} - reached

    assert reached == set(State)


def test_from_a_decision_only_another_decision_leads_on_and_from_a_withdrawal_nothing() -> None:
    assert NEXT[State.WITHDRAWN] == set()
    assert all(NEXT[state] <= DECIDED for state in DECIDED)
    assert {move.deed for move in MOVES if move.before in DECIDED} == {"decide_anew"}


def test_an_application_can_be_withdrawn_as_long_as_it_is_filed_and_undecided() -> None:
    assert {state for state, moves in NEXT.items() if State.WITHDRAWN in moves} == {
        State.SUBMITTED,
        *UNDER_WAY,
        State.PROPOSED,
    }


def test_every_outcome_has_its_state() -> None:
    assert set(STATE_OF_OUTCOME) == set(contract.OUTCOMES)
    assert set(STATE_OF_OUTCOME.values()) == DECIDED


def test_the_rules_the_tables_and_the_contract_use_the_same_words() -> None:
    assert [state.value for state in State] == list(contract.STATES) == list(STATES)
    assert plans.CATEGORIES == contract.COST_CATEGORIES
    assert plans.SOURCES == contract.FINANCING_SOURCES
