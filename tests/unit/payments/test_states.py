"""The tables of moves: no state forgotten, none out of reach, no way back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.payments.domain import claims, payments
from services.payments.domain.acts import Act
from services.payments.domain.claims import ClaimKind, ClaimState
from services.payments.domain.errors import WrongClaimState
from services.payments.domain.payments import PaymentState
from shared.contracts import payments as contract
from tests.support import payments_builders as a

ACT = Act(by="veera.varma", at=a.NOON)


def a_claim(state: ClaimState = ClaimState.DRAFT):
    claim = claims.opened(a.NUMBER, 1, ClaimKind.INTERIM, ("9104416-3", "ITA"), ACT)
    return replace(claim, state=state)


def test_every_claim_state_says_where_it_may_go():
    assert claims.MOVES.keys() == set(ClaimState)


def test_every_claim_state_can_be_reached():
    assert {ClaimState.DRAFT}.union(*claims.MOVES.values()) == set(ClaimState)


def test_every_payment_state_says_where_it_may_go():
    assert payments.MOVES.keys() == set(PaymentState)


def test_every_payment_state_can_be_reached():
    assert {PaymentState.IN_FILE}.union(*payments.MOVES.values()) == set(PaymentState)


def test_a_payment_only_climbs():
    climbs = [payments.RANK[to] > payments.RANK[state] for state, moves in payments.MOVES.items() for to in moves]

    assert all(climbs)


def test_the_states_are_those_of_the_contract():
    assert set(contract.CLAIM_STATES) == set(ClaimState)
    assert set(contract.PAYMENT_STATES) == set(PaymentState)
    assert set(contract.CLAIM_KINDS) == set(ClaimKind)


@pytest.mark.parametrize("state", ClaimState)
@pytest.mark.parametrize("to", ClaimState)
def test_a_claim_moves_as_the_table_says_and_not_otherwise(state, to):
    if to in claims.MOVES[state]:
        assert a_claim(state).moved(to, ACT).state is to
    else:
        with pytest.raises(WrongClaimState):
            a_claim(state).moved(to, ACT)


def test_a_refused_move_says_who_was_there_and_when():
    with pytest.raises(WrongClaimState) as refusal:
        a_claim(ClaimState.PAID).moved(ClaimState.SUBMITTED, ACT)

    assert refusal.value.facts == {"state": "paid", "by": "veera.varma", "at": a.NOON.isoformat()}


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (["in_file", "in_file"], "made"),
        (["in_file", "rejected"], "made"),
        (["accepted", "in_file"], "accepted"),
        (["pending", "rejected"], "accepted"),
        (["settled", "accepted"], "partly_settled"),
        (["settled", "rejected"], "partly_settled"),
        (["settled", "settled"], "settled"),
        (["settled", "returned"], "partly_settled"),
        (["rejected", "rejected"], "rejected"),
        (["rejected", "returned"], "rejected"),
    ],
)
def test_a_file_is_what_its_payments_make_of_it(states, expected):
    assert payments.batch_state([PaymentState(state) for state in states]) == expected
    assert expected in contract.BATCH_STATES
