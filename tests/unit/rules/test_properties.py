"""What holds of the rules whatever the figures: no ceiling is passed, sums add up, order changes nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from time import perf_counter

from hypothesis import given
from hypothesis import strategies as st

from shared.money import ZERO, Money, Rate, total
from shared.rules import (
    clocks,
    cumulation,
    de_minimis,
    recovery,
    regional_aid,
    same_award,
    sampling,
    single_undertaking,
    sme_size,
)
from shared.rules.calendar import next_office_day, years_after, years_before
from shared.rules.corrections import Found, procurement_correction
from shared.rules.cost_models import FLAT_RATES, costs_by_model
from shared.rules.sources import Portion, split_by_source

DAY = date(2026, 11, 25)
money = st.integers(0, 10**9).map(Money)
rates = st.integers(0, 10_000).map(lambda hundredths: Rate(Decimal(hundredths) / 100))
days = st.dates(date(2024, 7, 1), date(2030, 12, 31))
awards = st.lists(
    st.builds(
        de_minimis.EarlierAid,
        granted_on=st.dates(date(2021, 1, 1), date(2030, 12, 31)),
        amount=st.integers(0, 2 * 10**7).map(Money),
        undertaking=st.sampled_from(["A", "B", "C"]),
        kind=st.sampled_from(de_minimis.KINDS),
    ),
    max_size=12,
)


@given(days, awards, money)
def test_de_minimis_aid_never_takes_an_undertaking_over_its_ceiling(on: date, earlier: list, new: Money) -> None:
    room = de_minimis.de_minimis(on, earlier, new)

    general = total(
        row.amount for row in earlier if room.window_first <= row.granted_on <= on and row.kind != de_minimis.SGEI
    )
    assert room.may_be_granted in (ZERO, new)
    assert not room.may_be_granted or general + room.may_be_granted <= Money.eur("300000.00")


@given(days, awards, money, st.randoms())
def test_the_order_of_earlier_awards_changes_nothing(on: date, earlier: list, new: Money, random) -> None:
    shuffled = list(earlier)
    random.shuffle(shuffled)

    one, other = de_minimis.de_minimis(on, earlier, new), de_minimis.de_minimis(on, shuffled, new)
    assert (one.headroom, one.fits, one.counted) == (other.headroom, other.fits, other.counted)


@given(days, awards, money)
def test_one_award_more_never_makes_more_room(on: date, earlier: list, amount: Money) -> None:
    more = [*earlier, de_minimis.EarlierAid(granted_on=on, amount=amount)]

    assert de_minimis.de_minimis(on, more).headroom <= de_minimis.de_minimis(on, earlier).headroom


@given(days, awards, money)
def test_the_group_has_no_more_room_than_its_member(on: date, earlier: list, new: Money) -> None:
    alone = de_minimis.de_minimis(on, earlier, new, members=["A"])
    together = de_minimis.de_minimis(on, earlier, new, members=["A", "B", "C"])

    assert together.headroom <= alone.headroom


told_awards = st.lists(
    st.builds(
        de_minimis.ToldAid,
        granted_on=st.dates(date(2026, 1, 1), date(2026, 3, 1)),
        amount=st.integers(1, 60).map(lambda thousands: Money(thousands * 100_000)),
        undertaking=st.sampled_from(["A", "B"]),
        authority=st.sampled_from(["ITA", "Itä-Suomen elinvoimakeskus", "Finnvera", ""]),
        reference=st.sampled_from(["A70001", "A70002", "A70003"]),
        told_by=st.sampled_from(same_award.TELLERS),
        same_as=st.sampled_from(["", "", same_award.ANOTHER, "A70001", "A79999"]),
    ),
    max_size=8,
)


@given(told_awards)
def test_no_award_is_dropped_without_being_told(earlier: list) -> None:
    """Each row has its own step: counted, not counted and why, or the registered award that it is."""
    steps = de_minimis.de_minimis(DAY, earlier).steps
    rows = [step for step in steps if step.what in ("aid_counted", "aid_not_counted", "aid_told_twice")]

    assert [step.amount for step in rows] == [row.amount for row in earlier]
    assert all(step.facts["registered"] for step in rows if step.what == "aid_told_twice")


@given(told_awards)
def test_what_the_register_has_always_counts_and_nothing_counts_more_often_than_it_was_told(earlier: list) -> None:
    counted = de_minimis.de_minimis(DAY, earlier).counted

    assert total(row.amount for row in earlier if row.told_by == same_award.REGISTER) <= counted
    assert counted <= de_minimis.de_minimis_1(DAY, earlier).counted


@given(told_awards)
def test_without_an_officials_word_only_awards_that_agree_in_everything_are_one(earlier: list) -> None:
    """As many count as the one that told of more of them: two alike in the register and one declared are two."""
    rows = [replace(row, same_as="") for row in earlier]

    def of(teller: str) -> Counter[tuple[object, ...]]:
        told = (row for row in rows if row.told_by == teller)
        return Counter((row.undertaking, authority(row), row.granted_on, row.amount) for row in told)

    def authority(row: de_minimis.ToldAid) -> str:
        # An award of which it is not told who granted it agrees with none.
        return same_award.authority_named(row.authority) or row.told_by

    once = of(same_award.REGISTER) | of(same_award.DECLARED)
    assert de_minimis.de_minimis(DAY, rows).counted == total(key[3] for key in once.elements())


@given(told_awards)
def test_declaring_what_the_register_has_changes_no_room(earlier: list) -> None:
    registered = [replace(row, told_by=same_award.REGISTER, authority="ITA") for row in earlier]
    declared = [replace(row, told_by=same_award.DECLARED, same_as="") for row in registered]
    alone, both = de_minimis.de_minimis(DAY, registered), de_minimis.de_minimis(DAY, [*registered, *declared])

    assert both.headroom == alone.headroom
    assert not both.pairs.unclear


@given(told_awards, st.randoms())
def test_the_order_in_which_awards_are_told_changes_no_room(earlier: list, random) -> None:
    shuffled = list(earlier)
    random.shuffle(shuffled)

    assert de_minimis.de_minimis(DAY, shuffled).headroom == de_minimis.de_minimis(DAY, earlier).headroom


@given(st.dates(date(1960, 1, 1), date(2090, 12, 31)), st.integers(1, 30))
def test_going_years_back_and_forth_never_passes_the_day(day: date, years: int) -> None:
    assert years_after(years_before(day, years), years) <= day
    assert abs((day - years_after(years_before(day, years), years)).days) <= 1


@given(st.dates(date(2014, 1, 1), date(2030, 12, 31)))
def test_a_deadline_moves_forward_to_an_office_day_within_a_week(day: date) -> None:
    moved = next_office_day(day)

    assert day <= moved <= day + timedelta(days=7)
    assert moved.weekday() < 5


links = st.lists(
    st.builds(
        single_undertaking.Link,
        owner=st.sampled_from("ABCDEF"),
        owned=st.sampled_from("ABCDEF"),
        kind=st.sampled_from(single_undertaking.LINKING),
    ),
    max_size=10,
)


@given(links, st.randoms())
def test_everybody_in_an_undertaking_sees_the_same_undertaking(rows: list, random) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    members = single_undertaking.single_undertaking("A", rows, DAY).members

    assert all(single_undertaking.single_undertaking(one, shuffled, DAY).members == members for one in members)


figures = st.builds(
    sme_size.Figures,
    staff=st.integers(0, 400).map(Decimal),
    turnover=st.integers(0, 10**10).map(Money),
    balance=st.integers(0, 10**10).map(Money),
)


@given(figures, figures, st.integers(0, 100))
def test_a_partner_never_makes_an_enterprise_smaller(
    own: sme_size.Figures, other: sme_size.Figures, share: int
) -> None:
    related = sme_size.Related(name="P", share=Decimal(share), figures=other)
    rank = sme_size.SIZES.index

    assert rank(sme_size.sme_size(own, [related]).size) >= rank(sme_size.sme_size(own).size)


@given(st.dates(date(2014, 7, 1), date(2027, 12, 31)), st.sampled_from(["091", "182", "491", "734"]))
def test_a_larger_enterprise_never_gets_a_higher_share(on: date, place: str) -> None:
    given_rates = [regional_aid.regional_aid(on, place, size).rate for size in sme_size.SIZES]
    percents = [rate.percent if rate else Decimal(0) for rate in given_rates]

    assert percents == sorted(percents, reverse=True)


@given(money, st.lists(st.integers(1, 100), min_size=1, max_size=6))
def test_parts_of_a_sum_make_the_sum_to_the_cent(amount: Money, weights: list[int]) -> None:
    whole = sum(weights)
    shares = [Decimal(weight * 100) / whole for weight in weights[:-1]]
    rounded = [share.quantize(Decimal("0.01"), "ROUND_DOWN") for share in shares]
    last = Decimal(100) - sum(rounded, Decimal(0))
    portions = [Portion(source=str(at), rate=Rate(share)) for at, share in enumerate([*rounded, last])]

    assert total(one.amount for one in split_by_source(amount, portions).portions) == amount


@given(st.sampled_from([row.model for row in FLAT_RATES]), st.dictionaries(
    st.sampled_from(["staff", "services", "equipment", "travel", "other"]), money, max_size=5))  # fmt: skip
def test_a_flat_rate_is_never_a_cent_above_its_percentage(model: str, costs: dict[str, Money]) -> None:
    made = costs_by_model(model, costs, DAY)
    rate = next(row.rate for row in FLAT_RATES if row.model == model)

    assert Decimal(made.flat.cents) <= Decimal(made.direct.cents) * rate.percent / 100
    assert made.direct + made.flat == made.eligible
    assert made.direct + made.not_claimable == total(costs.values())


@given(money, rates, money, money)
def test_aid_beside_other_aid_stays_under_the_highest_share(costs: Money, rate: Rate, other: Money, new: Money) -> None:
    made = cumulation.cumulation(costs, rate, [cumulation.OtherAid(amount=other)], new)

    assert made.may_be_granted <= new
    assert not made.may_be_granted or other + made.may_be_granted <= made.most_together


@given(st.dates(date(2021, 1, 1), date(2026, 6, 29)), st.integers(0, 900), money)
def test_interest_in_parts_covers_each_day_once(paid_on: date, length: int, principal: Money) -> None:
    returned = min(paid_on + timedelta(days=length), date(2026, 6, 30))
    made = recovery.recovery_interest(principal, paid_on, returned)

    assert sum(row.days for row in made.stretches) == (returned - paid_on).days
    assert made.to_pay == principal + made.interest
    assert total(step.amount for step in made.steps[:-1] if step.amount) == made.to_pay


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(0, 200),
       st.lists(st.tuples(st.integers(0, 150), st.integers(0, 60)), max_size=4))  # fmt: skip
def test_a_paused_clock_gives_every_day_back_and_no_more(start: date, passed: int, pauses: list) -> None:
    rows = [
        clocks.Pause(since=start + timedelta(days=first), until=start + timedelta(days=first + length))
        for first, length in pauses
    ]
    on = start + timedelta(days=passed)
    reading = clocks.read_clock(start, 80, on, rows)

    assert reading.days_used + reading.days_stopped == passed
    assert reading.days_used + reading.days_left == 80
    assert (reading.due_on - start).days == 80 + reading.days_stopped


@given(st.lists(st.integers(1_000, 10**7), min_size=1, max_size=40), st.integers(1, 4), st.integers(1, 30))
def test_no_unit_left_to_chance_is_larger_than_the_interval(amounts: list[int], category: int, spread: int) -> None:
    units = [sampling.Unit(name=str(at), amount=Money(amount)) for at, amount in enumerate(amounts)]
    made = sampling.monetary_unit_sample(units, category, ZERO, Decimal(spread) / 100, materiality=Rate.of("2"))
    by_chance = [unit for unit in units if unit.name not in made.exhaustive]

    assert total(unit.amount for unit in by_chance) == made.random_value
    if len(made.exhaustive) < made.size:
        assert all(unit.amount.cents <= made.interval.cents + 1 for unit in by_chance)


@given(money, st.permutations([Found(irregularity="no_notice", lesser=True), Found(irregularity="unlawful_criteria")]))
def test_faults_of_one_contract_give_the_highest_correction_in_any_order(declared: Money, faults: list) -> None:
    assert procurement_correction(declared, faults).rate == Rate.of("25")


def test_thousands_of_awards_told_by_both_are_told_apart_in_a_moment() -> None:
    """Each is looked up, not compared with every other: a register's whole history may be asked at once."""

    def told(at: int, by: str) -> de_minimis.ToldAid:
        return de_minimis.ToldAid(
            granted_on=date(2026, 1, 1) + timedelta(days=at % 300),
            amount=Money(1_000 + at),
            undertaking="A",
            authority="ITA",
            reference=f"A{at}",
            told_by=by,
        )

    rows = [told(at, by) for by in same_award.TELLERS for at in range(2_500)]
    began = perf_counter()
    room = de_minimis.de_minimis(DAY, rows)

    assert perf_counter() - began < 10
    assert len(room.pairs.same) == 2_500
    assert room.counted == total(row.amount for row in rows[:2_500])
