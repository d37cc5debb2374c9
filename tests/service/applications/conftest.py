from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine

from services.applications.service import ApplicationsService
from services.applications.storage import ApplicationsWork
from shared.asker import Asker
from shared.contracts.terms import Operation
from shared.messaging.answering import answer
from shared.messaging.service import OpenOffice
from shared.messaging.settings import BusSettings
from shared.messaging.wire import Reply, Request
from shared.storage.database import Database
from tests.support.applications_builders import NOON
from tests.support.room_databases import empty, room_engine

Ask = Callable[..., Reply]


@pytest.fixture(scope="session")
def applications_engine() -> Iterator[Engine]:
    with room_engine("applications", suite="service") as engine:
        yield engine


@pytest.fixture
def room_database(applications_engine: Engine) -> Iterator[Database]:
    yield Database(applications_engine, demo=True)
    empty(applications_engine, "applications")


@pytest.fixture
def ask(room_database: Database) -> Ask:
    """Ask the room as the bus does, request and reply in their wire forms."""
    service = ApplicationsService()
    service.office = OpenOffice(room_database, ApplicationsWork, BusSettings())

    def put(operation: Operation, asker: Asker, data: Mapping[str, Any] | None = None) -> Reply:
        asker = replace(asker, at=asker.at or NOON)
        return answer(service, Request(operation=operation.address, asker=asker, data=dict(data or {})))

    return put
