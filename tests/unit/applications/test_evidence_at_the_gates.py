"""What a gate rests on: the register's own answer where there is one, and what was typed by hand is said to be that."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.applications import use_cases
from services.applications.domain.filed_reckonings import DECISION, FiledReckoning
from services.applications.domain.reckoning import WITHOUT_EVIDENCE
from services.applications.domain.reckoning_documents import digest_of
from services.applications.domain.replay import replay
from shared.contracts.applications.deciding import AssessmentAnswer
from tests.support import applications_builders as an
from tests.support.applications_fakes import Desk
from tests.support.deciding_builders import HOUSE, DecidingJourney, a_choosing_call, gate, linked

APPLICANT, MOTHER = "9104416-3", "9000001-1"
DIGEST = "ab" * 32


@pytest.fixture
def journey(desk: Desk) -> DecidingJourney:
    journey = DecidingJourney(desk.work)
    journey.publish(a_choosing_call())
    journey.fund("100000.00")
    return journey


def told(journey: DecidingJourney, **facts: Any) -> None:
    """The customer register has fetched the business register's answer."""
    answer = {
        "business_id": APPLICANT,
        "situations": [],
        "ended_on": None,
        "vat_liable": True,
        "business_line": None,
        "fetched_at": an.NOON,
        "digest": DIGEST,
    }
    journey.do(HOUSE, use_cases.know_register, answer | facts)


def evidence(journey: DecidingJourney, number: str, code: str) -> list[dict[str, str]]:
    return [one.to_json() for one in gate(journey.see(number), code).evidence]


def test_what_an_official_looked_up_and_typed_is_marked_so(journey: DecidingJourney) -> None:
    number = journey.assessed()

    [typed] = evidence(journey, number, "tax_debt")

    assert (typed["kind"], typed["source"], typed["told_at"]) == ("typed", "Verohallinto", "2026-09-14")
    assert not typed["digest"]


def test_of_a_long_story_the_beginning_names_the_place(journey: DecidingJourney) -> None:
    number = journey.assessed(tax_source="Verohallinto, " + "x" * 3_000)

    [typed] = evidence(journey, number, "tax_debt")

    assert typed["source"].startswith("Verohallinto, x")
    assert len(typed["source"]) == 300
    AssessmentAnswer().dump(journey.see(number))


def test_an_answer_of_the_small_hours_is_of_the_finnish_day(journey: DecidingJourney) -> None:
    number = journey.assessed()
    told(journey, situations=["bankruptcy"], fetched_at=datetime(2026, 9, 14, 22, 30, tzinfo=UTC))

    assert gate(journey.see(number), "difficulty").facts["day"] == "2026-09-15"


def test_the_registers_answer_is_named_by_its_moment_and_digest(journey: DecidingJourney) -> None:
    told(journey)
    number = journey.assessed()

    [own] = evidence(journey, number, "difficulty")

    assert (own["kind"], own["source"]) == ("register", "ytj")
    assert (own["business_id"], own["digest"]) == (APPLICANT, DIGEST)
    assert own["told_at"] == an.NOON.isoformat()


def test_nobody_has_asked_the_register_and_nothing_pretends_that_it_was(journey: DecidingJourney) -> None:
    number = journey.assessed()

    assert evidence(journey, number, "difficulty") == []
    assert gate(journey.see(number), "difficulty").status == "passed"


def test_the_group_is_told_by_its_recorded_links_as_they_hold_on_the_day(journey: DecidingJourney) -> None:
    journey.do(HOUSE, use_cases.know_ownership, linked(MOTHER, APPLICANT))
    sold = linked("9100009-9", APPLICANT) | {"until": date(2025, 12, 31)}
    journey.do(HOUSE, use_cases.know_ownership, sold)
    number = journey.assessed()

    assert [one["reference"] for one in evidence(journey, number, "de_minimis")] == [f"{MOTHER} → {APPLICANT}"]


@pytest.mark.parametrize("kind", ["bankruptcy", "restructuring"])
def test_what_is_typed_does_not_go_over_the_registers_word_on_insolvency(journey: DecidingJourney, kind: str) -> None:
    told(journey, situations=[kind])
    open_ = gate(journey.see(journey.assessed(insolvent="no")), "difficulty")
    agreed = gate(journey.see(journey.assessed(insolvent="yes")), "difficulty")

    assert (open_.status, open_.why, open_.facts["situations"]) == ("open", "register_tells_insolvency", kind)
    assert (agreed.status, agreed.facts["grounds"]) == ("failed", "c")


def test_a_liquidation_of_ones_own_will_is_no_insolvency(journey: DecidingJourney) -> None:
    told(journey, situations=["liquidation"])

    assert gate(journey.see(journey.assessed()), "difficulty").status == "passed"


def test_a_company_that_has_ended_is_no_applicant_until_that_is_settled(journey: DecidingJourney) -> None:
    told(journey, ended_on=date(2026, 8, 31))
    shut = gate(journey.see(journey.assessed()), "difficulty")

    assert (shut.status, shut.why, shut.facts["ended"]) == ("open", "register_tells_ended", "2026-08-31")


def decided(desk: Desk, journey: DecidingJourney) -> tuple[str, FiledReckoning]:
    number = journey.assessed()
    journey.put_forward(number)
    journey.decide(number)
    return number, next(one for one in desk.deciding.reckonings if (one.number, one.kind) == (number, DECISION))


def test_a_decision_seals_the_answer_it_rested_on_and_later_answers_change_nothing_of_it(
    desk: Desk, journey: DecidingJourney
) -> None:
    told(journey)
    number, filed = decided(desk, journey)
    told(journey, situations=["bankruptcy"], fetched_at=an.NOON + timedelta(days=1), digest="cd" * 32)

    assert filed.inputs["answer"]["digest"] == DIGEST
    assert replay(filed, desk.applications[number]).holds
    meddled = replace(filed, inputs={**filed.inputs, "answer": {**filed.inputs["answer"], "digest": "ef" * 32}})
    assert not replay(meddled).holds


def test_a_decision_of_before_evidence_was_kept_is_proved_as_it_was(desk: Desk, journey: DecidingJourney) -> None:
    _, filed = decided(desk, journey)
    inputs = {name: value for name, value in filed.inputs.items() if name != "answer"} | {"format": WITHOUT_EVIDENCE}
    gates = [{name: value for name, value in one.items() if name != "evidence"} for one in filed.results["gates"]]
    results = {**filed.results, "gates": gates}
    before = replace(filed, inputs=inputs, results=results, digest=digest_of(inputs, results))

    assert replay(before).holds
