"""What a reader of the trail is told of each kind of fact."""

from __future__ import annotations

import pytest

from services.monitoring.domain.fact_kinds import (
    BASIS_MOST,
    COMPANY_KINDS,
    KINDS,
    amount_of,
    basis_of,
    shown_to_company,
)
from shared.contracts import EVENTS
from shared.fields import MoneyField
from shared.money import Money
from tests.support.monitoring_builders import DATA

INNER = {
    "applications.assessment_saved",
    "applications.decision_proposed",
    "applications.proposal_fell",
    "applications.proposal_returned",
    "applications.act_proposed",
    "applications.act_returned",
    "payments.claim_verified",
    "payments.payment_proposed",
    "payments.payment_returned",
    "payments.claim_released",
}


def test_every_kind_of_fact_has_its_ground() -> None:
    assert KINDS.keys() == {event.type for event in EVENTS.values()}
    assert all(kind.basis for kind in KINDS.values())


def test_a_sum_is_a_key_of_the_facts_own_contract() -> None:
    schemas = {event.type: event.schema() for event in EVENTS.values()}
    amounts = {fact_type: kind.amount for fact_type, kind in KINDS.items() if kind.amount}
    assert all(isinstance(schemas[fact_type].fields[key], MoneyField) for fact_type, key in amounts.items())


def test_what_is_shown_to_the_company_is_in_the_contract() -> None:
    schemas = {event.type: event.schema() for event in EVENTS.values()}
    for fact_type, kind in KINDS.items():
        assert set(kind.shown) - {"*"} <= schemas[fact_type].fields.keys()


def test_a_decision_rests_on_the_law_it_names() -> None:
    assert basis_of("applications.grant_awarded", DATA["applications.grant_awarded"]) == "laki 758/2021 10 §"
    assert basis_of("applications.grant_awarded", {"legal_basis": []}) == "valtionavustuslaki 688/2001 11 §"


def test_a_long_list_of_grounds_is_cut_to_what_the_contract_takes() -> None:
    assert len(basis_of("applications.grant_awarded", {"legal_basis": ["x" * 150, "y" * 150]})) == BASIS_MOST


def test_the_sum_of_a_payment_is_what_was_paid() -> None:
    assert amount_of("payments.payment_settled", DATA["payments.payment_settled"]) == Money.eur("500.00")
    assert amount_of("applications.case_taken", DATA["applications.case_taken"]) is None


def test_what_was_applied_for_is_no_sum_of_a_refusal() -> None:
    assert DATA["applications.grant_refused"]["aid_sought"]
    assert amount_of("applications.grant_refused", DATA["applications.grant_refused"]) is None


@pytest.mark.parametrize("fact_type", sorted(INNER))
def test_inner_preparation_is_not_shown_to_the_company(fact_type: str) -> None:
    assert fact_type not in COMPANY_KINDS
    assert shown_to_company(fact_type, DATA[fact_type]) is None


def test_the_company_learns_that_its_case_was_taken_but_not_by_whom() -> None:
    shown = shown_to_company("applications.case_taken", DATA["applications.case_taken"])
    assert shown == {"number": "A80655", "authority": "ITA"}


def test_the_company_sees_its_decision_whole() -> None:
    data = DATA["applications.grant_awarded"]
    assert shown_to_company("applications.grant_awarded", data) == data


@pytest.mark.parametrize("fact_type", ["documents.document_stored", "documents.document_scanned"])
def test_of_a_file_that_the_company_is_not_shown_yet_its_trail_says_nothing(fact_type: str) -> None:
    told = {"document_id": "d-1", "sha256": "0" * 64}
    assert shown_to_company(fact_type, {**told, "withheld": True}) is None
    assert shown_to_company(fact_type, {**told, "withheld": False}) == {**told, "withheld": False}


def test_a_kind_nobody_has_thought_about_is_hidden_from_companies() -> None:
    assert shown_to_company("applications.something_new", {"number": "A1"}) is None
