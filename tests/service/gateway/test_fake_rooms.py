"""The fake rooms keep the contracts, so that what the gateway's tests prove is worth something."""

from __future__ import annotations

from typing import Any

import pytest

from shared.asker import Asker, Role
from shared.contracts import Operation
from shared.contracts.applications import GET_APPLICATION
from shared.errors import NotFound
from shared.money import total
from tests.support import fake_case as case
from tests.support.fake_companies import ANSWER_DIGEST
from tests.support.fake_rooms import ALL_OPERATIONS, FakeRooms

ALL_RIGHTS = frozenset({"prepare", "sign"})

A_COMPANY = Asker(person="p-aino", role=Role.COMPANY, rights=ALL_RIGHTS, business_id=case.VERSTAS)
A_FOREIGN_COMPANY = Asker(person="p-mikael", role=Role.COMPANY, rights=ALL_RIGHTS, business_id=case.BAATAR)
AN_AUDITOR = Asker(person="p-sari", role=Role.AUDITOR)

ASKED = {
    "applications.get_assessment": {"number": "A80648"},
    "applications.list_reckonings": {"number": "A80412"},
    "applications.replay_decision": {"number": "A80412"},
    "applications.get_aid_room": {"business_id": case.VERSTAS},
    "customers.get_register_answer": {"business_id": case.VERSTAS, "digest": ANSWER_DIGEST},
    "customers.list_company_people": {"business_id": case.VERSTAS},
    "customers.list_api_keys": {"business_id": case.VERSTAS},
    "customers.list_ownership": {"business_id": case.VERSTAS},
    "applications.get_application": {"number": "A80412"},
    "applications.get_call": {"call_id": "energia-2026"},
    "customers.get_undertaking": {"business_id": case.VERSTAS},
    "documents.get_document": {"document_id": "d-quote"},
    "documents.get_reading": {"document_id": "d-quote"},
    "documents.get_page_picture": {"document_id": "d-quote", "page": 1},
    "documents.check_letter": {"check_code": case.LETTER["check_code"]},
    "documents.list_documents": {"subject": "application/A80655"},
    "documents.list_letters": {"number": "A80412"},
    "documents.get_letter": {"letter_id": "11111111-2222-4333-8444-555555555555"},
    "documents.get_archived": {"document_id": "d-quote"},
    "documents.check_file": {"sha256": case.LETTER["sha256"]},
    "payments.get_batch": {"batch_id": "E-2026-0031"},
    "payments.get_batch_file": {"batch_id": "E-2026-0031"},
    "payments.get_claim": {"claim_id": "M80412-1"},
    "payments.get_grant": {"number": "A80412"},
    "monitoring.case_trail": {"number": "A80412"},
    "monitoring.trace_payment": {"payment_id": "T80412-1"},
    "monitoring.verify_trail": {},
    "monitoring.figures": {},
}
LISTS = [
    operation
    for operation in ALL_OPERATIONS.values()
    if operation.name.startswith("list_") and Role.AUDITOR in operation.roles and operation.address not in ASKED
]


def test_the_fake_rooms_answer_every_operation_of_every_room():
    assert FakeRooms()._answers.keys() == ALL_OPERATIONS.keys()


@pytest.mark.parametrize(("address", "data"), ASKED.items())
def test_what_the_fake_rooms_show_fits_the_contract(address: str, data: dict[str, Any]):
    answer = FakeRooms().ask(ALL_OPERATIONS[address], AN_AUDITOR, **data)
    assert answer


SOMEBODYS = {"business_id": case.VERSTAS, "number": "A80655"}


@pytest.mark.parametrize("operation", LISTS, ids=lambda operation: operation.address)
def test_what_the_fake_rooms_list_fits_the_contract(operation: Operation):
    needed = {name for name, field in operation.takes().fields.items() if field.required}
    asked = {name: value for name, value in SOMEBODYS.items() if name in needed}
    answer = FakeRooms().ask(operation, AN_AUDITOR, **asked)
    assert answer["total"] == len(answer["items"]) > 0


def test_the_fake_rooms_keep_a_company_to_its_own_applications():
    with pytest.raises(NotFound):
        FakeRooms().ask(GET_APPLICATION, A_FOREIGN_COMPANY, number="A80655")


def test_sums_in_the_fake_case_add_up_to_the_cent():
    assert total(row["amount"] for row in case.SOUGHT) == case.TOTALS["costs"]
    assert case.TOTALS["aid"] + case.TOTALS["other_financing"] == case.TOTALS["costs"]
    assert total(share["amount"] for share in case.PAYMENT_DECISION["shares"]) == case.PAYMENT["amount"]
    assert total(row["accepted"] for row in case.LINES) == case.CLAIM["accepted"]
    assert case.GRANT["approved"] + case.GRANT["left"] == case.GRANT["aid"]
    assert case.ENVELOPE["reserved"] + case.ENVELOPE["free"] == case.ENVELOPE["amount"]
