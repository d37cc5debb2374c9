"""What is done with the first unapplied fact of an aggregate."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.messaging.inbox import Step, step_for
from shared.messaging.inbox_table import Row

HEAD = Row(
    message_id="m",
    type="till.sold",
    subject="till:table/1",
    sequence=3,
    state="waiting",
    reason="",
    detail="",
    attempts=0,
    due=True,
    body={},
)


@pytest.mark.parametrize(
    ("head", "last", "step"),
    [
        (HEAD, 2, Step.APPLY),
        (replace(HEAD, reason="failed", due=False), 2, Step.REST),
        (replace(HEAD, reason="failed"), 2, Step.APPLY),
        (replace(HEAD, reason="behind"), 2, Step.APPLY),
        (replace(HEAD, reason="fragile", due=False), 2, Step.REST),
        (replace(HEAD, reason="gap", due=False), 2, Step.APPLY),
        (replace(HEAD, state="parked", reason="gap"), 2, Step.APPLY),
        (replace(HEAD, state="parked", reason="failed"), 2, Step.REST),
        (replace(HEAD, state="discarded", reason="failed"), 2, Step.PASS_DISCARDED),
        (HEAD, 1, Step.WAIT_FOR_GAP),
        (replace(HEAD, reason="behind"), 1, Step.WAIT_FOR_GAP),
        (replace(HEAD, reason="gap", due=False), 1, Step.REST),
        (replace(HEAD, reason="gap"), 1, Step.PARK_GAP),
        (replace(HEAD, state="parked", reason="gap"), 1, Step.REST),
        (HEAD, 3, Step.PARK_OVERTAKEN),
        (HEAD, 7, Step.PARK_OVERTAKEN),
    ],
)
def test_the_head_of_an_aggregate_takes_its_step(head: Row, last: int, step: Step) -> None:
    assert step_for(head, last) is step


@pytest.mark.parametrize("state", ["waiting", "parked"])
@pytest.mark.parametrize("reason", ["", "failed", "gap", "behind", "replayed"])
@pytest.mark.parametrize("due", [True, False])
@pytest.mark.parametrize("last", [0, 1])
def test_nothing_is_applied_before_its_turn(state: str, reason: str, due: bool, last: int) -> None:
    assert step_for(replace(HEAD, state=state, reason=reason, due=due), last) is not Step.APPLY
