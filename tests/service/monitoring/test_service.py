"""Monitoring asked through its desk: contract, roles and transaction as in the running house."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from marshmallow import EXCLUDE
from sqlalchemy import Engine

from services.monitoring.service import MonitoringService
from services.monitoring.settings import MonitoringSettings
from services.monitoring.storage import MonitoringWork
from shared.asker import Asker, Role
from shared.contracts import EVENTS
from shared.contracts import monitoring as contract
from shared.contracts.terms import Operation
from shared.errors import NotForYou, NotFound
from shared.messaging.answering import answer
from shared.messaging.service import OpenOffice
from shared.messaging.settings import BusSettings
from shared.messaging.wire import Request, to_bytes
from shared.storage.database import Database
from tests.support.monitoring_builders import AUDITOR, HANDLER, NOW, NUMBER, a_fact, a_life, a_representative
from tests.support.monitoring_trails import read_model
from tests.support.room_databases import empty, room_engine

pytestmark = pytest.mark.postgres

OPERATOR = Asker(person="operator-1", role=Role.OPERATOR, authority="ITA")


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with room_engine("monitoring", suite="service") as made:
        yield made


@pytest.fixture
def room(engine: Engine, tmp_path: Path) -> Iterator[MonitoringService]:
    room = MonitoringService()
    room.office = OpenOffice(Database(engine, clock=lambda: NOW), MonitoringWork, BusSettings())  # type: ignore[assignment]
    room.settings = MonitoringSettings(trail_dir=tmp_path)
    yield room
    empty(engine, "monitoring")


def ask(room: MonitoringService, operation: Operation, asker: Asker, **data: Any) -> dict[str, Any]:
    """The answer, once it has been read as a stranger would: by the contract."""
    reply = answer(room, Request(operation=operation.address, asker=asker, data=data)).opened()
    operation.gives().load(reply, unknown=EXCLUDE)
    return reply


def hear(room: MonitoringService, facts: list[Any]) -> None:
    room.inbox.receive([to_bytes(fact.to_wire()) for fact in facts])


def test_every_operation_of_the_contract_is_answered() -> None:
    assert {operation.address for operation in contract.OPERATIONS} <= MonitoringService.desks.keys()


def test_every_rooms_facts_are_heard() -> None:
    assert {event.room for event in EVENTS.values()} <= MonitoringService.ears.rooms


def test_facts_from_the_bus_end_in_the_trail_and_the_figures(room: MonitoringService) -> None:
    hear(room, a_life())
    assert len(ask(room, contract.CASE_TRAIL, AUDITOR, number=NUMBER)["entries"]) == len(a_life())
    (row,) = ask(room, contract.FIGURES, AUDITOR)["rows"]
    assert (row["cases"], row["awarded_cases"], row["awarded"], row["paid"]) == (1, 1, "4000.00", "500.00")
    assert ask(room, contract.LIST_CASES, AUDITOR, state="paid")["total"] == 1
    assert ask(room, contract.LIST_PAYMENTS, AUDITOR)["items"][0]["settled_on"] == "2026-08-05"


def test_the_same_facts_again_change_nothing(room: MonitoringService) -> None:
    life = a_life()
    hear(room, life)
    before = read_model(room.office.database)
    hear(room, life)
    assert read_model(room.office.database) == before
    assert ask(room, contract.VERIFY_TRAIL, AUDITOR)["entries"] == len(life)


def test_one_euro_is_traced_in_the_form_of_the_contract(room: MonitoringService) -> None:
    hear(room, a_life())
    found = ask(room, contract.TRACE_PAYMENT, AUDITOR, payment_id=f"{NUMBER}-P1")
    assert (found["amount"], found["steps"][0]["amount"], found["proof"]["holds"]) == ("500.00", "500.00", True)
    assert [line["accepted"] for line in found["lines"]] == ["1000.00", "0.00"]


def test_a_company_reads_its_own_case_only(room: MonitoringService) -> None:
    hear(room, a_life())
    entries = ask(room, contract.CASE_TRAIL, a_representative(), number=NUMBER)["entries"]
    assert "applications.decision_proposed" not in {entry["type"] for entry in entries}
    with pytest.raises(NotFound):
        ask(room, contract.CASE_TRAIL, a_representative("9211050-5"), number=NUMBER)


def test_verifying_the_trail_is_for_auditors_and_operators(room: MonitoringService) -> None:
    with pytest.raises(NotForYou):
        ask(room, contract.VERIFY_TRAIL, HANDLER)


def test_the_head_is_signed_on_its_round_and_verification_counts_it(room: MonitoringService) -> None:
    hear(room, a_life())
    room.sign_head(OPERATOR)
    found = ask(room, contract.VERIFY_TRAIL, OPERATOR)
    assert (found["holds"], found["checkpoints"], found["broken_at"]) == (True, 1, None)


def test_a_case_that_is_known_from_its_payments_alone_still_has_an_answer(room: MonitoringService) -> None:
    hear(room, [fact for fact in a_life() if fact.source == "/payments"])
    (row,) = ask(room, contract.LIST_CASES, AUDITOR)["items"]
    assert (row["business_id"], row["state"]) == (None, "paid")
    assert ask(room, contract.TRACE_PAYMENT, AUDITOR, payment_id=f"{NUMBER}-P1")["number"] == NUMBER


def test_a_fact_that_the_contract_does_not_know_is_in_the_trail_all_the_same(room: MonitoringService) -> None:
    hear(room, [replace(a_fact("applications.case_taken"), type="applications.something_new")])
    assert ask(room, contract.VERIFY_TRAIL, AUDITOR)["entries"] == 1
