from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from services.documents.service import DocumentsService
from services.documents.settings import DocumentsSettings
from services.documents.storage import DocumentsWork
from services.documents.workshop import Workshop
from shared.asker import Asker
from shared.blobs import Blob, Blobs
from shared.contracts import applications, customers
from shared.contracts.terms import Operation
from shared.messaging.handlers import Answers, marked
from shared.messaging.office import OpenOffice
from shared.messaging.settings import BusSettings
from shared.storage.database import Database
from tests.support.documents_builders import NAMES, NOW
from tests.support.letters_builders import an_application_answer
from tests.support.room_databases import empty, room_engine


class OfficeWithCustomersBeside(OpenOffice[DocumentsWork]):
    """An office whose other rooms are a register of names and one case."""

    def ask(self, operation: Operation, asker: Asker, /, **data: Any) -> dict[str, Any]:
        if operation is applications.GET_APPLICATION:
            return an_application_answer()
        assert operation is customers.NAME_PEOPLE
        assert operation.takes().validate(data) == {}
        return {"items": [{"person_id": person, "name": NAMES[person]} for person in data["person_ids"]]}


@dataclass
class Room:
    """The service as it runs, with PostgreSQL and a blob directory, asked through its contract."""

    service: DocumentsService
    blobs: Blobs

    def ask(self, operation: Operation, asker: Asker, **data: Any) -> dict[str, Any]:
        """The answer as it goes on the wire; a refusal is raised."""
        request = operation.takes().load(data)
        method = self.method_for(operation)
        if not method.mark.transaction:
            return operation.gives().dump(method(asker, **request))
        with self.service.office.work(asker) as work:
            return operation.gives().dump(method(work, **request))

    def method_for(self, operation: Operation) -> Callable[..., Any]:
        for name, mark in marked(DocumentsService, Answers):
            if mark.operation is operation:
                return getattr(self.service, name)
        raise LookupError(operation.address)

    def put(self, content: bytes) -> Blob:
        return self.blobs.put([content], most=100_000_000)


@pytest.fixture(scope="session")
def documents_engine() -> Iterator[Engine]:
    with room_engine("documents") as engine:
        yield engine


@pytest.fixture
def room(documents_engine: Engine, tmp_path: Path) -> Iterator[Room]:
    service = DocumentsService()
    database = Database(documents_engine, clock=lambda: NOW)
    service.office = OfficeWithCustomersBeside(database, DocumentsWork, BusSettings())
    service.workshop = Workshop.open(DocumentsSettings(blob_dir=tmp_path))
    yield Room(service, Blobs(tmp_path))
    empty(documents_engine, "documents")
