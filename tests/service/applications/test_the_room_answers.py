"""The room through its real door: requests and replies in their wire forms, on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from services.applications.service import ApplicationsService
from shared.contracts import applications as contract
from shared.contracts import calculating
from shared.errors import DomainError, KeyUsedForAnother, NotForYou
from shared.messaging.handlers import Answers, marked
from shared.messaging.wire import Reply
from shared.storage.database import Database
from tests.service.applications.conftest import Ask
from tests.support import applications_builders as an

pytestmark = pytest.mark.postgres

CALL = contract.Call().dump(an.terms_of(an.a_call()))
PLAN = [{"category": "equipment", "description": "", "year": 2027, "amount": "20000.00"}]


class Office:
    """The same people as elsewhere, asking over the wire."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self.done(contract.PUBLISH_CALL, an.OPERATOR, CALL)
        authority = {"authority": "ITA", "fund": "ERDF", "priority": "1", "budget_year": 2026, "amount": "50000.00"}
        self.done(contract.GRANT_AUTHORITY, an.OPERATOR, authority)

    def done(self, operation: Any, asker: Any, data: dict[str, Any]) -> dict[str, Any]:
        answer = Reply.from_bytes(self.ask(operation, asker, data).to_bytes()).opened()
        assert operation.gives().validate(answer) == {}
        return answer

    def refused(self, operation: Any, asker: Any, data: dict[str, Any]) -> DomainError:
        refusal = self.ask(operation, asker, data).refusal
        assert refusal is not None
        return refusal

    def submitted(self) -> str:
        opening = {"call_id": "IS-2026-14", "undertaking_name": "Saimaan Levypaja Oy", "language": "fi"}
        number: str = self.done(contract.OPEN_APPLICATION, an.COMPANY, opening)["number"]
        self.done(contract.ATTACH, an.COMPANY, {"number": number, "version": 1, "attachment": an.OFFER})
        draft = {"number": number, "version": 2, "answers": an.complete_answers()}
        self.done(contract.SAVE_DRAFT, an.COMPANY, draft)
        self.done(contract.SUBMIT, an.COMPANY, {"number": number, "version": 3})
        return number

    def proposed(self) -> str:
        number = self.submitted()
        for official in (an.HANDLER, an.DECIDER):
            self.done(contract.DECLARE_INTEREST, official, {"number": number, "answer": "none"})
        self.done(contract.TAKE_CASE, an.HANDLER, {"number": number, "version": 4})
        proposal = {"outcome": "approve", "accepted_costs": PLAN, "reasons": "Täyttää ehdot.", "conditions": []}
        self.done(contract.PROPOSE, an.HANDLER, {"number": number, "version": 5, **proposal})
        return number


@pytest.fixture
def office(ask: Ask) -> Office:
    return Office(ask)


def test_every_operation_of_the_contract_is_answered() -> None:
    answered = {mark.operation.address for _, mark in marked(ApplicationsService, Answers)}

    promised = (*contract.OPERATIONS, *calculating.operations(contract.ROOM))
    assert answered == {operation.address for operation in promised}


def test_an_application_goes_from_call_to_award_over_the_wire(office: Office) -> None:
    number = office.proposed()

    decided = office.done(contract.DECIDE, an.DECIDER, {"number": number, "version": 6, "verdict": "sign"})

    assert (decided["state"], decided["aid_decided"]) == ("approved", "10000.00")
    assert decided["decision"]["appeal"]["route"] == "state_review"
    seen = office.done(contract.GET_APPLICATION, an.COMPANY, {"number": number})
    assert seen == decided
    listed = office.done(contract.LIST_APPLICATIONS, an.HANDLER, {"state": ["approved"]})
    assert [row["number"] for row in listed["items"]] == [number]
    [envelope] = office.done(contract.LIST_ENVELOPES, an.DECIDER, {})["items"]
    assert (envelope["reserved"], envelope["free"]) == ("10000.00", "40000.00")


def test_what_happened_is_announced_in_order_and_without_gaps(office: Office, room_database: Database) -> None:
    number = office.proposed()
    office.done(contract.DECIDE, an.DECIDER, {"number": number, "version": 6, "verdict": "sign"})

    with room_database.engine.connect() as connection:
        bodies = list(connection.scalars(text("SELECT body FROM applications.outbox ORDER BY id")))

    assert [(body["sequence"], body["type"].split(".")[1], body["actor"]) for body in bodies] == [
        (1, "application_submitted", "eeva.rautiainen"),
        (2, "interest_declared", "marja.hyvarinen"),
        (3, "interest_declared", "tero.korhonen"),
        (4, "case_taken", "marja.hyvarinen"),
        (5, "decision_proposed", "marja.hyvarinen"),
        (6, "grant_awarded", "tero.korhonen"),
    ]
    assert {body["subject"] for body in bodies} == {f"application/{number}"}


def test_a_proposal_may_be_returned_and_the_case_withdrawn(office: Office) -> None:
    number = office.proposed()

    returning = {"number": number, "version": 6, "verdict": "return", "note": "Tarkista."}
    assert office.done(contract.DECIDE, an.DECIDER, returning)["return_note"] == "Tarkista."
    taking_back = {"number": number, "version": 7, "reason": "Luovumme."}
    assert office.done(contract.WITHDRAW, an.COMPANY, taking_back)["state"] == "withdrawn"
    assert office.done(contract.GET_APPLICATION, an.HANDLER, {"number": number})["withdrawn_reason"] == "Luovumme."


def test_calls_are_open_to_everyone_and_detaching_works(office: Office) -> None:
    assert office.done(contract.LIST_CALLS, an.STRANGER, {"stage": "open"})["total"] == 1
    assert office.done(contract.GET_CALL, an.STRANGER, {"call_id": "IS-2026-14"})["stage"] == "open"
    opening = {"call_id": "IS-2026-14", "undertaking_name": "Oy Ab", "language": "sv"}
    number = office.done(contract.OPEN_APPLICATION, an.COMPANY, opening)["number"]
    office.done(contract.ATTACH, an.COMPANY, {"number": number, "version": 1, "attachment": an.OFFER})

    detached = office.done(contract.DETACH, an.COMPANY, {"number": number, "version": 2, "document_id": "D-1"})

    assert detached["version"] == 3


def test_the_same_command_with_the_same_key_files_once_and_gets_the_same_receipt(office: Office) -> None:
    opening = {"call_id": "IS-2026-14", "undertaking_name": "Oy Ab", "language": "fi"}
    asker = replace(an.COMPANY, idempotency_key="k-1")

    first, second = (office.done(contract.OPEN_APPLICATION, asker, opening) for _ in range(2))

    assert first == second
    assert office.done(contract.LIST_APPLICATIONS, an.COMPANY, {})["total"] == 1
    assert isinstance(
        office.refused(contract.OPEN_APPLICATION, asker, {**opening, "language": "sv"}), KeyUsedForAnother
    )


@pytest.mark.parametrize(
    ("operation", "asker"),
    [
        (contract.PUBLISH_CALL, an.HANDLER),
        (contract.GRANT_AUTHORITY, an.DECIDER),
        (contract.OPEN_APPLICATION, an.HANDLER),
        (contract.SUBMIT, an.AUDITOR),
        (contract.TAKE_CASE, an.COMPANY),
        (contract.PROPOSE, an.DECIDER),
        (contract.DECIDE, an.HANDLER),
        (contract.LIST_ENVELOPES, an.COMPANY),
    ],
)
def test_nobody_does_what_their_role_does_not_let_them(office: Office, operation: Any, asker: Any) -> None:
    assert isinstance(office.refused(operation, asker, {}), NotForYou)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"number": "A1", "version": 0},
        {"number": "A1", "version": 1, "verdict": "perhaps"},
        {"number": "", "version": 1, "verdict": "sign"},
        {"number": "A1", "version": "x", "verdict": "sign"},
        {"number": "A1", "version": 1, "verdict": "sign", "aid": "1.00"},
    ],
)
def test_a_malformed_request_is_refused_by_field(office: Office, data: dict[str, Any]) -> None:
    refusal = office.refused(contract.DECIDE, an.DECIDER, data)

    assert refusal.code == "invalid_fields"
    assert refusal.faults
