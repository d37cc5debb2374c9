"""Taking a case, proposing, deciding: two people, one sum, one decision."""

from __future__ import annotations

from typing import Any

import pytest

from services.applications import use_cases
from services.applications.domain.errors import (
    AlreadyDecided,
    AlreadyProposed,
    AlreadyTaken,
    AuthorityBound,
    AuthorityShort,
    NotYourCase,
    PreparedByYou,
    WrongState,
)
from shared.asker import Role
from shared.errors import ChangedMeanwhile, InvalidFields, NotForYou
from shared.money import Money
from tests.support import applications_builders as an
from tests.support.applications_fakes import Desk
from tests.support.applications_journeys import Journey

MARJA_DECIDES = type(an.HANDLER)(person="marja.hyvarinen", role=Role.DECISION_MAKER, authority="ITA")


def test_the_second_handler_is_told_who_took_the_case_and_when(journey: Journey) -> None:
    number = journey.taken()

    with pytest.raises(AlreadyTaken) as refusal:
        journey.do(an.OTHER_HANDLER, use_cases.take_case, number, 4)

    assert refusal.value.facts == {"by": "marja.hyvarinen", "at": an.NOON.isoformat()}


def test_taking_ones_own_case_again_changes_nothing_and_tells_nobody(journey: Journey, desk: Desk) -> None:
    number = journey.taken()
    told = len(desk.announced)

    again = journey.do(an.HANDLER, use_cases.take_case, number, 4)

    assert (again["state"], again["version"]) == ("in_assessment", 5)
    assert len(desk.announced) == told


def test_a_case_of_another_authority_is_not_for_you(journey: Journey) -> None:
    number = journey.submitted()

    with pytest.raises(NotForYou):
        journey.do(an.HANDLER_ELSEWHERE, use_cases.take_case, number, 4)
    with pytest.raises(NotForYou):
        journey.look(number, an.HANDLER_ELSEWHERE)


def test_an_auditor_sees_everyones_cases(journey: Journey) -> None:
    number = journey.submitted()

    assert journey.look(number, an.AUDITOR)["state"] == "submitted"


def test_only_the_handler_of_the_case_proposes(journey: Journey) -> None:
    number = journey.taken()

    with pytest.raises(NotYourCase) as refusal:
        journey.do(an.OTHER_HANDLER, use_cases.propose, number, 5, "reject", [], "Ei täytä ehtoja.")

    assert refusal.value.facts == {"handler": "marja.hyvarinen"}


def test_a_case_has_to_be_taken_before_it_is_proposed(journey: Journey) -> None:
    number = journey.submitted()

    with pytest.raises(WrongState):
        journey.propose(number, 4)


def test_the_aid_is_computed_and_each_step_is_kept_with_the_rules_it_follows(journey: Journey) -> None:
    number = journey.taken()

    proposal = journey.propose(number, 5, "approve_in_part", [an.accepted("18000.50")])["proposal"]

    assert proposal.aid == Money.eur("9000.25")
    assert proposal.ruleset == "2021-2027/1"
    assert [(step.sign, step.what, str(step.amount)) for step in proposal.steps] == [
        ("+", "costs_in_category", "18000.50"),
        ("=", "eligible_costs", "18000.50"),
        ("×", "aid_rate", "9000.25"),
        ("≤", "aid_most", "200000.00"),
        ("≤", "aid_sought", "10000.00"),
        ("=", "aid", "9000.25"),
    ]


@pytest.mark.parametrize(
    ("outcome", "costs", "broken"),
    [
        ("approve", [], ("accepted_costs", "required")),
        ("approve", [an.accepted("20000.01")], ("accepted_costs", "above_applied")),
        ("approve", [an.accepted("20000.00", "staff")], ("accepted_costs", "above_applied")),
        ("approve", [an.accepted("20000.00", "materials")], ("accepted_costs.0.category", "category_not_in_call")),
        ("approve", [an.accepted("20000.00", year=2026)], ("accepted_costs.0.year", "year_outside_project")),
        ("approve", [an.accepted("-1.00")], ("accepted_costs.0.amount", "negative")),
        ("approve", [an.accepted("19999.99")], ("outcome", "costs_were_cut")),
        ("approve_in_part", [an.accepted("20000.00")], ("outcome", "nothing_was_cut")),
        ("approve_in_part", [an.accepted("1999.98")], ("accepted_costs", "aid_below_least")),
        ("reject", [an.accepted("1.00")], ("accepted_costs", "must_be_empty")),
    ],
)
def test_costs_that_do_not_fit_what_was_applied_for_are_refused(
    journey: Journey, outcome: str, costs: list[dict[str, Any]], broken: tuple[str, str]
) -> None:
    number = journey.taken()

    with pytest.raises(InvalidFields) as refusal:
        journey.propose(number, 5, outcome, costs)

    assert broken in [(fault.path, fault.rule) for fault in refusal.value.faults]


@pytest.mark.parametrize("outcome", ["reject", "leave_unexamined", "lapse"])
def test_a_proposal_without_aid_has_no_conditions(journey: Journey, outcome: str) -> None:
    number = journey.taken()

    with pytest.raises(InvalidFields) as refusal:
        journey.propose(number, 5, outcome, [], conditions=["Raportoi."])

    assert [(fault.path, fault.rule) for fault in refusal.value.faults] == [("conditions", "must_be_empty")]
    assert journey.propose(number, 5, outcome, [])["proposal"].conditions == ()


def test_a_category_may_be_divided_into_rows_but_not_exceeded_by_them(journey: Journey) -> None:
    number = journey.taken()

    with pytest.raises(InvalidFields):
        journey.propose(number, 5, "approve", [an.accepted("10000.00"), an.accepted("10000.01")])

    assert (
        journey.propose(number, 5, "approve", [an.accepted("5000.00"), an.accepted("15000.00")])["state"] == "proposed"
    )


def test_a_proposal_waits_for_its_decision_and_no_other_is_made_meanwhile(journey: Journey) -> None:
    number = journey.proposed()

    with pytest.raises(AlreadyProposed):
        journey.propose(number, 6)


def test_whoever_prepared_does_not_decide(journey: Journey) -> None:
    number = journey.proposed()

    with pytest.raises(PreparedByYou):
        journey.decide(number, asker=MARJA_DECIDES)


def test_a_decision_maker_elsewhere_does_not_decide(journey: Journey) -> None:
    number = journey.proposed()
    elsewhere = type(an.DECIDER)(person="lea.lappi", role=Role.DECISION_MAKER, authority="POH")

    with pytest.raises(NotForYou):
        journey.decide(number, asker=elsewhere)


def test_the_second_decision_maker_is_told_who_decided_and_when(journey: Journey) -> None:
    number = journey.proposed()
    journey.decide(number)

    with pytest.raises(AlreadyDecided) as refusal:
        journey.decide(number, asker=an.OTHER_DECIDER)

    assert refusal.value.facts == {"by": "tero.korhonen", "at": an.NOON.isoformat(), "outcome": "approve"}


def test_nobody_signs_another_version_than_the_one_that_was_read(journey: Journey) -> None:
    number = journey.proposed()

    with pytest.raises(ChangedMeanwhile):
        journey.decide(number, version=5)


def test_an_award_tells_the_others_all_they_need(journey: Journey, desk: Desk) -> None:
    number = journey.proposed()
    journey.decide(number)

    name, subject, data = desk.announced[-1]

    assert (name, subject) == ("applications.grant_awarded", number)
    assert data["aid"] == "10000.00"
    assert data["costs"] == [{"category": "equipment", "description": "", "year": 2027, "amount": "20000.00"}]
    assert (data["period_first"], data["period_last"]) == ("2027-01-01", "2027-12-31")
    assert data["envelope_id"] == "ITA/ERDF/1/2026"
    assert data["appeal"]["days"] == 30
    assert data["legal_basis"] == ["laki 757/2021", "laki 758/2021"]
    assert data["indicators"] == [{"code": "RCR01", "target": "2"}]
    assert (data["proposed_by"], data["decided_by"]) == ("marja.hyvarinen", "tero.korhonen")


def test_a_refusal_binds_no_authority_and_carries_its_reasons(journey: Journey, desk: Desk) -> None:
    number = journey.proposed("reject", [])

    decided = journey.decide(number)

    assert (decided["state"], decided["aid_decided"]) == ("rejected", Money.eur("0.00"))
    assert desk.envelopes["ITA/ERDF/1/2026"].reserved == Money.eur("0.00")
    name, _, data = desk.announced[-1]
    assert (name, data["reasons"]) == ("applications.grant_refused", "Hanke täyttää ehdot.")


def test_a_cut_award_is_approved_in_part(journey: Journey, desk: Desk) -> None:
    number = journey.proposed("approve_in_part", [an.accepted("18000.00")])

    assert journey.decide(number)["state"] == "approved_in_part"
    assert desk.envelopes["ITA/ERDF/1/2026"].reserved == Money.eur("9000.00")


def test_the_last_cent_of_the_authority_may_be_granted_and_not_one_more(journey: Journey) -> None:
    journey.fund("19999.99")
    first, second = journey.proposed(), journey.proposed()
    journey.decide(first)

    with pytest.raises(AuthorityShort) as refusal:
        journey.decide(second)
    assert refusal.value.facts["free"] == "9999.99"

    journey.fund("20000.00")
    assert journey.decide(second)["state"] == "approved"


def test_authority_that_is_bound_cannot_be_taken_away(journey: Journey) -> None:
    journey.decide(journey.proposed())

    with pytest.raises(AuthorityBound) as refusal:
        journey.fund("9999.99")

    assert refusal.value.facts == {"envelope": "ITA/ERDF/1/2026", "reserved": "10000.00"}


def test_sending_back_needs_a_reason(journey: Journey) -> None:
    number = journey.proposed()

    with pytest.raises(InvalidFields) as refusal:
        journey.decide(number, verdict="return", note="  ")

    assert [(fault.path, fault.rule) for fault in refusal.value.faults] == [("note", "required")]


def test_a_returned_case_is_back_with_its_handler_and_keeps_what_was_proposed(journey: Journey, desk: Desk) -> None:
    number = journey.proposed()

    returned = journey.decide(number, verdict="return", note="Tarkista hinta.")

    assert (returned["state"], returned["handler"]) == ("in_assessment", "marja.hyvarinen")
    assert returned["return_note"] == "Tarkista hinta."
    assert desk.applications[number].returned[0].proposal.aid == Money.eur("10000.00")
    assert desk.announced[-1][0] == "applications.proposal_returned"


def test_after_filing_the_sums_stay_those_of_the_day_of_filing(journey: Journey) -> None:
    number = journey.taken()
    after_the_period = an.NOON.replace(year=2031)

    seen = journey.do(an.HANDLER, use_cases.get_application, number, now=after_the_period)

    assert seen["totals"]["aid"] == Money.eur("10000.00")
    assert seen["faults"] == []
