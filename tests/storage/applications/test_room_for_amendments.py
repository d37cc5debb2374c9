"""More de minimis aid by a later act: the whole group's room is looked at anew, under the same locks as an award."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from services.applications import use_cases
from services.applications.domain.aid_register import RegisteredAid
from services.applications.domain.errors import DeMinimisOver
from services.applications.use_cases import afterwards
from shared.asker import Asker, Role
from shared.money import Money, total
from shared.storage.failures import run_again_when_disturbed
from tests.storage.applications.test_two_at_once import at_once, refusals
from tests.support import applications_builders as an
from tests.support.afterwards_journeys import HOUSE, Afterwards, costs, noon
from tests.support.applications_journeys import Journey
from tests.support.deciding_builders import DecidingJourney, a_choosing_call, linked
from tests.support.migrating_again import down_and_up

APPLICANT, MOTHER = "9104416-3", "9000001-1"
SPRING, CHANGE = date(2027, 3, 1), date(2027, 4, 1)
CEILING = Money.eur("300000.00")


@pytest.fixture
def after(journey: Journey) -> Afterwards:
    """10 700 euros of de minimis aid on 20 000 of equipment and its flat rate, half of the eligible costs."""
    choosing = DecidingJourney(journey.open_work)
    choosing.publish(a_choosing_call())
    choosing.fund("900000.00")
    choosing.do(HOUSE, use_cases.know_ownership, linked(MOTHER, APPLICANT))
    return Afterwards(choosing)


def granted(after: Afterwards) -> str:
    journey = after.journey
    assert isinstance(journey, DecidingJourney)
    number = journey.assessed()
    journey.put_forward(number)
    journey.decide(number)
    return number


def awarded_to_the_group(after: Afterwards, amount: str, granted_on: date = date(2026, 10, 1)) -> None:
    """Another award stands in the register; it points to a case of its own."""
    journey = after.journey
    assert isinstance(journey, DecidingJourney)
    aid = RegisteredAid(
        number=journey.submitted_in("IS-2026-14"),
        business_id=MOTHER,
        undertaking_name="Emo Oy",
        basis="de_minimis",
        regulation="2023/2831",
        granted_on=granted_on,
        amount=Money.eur(amount),
        authority="ITA",
        sector="",
    )
    with after.journey.open_work(HOUSE, after.journey.now) as work:
        work.aid_register.add(aid, after.journey.now)


def registered(after: Afterwards) -> dict[str, Money]:
    with after.journey.open_work(HOUSE, after.journey.now) as work:
        rows = work.aid_register.of((APPLICANT, MOTHER), "de_minimis")
        return {
            number: total(row.amount for row in rows if row.number == number) for number in {r.number for r in rows}
        }


def used(after: Afterwards, on: date) -> str:
    """What counts against the ceiling on the day."""
    return str(after.do(an.COMPANY, use_cases.get_aid_room, APPLICANT, on=on).used)


def more(after: Afterwards, number: str, amount: str) -> Any:
    """An amendment to so much equipment, proposed and waiting for its signature: the act's number."""
    after.ask_amendment(number, on=SPRING, change_on=CHANGE, costs=costs(amount))
    about = after.acts(number, on=SPRING)["amendments"][-1]["amendment"]
    return after.propose(number, "amendment", about=about, verdict="approve", on=SPRING)["acts"][-1]["act"]


# 20 000 → 40 000 of equipment is 42 800 eligible, 21 400 of aid: what the others may have beside it is 278 600.
@pytest.mark.parametrize(("beside", "fits"), [("278600.00", True), ("278600.01", False), ("278599.99", True)])
def test_the_raised_aid_fits_to_the_cent_or_nothing_changes(after: Afterwards, beside: str, fits: bool) -> None:
    number = granted(after)
    act = more(after, number, "40000.00")
    awarded_to_the_group(after, beside)
    bound = after.envelope()[1]

    if fits:
        shown = after.decide(number, act, on=SPRING)
        assert str(shown["terms"].aid) == str(registered(after)[number]) == "21400.00"
        return
    with pytest.raises(DeMinimisOver) as refusal:
        after.decide(number, act, on=SPRING)

    assert refusal.value.facts["needed"] == "21400.00"
    assert str(registered(after)[number]) == "10700.00"
    assert str(after.acts(number, on=SPRING)["terms"].aid) == "10700.00"
    assert after.envelope()[1] == bound


def test_the_grants_own_old_sum_is_not_counted_beside_the_new(after: Afterwards) -> None:
    number = granted(after)
    act = more(after, number, "40000.00")
    awarded_to_the_group(after, "278600.00")

    assert str(after.decide(number, act, on=SPRING)["terms"].aid) == "21400.00"


def test_aid_that_left_the_three_years_before_the_change_leaves_room(after: Afterwards) -> None:
    """The raised aid is granted on the day of the act, so the window moves with it."""
    number = granted(after)
    act = more(after, number, "40000.00")
    awarded_to_the_group(after, "299000.00", granted_on=date(2024, 2, 29))

    assert str(after.decide(number, act, on=SPRING)["terms"].aid) == "21400.00"


def test_what_was_added_counts_for_three_years_from_the_day_it_was_added(after: Afterwards) -> None:
    """The right to the first 10 700 arose on 15.9.2026 and to the rest on 1.3.2027 ((EU) 2023/2831 art. 3(3))."""
    number = granted(after)
    after.decide(number, more(after, number, "40000.00"), on=SPRING)

    assert used(after, date(2029, 9, 15)) == "21400.00"
    assert used(after, date(2029, 9, 16)) == used(after, date(2030, 3, 1)) == "10700.00"
    assert used(after, date(2030, 3, 2)) == "0.00"


@pytest.mark.parametrize(
    ("then", "in_2027", "in_2029"), [("24000.00", "12840.00", "2140.00"), ("16000.00", "8560.00", "0.00")]
)
def test_what_is_taken_back_is_what_was_added_last(after: Afterwards, then: str, in_2027: str, in_2029: str) -> None:
    number = granted(after)
    after.decide(number, more(after, number, "40000.00"), on=SPRING)
    less = {"about": 2, "ground": "facts", "consent": True, "changes": {"costs": costs(then)}}
    after.done(number, "correction_of_fact", on=CHANGE, **less)

    assert (used(after, CHANGE), used(after, date(2029, 9, 16))) == (in_2027, in_2029)


def test_an_award_that_ended_counts_no_more_whenever_its_parts_were_added(after: Afterwards) -> None:
    number = granted(after)
    after.decide(number, more(after, number, "40000.00"), on=SPRING)
    after.done(number, "cancellation", on=CHANGE, ground="given_up")

    assert used(after, CHANGE) == "0.00"


@pytest.mark.postgres
def test_awards_that_were_raised_before_are_told_apart_by_their_acts(
    stored_journey: Journey, applications_engine: Engine
) -> None:
    choosing = DecidingJourney(stored_journey.open_work)
    choosing.publish(a_choosing_call())
    choosing.fund("900000.00")
    after = Afterwards(choosing)
    number, plain, ended = granted(after), granted(after), granted(after)
    after.decide(number, more(after, number, "40000.00"), on=SPRING)
    less = {"about": 2, "ground": "facts", "consent": True, "changes": {"costs": costs("24000.00")}}
    after.done(number, "correction_of_fact", on=CHANGE, **less)
    after.decide(ended, more(after, ended, "40000.00"), on=SPRING)
    after.done(ended, "cancellation", on=CHANGE, ground="given_up")

    down_and_up(applications_engine, "applications", to="0016")

    assert {one: str(amount) for one, amount in registered(after).items()} == {number: "12840.00", plain: "10700.00"}
    assert (used(after, CHANGE), used(after, date(2029, 9, 16))) == ("23540.00", "2140.00")


def test_less_aid_is_never_refused_for_room(after: Afterwards) -> None:
    number = granted(after)
    act = more(after, number, "10000.00")
    awarded_to_the_group(after, "299999.99")

    shown = after.decide(number, act, on=SPRING)

    assert str(shown["terms"].aid) == str(registered(after)[number]) == "5350.00"


def test_a_review_that_raises_the_aid_is_held_to_the_ceiling_too(after: Afterwards) -> None:
    number = granted(after)
    after.letter(number)
    after.ask_review(number, on=date(2026, 10, 1))
    given = {"changes": {"costs": costs("40000.00")}}
    proposed = after.propose(number, "review_decision", about=1, verdict="change", on=date(2026, 10, 5), **given)
    awarded_to_the_group(after, "278600.01")

    with pytest.raises(DeMinimisOver):
        after.decide(number, proposed["acts"][-1]["act"], on=date(2026, 10, 6), asker=an.OTHER_DECIDER)


@pytest.mark.postgres
def test_of_many_amendments_at_once_no_more_are_signed_than_fit_together(stored_journey: Journey) -> None:
    """Six grants of 10 700 stand beside 220 000; each change asks 10 700 more, and only one of them has room."""
    choosing = DecidingJourney(stored_journey.open_work)
    choosing.publish(a_choosing_call())
    choosing.fund("900000.00")
    choosing.do(HOUSE, use_cases.know_ownership, linked(MOTHER, APPLICANT))
    after = Afterwards(choosing)
    numbers = [granted(after) for _ in range(6)]
    awarded_to_the_group(after, "220000.00")
    acts = {number: more(after, number, "40000.00") for number in numbers}
    versions = {number: after.version(number) for number in numbers}

    def signing(at: int, number: str) -> Any:
        decider = Asker(person=f"ratkaisija.{at}", role=Role.DECISION_MAKER, authority="ITA")
        sign = (afterwards.decide_act, number, versions[number], acts[number], "sign", "")
        return lambda: run_again_when_disturbed(lambda: choosing.do(decider, *sign, now=noon(SPRING)))

    outcomes = at_once(*(signing(at, number) for at, number in enumerate(numbers)))

    assert refusals(outcomes) == {DeMinimisOver: 5}
    stands = registered(after)
    assert sorted(str(stands[number]) for number in numbers) == ["10700.00"] * 5 + ["21400.00"]
    assert total(stands.values()) <= CEILING
    in_force = total(choosing.look(number)["aid_decided"] for number in numbers)
    assert in_force == total(stands[number] for number in numbers)
