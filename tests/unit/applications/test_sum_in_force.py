"""The sum on the queue and on the case is the one in force; what was decided first is kept beside it."""

from __future__ import annotations

from datetime import date

import pytest

from shared.money import Money
from tests.support import applications_builders as an
from tests.support.afterwards_journeys import Afterwards, costs
from tests.support.applications_fakes import Desk
from tests.support.applications_journeys import Journey

SPRING = date(2027, 3, 1)


@pytest.fixture
def after(journey: Journey) -> Afterwards:
    return Afterwards(journey)


def sums(after: Afterwards, number: str) -> tuple[str, str]:
    """In force, and as decided first."""
    shown = after.journey.look(number)
    return str(shown["aid_decided"]), str(shown["proposal"].aid)


def test_until_something_follows_the_first_sum_is_in_force(after: Afterwards) -> None:
    assert sums(after, after.granted()) == ("10000.00", "10000.00")


def test_nothing_is_in_force_before_a_decision(journey: Journey) -> None:
    assert journey.look(journey.proposed(), an.HANDLER)["aid_decided"] is None


def test_a_correction_is_in_force_from_its_signing_and_not_from_its_proposal(after: Afterwards) -> None:
    number = after.granted()
    less = {"changes": {"costs": costs("18000.00")}, "about": 1, "ground": "facts", "consent": True}
    proposed = after.propose(number, "correction_of_fact", **less)
    assert sums(after, number) == ("10000.00", "10000.00")

    after.decide(number, proposed["acts"][-1]["act"])

    assert sums(after, number) == ("9000.00", "10000.00")
    assert [str(act["terms"].aid) for act in after.acts(number)["acts"]] == ["10000.00", "9000.00"]


def test_an_amendment_may_bring_more_than_was_first_applied_for(after: Afterwards) -> None:
    number = after.granted()
    after.ask_amendment(number, on=SPRING, change_on=date(2027, 4, 1), costs=costs("30000.00"))

    after.done(number, "amendment", about=1, verdict="approve", on=SPRING)

    assert sums(after, number) == ("15000.00", "10000.00")


def test_a_review_that_changes_a_refusal_puts_its_aid_in_force(after: Afterwards) -> None:
    number = after.refused()
    after.letter(number)
    after.ask_review(number, on=date(2026, 10, 1))
    given = {"changes": {"costs": costs("20000.00"), "outcome": "approve"}}

    after.done(number, "review_decision", about=1, verdict="change", on=date(2026, 11, 2), **given)

    assert after.journey.look(number)["state"] == "approved"
    assert sums(after, number) == ("10000.00", "10000.00")


def test_after_closure_what_was_paid_is_in_force(after: Afterwards) -> None:
    number = after.granted()
    after.claim(number, "M-1", "6400.00", kind="final", paid_on=date(2028, 1, 3))

    after.done(number, "closure", on=date(2028, 1, 10))

    assert sums(after, number) == ("6400.00", "10000.00")


def test_an_act_that_leaves_the_sum_leaves_the_case_at_its_version(after: Afterwards, desk: Desk) -> None:
    number = after.granted()
    before = desk.applications[number]

    after.done(number, "suspension")

    assert desk.applications[number] == before


def test_a_grant_taken_back_leaves_nothing_in_force(after: Afterwards) -> None:
    number = after.granted()
    taken_back = {"about": 1, "ground": "law", "consent": True, "changes": {"outcome": "reject"}}

    after.done(number, "correction_of_fact", **taken_back)

    assert after.journey.look(number)["state"] == "rejected"
    assert after.journey.look(number)["aid_decided"] == Money(0)
