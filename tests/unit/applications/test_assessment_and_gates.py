"""The handler's assessment, the gates that follow from it, and the proposal that they let through or stop."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.applications import use_cases
from services.applications.domain.errors import FiguresChanged, NotYourCase, WrongState
from services.applications.domain.findings import Gate, Status
from services.applications.domain.selection import (
    NOT_STATE_AID,
    REGIONAL_AID,
    ChecklistItem,
    Criterion,
    EligibilityQuestion,
    Selection,
)
from services.applications.use_cases import correspondence
from shared.errors import ChangedMeanwhile, InvalidFields, NotForYou
from shared.money import Money, Rate
from tests.support import applications_builders as an
from tests.support.applications_fakes import Desk
from tests.support.deciding_builders import DecidingJourney, a_choosing_call, a_selection, an_assessment, gate


@pytest.fixture
def journey(desk: Desk) -> DecidingJourney:
    """A de minimis call that scores, with 100 000 euros of authority to grant."""
    return in_call(desk, a_selection())


def in_call(desk: Desk, selection: Selection, **facts: Any) -> DecidingJourney:
    journey = DecidingJourney(desk.work)
    journey.publish(a_choosing_call(selection, **facts))
    journey.fund("100000.00")
    return journey


def regional(desk: Desk, aid_rate: str = "50", **facts: Any) -> DecidingJourney:
    bare = Selection(aid_basis=REGIONAL_AID, purpose="investment")
    return in_call(desk, bare, aid_rate=Rate.of(aid_rate), **facts)


def faults_of(refused: pytest.ExceptionInfo[InvalidFields]) -> dict[str, str]:
    return {fault.path: fault.rule for fault in refused.value.faults}


def test_an_assessment_that_lacks_nothing_passes_every_gate_that_is_asked(journey: DecidingJourney) -> None:
    screen = journey.see(journey.assessed())

    asked = {one.code: one.status for one in screen["gates"] if one.status is not Status.NOT_APPLIED}
    assert set(asked.values()) == {Status.PASSED}
    assert {"eligibility", "criteria", "checklist", "tax_debt", "difficulty", "size", "de_minimis"} <= set(asked)
    assert screen["ready"]
    assert screen["aid"] == Money.eur("10700.00")


def test_before_anything_is_assessed_the_gates_stand_open_and_nothing_can_be_proposed(
    journey: DecidingJourney,
) -> None:
    number = journey.submitted_in("IS-2026-14")
    journey.do(an.HANDLER, use_cases.take_case, number, 4)

    with pytest.raises(InvalidFields) as refused:
        journey.put_forward(number)

    assert faults_of(refused) == {
        f"gates.{code}": "gate_open"
        for code in ("eligibility", "criteria", "checklist", "tax_debt", "recovery_order", "size", "difficulty")
    }


def test_what_cannot_be_read_is_kept_as_typed_and_named(journey: DecidingJourney) -> None:
    number = journey.assessed()

    journey.save(number, 1, staff="noin 20", turnover="1.234", tax_checked_on="1.1.2027")
    screen = journey.see(number)

    assert screen["answers"]["staff"] == "noin 20"
    assert {fault["path"]: fault["rule"] for fault in screen["faults"]} == {
        "staff": "not_a_number",
        "turnover": "ambiguous_number",
        "tax_checked_on": "in_the_future",
    }
    assert gate(screen, "size").status is Status.OPEN
    assert gate(screen, "tax_debt").status is Status.OPEN


@pytest.mark.parametrize(
    ("changes", "code", "status", "why"),
    [
        (
            {"eligibility": [{"code": "sme", "answer": "no", "basis": "Suuryritys"}]},
            "eligibility",
            "failed",
            "not_eligible",
        ),
        ({"eligibility": []}, "eligibility", "open", "questions_unanswered"),
        ({"checklist": []}, "checklist", "open", "checklist_undone"),
        ({"scores": [{"code": "growth", "points": "4", "grounds": "x"}]}, "criteria", "open", "criteria_unscored"),
        (
            {
                "scores": [
                    {"code": "growth", "points": "1", "grounds": "x"},
                    {"code": "novelty", "points": "5", "grounds": "x"},
                ]
            },
            "criteria",
            "failed",
            "criterion_below_least",
        ),
        (
            {
                "scores": [
                    {"code": "growth", "points": "2", "grounds": "x"},
                    {"code": "novelty", "points": "1", "grounds": "x"},
                ]
            },
            "criteria",
            "failed",
            "points_below_least",
        ),
        ({"tax_result": "debt"}, "tax_debt", "failed", "tax_debt_found"),
        ({"tax_checked_on": "", "tax_source": "", "tax_result": ""}, "tax_debt", "open", "not_checked"),
        ({"recovery_result": "outstanding"}, "recovery_order", "failed", "recovery_outstanding"),
        # Losses of 128 000 eat reserves of 120 000 and all of the 8 000 of capital: more than half of it.
        ({"result": "-128 000"}, "difficulty", "failed", "in_difficulty"),
        # Half of the capital to the cent is not more than half.
        ({"result": "-124 000"}, "difficulty", "passed", "not_in_difficulty"),
        ({"result": "-124 000,01"}, "difficulty", "failed", "in_difficulty"),
        ({"insolvent": "yes"}, "difficulty", "failed", "in_difficulty"),
        ({"balance": ""}, "size", "open", "figures_missing"),
    ],
)
def test_a_gate_says_why_it_is_shut_or_open(
    journey: DecidingJourney, changes: dict[str, Any], code: str, status: str, why: str
) -> None:
    found: Gate = gate(journey.see(journey.assessed(**changes)), code)

    assert (found.status.value, found.why) == (status, why)


def test_a_gate_that_is_shut_stops_a_proposal_to_approve_and_is_named(journey: DecidingJourney) -> None:
    number = journey.assessed(tax_result="debt")

    with pytest.raises(InvalidFields) as refused:
        journey.put_forward(number)

    assert faults_of(refused) == {"gates.tax_debt": "gate_failed"}


def test_a_tax_debt_under_a_payment_plan_may_be_gone_over_with_a_reason(journey: DecidingJourney) -> None:
    number = journey.assessed(tax_result="arranged")

    journey.put_forward(number, overrides=[{"gate": "tax_debt", "reason": "Maksujärjestelyä on noudatettu."}])
    made = journey.do(an.DECIDER, use_cases.list_reckonings, number)["items"][0]

    over = next(one for one in made["gates"] if one["code"] == "tax_debt")
    assert (over["status"], over["override"]) == ("overridden", "Maksujärjestelyä on noudatettu.")
    assert journey.decide(number)["state"] == "approved"


@pytest.mark.parametrize("code", ["tax_debt", "eligibility", "de_minimis", "nothing_such"])
def test_where_the_law_leaves_no_discretion_no_reason_opens_the_gate(journey: DecidingJourney, code: str) -> None:
    number = journey.assessed(tax_result="debt")

    with pytest.raises(InvalidFields) as refused:
        journey.put_forward(number, overrides=[{"gate": code, "reason": "Halusin."}])

    assert faults_of(refused)["overrides.0.gate"] == "not_overridable"
    assert faults_of(refused)["gates.tax_debt"] == "gate_failed"


def test_a_firm_in_difficulty_may_get_de_minimis_aid_for_a_reason_but_no_exempted_aid(desk: Desk) -> None:
    assert gate(in_call(desk, a_selection()).see(in_call_case(desk, insolvent="yes")), "difficulty").overridable

    other = Desk()
    journey = regional(other)
    found = gate(journey.see(journey.assessed(insolvent="yes", **NOTHING_SCORED)), "difficulty")
    assert (found.status, found.overridable) == (Status.FAILED, False)


NOTHING_SCORED: dict[str, Any] = {"eligibility": [], "scores": [], "checklist": []}


def in_call_case(desk: Desk, **changes: Any) -> str:
    return DecidingJourney(desk.work).assessed(**changes)


def test_regional_aid_is_bounded_by_the_area_of_the_municipality_and_the_size_of_the_firm(desk: Desk) -> None:
    journey = regional(desk)
    number = journey.assessed(**NOTHING_SCORED)  # Savonlinna, area I, a small firm: 40 per cent and not 50

    screen = journey.see(number)

    assert (screen["area"], screen["size_class"]) == ("I", "small")
    assert screen["aid"] == Money.eur("8560.00")  # 40 per cent of 21 400
    assert any(step.what == "ceiling_by_map" and step.facts["rate"] == "40" for step in screen["steps"])


def test_a_large_firm_outside_the_areas_gets_no_regional_aid(desk: Desk) -> None:
    journey = regional(desk)
    large = {"staff": "900", "turnover": "90 000 000", "balance": "80 000 000", "municipality": "Helsinki"}

    found = gate(journey.see(journey.assessed(**NOTHING_SCORED, **large)), "area")

    assert (found.status, found.why) == (Status.FAILED, "large_outside_areas")


@pytest.mark.parametrize(
    ("works", "status"),
    [
        ({"works_started": "no"}, Status.PASSED),
        ({"works_started": "yes", "works_started_on": "16.9.2026"}, Status.PASSED),  # the day after filing
        ({"works_started": "yes", "works_started_on": "15.9.2026"}, Status.FAILED),  # the day of filing
        ({"works_started": "yes", "works_started_on": ""}, Status.OPEN),
        ({"works_started": ""}, Status.OPEN),
    ],
)
def test_exempted_aid_has_an_incentive_effect_only_when_works_start_after_the_application(
    desk: Desk, works: dict[str, str], status: Status
) -> None:
    journey = regional(desk)

    assert gate(journey.see(journey.assessed(**NOTHING_SCORED, **works)), "incentive_effect").status is status


def test_a_linked_enterprise_counts_in_full_a_partner_by_its_share_and_the_size_follows(
    journey: DecidingJourney,
) -> None:
    def enterprise(share: str, controls: str = "no") -> dict[str, Any]:
        row = {"name": "Emo Oy", "business_id": "", "share": share, "controls": controls}
        return {"enterprises": [{**row, "staff": "60", "turnover": "5 000 000", "balance": "4 000 000"}]}

    sizes = {
        "none": journey.see(journey.assessed())["size_class"],
        "24": journey.see(journey.assessed(**enterprise("24")))["size_class"],
        "25": journey.see(journey.assessed(**enterprise("25")))["size_class"],  # 22 + 15 people
        "50": journey.see(journey.assessed(**enterprise("50")))["size_class"],  # 22 + 30 people
        "51": journey.see(journey.assessed(**enterprise("51")))["size_class"],  # 22 + 60 people
        "controls": journey.see(journey.assessed(**enterprise("10", "yes")))["size_class"],
    }

    assert sizes == {
        "none": "small",
        "24": "small",
        "25": "small",
        "50": "medium",
        "51": "medium",
        "controls": "medium",
    }


def test_a_small_project_without_a_simplified_cost_option_is_stopped_unless_it_is_state_aid(desk: Desk) -> None:
    journey = in_call(desk, Selection(aid_basis=NOT_STATE_AID), cost_model="actual")
    number = journey.assessed(**NOTHING_SCORED)
    assert gate(journey.see(number), "simplified_costs").why == "simplified_costs_needed"

    other = regional(Desk(), cost_model="actual")
    assert gate(other.see(other.assessed(**NOTHING_SCORED)), "simplified_costs").status is Status.PASSED


def test_an_opinion_that_is_asked_is_waited_for_and_going_against_it_takes_a_reason(desk: Desk) -> None:
    journey = in_call(desk, a_selection(opinion_asked=True))
    number = journey.assessed()
    assert gate(journey.see(number), "opinion").status is Status.OPEN

    journey.save(number, 1, opinion_on="14.9.2026", opinion_result="against", opinion_ground="Ei maakunnan kärki.")
    found = gate(journey.see(number), "opinion")
    assert (found.status, found.overridable) == (Status.FAILED, True)

    journey.save(number, 2, opinion_on="14.9.2026", opinion_result="for", opinion_ground="")
    assert gate(journey.see(number), "opinion").status is Status.PASSED


def test_an_opinion_that_came_on_request_stands_in_the_assessment_without_anybody_typing_it(desk: Desk) -> None:
    journey = in_call(desk, a_selection(opinion_asked=True))
    number = journey.assessed()
    case = journey.look(number, an.HANDLER)["version"]
    asked = journey.do(
        an.HANDLER, correspondence.ask_opinion, number, case, "myr", "Etelä-Savon MYR", "Lausunto?", date(2026, 9, 30)
    )
    told = {"given_by": "Etelä-Savon MYR", "given_on": date(2026, 9, 15), "stance": "for", "binding": False}
    place = {"number": number, "place": asked["place"], "version": asked["version"], "text": "Puollamme."}
    journey.do(an.HANDLER, correspondence.record_opinion, **place, **told)

    found = gate(journey.see(number), "opinion")

    assert (found.status, found.facts["result"]) == (Status.PASSED, "for")


def test_a_rejection_by_score_shows_every_score(journey: DecidingJourney) -> None:
    number = journey.assessed(scores=[{"code": "growth", "points": "3", "grounds": "Vähäinen."}])

    with pytest.raises(InvalidFields) as refused:
        journey.put_forward(number, "reject")

    assert faults_of(refused) == {"outcome": "scores_missing"}


def test_what_is_not_eligible_is_rejected_without_scoring_it(journey: DecidingJourney) -> None:
    number = journey.assessed(
        scores=[], eligibility=[{"code": "sme", "answer": "no", "basis": "Konsernin koko ylittää rajan."}]
    )

    journey.put_forward(number, "reject")

    assert journey.decide(number)["state"] == "rejected"


@pytest.mark.parametrize(("outcome", "state"), [("leave_unexamined", "not_examined"), ("lapse", "lapsed")])
def test_a_case_may_be_left_unexamined_or_lapse_without_an_assessment(
    journey: DecidingJourney, outcome: str, state: str
) -> None:
    number = journey.submitted_in("IS-2026-14")
    journey.do(an.HANDLER, use_cases.take_case, number, 4)

    journey.put_forward(number, outcome)

    assert journey.decide(number)["state"] == state


def test_while_a_proposal_waits_the_gates_are_those_of_what_would_be_signed(journey: DecidingJourney) -> None:
    number = journey.assessed(tax_result="arranged")
    costs = [an.accepted("15000.00")]
    over = [{"gate": "tax_debt", "reason": "Maksujärjestelyä on noudatettu."}]
    journey.put_forward(number, "approve_in_part", costs=costs, overrides=over)

    screen = journey.see(number)

    assert screen["aid"] == Money.eur("8025.00")
    assert gate(screen, "tax_debt").status is Status.OVERRIDDEN
    assert gate(screen, "de_minimis").facts["needed"] == "8025.00"


def test_a_proposal_falls_when_its_assessment_changes_and_says_why(desk: Desk, journey: DecidingJourney) -> None:
    number = journey.assessed()
    journey.put_forward(number)

    journey.save(number, 1, staff="23")
    screen = journey.see(number)

    assert journey.look(number, an.HANDLER)["state"] == "in_assessment"
    assert screen["fell"]["why"] == "assessment_changed"
    assert [kind for kind, _, _ in desk.announced][-2:] == [
        "applications.proposal_fell",
        "applications.assessment_saved",
    ]
    with pytest.raises(WrongState):
        journey.decide(number, 6)


def test_the_same_assessment_saved_again_changes_nothing_and_the_proposal_stands(journey: DecidingJourney) -> None:
    number = journey.assessed()
    journey.put_forward(number)

    assert journey.save(number, 1)["version"] == 1

    assert journey.decide(number)["state"] == "approved"


def test_only_the_handler_assesses_and_a_stale_save_is_told_of(journey: DecidingJourney) -> None:
    number = journey.assessed()

    with pytest.raises(NotYourCase):
        journey.do(an.OTHER_HANDLER, use_cases.save_assessment, number, 1, an_assessment())
    with pytest.raises(ChangedMeanwhile):
        journey.save(number, 0)
    with pytest.raises(NotForYou):
        journey.see(number, an.COMPANY)


def test_when_the_rules_no_longer_give_what_was_proposed_the_decision_is_refused_and_nothing_is_bound(
    desk: Desk, journey: DecidingJourney
) -> None:
    number = journey.assessed()
    journey.put_forward(number)
    # The terms of a call can't change under applications; a proposal that was meddled with looks like this.
    case = desk.applications[number]
    assert case.proposal
    desk.applications[number] = replace(case, proposal=replace(case.proposal, aid=Money.eur("10700.01")))

    with pytest.raises(FiguresChanged):
        journey.decide(number)

    assert desk.envelopes["ITA/ERDF/1/2026"].reserved == Money(0)
    assert desk.deciding.movements == []


def test_a_call_whose_minimums_nobody_could_reach_is_not_published(desk: Desk) -> None:
    impossible = Selection(
        criteria=(
            Criterion(code="a", names=an.in_three("A"), most=3, least=4),
            Criterion(code="a", names=an.in_three("A"), most=3),
        ),
        least_points=7,
        eligibility=(EligibilityQuestion(code="q", names=an.in_three("Q")),) * 2,
        checklist=(ChecklistItem(code="c", names=an.in_three("C")),) * 2,
    )

    with pytest.raises(InvalidFields) as refused:
        DecidingJourney(desk.work).publish(a_choosing_call(impossible))

    assert faults_of(refused) == {
        "selection.criteria.0.least": "least_above_most",
        "selection.criteria.1.code": "twice",
        "selection.eligibility.1.code": "twice",
        "selection.checklist.1.code": "twice",
        "selection.least_points": "least_above_most",
    }
