"""What follows a decision, through the room's real door: requests, replies and heard facts in their wire forms."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import text

from services.applications.service import ApplicationsService
from services.applications.storage import ApplicationsWork
from shared.asker import the_house
from shared.contracts import applications as contract
from shared.contracts import documents, payments
from shared.contracts.terms import Event
from shared.messaging.envelope import Envelope
from shared.messaging.schemas import schema_of
from shared.storage.database import Database
from tests.service.applications.conftest import Ask
from tests.service.applications.test_the_room_answers import Office
from tests.support import applications_builders as an

pytestmark = pytest.mark.postgres

SPRING = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
IN_SPRING = {asker.person: replace(asker, at=SPRING) for asker in (an.COMPANY, an.HANDLER, an.DECIDER)}
COMPANY, HANDLER, DECIDER = (IN_SPRING[asker.person] for asker in (an.COMPANY, an.HANDLER, an.DECIDER))
MORE = [{"category": "equipment", "description": "", "year": 2027, "amount": "26000.00"}]


@pytest.fixture
def office(ask: Ask) -> Office:
    return Office(ask)


@pytest.fixture
def number(office: Office) -> str:
    number = office.proposed()
    office.done(contract.DECIDE, an.DECIDER, {"number": number, "version": 6, "verdict": "sign"})
    return number


def hear(database: Database, method: str, event: Event, at: datetime, **data: Any) -> None:
    """As the inbox does: the data loaded by the event's schema, the house asking, one transaction."""
    loaded = schema_of(event.schema).load(data)
    fact = Envelope(
        id="fact-1",
        source=f"/{event.room}",
        type=event.type,
        version=event.version,
        subject="x/1",
        sequence=1,
        time=at,
        actor="system",
        role="system",
        authority=None,
        correlation_id="c",
        causation_id="",
        data=data,
    )
    with database.work(ApplicationsWork, the_house("c", at=at)) as work:
        getattr(ApplicationsService(), method)(work, fact, loaded)


def letter_of(number: str, letter: str, **more: Any) -> dict[str, Any]:
    return {
        "document_id": "D-9",
        "subject": f"application/{number}",
        "letter": letter,
        "language": "fi",
        "business_id": an.COMPANY.business_id,
        "authority": "ITA",
        "sha256": "1" * 64,
        **more,
    }


def test_an_amendment_goes_from_application_to_decision_and_the_account_is_told(
    office: Office, number: str, room_database: Database
) -> None:
    asked = {"wished": {"costs": MORE}, "change_on": "2027-04-01", "grounds": "Kone kallistui."}
    office.done(contract.REQUEST_AMENDMENT, COMPANY, {"number": number, "version": 1, **asked})
    proposal = {"kind": "amendment", "about": 1, "verdict": "approve", "reasons": "Syy hyväksytään."}
    office.done(contract.PROPOSE_ACT, HANDLER, {"number": number, "version": 2, **proposal})
    decided = office.done(contract.DECIDE_ACT, DECIDER, {"number": number, "version": 3, "act": 2, "verdict": "sign"})

    assert (decided["terms"]["aid"], decided["bound"], decided["version"]) == ("13000.00", "13000.00", 4)
    assert [act["kind"] for act in decided["acts"]] == ["award", "amendment"]
    [envelope] = office.done(contract.LIST_ENVELOPES, an.DECIDER, {})["items"]
    assert envelope["reserved"] == "13000.00"
    with room_database.engine.connect() as connection:
        last = "SELECT body FROM applications.outbox ORDER BY id DESC LIMIT 1"
        body = connection.execute(text(last)).scalar_one()
    assert (body["type"], body["data"]["aid_before"], body["data"]["aid"]) == (
        "applications.grant_amended",
        "10000.00",
        "13000.00",
    )
    assert [entry["amount"] for entry in body["data"]["bound"]] == ["3000.00"]


def test_the_letters_fact_starts_the_time_for_review_of_its_own_act(
    office: Office, number: str, room_database: Database
) -> None:
    correction = {"kind": "correction_of_error", "about": 1, "reasons": "Kirjoitusvirhe."}
    changes = {"changes": {"period_last": "2028-01-31"}}
    office.done(contract.PROPOSE_ACT, an.HANDLER, {"number": number, "version": 1, **correction, **changes})
    office.done(contract.DECIDE_ACT, an.DECIDER, {"number": number, "version": 2, "act": 2, "verdict": "sign"})

    hear(room_database, "on_letter_written", documents.LETTER_WRITTEN, an.NOON, **letter_of(number, "grant_awarded"))
    hear(room_database, "on_letter_written", documents.LETTER_WRITTEN, SPRING, **letter_of(number, "correction", act=2))
    hear(room_database, "on_letter_written", documents.LETTER_WRITTEN, SPRING, **letter_of(number, "hearing"))

    acts = office.done(contract.GET_ACTS, an.COMPANY, {"number": number})["acts"]
    assert [[service["sent_on"] for service in act["services"]] for act in acts] == [["2026-09-15"], ["2027-03-01"]]


def test_what_payments_tells_opens_the_way_to_closure(office: Office, number: str, room_database: Database) -> None:
    claim = {"claim_id": "M1-1", "number": number, "authority": "ITA", "business_id": an.COMPANY.business_id}
    hear(
        room_database,
        "on_claim_submitted",
        payments.CLAIM_SUBMITTED,
        SPRING,
        **claim,
        kind="final",
        period_first="2027-01-01",
        period_last="2027-02-28",
        claimed="18000.00",
        lines=[],
        digest="d" * 64,
        submitted_at=SPRING.isoformat(),
        due_on="2027-05-20",
    )
    hear(
        room_database,
        "on_payment_decided",
        payments.PAYMENT_DECIDED,
        SPRING,
        **claim,
        undertaking_name="Saimaan Levypaja Oy",
        title="Robottihitsaussolu",
        fund="ERDF",
        language="fi",
        outcome="approved",
        claimed="18000.00",
        accepted_costs="18000.00",
        payable="9000.00",
        shares=[],
        steps=[],
        cuts=[],
        ruleset="r",
        note="",
        verified_by="a",
        proposed_by="b",
        decided_by="c",
        decided_at=SPRING.isoformat(),
    )
    paid = {"payment_id": "P-1", "batch_id": "B-1", "amount": "9000.00"}
    settled = {"settled_on": "2027-03-05", "bank_reference": None}
    hear(room_database, "on_payment_settled", payments.PAYMENT_SETTLED, SPRING, **claim, **paid, **settled)

    shown = office.done(contract.GET_ACTS, an.HANDLER, {"number": number})
    assert shown["payments"] == {
        "paid": "9000.00",
        "waiting": "0.00",
        "final_claim": "M1-1",
        "final_paid_on": "2027-03-05",
    }
    [row] = office.done(contract.LIST_FOLLOW_UPS, an.HANDLER, {})["items"]
    assert (row["number"], row["what"]) == (number, "closable")
    clocks = office.done(contract.GET_CLOCKS, an.AUDITOR, {"number": number})["items"]
    assert {clock["kind"] for clock in clocks} == {"durability", "retention"}


def test_the_round_announces_finality_once(office: Office, number: str, room_database: Database) -> None:
    hear(room_database, "on_letter_written", documents.LETTER_WRITTEN, an.NOON, **letter_of(number, "grant_awarded"))

    for day in (date(2026, 10, 19), date(2026, 10, 20), date(2026, 10, 21)):
        at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        with room_database.work(ApplicationsWork, the_house("r", at=at)) as work:
            ApplicationsService().mark_final(work)

    with room_database.engine.connect() as connection:
        told = "SELECT body->'data'->>'final_on' FROM applications.outbox WHERE body->>'type' = :type"
        found = list(connection.scalars(text(told), {"type": "applications.finality_reached"}))
    assert found == ["2026-10-20"]


def test_an_auditor_and_another_company_change_nothing(office: Office, number: str) -> None:
    review = {"number": number, "version": 1, "act": 1, "demand": "x"}

    assert office.refused(contract.REQUEST_REVIEW, an.STRANGER, review).code == "not_found"
    assert office.refused(contract.REQUEST_REVIEW, an.AUDITOR, review).code == "not_for_you"
    assert (
        office.refused(
            contract.PROPOSE_ACT,
            an.HANDLER_ELSEWHERE,
            {"number": number, "version": 1, "kind": "closure", "reasons": "x"},
        ).code
        == "not_for_you"
    )
