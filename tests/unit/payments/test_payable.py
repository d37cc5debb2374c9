"""What is payable, and why: worked examples from the desk, and what holds for every grant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.payments.domain.payable import flat_costs, work_out
from shared.explained import Step
from shared.money import ZERO, Money, Rate, total
from tests.support import payments_builders as a

CENTS = st.integers(1, 10**9)


def carried_out(steps: Iterable[Step]) -> Money:
    """Do what the steps say, in their order; "=" must be true wherever it stands."""
    so_far = ZERO
    for step in steps:
        match step.sign:
            case "+":
                so_far += step.amount
            case "−":
                so_far -= step.amount
            case "≤":
                so_far = min(so_far, step.amount)
            case "×":
                so_far = so_far.at(Rate.of(step.facts["rate"]))
        assert step.sign == "+" or step.sign == "−" or so_far == step.amount, step
    return so_far


def test_the_aid_rate_of_accepted_costs_is_payable():
    payable = work_out([a.accepted("10000.00")], a.a_grant())

    assert payable.amount == a.eur("4000.00")
    assert payable.outcome == "approved"


def test_a_cut_euro_is_not_paid_and_makes_the_decision_partial():
    payable = work_out([a.accepted("10000.00", sum_accepted="9000.00")], a.a_grant())

    assert payable.amount == a.eur("3600.00")
    assert payable.outcome == "approved_in_part"


def test_what_is_left_of_the_grant_caps_the_payment():
    grant = a.a_grant(
        accepted={"services": a.eur("97500.00")}, accepted_costs=a.eur("97500.00"), approved=a.eur("39000.00")
    )

    payable = work_out([a.accepted("10000.00")], grant)

    assert payable.amount == a.eur("1000.00")
    assert payable.outcome == "approved_in_part"
    assert "aid_awarded" in [step.what for step in payable.steps]


def test_nothing_is_payable_from_an_emptied_grant():
    grant = a.a_grant(
        accepted={"services": a.eur("100000.00")}, accepted_costs=a.eur("100000.00"), approved=a.eur("40000.00")
    )

    payable = work_out([a.accepted("10.00")], grant)

    assert payable.amount == ZERO
    assert payable.outcome == "rejected"


def test_a_claim_cut_to_nothing_is_rejected():
    assert work_out([a.accepted("10.00", sum_accepted="0.00")], a.a_grant()).outcome == "rejected"


def test_a_third_of_a_cent_is_never_paid():
    payable = work_out([a.accepted("100.01")], a.a_grant(aid_rate=Rate.of("33.33")))

    assert payable.amount == a.eur("33.33")


def test_the_rate_is_taken_of_all_costs_so_far_so_that_splitting_a_claim_changes_nothing():
    one = work_out([a.accepted("0.07")], a.a_grant())
    grant, paid = a.a_grant(), ZERO
    for _ in range(7):
        part = work_out([a.accepted("0.01")], grant)
        grant = grant.with_decision(part.direct, part.accepted_costs, part.amount)
        paid += part.amount

    assert paid == one.amount == a.eur("0.02")


@pytest.mark.parametrize(
    ("model", "staff", "services", "flat"),
    [
        ("actual", "1000.00", "500.00", "0.00"),
        ("flat_7", "1000.00", "500.00", "105.00"),
        ("flat_15_staff", "1000.00", "500.00", "150.00"),
        ("flat_40", "28322.56", "0.00", "11329.02"),
    ],
)
def test_each_cost_model_adds_its_share(model, staff, services, flat):
    grant = a.a_grant(cost_model=model)

    assert flat_costs({"staff": a.eur(staff), "services": a.eur(services)}, grant) == a.eur(flat)


def test_a_cut_staff_euro_takes_its_forty_cents_with_it():
    grant = a.a_grant(cost_model="flat_40", aid_rate=Rate.of("80"))

    whole = work_out([a.accepted("1000.00", "staff")], grant)
    cut = work_out([a.accepted("1000.00", "staff", "999.00")], grant)

    assert whole.accepted_costs - cut.accepted_costs == a.eur("1.40")
    assert whole.amount - cut.amount == a.eur("1.12")


def test_the_union_pays_its_share_and_the_state_the_rest():
    payable = work_out([a.accepted("0.25")], a.a_grant())

    assert [(share.source, str(share.amount)) for share in payable.shares] == [("eu", "0.06"), ("state", "0.04")]


def test_a_national_grant_is_paid_by_the_state_alone():
    payable = work_out([a.accepted("10.00")], a.a_grant(eu_share=Rate.of("0")))

    assert [(share.source, str(share.amount)) for share in payable.shares] == [("state", "4.00")]


def test_the_steps_name_their_sources():
    steps = work_out([a.accepted("1000.00", "staff")], a.a_grant(cost_model="flat_40")).steps

    assert {step.what: step.source for step in steps if step.source} == {
        "accepted_lines": "(EU) 2021/1060 art. 53(1)(a)",
        "flat_rate": "(EU) 2021/1060 art. 56(1)",
        "aid_rate": "award",
    }


rates = st.decimals("0.01", "100", places=2).map(lambda percent: Rate.of(str(percent)))
models = st.sampled_from(["actual", "flat_7", "flat_15_staff", "flat_40"])
claims = st.lists(
    st.lists(st.tuples(st.sampled_from(["staff", "services"]), CENTS, CENTS), min_size=1, max_size=4),
    min_size=1,
    max_size=5,
)


@given(claims, rates, rates, models, CENTS)
def test_whatever_is_claimed_the_grant_never_pays_more_than_it_may(claims, rate, eu_share, model, aid):
    grant = a.a_grant(aid_rate=rate, eu_share=eu_share, cost_model=model, aid=Money(aid))
    for claim in claims:
        lines = [
            a.a_line(category=category, claimed=str(Money(max(one, other))), accepted=Money(min(one, other)))
            for category, one, other in claim
        ]
        payable = work_out(lines, grant)
        grant = grant.with_decision(payable.direct, payable.accepted_costs, payable.amount)

        assert carried_out(payable.steps) == payable.amount
        assert total(share.amount for share in payable.shares) == payable.amount
        assert grant.approved == min(grant.accepted_costs.at(rate), grant.aid)


@given(claims, models)
def test_flat_rate_costs_never_go_above_their_rate(claims, model):
    grant = a.a_grant(cost_model=model, aid=a.eur("99999999999.00"))
    for claim in claims:
        payable = work_out([a.accepted(str(Money(cents)), category) for category, cents, _ in claim], grant)
        grant = grant.with_decision(payable.direct, payable.accepted_costs, payable.amount)

    flat = grant.accepted_costs - total(grant.accepted.values())

    assert flat == (grant.flat_rate.of(grant.accepted) if grant.flat_rate else ZERO)


def test_the_rate_in_force_on_the_day_of_the_award_holds():
    assert a.a_grant(cost_model="flat_40", awarded_on=date(2022, 5, 1)).flat_rate.rate == Rate.of("40")
