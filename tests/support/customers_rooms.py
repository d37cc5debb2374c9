"""The room of customers with its stand-in registers, asked through its desk as in the running house."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
import requests
from sqlalchemy import Engine, text

from services.customers.demo import DEMO_ISSUER, people
from services.customers.registers import configured
from services.customers.service import CustomersService
from services.customers.settings import registers_in
from services.customers.storage import CustomersWork
from shared.asker import Asker, Role
from shared.contracts import customers as contract
from shared.contracts.terms import Operation
from shared.messaging.answering import answer
from shared.messaging.schemas import schema_of
from shared.messaging.service import OpenOffice
from shared.messaging.settings import BusSettings
from shared.messaging.wire import Request
from shared.storage.database import Database
from tests.support.customers_builders import NOW, VISITOR
from tests.support.replaying import serving
from tukivayla.standins import mandates, ytj
from tukivayla.standins.moods import Mood

BACK = "https://tuki.example.fi/valtuudet/paluu"


@dataclass
class Clock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class House:
    """`register` and `mandate_register` are the stand-ins' moods; `clock` is moved by a test."""

    room: CustomersService
    engine: Engine
    clock: Clock
    register: Mood
    mandate_register: Mood

    def ask(self, operation: Operation, asker: Asker, /, key: str = "", **data: Any) -> dict[str, Any]:
        keyed = replace(asker, idempotency_key=key or uuid4().hex)
        schema = schema_of(operation.takes)
        wire = schema.dump(data) | {name: data[name] for name in data.keys() - schema.fields.keys()}
        request = Request.from_bytes(Request(operation=operation.address, asker=keyed, data=wire).to_bytes())
        loaded: dict[str, Any] = schema_of(operation.gives).load(answer(self.room, request).opened())
        return loaded

    def welcome(self, subject: str = "yritys", issuer: str = DEMO_ISSUER) -> str:
        name = next((one.name for one in people() if one.subject == subject), subject)
        known = self.ask(contract.WELCOME, VISITOR, issuer=issuer, subject=subject, name=name)
        return str(known["person_id"])

    def begin(self, person_id: str) -> dict[str, Any]:
        return self.ask(contract.BEGIN_MANDATE_CHECK, VISITOR, person_id=person_id, returning=BACK)

    def finish(self, person_id: str, begun: dict[str, Any], **back: str) -> dict[str, Any]:
        return self.ask(contract.FINISH_MANDATE_CHECK, VISITOR, check_id=begun["check_id"], person_id=person_id, **back)

    def prove(self, person_id: str, *business_ids: str) -> dict[str, Any]:
        """The whole round: asked, companies chosen on the register's page, back, concluded."""
        begun = self.begin(person_id)
        return self.finish(person_id, begun, code=choose(begun["address"], *business_ids))

    def acting(self, person_id: str, business_id: str) -> Asker:
        """The person as the gateway would let them act now."""
        known = self.ask(contract.GET_PERSON, VISITOR, person_id=person_id)
        capacity = next(one for one in known["capacities"] if one["business_id"] == business_id)
        return Asker(person=person_id, role=Role.COMPANY, business_id=business_id, rights=frozenset(capacity["rights"]))

    def capacities(self, person_id: str) -> list[tuple[str, list[str]]]:
        known = self.ask(contract.GET_PERSON, VISITOR, person_id=person_id)
        return [(one["business_id"], sorted(one["rights"])) for one in known["capacities"]]

    def pass_by(self, **time: int) -> None:
        self.clock.now += timedelta(**time)

    def announced(self, event_type: str) -> list[dict[str, Any]]:
        with self.engine.connect() as connection:
            rows = connection.execute(text("SELECT body FROM customers.outbox ORDER BY id"))
            return [row.body for row in rows if row.body["type"] == event_type]

    def everything_kept(self) -> str:
        """Every row of every table of the room, as text: to look for what must not be there."""
        with self.engine.connect() as connection:
            tables = connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'customers'")).all()
            rows = [connection.scalars(text(f"SELECT t::text FROM customers.{table} t")).all() for table in tables]
        return "\n".join(line for table in rows for line in table)


def choose(address: str, *business_ids: str) -> str:
    """What the person does on the register's page; the code that comes back."""
    shown = requests.get(address, timeout=5)
    assert shown.status_code == 200
    answered = requests.get(address, params={"yritys": list(business_ids)}, timeout=5, allow_redirects=False)
    return parse_qs(urlsplit(answered.headers["Location"]).query)["code"][0]


@contextmanager
def a_house(engine: Engine, monkeypatch: pytest.MonkeyPatch, *, demo: bool = True) -> Iterator[House]:
    clock, register, mandate_register = Clock(), Mood(), Mood()
    room = CustomersService()
    database = Database(engine, demo=demo, clock=clock)
    room.office = OpenOffice(database, CustomersWork, BusSettings())  # type: ignore[assignment]
    with serving(ytj.app(register)) as ytj_address, serving(mandates.app(mandate_register)) as mandates_address:
        registers = registers_in(
            {
                "YTJ_URL": ytj_address,
                "YTJ_TIMEOUT_MS": "500",
                "YTJ_RETRIES": "0",
                "MANDATES_URL": mandates_address,
                "MANDATES_CLIENT_ID": mandates.CLIENT_ID,
                "MANDATES_CHECKSUM_KEY": mandates.CHECKSUM_KEY,
                "MANDATES_OAUTH_SECRET": mandates.OAUTH_SECRET,
                "MANDATES_TIMEOUT_MS": "500",
            }
        )
        monkeypatch.setattr(configured, "registers", lambda: registers)
        yield House(room, engine, clock, register, mandate_register)
