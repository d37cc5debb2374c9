from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine

from services.payments.service import PaymentsService
from services.payments.storage import PaymentsWork
from shared.asker import Asker
from shared.contracts import applications
from shared.contracts.terms import Operation
from shared.messaging.answering import answer
from shared.messaging.envelope import Envelope
from shared.messaging.service import OpenOffice
from shared.messaging.settings import BusSettings
from shared.messaging.wire import Reply, Request
from shared.storage.database import Database
from tests.support.payments_builders import NOON
from tests.support.room_databases import empty, room_engine

Ask = Callable[..., Reply]


@pytest.fixture(scope="session")
def payments_engine() -> Iterator[Engine]:
    with room_engine("payments", suite="service") as engine:
        yield engine


@pytest.fixture
def room_database(payments_engine: Engine) -> Iterator[Database]:
    yield Database(payments_engine, demo=True)
    empty(payments_engine, "payments")


class OfficeWithOpenGate(OpenOffice[PaymentsWork]):
    """Every case is open to every official; the gate itself is in tests/service/gate."""

    def ask(self, operation: Operation, asker: Asker, /, **data: Any) -> dict[str, Any]:
        assert operation is applications.PASS_GATE
        return {"cases": len(data["numbers"])}


@pytest.fixture
def service(room_database: Database) -> PaymentsService:
    service = PaymentsService()
    service.office = OfficeWithOpenGate(room_database, PaymentsWork, BusSettings())
    return service


@pytest.fixture
def ask(service: PaymentsService) -> Ask:
    """Ask the room as the bus does, request and reply in their wire forms."""

    def put(operation: Operation, asker: Asker, **data: Any) -> Reply:
        request = Request(operation=operation.address, asker=replace(asker, at=asker.at or NOON), data=data)
        return Reply.from_bytes(answer(service, Request.from_bytes(request.to_bytes())).to_bytes())

    return put


@pytest.fixture
def hear(service: PaymentsService) -> Callable[[Mapping[str, Any], int], None]:
    """The fact that a grant was awarded, as it comes from the bus."""

    def tell(award: Mapping[str, Any], sequence: int = 1, message: str = "m-1") -> None:
        event = applications.GRANT_AWARDED
        fact = Envelope(
            id=message,
            source="/applications",
            type=event.type,
            version=event.version,
            subject=f"application/{award['number']}",
            sequence=sequence,
            time=NOON,
            actor=award["decided_by"],
            role="decision_maker",
            authority=award["authority"],
            correlation_id="c-1",
            causation_id="",
            data=event.schema().dump(award),
        )
        service.take_facts([json.dumps(fact.to_wire()).encode()], careful=False)

    return tell
