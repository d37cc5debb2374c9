"""The fake rooms keep the contracts, so that what the gateway's tests prove is worth something."""

from __future__ import annotations

from shared.money import total
from tests.support import fake_case as case
from tests.support.fake_rooms import ALL_OPERATIONS, FakeRooms


def test_the_fake_rooms_answer_every_operation_of_every_room():
    assert FakeRooms()._answers.keys() == ALL_OPERATIONS.keys()


def test_sums_in_the_fake_case_add_up_to_the_cent():
    assert total(row["amount"] for row in case.SOUGHT) == case.TOTALS["costs"]
    assert case.TOTALS["aid"] + case.TOTALS["other_financing"] == case.TOTALS["costs"]
    assert total(share["amount"] for share in case.PAYMENT_DECISION["shares"]) == case.PAYMENT["amount"]
    assert total(row["accepted"] for row in case.LINES) == case.CLAIM["accepted"]
    assert case.GRANT["approved"] + case.GRANT["left"] == case.GRANT["aid"]
    assert case.ENVELOPE["reserved"] + case.ENVELOPE["free"] == case.ENVELOPE["amount"]
