"""One table of case states."""

from __future__ import annotations

from services.monitoring.domain.case_states import OUTCOMES, PHASES, CaseState, case_state
from shared.contracts.applications import OUTCOMES as CONTRACT_OUTCOMES
from shared.contracts.applications import STATES
from shared.contracts.payments import CLAIM_STATES

NO_CLAIMS = {"failed": 0, "deciding": 0, "paying": 0, "paid": 0}


def test_every_state_of_an_application_that_was_filed_is_a_state_of_its_case() -> None:
    assert set(STATES) - {"draft", "awaiting_signature"} <= set(CaseState)


def test_every_state_of_a_claim_that_was_filed_means_something_for_its_case() -> None:
    assert set(CLAIM_STATES) - {"draft"} == PHASES.keys() - {""}


def test_every_outcome_has_its_state() -> None:
    assert set(CONTRACT_OUTCOMES) == OUTCOMES.keys()


def test_before_the_award_claims_do_not_count() -> None:
    assert case_state("withdrawn", **{**NO_CLAIMS, "paid": 1}) == "withdrawn"


def test_an_awarded_case_without_claims_stays_awarded() -> None:
    assert case_state("approved_in_part", **NO_CLAIMS) == "approved_in_part"


def test_a_case_known_from_payments_alone_must_have_been_awarded() -> None:
    assert case_state("", **NO_CLAIMS) == "approved"


def test_a_case_that_was_closed_or_cancelled_is_that_whatever_its_claims_do() -> None:
    for ended in ("closed", "cancelled"):
        assert case_state(ended, **{**NO_CLAIMS, "paid": 1}) == ended
