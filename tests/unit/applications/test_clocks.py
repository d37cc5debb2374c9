"""How long a company must keep what was aided and the papers: each rule, the latest of them, and what stops them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.applications.domain.clocks import (
    Obligation,
    Proceeding,
    accounts_sent_in,
    durability,
    retention,
)
from services.applications.domain.rulesets import PERIOD_2014, PERIOD_2021
from services.applications.use_cases import afterwards
from shared.money import Money
from tests.support import applications_builders as an
from tests.support.afterwards_journeys import Afterwards
from tests.support.applications_journeys import Journey

TODAY = date(2028, 6, 1)
DAYS = st.dates(date(2014, 1, 1), date(2040, 12, 31))


def an_obligation(
    *,
    period: str = PERIOD_2021,
    size: str = "small",
    paid: date | None = date(2028, 2, 29),
    granted: date = date(2026, 9, 15),
    ended: date = date(2027, 12, 31),
    costs: str = "20000.00",
) -> Obligation:
    return Obligation(
        period=period,
        size=size,
        final_paid_on=paid,
        granted_on=granted,
        ended_on=ended,
        eligible_costs=Money.eur(costs),
    )


@pytest.mark.parametrize(
    ("size", "ends"),
    [
        ("micro", date(2031, 2, 28)),
        ("medium", date(2031, 2, 28)),
        ("large", date(2033, 2, 28)),
        ("", date(2033, 2, 28)),  # not known: the longer time, to be safe
    ],
)
def test_durability_is_three_years_for_a_small_or_medium_sized_company_and_five_for_others(
    size: str, ends: date
) -> None:
    assert durability(an_obligation(size=size), (), TODAY).ends_on == ends


def test_papers_are_kept_as_long_as_the_longest_rule_says_and_each_is_shown() -> None:
    clock = retention(an_obligation(), (), TODAY)

    assert {part.rule: part.ends_on for part in clock.parts} == {
        "after_last_payment": date(2033, 12, 31),
        "state_aid": date(2036, 9, 15),
        "after_project": date(2038, 2, 28),
    }
    assert clock.ends_on == date(2038, 2, 28)


@pytest.mark.parametrize(
    ("paid", "costs", "ends"),
    [
        (date(2019, 6, 30), "999999.99", date(2023, 12, 31)),  # accounts of 2018/19 sent in February 2020, three years
        (date(2019, 7, 1), "999999.99", date(2024, 12, 31)),  # a day later: the next accounting year
        (date(2019, 6, 30), "1000000.00", date(2022, 12, 31)),  # a million: two years
    ],
)
def test_of_2014_the_year_of_the_accounts_counts(paid: date, costs: str, ends: date) -> None:
    clock = retention(an_obligation(period=PERIOD_2014, paid=paid, costs=costs), (), TODAY)

    assert clock.parts[0].ends_on == ends


def test_the_first_accounting_year_of_2014_ran_to_the_middle_of_2015() -> None:
    assert (accounts_sent_in(date(2014, 3, 1)), accounts_sent_in(date(2015, 6, 30))) == (2016, 2016)
    assert accounts_sent_in(date(2015, 7, 1)) == 2017


def test_before_the_last_payment_the_end_is_not_known() -> None:
    assert durability(an_obligation(paid=None), (), TODAY).ends_on is None
    clock = retention(an_obligation(paid=None), (), TODAY)
    assert (clock.ends_on, clock.parts[1].ends_on) == (None, date(2036, 9, 15))


def test_a_proceeding_adds_its_days_and_an_open_one_stops_the_clock() -> None:
    decided = Proceeding(since=date(2028, 3, 1), until=date(2028, 3, 31))
    overlapping = Proceeding(since=date(2028, 3, 21), until=date(2028, 4, 10))
    before = Proceeding(since=date(2027, 1, 1), until=date(2027, 2, 1))

    clock = durability(an_obligation(), (overlapping, decided, before), TODAY)
    assert (clock.stopped_days, clock.ends_on) == (40, date(2031, 2, 28) + timedelta(days=40))

    still_open = durability(an_obligation(), (Proceeding(since=date(2028, 5, 2), until=None),), TODAY)
    assert (still_open.stopped, still_open.ends_on, still_open.stopped_days) == (True, None, 30)


@given(paid=DAYS, later=st.integers(0, 3000), size=st.sampled_from(["small", "large", ""]))
def test_a_later_payment_never_ends_a_duty_earlier(paid: date, later: int, size: str) -> None:
    for clock in (durability, retention):
        first = clock(an_obligation(paid=paid, size=size), (), TODAY).ends_on
        second = clock(an_obligation(paid=paid + timedelta(days=later), size=size), (), TODAY).ends_on
        assert first
        assert second
        assert first <= second


@given(
    paid=DAYS,
    spans=st.lists(st.tuples(st.integers(-500, 2000), st.integers(0, 400)), max_size=6),
)
def test_proceedings_never_shorten_a_duty_and_never_add_more_than_they_lasted(
    paid: date, spans: list[tuple[int, int]]
) -> None:
    proceedings = tuple(
        Proceeding(since=paid + timedelta(days=at), until=paid + timedelta(days=at + days)) for at, days in spans
    )
    without = durability(an_obligation(paid=paid), (), TODAY).ends_on
    clock = durability(an_obligation(paid=paid), proceedings, TODAY)

    assert without
    assert clock.ends_on == without + timedelta(days=clock.stopped_days)
    assert 0 <= clock.stopped_days <= sum(days for _, days in spans)


def test_the_clocks_of_a_case_run_from_what_the_bank_has_settled(journey: Journey) -> None:
    after = Afterwards(journey)
    number = after.granted()
    waiting = after.do(an.HANDLER, afterwards.get_clocks, number)["items"]
    assert [clock.ends_on for clock in waiting] == [None, None]

    after.claim(number, f"{number}-1", "10000.00", kind="final", paid_on=date(2028, 1, 5))
    kept, papers = after.do(an.COMPANY, afterwards.get_clocks, number, on=date(2028, 2, 1))["items"]

    assert (kept.kind, kept.parts[0].starts_on) == ("durability", date(2028, 1, 5))
    assert papers.ends_on == date(2038, 1, 5)


def test_money_that_comes_back_from_the_bank_stops_what_had_begun(journey: Journey) -> None:
    after = Afterwards(journey)
    number = after.granted()
    after.claim(number, f"{number}-1", "10000.00", kind="final", paid_on=date(2028, 1, 5))
    failed = {"number": number, "claim_id": f"{number}-1", "payment_id": "P-1"}
    after.do(an.OPERATOR, afterwards.note_failed_payment, failed)

    shown = after.acts(number)["payments"]
    assert (str(shown["paid"]), str(shown["waiting"]), shown["final_paid_on"]) == ("0.00", "10000.00", None)


def test_where_nothing_was_granted_nothing_runs(journey: Journey) -> None:
    after = Afterwards(journey)

    assert after.do(an.HANDLER, afterwards.get_clocks, after.refused())["items"] == ()
