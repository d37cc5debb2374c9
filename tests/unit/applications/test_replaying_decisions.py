"""A decision computed anew from what was stored with it: the same to the cent, and any meddling is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.applications import use_cases
from services.applications.domain.aid_register import RegisteredAid
from services.applications.domain.filed_reckonings import DECISION, FiledReckoning
from services.applications.domain.reckoning import reckon
from services.applications.domain.reckoning_documents import digest_of, inputs_from
from services.applications.domain.replay import replay
from shared.dates import HELSINKI
from shared.errors import NotFound
from shared.money import ZERO, Money
from tests.support import applications_builders as an
from tests.support.afterwards_journeys import Afterwards, costs
from tests.support.applications_fakes import Desk
from tests.support.deciding_builders import DecidingJourney, a_choosing_call, linked


@pytest.fixture
def journey(desk: Desk) -> DecidingJourney:
    journey = DecidingJourney(desk.work)
    journey.publish(a_choosing_call())
    journey.fund("100000.00")
    return journey


@pytest.fixture
def decided(journey: DecidingJourney) -> str:
    number = journey.assessed()
    journey.put_forward(number)
    journey.decide(number)
    return number


def stored(desk: Desk, number: str) -> FiledReckoning:
    return next(one for one in desk.deciding.reckonings if one.number == number and one.kind == DECISION)


def paths(proof: Any) -> set[str]:
    return {difference.path for difference in proof.differences}


def test_a_decision_proves_itself_to_an_auditor(journey: DecidingJourney, decided: str) -> None:
    proof = journey.do(an.AUDITOR, use_cases.replay_decision, decided)

    assert proof["holds"]
    assert proof["recomputed_aid"] == proof["aid"] == Money.eur("10700.00")
    assert proof["recomputed_digest"] == proof["digest"]
    assert proof["rules"] >= 6


@pytest.mark.parametrize(("outcome", "turns"), [("reject", ["approve"]), ("approve", ["reject", "approve"])])
def test_a_decision_that_was_turned_afterwards_is_still_proved_as_it_was_signed(
    journey: DecidingJourney, outcome: str, turns: list[str]
) -> None:
    number = journey.assessed()
    journey.put_forward(number, outcome)
    journey.decide(number)
    after = Afterwards(journey)
    for about, turn in enumerate(turns, start=1):
        changes = {"outcome": turn, **({"costs": costs("20000.00")} if turn == "approve" else {})}
        wanted = {"about": about, "ground": "facts", "consent": True, "changes": changes}
        after.done(number, "correction_of_fact", on=date(2026, 10, about), **wanted)

    proof = journey.do(an.AUDITOR, use_cases.replay_decision, number)

    assert [difference.path for difference in proof["differences"]] == []


def test_what_happens_after_the_decision_does_not_change_its_proof(
    desk: Desk, journey: DecidingJourney, decided: str
) -> None:
    """The inputs were frozen: links and awards of later days are not looked at."""
    link = linked("9000001-1", "9104416-3")
    with desk.work(an.HANDLER) as work:
        use_cases.know_ownership(work, link)
    again = journey.assessed()
    journey.put_forward(again)
    journey.decide(again)

    assert journey.do(an.AUDITOR, use_cases.replay_decision, decided)["holds"]


def test_a_refusal_has_its_proof_too(journey: DecidingJourney) -> None:
    number = journey.assessed(tax_result="debt")
    journey.put_forward(number, "reject")
    journey.decide(number)

    proof = journey.do(an.AUDITOR, use_cases.replay_decision, number)

    assert proof["holds"]
    assert proof["aid"] == ZERO


def test_a_changed_figure_breaks_the_seal_and_differs_from_what_the_rules_give(desk: Desk, decided: str) -> None:
    filed = stored(desk, decided)
    proof = replay(replace(filed, results={**filed.results, "aid": "10700.01"}), desk.applications[decided])

    assert {"digest", "results.aid"} <= paths(proof)


def test_a_changed_figure_with_a_seal_made_anew_still_differs_from_what_the_rules_give(
    desk: Desk, decided: str
) -> None:
    filed = stored(desk, decided)
    results = {**filed.results, "aid": "10700.01"}
    forged = replace(filed, results=results, digest=digest_of(filed.inputs, results))

    assert paths(replay(forged, desk.applications[decided])) == {"results.aid"}


def test_a_changed_input_breaks_the_seal(desk: Desk, decided: str) -> None:
    filed = stored(desk, decided)
    inputs = {**filed.inputs, "sought": "9000.00"}

    assert "digest" in paths(replay(replace(filed, inputs=inputs), desk.applications[decided]))


def test_an_award_changed_in_the_case_alone_is_found(desk: Desk, decided: str) -> None:
    case = desk.applications[decided]
    assert case.proposal
    meddled = replace(case, proposal=replace(case.proposal, aid=Money.eur("20700.00")))

    assert paths(replay(stored(desk, decided), meddled)) == {"decision.aid"}


def sealed_anew(filed: FiledReckoning, **results: Any) -> FiledReckoning:
    changed = {**filed.results, **results}
    return replace(filed, results=changed, digest=digest_of(filed.inputs, changed))


def test_a_version_that_a_rule_has_never_had_is_named_and_nothing_is_computed_with_another(
    desk: Desk, decided: str
) -> None:
    filed = stored(desk, decided)
    findings = [{**filed.results["findings"][0], "version": "0"}, *filed.results["findings"][1:]]

    proof = replay(sealed_anew(filed, findings=findings))

    [difference] = proof.differences
    assert (difference.path, difference.stored, difference.recomputed) == ("rules.flat_rate", "0", "known: 1")
    assert not proof.holds
    assert proof.recomputed_aid is None


def test_a_rule_set_that_has_never_been_is_named(desk: Desk, decided: str) -> None:
    proof = replay(sealed_anew(stored(desk, decided), ruleset="2021-2027/0"))

    assert paths(proof) == {"rules.ruleset"}


def test_one_decision_does_not_stand_on_two_versions_of_a_rule(desk: Desk, decided: str) -> None:
    filed = stored(desk, decided)
    gates = [
        {**gate, "findings": [{**one, "version": "7"} for one in gate["findings"]]}
        if gate["code"] == "recovery_order"
        else gate
        for gate in filed.results["gates"]
    ]

    assert paths(replay(sealed_anew(filed, gates=gates))) == {"rules.company_gates"}


AWARD_BEFORE = RegisteredAid(
    number="A70001",
    business_id="9104416-3",
    undertaking_name="Yhtiö",
    basis="de_minimis",
    regulation="2023/2831",
    granted_on=date(2026, 1, 15),
    amount=Money.eur("140000.00"),
    authority="ITA",
    sector="",
)
DECLARED_BEFORE = {
    "business_id": "",
    "name": "",
    "granted_on": "15.1.2026",
    "amount": "140 000",
    "authority": "Itä-Suomen elinvoimakeskus",
    "regulation": "2023/2831",
}


def test_a_decision_is_proved_by_the_version_that_made_it_and_todays_decision_by_todays(
    desk: Desk, journey: DecidingJourney
) -> None:
    """Up to 25 November 2026 an award that was both registered and declared counted twice, and a decision of that
    time is proved so; the same inputs a day later are counted by version 2."""
    desk.deciding.aid["A70001"] = AWARD_BEFORE
    number = journey.assessed(earlier_aid=[DECLARED_BEFORE])
    journey.put_forward(number)
    journey.decide(number)
    filed = stored(desk, number)

    assert versions(filed.results)["de_minimis"] == "1"
    assert filed.results["room"]["used"] == "280000.00"
    assert replay(filed, desk.applications[number]).holds

    later = reckon(replace(inputs_from(filed.inputs), on=date(2026, 11, 26)))
    assert dict(later.rules)["de_minimis"] == "2"
    assert later.room
    assert (later.room.used, later.room.free) == (Money.eur("140000.00"), Money.eur("160000.00"))


def test_a_proposal_of_yesterday_is_signed_by_the_rules_of_today_and_the_decision_says_so(
    desk: Desk, journey: DecidingJourney
) -> None:
    """Another rule set began overnight; the sum is the same, so nobody proposes anew, and the proof is by the new."""
    number = journey.assessed()
    journey.put_forward(number)
    journey.now = datetime(2026, 11, 26, 10, tzinfo=HELSINKI)
    journey.decide(number)

    decided, filed = desk.applications[number], stored(desk, number)
    assert decided.proposal
    assert decided.proposal.ruleset == filed.results["ruleset"] == "2021-2027/2"
    assert decided.proposal.steps[-1].source == "2021-2027/2"
    assert versions(filed.results)["de_minimis"] == "2"
    assert replay(filed, decided).holds


def versions(results: dict[str, Any]) -> dict[str, str]:
    every = (*results["findings"], *(one for gate in results["gates"] for one in gate["findings"]))
    return {one["rule"]: one["version"] for one in every}


def test_a_source_that_is_written_better_later_breaks_no_proof_but_the_seal_still_guards_it(
    desk: Desk, decided: str
) -> None:
    filed = stored(desk, decided)
    gates = [{**gate, "source": "vanha kirjoitusasu"} for gate in filed.results["gates"]]
    results = {**filed.results, "gates": gates}

    assert replay(replace(filed, results=results, digest=digest_of(filed.inputs, results))).holds
    assert paths(replay(replace(filed, results=results))) == {"digest"}


@pytest.mark.parametrize("broken", [{}, {"format": 2}, {"format": 1, "terms": None}])
def test_inputs_that_cannot_be_computed_with_are_a_difference_and_no_failure(
    desk: Desk, decided: str, broken: dict[str, Any]
) -> None:
    proof = replay(replace(stored(desk, decided), inputs=broken))

    assert not proof.holds
    assert "inputs" in paths(proof)


def test_a_case_without_a_decision_has_nothing_to_prove(journey: DecidingJourney) -> None:
    number = journey.assessed()
    journey.put_forward(number)

    with pytest.raises(NotFound):
        journey.do(an.AUDITOR, use_cases.replay_decision, number)


def earlier(amount: Money) -> RegisteredAid:
    return RegisteredAid(
        number="A70001",
        business_id="9104416-3",
        undertaking_name="Saimaan Levypaja Oy",
        basis="de_minimis",
        regulation="2023/2831",
        granted_on=date(2025, 5, 5),
        amount=amount,
        authority="ITA",
        sector="",
    )


@given(
    amount=st.integers(min_value=1, max_value=10**9),
    share=st.integers(min_value=0, max_value=100),
    on_hand=st.integers(min_value=0, max_value=29_999_999),
    typed=st.dictionaries(
        st.sampled_from(["staff", "turnover", "result", "tax_result", "notes"]), st.text(max_size=12)
    ),
)
def test_inputs_survive_their_document_and_give_the_same_results_and_never_more_than_the_rules_allow(
    amount: int, share: int, on_hand: int, typed: dict[str, str]
) -> None:
    desk = Desk()
    journey = DecidingJourney(desk.work)
    journey.publish(a_choosing_call())
    journey.fund("100000.00")
    number = journey.assessed()
    journey.put_forward(number)
    journey.decide(number)
    inputs = inputs_from(stored(desk, number).inputs)
    inputs = replace(
        inputs,
        accepted=(an.a_cost(str(Money(amount))),),
        sought=Money(10**11),
        public_financing=Money(amount * share // 100),
        registered=(earlier(Money(on_hand)),),
        assessment={**inputs.assessment, **typed},
    )

    first = reckon(inputs)
    again = reckon(inputs_from(inputs.to_json()))

    assert again.to_json() == first.to_json()
    assert first.aid <= first.computed.costs.total
    assert first.aid.cents * 2 <= first.computed.costs.total.cents + 1
    assert first.aid + inputs.public_financing <= max(first.computed.costs.total, inputs.public_financing)
    assert first.aid >= ZERO
    assert first.room
    assert first.room.fits == (first.room.used + first.aid <= Money.eur("300000.00"))
