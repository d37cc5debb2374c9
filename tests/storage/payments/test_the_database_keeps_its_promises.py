"""What money depends on is refused by the database too, under a name a person can search."""

from __future__ import annotations

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from services.payments import use_cases
from tests.support import payments_builders as a
from tests.support.payments_journeys import DEBTORS
from tukivayla import demo_bank

pytestmark = pytest.mark.postgres

AGAIN_IN_A_FILE = """
    INSERT INTO payments.payments
    SELECT (jsonb_populate_record(known, '{"payment_id": "x", "attempt": 2, "state": "in_file"}')).*
    FROM payments.payments known
"""
SAME_MESSAGE_ID = """
    INSERT INTO payments.batches
    SELECT (jsonb_populate_record(known, '{"batch_id": "E2027-00002", "payment_info_id": "other"}')).*
    FROM payments.batches known
"""


@pytest.fixture
def execute(room_database):
    def run(statement: str) -> None:
        with room_database.engine.begin() as connection:
            connection.execute(text(statement))

    return run


@pytest.fixture(autouse=True)
def paid(stored_journey):
    stored_journey.award()
    claim_id = stored_journey.approved()
    batch = stored_journey.batch(claim_id)
    stored_journey.bank_says(batch["batch_id"], kind="camt.054")


@pytest.mark.parametrize(
    ("statement", "promise"),
    [
        ("UPDATE payments.grants SET approved = aid + 1", "never_more_than_the_aid"),
        ("UPDATE payments.grants SET paid = approved + 1", "never_more_than_the_aid"),
        ("UPDATE payments.grants SET award_decided_by = award_proposed_by", "award_by_two"),
        ("UPDATE payments.claims SET proposed_by = verified_by", "proposer_is_not_verifier"),
        ("UPDATE payments.claims SET decided_by = verified_by", "decider_had_no_other_part"),
        ("UPDATE payments.claims SET decided_by = proposed_by", "decider_had_no_other_part"),
        ("UPDATE payments.claims SET decided_by = award_proposed_by", "decider_had_no_other_part"),
        ("UPDATE payments.claims SET decided_by = award_decided_by", "decider_had_no_other_part"),
        ("UPDATE payments.claims SET accepted = claimed + 1", "accepted_within_claimed"),
        ("UPDATE payments.claims SET state = 'lost'", "state_known"),
        ("UPDATE payments.claims SET submitted_at = NULL", "submitted_once_no_draft"),
        ("UPDATE payments.cost_lines SET gross = gross + 1", "gross_adds_up"),
        ("UPDATE payments.cost_lines SET accepted = claimed - 1", "cut_has_its_reason"),
        ("UPDATE payments.cost_lines SET claimed = gross + 1, accepted = 0", "claimed_within_gross"),
        ("UPDATE payments.payments SET ordered_by = decided_by", "payer_is_not_decider"),
        ("UPDATE payments.payments SET amount = 0", "amount_positive"),
        (
            AGAIN_IN_A_FILE,
            "uq_payments_one_live_per_claim",
        ),
        (
            SAME_MESSAGE_ID,
            "uq_batches_message_id",
        ),
    ],
)
def test_the_database_refuses(execute, statement, promise):
    with pytest.raises(IntegrityError, match=promise):
        execute(statement)


@pytest.fixture
def count(room_database):
    """How many statements a piece of work sends to the database."""
    sent: list[str] = []
    event.listen(room_database.engine, "before_cursor_execute", lambda *args: sent.append(args[2]))

    def counted(action) -> int:
        sent.clear()
        action()
        return len(sent)

    return counted


def test_every_command_costs_few_round_trips(stored_journey, count):
    lines = [a.typed_line("10,00", invoice_number=str(number)) for number in range(40)]
    verdicts = [{"line": n + 1, "accepted": a.eur("10.00"), "cut_reason": None, "cut_note": ""} for n in range(40)]
    do, name = stored_journey.do, f"{a.NUMBER}-M2"
    costs = {
        "open_claim": count(lambda: do(a.COMPANY, use_cases.open_claim, a.NUMBER, "interim")),
        "save_claim": count(lambda: do(a.COMPANY, use_cases.save_claim, name, 1, a.a_draft(*lines))),
        "submit_claim": count(lambda: do(a.COMPANY, use_cases.submit_claim, name, 2)),
        "get_claim": count(lambda: do(a.VERIFIER, use_cases.get_claim, name)),
        "verify_claim": count(lambda: do(a.VERIFIER, use_cases.verify_claim, name, 3, verdicts)),
        "propose_payment": count(lambda: do(a.HANDLER, use_cases.propose_payment, name, 4)),
        "decide_payment": count(lambda: do(a.DECIDER, use_cases.decide_payment, name, 5, "sign")),
        "make_batch": count(lambda: do(a.PAYER, use_cases.make_batch, [name], a.eur("160.00"), DEBTORS)),
    }
    xml = demo_bank.answer(stored_journey.file("E2027-00002"), kind="camt.054")
    costs["import_bank_answer"] = count(lambda: do(a.PAYER, use_cases.import_bank_answer, xml))

    assert {command: cost for command, cost in costs.items() if cost > MOST.get(command, 6)} == {}


# One answer touches the answer itself, files, payments, claims, accounts and the outbox: a read and a write each.
MOST = {"import_bank_answer": 13, "make_batch": 7, "decide_payment": 6, "verify_claim": 7}
