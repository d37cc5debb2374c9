"""De minimis aid counted over the single undertaking, the award in question included, at the moment of signing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.applications import use_cases
from services.applications.domain.aid_register import Headroom, OwnershipLink, RegisteredAid, headroom, members_of
from services.applications.domain.applications import Case
from services.applications.domain.assessed import DeclaredAid
from services.applications.domain.errors import DeMinimisOver
from services.applications.domain.findings import Status
from services.applications.domain.reading import read
from services.applications.domain.reckoning import Inputs, reckon
from services.applications.domain.typed_assessment import prefilled
from services.applications.use_cases.reckonings import inputs_of
from shared.errors import InvalidFields, NotFound
from shared.money import ZERO, Money
from tests.support import applications_builders as an
from tests.support.applications_fakes import Desk
from tests.support.deciding_builders import HOUSE, DecidingJourney, a_choosing_call, gate, linked

APPLICANT = "9104416-3"
MOTHER, SISTER, OTHER = "9000001-1", "9137024-1", "9100009-9"
DAY = date(2026, 9, 15)
ITA_AS_WRITTEN = "Itä-Suomen elinvoimakeskus"


@pytest.fixture
def journey(desk: Desk) -> DecidingJourney:
    journey = DecidingJourney(desk.work)
    journey.publish(a_choosing_call())
    journey.fund("100000.00")
    return journey


def award(amount: str, granted_on: date, of: str = APPLICANT, number: str = "A70001") -> RegisteredAid:
    return RegisteredAid(
        number=number,
        business_id=of,
        undertaking_name="Yhtiö",
        basis="de_minimis",
        regulation="2023/2831",
        granted_on=granted_on,
        amount=Money.eur(amount),
        authority="ITA",
        sector="",
    )


def keep(desk: Desk, *awards: RegisteredAid) -> None:
    for at, one in enumerate(awards):
        desk.deciding.aid[f"{one.number}-{at}"] = one


def told(journey: DecidingJourney, *links: dict[str, Any]) -> None:
    for link in links:
        journey.do(HOUSE, use_cases.know_ownership, link)


@pytest.mark.parametrize(
    ("earlier", "granted_on", "fits"),
    [
        ("289300.00", date(2026, 1, 1), True),  # 300 000.00 with the award of 10 700
        ("289300.01", date(2026, 1, 1), False),  # 300 000.01
        ("289299.99", date(2026, 1, 1), True),
        ("289300.01", date(2023, 9, 15), False),  # the same day three years ago counts
        ("289300.01", date(2023, 9, 14), True),  # the day before it does not
    ],
)
def test_the_award_itself_counts_to_the_cent_and_to_the_day(
    desk: Desk, journey: DecidingJourney, earlier: str, granted_on: date, fits: bool
) -> None:
    keep(desk, award(earlier, granted_on))
    number = journey.assessed()

    assert gate(journey.see(number), "de_minimis").status is (Status.PASSED if fits else Status.FAILED)
    if fits:
        journey.put_forward(number)
        assert journey.decide(number)["state"] == "approved"
    else:
        with pytest.raises(InvalidFields):
            journey.put_forward(number)


def test_aid_that_the_applicant_or_the_official_tells_of_counts_too(journey: DecidingJourney) -> None:
    row = {"business_id": "", "name": "", "granted_on": "1.3.2025", "authority": "Finnvera", "regulation": "2023/2831"}
    number = journey.assessed(earlier_aid=[{**row, "amount": "289 300,01"}])

    assert gate(journey.see(number), "de_minimis").status is Status.FAILED


def test_what_the_application_declares_stands_in_the_assessment_before_anybody_types_it() -> None:
    declared = [{"granted_on": "1.3.2025", "granter": "Finnvera", "amount": "40 000", "basis": "2023/2831"}]

    filled = prefilled({"municipality": "Savonlinna", "de_minimis": declared})

    assert filled["earlier_aid"] == [
        {
            "business_id": "",
            "name": "",
            "granted_on": "1.3.2025",
            "amount": "40 000",
            "authority": "Finnvera",
            "regulation": "2023/2831",
        }
    ]


def test_the_whole_group_has_one_ceiling_however_long_the_chain_and_others_have_their_own(
    desk: Desk, journey: DecidingJourney
) -> None:
    told(
        journey,
        linked(MOTHER, APPLICANT),
        linked(MOTHER, SISTER, "contract"),
        linked(OTHER, APPLICANT, "partner"),  # a partner is no part of the undertaking
    )
    keep(desk, award("200000.00", date(2025, 1, 1), MOTHER), award("80000.00", date(2026, 2, 2), SISTER))
    keep(desk, award("299999.00", date(2026, 2, 2), OTHER, "A70009"))

    room = journey.see(journey.assessed())["room"]

    assert room.members == tuple(sorted((APPLICANT, MOTHER, SISTER)))
    assert (room.used, room.free) == (Money.eur("280000.00"), Money.eur("20000.00"))


def test_a_link_that_ended_or_has_not_begun_ties_nobody() -> None:
    def link(**facts: Any) -> OwnershipLink:
        return OwnershipLink(**linked(MOTHER, APPLICANT, **facts))

    assert members_of(APPLICANT, [link(until=date(2026, 9, 14))], DAY) == (APPLICANT,)
    assert members_of(APPLICANT, [link(until=date(2026, 9, 15))], DAY) == tuple(sorted((APPLICANT, MOTHER)))
    assert members_of(APPLICANT, [link(since=date(2026, 9, 16))], DAY) == (APPLICANT,)


def test_an_award_to_the_group_after_the_proposal_stops_the_signature_and_tells_what_counts(
    desk: Desk, journey: DecidingJourney
) -> None:
    told(journey, linked(MOTHER, APPLICANT))
    number = journey.assessed()
    journey.put_forward(number)

    keep(desk, award("295000.00", date(2026, 2, 2), MOTHER, "A70777"))
    with pytest.raises(DeMinimisOver) as refused:
        journey.decide(number)

    assert refused.value.facts["free"] == "5000.00"
    assert refused.value.facts["needed"] == "10700.00"
    assert "A70777: 295000.00" in refused.value.facts["awards"]
    assert desk.envelopes["ITA/ERDF/1/2026"].reserved == ZERO
    assert number not in desk.deciding.aid


def test_a_signed_award_is_in_the_register_with_its_day_and_sector_and_counts_for_the_next(
    desk: Desk, journey: DecidingJourney
) -> None:
    number = journey.assessed()
    journey.put_forward(number)
    journey.decide(number)

    row = desk.deciding.aid[number]
    assert (row.amount, row.granted_on, row.regulation, row.sector) == (
        Money.eur("10700.00"),
        DAY,
        "2023/2831",
        "25.62",
    )
    assert journey.see(journey.assessed())["room"].used == Money.eur("10700.00")


def test_a_later_award_of_the_group_is_not_pushed_over_its_ceiling_by_one_signed_after_it_with_an_earlier_day() -> None:
    """Two sign around midnight: the one of the 16th is kept first, then the one of the 15th is tested."""
    later = award("200000.00", date(2026, 9, 16))

    room = headroom(APPLICANT, DAY, Money.eur("100000.01"), links=(), registered=[later], declared=())

    assert not room.fits
    assert room.free == Money.eur("100000.00")


def test_an_award_so_much_later_that_its_three_years_do_not_reach_back_bounds_nothing() -> None:
    later = award("300000.00", date(2029, 9, 16))

    assert headroom(APPLICANT, DAY, Money.eur("300000.00"), links=(), registered=[later], declared=()).fits


def test_aid_of_another_undertaking_that_was_told_by_mistake_does_not_count() -> None:
    stranger = DeclaredAid(
        business_id=OTHER,
        name="",
        granted_on=date(2026, 1, 1),
        amount=Money.eur("250000.00"),
        authority="",
        regulation="",
    )

    room = headroom(APPLICANT, DAY, ZERO, links=(), registered=(), declared=[stranger])

    assert room.used == ZERO
    assert [aid.counts for aid in room.aids] == [False]


def test_a_company_asks_its_own_room_and_nobody_elses(desk: Desk, journey: DecidingJourney) -> None:
    keep(desk, award("120000.00", date(2025, 6, 1)))

    room = journey.do(an.COMPANY, use_cases.get_aid_room, APPLICANT)

    assert room.free == Money.eur("180000.00")
    with pytest.raises(NotFound):
        journey.do(an.STRANGER, use_cases.get_aid_room, APPLICANT)


def test_leap_day_three_years_back_is_the_28th_of_february() -> None:
    on = datetime(2028, 2, 29, tzinfo=UTC).date()
    counted = headroom(APPLICANT, on, ZERO, links=(), registered=[award("1.00", date(2025, 2, 28))], declared=())
    left_out = headroom(APPLICANT, on, ZERO, links=(), registered=[award("1.00", date(2025, 2, 27))], declared=())

    assert (counted.used, left_out.used) == (Money(100), ZERO)


def a_declared(amount: str, granted_on: date, authority: str = ITA_AS_WRITTEN, same_as: str = "") -> DeclaredAid:
    return DeclaredAid(
        business_id="",
        name="",
        granted_on=granted_on,
        amount=Money.eur(amount),
        authority=authority,
        regulation="2023/2831",
        same_as=same_as,
    )


def room_of(declared: DeclaredAid, new: str = "150000.00") -> Headroom:
    registered = award("140000.00", date(2026, 1, 15))
    return headroom(APPLICANT, DAY, Money.eur(new), links=(), registered=[registered], declared=[declared])


def test_an_award_that_is_declared_as_asked_and_registered_too_counts_once_and_both_are_shown() -> None:
    room = room_of(a_declared("140000.00", date(2026, 1, 15)))

    assert (room.used, room.free, room.fits) == (Money.eur("140000.00"), Money.eur("160000.00"), True)
    registered, declared = room.aids
    assert (registered.counts, registered.declared) == (True, False)
    assert (declared.counts, declared.declared, declared.same_as) == (False, True, "A70001")
    [step] = [step for one in room.findings for step in one.steps if step.what == "aid_told_twice"]
    assert step.facts["registered_by"] == "ITA"
    assert step.facts["declared"] == "Itä-Suomen elinvoimakeskus"


@pytest.mark.parametrize(
    ("amount", "granted_on", "authority"),
    [
        ("140000.01", date(2026, 1, 15), "ITA"),
        ("140000.00", date(2026, 1, 16), "ITA"),
        ("140000.00", date(2026, 1, 15), "Finnvera"),
        ("140000.00", date(2026, 1, 15), ""),
        ("14000.00", date(2026, 1, 15), "ITA"),  # a zero too few, of the same granter and day
    ],
)
def test_what_is_only_near_a_registered_award_counts_until_an_official_has_settled_it(
    amount: str, granted_on: date, authority: str
) -> None:
    open_ = room_of(a_declared(amount, granted_on, authority))
    same = room_of(a_declared(amount, granted_on, authority, same_as="A70001"))
    another = room_of(a_declared(amount, granted_on, authority, same_as="another"))

    assert open_.aids[1].may_be == "A70001"
    assert open_.used == another.used == Money.eur("140000.00") + Money.eur(amount)
    assert same.used == Money.eur("140000.00")
    assert not another.aids[1].may_be


@pytest.mark.parametrize(
    ("amount", "granted_on", "near"),
    [
        ("140000.00", date(2026, 2, 15), True),  # 31 days
        ("140000.00", date(2026, 2, 16), False),
        ("126000.00", date(2026, 1, 16), True),  # a tenth less
        ("125999.99", date(2026, 1, 16), False),
    ],
)
def test_of_another_granter_an_award_is_near_within_a_month_and_a_tenth(
    amount: str, granted_on: date, near: bool
) -> None:
    assert bool(room_of(a_declared(amount, granted_on, "Finnvera")).aids[1].may_be) is near


def test_the_gate_waits_for_an_official_where_an_unclear_award_decides(desk: Desk, journey: DecidingJourney) -> None:
    """Left open it is neither passed nor failed; said to be the same it passes, said to be another it fails."""
    keep(desk, award("150000.00", date(2026, 1, 15)))
    told = {"granted_on": "16.1.2026", "amount": "150 000", "authority": "ITA", "regulation": "2023/2831"}
    number = journey.assessed(earlier_aid=[{**told, "business_id": "", "name": ""}])
    inputs = replace(reckoned_inputs(desk, journey, number), on=date(2026, 11, 26))

    def gate_with(same_as: str) -> Any:
        row = {**told, "business_id": "", "name": "", "same_as": same_as}
        made = reckon(replace(inputs, assessment={**inputs.assessment, "earlier_aid": [row]}))
        return next(one for one in made.gates if one.code == "de_minimis")

    assert (gate_with("").status, gate_with("").why) == (Status.OPEN, "same_award_unclear")
    assert gate_with("").facts["awards"] == "A70001 150000.00"
    assert gate_with("").findings
    assert gate_with("A70001").status is Status.PASSED
    assert gate_with("another").status is Status.FAILED


def reckoned_inputs(desk: Desk, journey: DecidingJourney, number: str) -> Inputs:
    with desk.work(an.HANDLER) as work:
        case = Case(application=work.cases.get(number).application, call=work.cases.get(number).call)
        return inputs_of(work, case, "approve", read(case.application.answers).plan.costs, {})


def test_when_the_definition_of_difficulty_has_ended_the_gate_says_so_and_an_official_may_go_on_with_a_reason(
    desk: Desk, journey: DecidingJourney
) -> None:
    """De minimis aid goes on to the end of 2030; the regulation that says what difficulty is ends with 2026."""
    inputs = replace(reckoned_inputs(desk, journey, journey.assessed()), on=date(2027, 1, 1))

    def gate_with(overrides: dict[str, str]) -> Any:
        made = reckon(replace(inputs, overrides=overrides))
        return next(one for one in made.gates if one.code == "difficulty")

    assert (gate_with({}).status, gate_with({}).why) == (Status.FAILED, "rule_ended")
    assert gate_with({}).facts["last"] == "2026-12-31"
    assert gate_with({"difficulty": "Tilinpäätöksistä ilmenee."}).status is Status.OVERRIDDEN
