"""The simulator tells what the rules that decide would say, and what is not known yet."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.applications.domain.aid import aid_for
from services.applications.domain.rulesets import PERIOD_2021, ruleset_on
from services.applications.domain.selection import Selection
from services.applications.domain.simulation import INCOMPLETE, LIKELY, NOT_ELIGIBLE, Told, simulate
from shared.dates import HELSINKI
from shared.errors import InvalidFields
from shared.money import ZERO, Money
from shared.rules.de_minimis import EarlierAid
from shared.rules.sme_size import Size
from tests.support.applications_builders import a_call, a_cost

NOW = datetime(2026, 9, 15, 12, tzinfo=HELSINKI)
SOUND = {"in_difficulty": False, "recovery_order": False, "tax_debt": False}
DE_MINIMIS = Selection(aid_basis="de_minimis")
REGIONAL = Selection(aid_basis="regional_aid", purpose="investment")


def told(*amounts: str, **more: Any) -> Told:
    return Told(**{"costs": tuple(a_cost(one) for one in amounts), "size": Size.SMALL, **SOUND, **more})


def earlier(amount: str, day: date = date(2025, 1, 1)) -> EarlierAid:
    return EarlierAid(granted_on=day, amount=Money.eur(amount))


def codes(made: Any) -> list[str]:
    return [one.code for one in made.obstacles]


def test_a_sound_small_company_is_told_half_of_its_costs() -> None:
    made = simulate(a_call(selection=DE_MINIMIS), told("20000.00"), NOW)

    assert (made.verdict, made.aid, made.own_share) == (LIKELY, Money.eur("10000.00"), Money.eur("10000.00"))
    assert made.headroom == Money.eur("300000.00")
    assert made.window_first == date(2023, 9, 15)


def test_what_nobody_told_is_named_and_not_guessed() -> None:
    made = simulate(a_call(selection=DE_MINIMIS), Told(), NOW)

    assert made.verdict == INCOMPLETE
    assert made.missing == ("costs", "size", "in_difficulty", "recovery_order", "tax_debt")


def test_aid_that_does_not_fit_in_the_de_minimis_room_is_none_and_not_a_part() -> None:
    made = simulate(a_call(selection=DE_MINIMIS), told("20000.00", earlier_aid=(earlier("290000.01"),)), NOW)

    assert (made.verdict, made.aid, made.headroom) == (NOT_ELIGIBLE, ZERO, Money.eur("9999.99"))
    assert codes(made) == ["de_minimis_room_short"]


def test_aid_that_just_fits_is_likely() -> None:
    made = simulate(a_call(selection=DE_MINIMIS), told("20000.00", earlier_aid=(earlier("290000.00"),)), NOW)

    assert (made.verdict, made.aid) == (LIKELY, Money.eur("10000.00"))


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"in_difficulty": True}, "gate_in_difficulty"),
        ({"recovery_order": True}, "gate_recovery_order"),
        ({"tax_debt": True}, "gate_tax_debt"),
        ({"works_start_on": date(2026, 9, 15)}, "works_before_application"),
        ({"municipality": "091"}, "region_not_in_call"),
    ],
)
def test_each_obstacle_is_told_by_its_name(more: dict[str, Any], code: str) -> None:
    made = simulate(a_call(selection=DE_MINIMIS), told("20000.00", **more), NOW)

    assert (made.verdict, codes(made)) == (NOT_ELIGIBLE, [code])


def test_an_order_after_the_application_is_no_obstacle() -> None:
    made = simulate(a_call(selection=DE_MINIMIS), told("20000.00", works_start_on=date(2026, 9, 16)), NOW)

    assert made.verdict == LIKELY


def test_regional_aid_follows_the_map_even_when_the_call_promises_more() -> None:
    made = simulate(a_call(selection=REGIONAL), told("100000.00", size=Size.MEDIUM, municipality="491"), NOW)

    assert (made.aid, made.aid_area, made.headroom) == (Money.eur("30000.00"), "I", None)


def test_a_closed_call_is_told() -> None:
    made = simulate(a_call(selection=DE_MINIMIS), told("20000.00"), datetime(2027, 1, 1, 12, tzinfo=HELSINKI))

    assert codes(made) == ["call_closed"]


def test_a_category_that_the_call_does_not_aid_is_refused_at_its_field() -> None:
    with pytest.raises(InvalidFields) as refusal:
        simulate(a_call(selection=DE_MINIMIS), Told(costs=(a_cost("1.00", "materials"),)), NOW)

    assert [(fault.path, fault.rule) for fault in refusal.value.faults] == [
        ("costs.0.category", "category_not_in_call")
    ]


@given(st.integers(0, 10**8).map(Money), st.integers(0, 4 * 10**7).map(Money))
def test_the_simulator_never_promises_more_than_the_deciding_rules(cost: Money, before: Money) -> None:
    call = a_call(selection=DE_MINIMIS)
    costs = (a_cost(str(cost)),)
    decided = aid_for(costs, call, ruleset_on(NOW.date(), PERIOD_2021)).amount

    made = simulate(call, Told(costs=costs, size=Size.SMALL, earlier_aid=(earlier(str(before)),), **SOUND), NOW)

    assert made.aid in (decided, ZERO)
    assert made.headroom is not None
    assert made.aid <= made.headroom
