"""Amendments, tranches, closure, cancellation: what may change, when, and where the money goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.applications import use_cases
from services.applications.domain.errors import (
    ActWaits,
    AlreadyDealtWith,
    AmendmentWaits,
    AuthorityShort,
    NoProgress,
    NoProject,
    NotByTranches,
    NotYetClosable,
    PaymentsUnderWay,
)
from services.applications.use_cases import afterwards
from shared.contracts.applications import REQUEST_AMENDMENT
from shared.errors import InvalidFields
from tests.support import applications_builders as an
from tests.support.afterwards_journeys import Afterwards, costs
from tests.support.applications_fakes import Desk
from tests.support.applications_journeys import Journey

SPRING = date(2027, 3, 1)
SUMMER = date(2027, 6, 1)


@pytest.fixture
def after(journey: Journey) -> Afterwards:
    return Afterwards(journey)


def rules(refused: Callable[[], object]) -> set[tuple[str, str]]:
    with pytest.raises(InvalidFields) as refusal:
        refused()
    return {(fault.path, fault.rule) for fault in refusal.value.faults}


def announced(desk: Desk, kind: str) -> list[dict[str, Any]]:
    return [data for event, _, data in desk.announced if event == f"applications.{kind}"]


# ---- applying for a change ----


def test_a_change_is_applied_for_before_it_is_made(after: Afterwards, desk: Desk) -> None:
    number = after.granted()
    wished = {"period_last": date(2028, 6, 30)}

    refused = rules(lambda: after.ask_amendment(number, on=SPRING, change_on=SPRING, **wished))
    assert refused == {("change_on", "change_already_made")}
    shown = after.ask_amendment(number, on=SPRING, change_on=date(2027, 3, 2), **wished)

    assert [(one["amendment"], one["filed_by"]) for one in shown["amendments"]] == [(1, an.COMPANY.person)]
    assert announced(desk, "amendment_requested")[0]["changes"] == ["period_last"]


@pytest.mark.parametrize(
    ("on", "fits"), [(date(2027, 12, 31), True), (date(2028, 1, 1), False)], ids=["last day", "the day after"]
)
def test_and_before_the_project_ends(after: Afterwards, on: date, fits: bool) -> None:
    number = after.granted()

    def ask() -> Any:
        return after.ask_amendment(number, on=on, change_on=date(2028, 2, 1), period_last=date(2028, 6, 30))

    if fits:
        ask()
    else:
        assert rules(ask) == {("wished.period_last", "after_the_end")}


def test_the_new_time_stays_within_the_call_and_its_costs_within_the_time(after: Afterwards) -> None:
    number = after.granted()
    wished = {"period_last": date(2029, 1, 1), "costs": costs("1000.00", "materials")}

    assert rules(lambda: after.ask_amendment(number, on=SPRING, change_on=SUMMER, **wished)) == {
        ("wished.period_last", "outside_call_period"),
        ("wished.costs.0.category", "category_not_in_call"),
    }


def test_one_change_at_a_time_and_it_can_be_taken_back_until_a_decision_is_proposed(after: Afterwards) -> None:
    number = after.granted()
    after.ask_amendment(number, on=SPRING, change_on=SUMMER, contact_name="Antti Rautiainen")
    with pytest.raises(AmendmentWaits):
        after.ask_amendment(number, on=SPRING, change_on=SUMMER, contact_name="Eeva")
    after.do(an.COMPANY, afterwards.withdraw_amendment, number, after.version(number), 1)
    with pytest.raises(AlreadyDealtWith):
        after.do(an.COMPANY, afterwards.withdraw_amendment, number, after.version(number), 1)

    after.ask_amendment(number, on=SPRING, change_on=SUMMER, contact_name="Eeva")
    after.propose(number, "amendment", about=2, verdict="approve", on=SPRING)
    with pytest.raises(ActWaits):
        after.do(an.COMPANY, afterwards.withdraw_amendment, number, after.version(number), 2)


def test_no_application_can_name_a_cost_model() -> None:
    asked = {"number": "A1", "version": 1, "change_on": "2027-06-01", "grounds": "x"}
    assert REQUEST_AMENDMENT.takes().validate(asked | {"wished": {"cost_model": "flat_40"}})


# ---- deciding on it ----


def test_a_longer_time_as_applied_for_changes_the_time_and_nothing_else(after: Afterwards, desk: Desk) -> None:
    number = after.granted()
    after.ask_amendment(number, on=SPRING, change_on=SUMMER, period_last=date(2028, 6, 30))
    shown = after.done(number, "amendment", about=1, verdict="approve", on=SPRING)

    assert (shown["terms"].period_last, str(shown["terms"].aid)) == (date(2028, 6, 30), "10000.00")
    assert [(one["decided_by_act"], str(one["state"])) for one in shown["amendments"]] == [(2, "decided")]
    [told] = announced(desk, "grant_amended")
    assert (told["period_last"], told["aid_before"], told["aid"], told["bound"]) == (
        "2028-06-30",
        "10000.00",
        "10000.00",
        [],
    )


def test_more_costs_bind_more_authority_and_less_gives_it_back(after: Afterwards) -> None:
    number = after.granted()
    after.ask_amendment(number, on=SPRING, change_on=SUMMER, costs=costs("26000.00"))
    after.done(number, "amendment", about=1, verdict="approve", on=SPRING)
    assert after.envelope() == ("100000.00", "13000.00")

    after.ask_amendment(number, on=SPRING, change_on=SUMMER, costs=costs("18000.00"))
    shown = after.done(number, "amendment", about=2, verdict="approve", on=SPRING)

    assert (str(shown["terms"].aid), after.envelope()) == ("9000.00", ("100000.00", "9000.00"))
    assert [(entry["act"], str(entry["amount"])) for entry in shown["entries"]] == [
        (1, "10000.00"),
        (2, "3000.00"),
        (3, "-4000.00"),
    ]


def test_more_aid_than_the_envelope_has_free_is_not_granted(after: Afterwards) -> None:
    number = after.granted()
    after.journey.fund("11000.00")
    after.ask_amendment(number, on=SPRING, change_on=SUMMER, costs=costs("26000.00"))
    after.propose(number, "amendment", about=1, verdict="approve", on=SPRING)

    with pytest.raises(AuthorityShort):
        after.decide(number, 2, on=SPRING)
    assert after.envelope() == ("11000.00", "10000.00")


def test_more_than_was_applied_for_is_never_decided(after: Afterwards) -> None:
    number = after.granted()
    after.ask_amendment(number, on=SPRING, change_on=SUMMER, costs=costs("26000.00"))
    more = {"costs": costs("27000.00"), "period_last": date(2028, 1, 31)}

    assert rules(
        lambda: after.propose(number, "amendment", about=1, verdict="approve_in_part", changes=more, on=SPRING)
    ) == {("changes.costs", "above_applied"), ("changes.period_last", "not_asked_for")}
    part = {"costs": costs("24000.00")}
    shown = after.done(number, "amendment", about=1, verdict="approve_in_part", changes=part, on=SPRING)
    assert str(shown["terms"].aid) == "12000.00"


def test_a_change_that_is_not_approved_leaves_everything_and_is_a_decision_to_seek_review_of(after: Afterwards) -> None:
    number = after.granted()
    after.ask_amendment(number, on=SPRING, change_on=SUMMER, costs=costs("26000.00"))
    shown = after.done(number, "amendment", about=1, verdict="reject", on=SPRING)

    assert (str(shown["terms"].aid), shown["acts"][1]["changes"]) == ("10000.00", ())
    assert shown["acts"][1]["appeal"].days == 30


# ---- closure, cancellation, suspension ----


def test_a_case_is_closed_when_the_final_payment_is_settled_and_what_is_unused_is_free_again(
    after: Afterwards, desk: Desk
) -> None:
    number = after.granted()
    after.claim(number, f"{number}-1", "4000.00", paid_on=date(2027, 6, 1))
    with pytest.raises(NotYetClosable) as refusal:
        after.propose(number, "closure", on=date(2028, 1, 10))
    assert refusal.value.facts["why"] == "no_final_claim"

    after.claim(number, f"{number}-2", "3500.00", kind="final", paid_on=date(2028, 1, 5))
    shown = after.done(number, "closure", on=date(2028, 1, 10))

    assert (shown["project_state"], str(shown["terms"].aid)) == ("closed", "7500.00")
    assert (str(shown["bound"]), after.envelope()) == ("7500.00", ("100000.00", "7500.00"))
    [told] = announced(desk, "project_closed")
    assert (told["final_paid_on"], told["aid_before"], told["aid"]) == ("2028-01-05", "10000.00", "7500.00")


def test_nothing_follows_in_a_closed_case_but_corrections_and_reviews(after: Afterwards) -> None:
    number = after.granted()
    after.claim(number, f"{number}-1", "10000.00", kind="final", paid_on=date(2027, 6, 1))
    after.done(number, "closure", on=date(2027, 7, 1))

    with pytest.raises(NoProject):
        after.propose(number, "cancellation", ground="given_up", on=date(2027, 7, 2))
    with pytest.raises(NoProject):
        after.ask_amendment(number, on=date(2027, 7, 2), change_on=date(2027, 8, 1), contact_name="Eeva")
    after.propose(number, "correction_of_error", about=1, changes={"conditions": ()}, on=date(2027, 7, 2))


def test_money_on_its_way_in_the_bank_stops_closure_and_cancellation(after: Afterwards) -> None:
    number = after.granted()
    after.claim(number, f"{number}-1", "4000.00", kind="final", paid_on=None)

    for kind, wanted in (("closure", {}), ("cancellation", {"ground": "given_up"})):
        with pytest.raises(PaymentsUnderWay):
            after.propose(number, kind, on=date(2028, 1, 10), **wanted)


def test_a_cancelled_grant_frees_what_was_not_paid_and_needs_a_ground_and_a_hearing(after: Afterwards) -> None:
    number = after.granted()
    after.claim(number, f"{number}-1", "4000.00", paid_on=date(2027, 6, 1))

    assert rules(lambda: after.propose(number, "cancellation")) == {("ground", "choose_one")}
    assert rules(lambda: after.propose(number, "cancellation", ground="wrong_use", unheard=None)) == {
        ("unheard.ground", "must_be_heard")
    }
    shown = after.done(number, "cancellation", ground="wrong_use")

    assert (shown["project_state"], str(shown["bound"])) == ("cancelled", "4000.00")
    assert after.envelope() == ("100000.00", "4000.00")
    assert list(shown["acts"][1]["legal_basis"]) == ["VAL 688/2001 21 §"]


def test_a_suspended_grant_goes_on_by_a_decision_of_its_own(after: Afterwards) -> None:
    number = after.granted()
    assert after.done(number, "suspension")["project_state"] == "suspended"
    with pytest.raises(NoProject):
        after.propose(number, "suspension")

    assert after.done(number, "resumption", on=SPRING)["project_state"] == "running"


def test_a_refused_case_has_no_project_to_change(after: Afterwards) -> None:
    number = after.refused()

    assert after.acts(number)["project_state"] is None
    with pytest.raises(NoProject):
        after.propose(number, "closure")


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2026, 12, 31), "not_started"),
        (date(2027, 1, 1), "running"),
        (date(2027, 12, 31), "running"),
        (date(2028, 1, 1), "ended"),
    ],
)
def test_the_calendar_starts_and_ends_a_project(after: Afterwards, on: date, state: str) -> None:
    assert after.acts(after.granted(), on=on)["project_state"] == state


# ---- tranches of 2014–2020 ----


@pytest.fixture
def by_years(desk: Desk) -> tuple[Afterwards, str]:
    """A grant of 2014–2020: 50 % of 10 000 euros in 2019 and 20 000.03 in 2020; the first year is granted."""
    then = datetime(2018, 9, 10, 9, 0, tzinfo=UTC)
    call = an.a_call(
        call_id="VANHA-2018",
        programme="2014FI16M2OP001",
        opens_at=datetime(2018, 9, 1, tzinfo=UTC),
        closes_at=datetime(2018, 11, 1, tzinfo=UTC),
        period_first=date(2018, 9, 1),
        period_last=date(2021, 12, 31),
        budget_year=2019,
    )
    journey = Journey(desk.work, then)
    journey.publish(call)
    journey.fund("50000.00", call)
    after = Afterwards(journey)
    plan = {
        "starts_on": "1.1.2019",
        "ends_on": "31.12.2020",
        "costs": [an.cost_row("10 000,00", year="2019"), an.cost_row("20 000,03", year="2020")],
        "financing": [{"source": "own", "year": "2019", "amount": "15 000,02"}],
    }
    number = journey.draft(call_id="VANHA-2018", **plan)
    journey.do(an.COMPANY, use_cases.submit, number, 3)
    journey.do(an.HANDLER, use_cases.take_case, number, 4)
    accepted = [an.accepted("10000.00", year=2019), an.accepted("20000.03", year=2020)]
    journey.propose(number, 5, costs=accepted)
    journey.decide(number)
    return after, number


def test_the_first_decision_grants_the_first_year_and_binds_no_more(by_years: tuple[Afterwards, str]) -> None:
    after, number = by_years
    shown = after.acts(number)

    assert (str(shown["terms"].aid), str(shown["bound"]), shown["terms"].granted_to) == ("5000.00", "5000.00", 2019)
    assert str(shown["terms"].eligible_costs) == "30000.03"
    assert list(shown["tranche_years"]) == [2020]


def test_the_next_year_is_granted_without_an_application_when_there_is_progress_and_authority(
    by_years: tuple[Afterwards, str], desk: Desk
) -> None:
    after, number = by_years
    with pytest.raises(NoProgress):
        after.propose(number, "tranche", year=2020, progress="Etenee.")
    after.claim(number, f"{number}-1", "4000.00", paid_on=date(2019, 11, 1))
    assert rules(lambda: after.propose(number, "tranche", year=2021)) == {
        ("year", "not_next_year"),
        ("progress", "required"),
    }
    after.propose(number, "tranche", year=2020, progress="Kone on tilattu.")
    with pytest.raises(AuthorityShort):
        after.decide(number, 2)  # the authority of 2020 has not been given yet

    after.journey.fund("50000.00", an.a_call(budget_year=2020))
    shown = after.decide(number, 2)

    assert (str(shown["terms"].aid), shown["terms"].granted_to) == ("15000.01", 2020)
    assert after.envelope("ITA/ERDF/1/2019") == ("50000.00", "5000.00")
    assert after.envelope("ITA/ERDF/1/2020") == ("50000.00", "10000.01")
    [told] = announced(desk, "tranche_granted")
    assert (told["year"], told["aid_before"], told["aid"]) == (2020, "5000.00", "15000.01")
    with pytest.raises(NotByTranches):
        after.propose(number, "tranche", year=2021, progress="Etenee.")


def test_what_two_years_bound_is_given_back_to_both_the_last_first(by_years: tuple[Afterwards, str]) -> None:
    after, number = by_years
    after.claim(number, f"{number}-1", "4000.00", paid_on=date(2019, 11, 1))
    after.journey.fund("50000.00", an.a_call(budget_year=2020))
    after.done(number, "tranche", year=2020, progress="Kone on tilattu.")

    after.done(number, "cancellation", ground="given_up")

    assert after.envelope("ITA/ERDF/1/2019") == ("50000.00", "4000.00")
    assert after.envelope("ITA/ERDF/1/2020") == ("50000.00", "0.00")
