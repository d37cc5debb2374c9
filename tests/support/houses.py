"""Several rooms of the house side by side, each with its own database, asking and hearing each other as in life.

One case has come to them: filed, awarded, its first claim paid, its second one filed, with an invoice and a letter.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from services.applications.service import ApplicationsService
from services.applications.storage import ApplicationsWork
from services.documents.service import DocumentsService
from services.documents.settings import DocumentsSettings
from services.documents.storage import DocumentsWork
from services.documents.workshop import Workshop
from services.monitoring.service import MonitoringService
from services.monitoring.storage import MonitoringWork
from services.payments.service import PaymentsService
from services.payments.storage import PaymentsWork
from shared.asker import Asker
from shared.blobs import Blobs
from shared.contracts import applications, customers, documents, payments
from shared.contracts.terms import Operation
from shared.messaging.answering import answer
from shared.messaging.office import OpenOffice
from shared.messaging.room_service import RoomService
from shared.messaging.schemas import schema_of
from shared.messaging.settings import BusSettings
from shared.messaging.wire import Reply, Request, ServiceAway
from shared.storage.database import Database
from shared.storage.work import Work
from tests.storage.applications.conftest import works_of
from tests.support import payments_builders as a
from tests.support.applications_journeys import Journey
from tests.support.room_databases import room_engine
from tukivayla import demo_bank
from tukivayla.demo.papers import attachment_pdf

ROOMS: Mapping[str, tuple[type[RoomService], type[Work]]] = {
    "applications": (ApplicationsService, ApplicationsWork),
    "documents": (DocumentsService, DocumentsWork),
    "payments": (PaymentsService, PaymentsWork),
    "monitoring": (MonitoringService, MonitoringWork),
}


class HouseOffice(OpenOffice[Work]):
    """Asks the other rooms of the house, as their asker, in wire forms."""

    house: House

    def ask(self, operation: Operation, asker: Asker, /, **data: Any) -> dict[str, Any]:
        if operation is customers.NAME_PEOPLE:
            return {"items": [{"person_id": person, "name": person.title()} for person in data["person_ids"]]}
        told = self.house.ask(operation, asker, **schema_of(operation.takes).dump(data))
        loaded: dict[str, Any] = schema_of(operation.gives).load(told)
        return loaded


class House:
    def __init__(self, directory: Path, *, suite: str) -> None:
        self.rooms: dict[str, RoomService] = {}
        self.away: set[str] = set()
        self._engines: dict[str, Engine] = {}
        self._open = ExitStack()
        for room, (service_class, work_kind) in ROOMS.items():
            engine = self._engines[room] = self._open.enter_context(room_engine(room, suite=suite))
            service = self.rooms[room] = service_class()
            office = service.office = HouseOffice(Database(engine, demo=True), work_kind, BusSettings())
            office.house = self
        self.blobs = Blobs(directory)
        self.documents = self.rooms["documents"]
        self.documents.workshop = Workshop.open(DocumentsSettings(blob_dir=directory))  # type: ignore[attr-defined]

    def close(self) -> None:
        self._open.close()

    def reply(self, operation: Operation, asker: Asker, **data: Any) -> Reply:
        """As over the bus; a room that is away does not answer."""
        if operation.room in self.away:
            raise ServiceAway(operation.room)
        asked = Request(operation=operation.address, asker=replace(asker, at=asker.at or a.NOON), data=data)
        told = answer(self.rooms[operation.room], Request.from_bytes(asked.to_bytes()))
        return Reply.from_bytes(told.to_bytes())

    def ask(self, operation: Operation, asker: Asker, **data: Any) -> dict[str, Any]:
        """The answer, or the refusal raised."""
        return self.reply(operation, asker, **data).opened()

    def deliver(self, room: str) -> None:
        """What the room has announced reaches those that hear it; what they have heard before changes nothing."""
        facts = [json.dumps(fact).encode() for fact in self._outbox(room)]
        for service in self.rooms.values():
            if room in service.ears.rooms:
                service.take_facts(facts, careful=False)

    def announced(self, room: str, kind: str) -> list[dict[str, Any]]:
        return [fact["data"] for fact in self._outbox(room) if fact["type"] == f"{room}.{kind}"]

    def _outbox(self, room: str) -> list[dict[str, Any]]:
        with self._engines[room].connect() as connection:
            return list(connection.scalars(text(f"SELECT body FROM {room}.outbox ORDER BY id")))

    def declare(self, asker: Asker, answered: str = "none", **more: Any) -> None:
        self.ask(applications.DECLARE_INTEREST, asker, number=a.NUMBER, answer=answered, **more)

    # ---- the case ----

    def file_a_case(self) -> None:
        engine = self._engines["applications"]
        with engine.begin() as connection:
            serial = int(a.NUMBER.removeprefix("A"))
            connection.execute(text(f"ALTER SEQUENCE applications.application_numbers RESTART WITH {serial}"))
        journey = Journey(works_of(Database(engine, demo=True)))
        journey.publish()
        assert journey.submitted() == a.NUMBER
        award = a.a_whole_award()
        decider = replace(a.AWARD_DECIDER, at=award["decided_at"])
        with self.rooms["applications"].office.work(decider) as work:
            work.announce(applications.GRANT_AWARDED, a.NUMBER, **award)
        self.deliver("applications")

    def claim(self, *lines: dict[str, Any]) -> str:
        """Filed by the company."""
        claim_id = str(self.ask(payments.OPEN_CLAIM, a.COMPANY, number=a.NUMBER)["claim_id"])
        self.ask(payments.SAVE_CLAIM, a.COMPANY, claim_id=claim_id, version=1, typed=a.a_draft(*lines))
        self.ask(payments.SUBMIT_CLAIM, a.COMPANY, claim_id=claim_id, version=2)
        return claim_id

    def verify(self, claim_id: str, asker: Asker = a.VERIFIER, version: int = 3) -> None:
        verdicts = [{"line": 1, "accepted": "1000.00"}]
        self.ask(payments.VERIFY_CLAIM, asker, claim_id=claim_id, version=version, lines=verdicts)

    def propose(self, claim_id: str, asker: Asker = a.HANDLER, version: int = 4) -> None:
        self.ask(payments.PROPOSE_PAYMENT, asker, claim_id=claim_id, version=version)

    def approve(self, claim_id: str) -> None:
        for official in (a.VERIFIER, a.HANDLER, a.DECIDER):
            self.declare(official)
        self.verify(claim_id)
        self.propose(claim_id)
        self.ask(payments.DECIDE_PAYMENT, a.DECIDER, claim_id=claim_id, version=5, verdict="sign")

    def pay(self, claim_id: str) -> str:
        """The payment's id."""
        batch = self.ask(payments.MAKE_BATCH, a.PAYER, claim_ids=[claim_id], total="400.00")
        xml = self.ask(payments.GET_BATCH_FILE, a.PAYER, batch_id=batch["batch_id"])["xml"]
        self.ask(payments.IMPORT_BANK_ANSWER, a.PAYER, xml=demo_bank.answer(xml, kind="camt.054"))
        self.deliver("payments")
        return str(batch["items"][0]["payment_id"])

    def to_store(self, subject: str, kind: str = "attachment") -> dict[str, Any]:
        """A paper in the blob store, and what the room of documents is told of it."""
        blob = self.blobs.put([attachment_pdf("Lasku", [subject])], most=1_000_000)
        known = {"blob": blob.key, "size": blob.size, "sha256": blob.sha256, "file_name": "lasku.pdf"}
        owner = {"subject": subject, "business_id": a.COMPANY.business_id, "authority": "ITA"}
        return {"kind": kind, **known, **owner}

    def store(self, subject: str, kind: str) -> str:
        stored = self.ask(documents.STORE_DOCUMENT, a.COMPANY, **self.to_store(subject, kind))
        return str(stored["document_id"])

    def print_letters(self) -> dict[str, Any]:
        """The award's letter, printed."""
        self.documents.print_letters(replace(a.HOUSE, at=a.NOON))  # type: ignore[attr-defined]
        letters = self.ask(documents.LIST_LETTERS, a.AUDITOR, number=a.NUMBER)["items"]
        return next(letter for letter in letters if letter["letter"] == "grant_awarded")
