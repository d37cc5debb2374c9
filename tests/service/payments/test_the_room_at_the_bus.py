"""The room through its counter and letterbox: wire forms in, wire forms out, one transaction each."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from shared.contracts import payments as contract
from tests.support import payments_builders as a
from tukivayla import demo_bank

pytestmark = pytest.mark.postgres


@pytest.fixture
def awarded(hear):
    hear(a.a_whole_award())


def paid_claim(ask) -> str:
    claim = ask(contract.OPEN_CLAIM, a.COMPANY, number=a.NUMBER).opened()
    name = claim["claim_id"]
    ask(contract.SAVE_CLAIM, a.COMPANY, claim_id=name, version=1, typed=a.a_draft()).opened()
    ask(contract.SUBMIT_CLAIM, a.COMPANY, claim_id=name, version=2).opened()
    verdicts = [{"line": 1, "accepted": "1000.00"}]
    ask(contract.VERIFY_CLAIM, a.VERIFIER, claim_id=name, version=3, lines=verdicts).opened()
    ask(contract.PROPOSE_PAYMENT, a.HANDLER, claim_id=name, version=4).opened()
    ask(contract.DECIDE_PAYMENT, a.DECIDER, claim_id=name, version=5, verdict="sign").opened()
    batch = ask(contract.MAKE_BATCH, a.PAYER, claim_ids=[name], total="400.00").opened()
    xml = ask(contract.GET_BATCH_FILE, a.PAYER, batch_id=batch["batch_id"]).opened()["xml"]
    ask(contract.IMPORT_BANK_ANSWER, a.PAYER, xml=demo_bank.answer(xml, kind="camt.054")).opened()
    return str(name)


def announced(room_database) -> list[str]:
    with room_database.engine.connect() as connection:
        keys = connection.scalars(text("SELECT routing_key FROM payments.outbox ORDER BY id"))
        return [key.removeprefix("payments.").removesuffix(".v1") for key in keys]


def test_a_claim_is_opened_verified_decided_and_paid_in_wire_forms(awarded, ask):
    claim_id = paid_claim(ask)

    claim = ask(contract.GET_CLAIM, a.COMPANY, claim_id=claim_id).opened()

    assert claim["state"] == "paid"
    assert claim["payable"] == "400.00"
    assert claim["decision"]["shares"] == [
        {"source": "eu", "amount": "240.00"},
        {"source": "state", "amount": "160.00"},
    ]
    assert claim["payments"][0]["state"] == "settled"


def test_every_step_is_announced_in_order(awarded, ask, room_database):
    paid_claim(ask)

    assert announced(room_database) == [
        "grant_account_opened",
        "claim_submitted",
        "claim_verified",
        "payment_proposed",
        "payment_decided",
        "payment_ordered",
        "payment_settled",
    ]


def test_the_same_award_heard_twice_opens_one_account(hear, ask, room_database):
    hear(a.a_whole_award(), 1, "m-1")
    hear(a.a_whole_award(), 1, "m-1")
    hear(a.a_whole_award(), 2, "m-2")

    assert ask(contract.LIST_GRANTS, a.COMPANY).opened()["total"] == 1
    assert announced(room_database) == ["grant_account_opened"]


def test_no_account_number_leaves_the_room_but_in_the_file(awarded, ask, room_database):
    claim_id = paid_claim(ask)

    answers: list[Any] = [
        ask(contract.GET_CLAIM, asker, claim_id=claim_id).opened() for asker in (a.COMPANY, a.HANDLER, a.AUDITOR)
    ]
    answers.append(ask(contract.GET_BATCH, a.PAYER, batch_id="E2027-00001").opened())
    with room_database.engine.connect() as connection:
        answers += connection.scalars(text("SELECT body::text FROM payments.outbox")).all()

    assert not any("123456" in str(answer).replace(" ", "") for answer in answers)
    assert "FI21 **** 0785" in str(answers[0])


def test_a_command_repeated_with_its_key_runs_once(awarded, ask):
    key = "9d0e7d3e"
    first = ask(contract.OPEN_CLAIM, a.keyed(a.COMPANY, key), number=a.NUMBER).opened()
    again = ask(contract.OPEN_CLAIM, a.keyed(a.COMPANY, key), number=a.NUMBER).opened()

    assert first == again
    assert ask(contract.LIST_CLAIMS, a.COMPANY).opened()["total"] == 1


@pytest.mark.parametrize("operation", [contract.VERIFY_CLAIM, contract.MAKE_BATCH, contract.DECIDE_PAYMENT])
def test_a_company_may_not_ask_for_what_officials_do(operation, ask):
    assert ask(operation, a.COMPANY).refusal.code == "not_for_you"


def test_every_refusal_reaches_the_asker_with_its_facts(awarded, ask):
    claim = ask(contract.OPEN_CLAIM, a.COMPANY, number=a.NUMBER).opened()

    refusal = ask(contract.SUBMIT_CLAIM, a.COMPANY, claim_id=claim["claim_id"], version=1).refusal

    assert refusal.code == "claim_has_faults"
    assert {fault.rule for fault in refusal.faults} == {"required", "no_lines"}
