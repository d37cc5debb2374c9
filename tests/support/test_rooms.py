"""A restaurant of three small rooms, to try the bus by: a till, a kitchen that hears it, a ledger that hears all."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import fields, validate
from sqlalchemy import Column, Engine, Integer, MetaData, Table, Text, insert, select, text
from sqlalchemy.schema import CreateSchema

from shared.asker import Asker, Role
from shared.contracts.terms import Answer, Event, Fact, Nothing, Request, command, query
from shared.errors import Conflict
from shared.messaging.envelope import Envelope
from shared.messaging.service import Office, RoomService, answers, hears, hears_all, regularly
from shared.messaging.topology import Topology
from shared.storage.bus_tables import add_bus_tables
from shared.storage.columns import metadata
from shared.storage.work import Work

TOPOLOGY = Topology({"till": (), "kitchen": ("till",), "ledger": ("kitchen", "till")})


class SoldV1(Fact):
    dish = fields.String(required=True)


class SoldV2(Fact):
    dish = fields.String(required=True)
    wishes = fields.String(required=True)


class Served(Fact):
    dish = fields.String(required=True)


SOLD_V1 = Event(room="till", name="sold", version=1, subject="table", schema=SoldV1)
SOLD_V2 = Event(room="till", name="sold", version=2, subject="table", schema=SoldV2)
SERVED = Event(room="kitchen", name="served", version=1, subject="table", schema=Served)


class Order(Request):
    table = fields.String(required=True)
    dish = fields.String(required=True, validate=validate.Length(max=20))
    wishes = fields.String(load_default="")


class Receipt(Answer):
    number = fields.Integer(required=True)


class Count(Answer):
    count = fields.Integer(required=True)


class Pause(Request):
    seconds = fields.Float(required=True)


SELL = command("till", "sell", Order, Receipt, Role.COMPANY)
COUNT = query("till", "count", Nothing, Count, Role.COMPANY)
WRITE_WHILE_ASKED = query("till", "write_while_asked", Nothing, Count, Role.COMPANY)
REST = query("till", "rest", Pause, Count, Role.COMPANY)
BREAK = command("till", "break", Nothing, Count, Role.COMPANY)
OPERATIONS = {op.name: op for op in (SELL, COUNT, WRITE_WHILE_ASKED, REST, BREAK)}


class SoldOut(Conflict):
    code = "sold_out"


def _room(name: str) -> MetaData:
    tables = metadata(name)
    add_bus_tables(tables)
    return tables


TILL, KITCHEN, LEDGER = _room("till"), _room("kitchen"), _room("ledger")
SALES = Table("sales", TILL, Column("number", Integer, primary_key=True), Column("dish", Text))
TICKS = Table("ticks", TILL, Column("number", Integer, primary_key=True), Column("asker", Text))
PLATES = Table(
    "plates",
    KITCHEN,
    Column("number", Integer, primary_key=True),
    Column("subject", Text),
    Column("sequence", Integer),
    Column("dish", Text),
    Column("wishes", Text),
)
MENDED = Table("mended", KITCHEN, Column("dish", Text, primary_key=True))
LINES = Table(
    "lines", LEDGER, Column("number", Integer, primary_key=True), Column("subject", Text), Column("sequence", Integer),
    Column("type", Text),
)  # fmt: skip


class TillWork(Work):
    room = "till"


class KitchenWork(Work):
    room = "kitchen"


class LedgerWork(Work):
    room = "ledger"


class Till(RoomService):
    name = "till"
    office = Office(TillWork)

    @answers(SELL)
    def sell(self, work: TillWork, table: str, dish: str, wishes: str) -> Mapping[str, int]:
        if dish == "unicorn":
            raise SoldOut(dish=dish)
        number = work.session.execute(insert(SALES).values(dish=dish).returning(SALES.c.number)).scalar_one()
        if wishes:
            work.announce(SOLD_V2, table, dish=dish, wishes=wishes)
        else:
            work.announce(SOLD_V1, table, dish=dish)
        return {"number": number}

    @answers(COUNT)
    def count(self, work: TillWork) -> Mapping[str, int]:
        return {"count": len(work.session.execute(select(SALES.c.number)).all())}

    @answers(WRITE_WHILE_ASKED)
    def write_while_asked(self, work: TillWork) -> Mapping[str, int]:
        work.session.execute(insert(SALES).values(dish="stolen"))
        return {"count": 1}

    @answers(REST, transaction=False)
    def rest(self, asker: Asker, seconds: float) -> Mapping[str, int]:
        time.sleep(seconds)
        return {"count": 0}

    @answers(BREAK)
    def break_down(self, work: TillWork) -> Mapping[str, int]:
        raise ZeroDivisionError("the secret of the house")

    @regularly(seconds=0.1)
    def tick(self, work: TillWork) -> None:
        work.session.execute(insert(TICKS).values(asker=work.asker.person))


class Kitchen(RoomService):
    name = "kitchen"
    office = Office(KitchenWork)

    @hears(SOLD_V1, SOLD_V2)
    def on_sold(self, work: KitchenWork, fact: Envelope, data: Mapping[str, Any]) -> None:
        """ "poison…" cannot be cooked until somebody has mended it."""
        dish = data["dish"]
        if dish.startswith("poison") and not work.session.execute(select(MENDED).filter_by(dish=dish)).first():
            raise ValueError(f"nobody can cook {dish}")
        if dish == "deadly":
            os.kill(os.getpid(), signal.SIGKILL)
        if dish.startswith("slow"):
            time.sleep(0.5)
        work.session.execute(
            insert(PLATES).values(
                subject=fact.subject, sequence=fact.sequence, dish=dish, wishes=data.get("wishes", "")
            )
        )
        work.announce(SERVED, fact.subject.partition("/")[2], dish=dish)


class Ledger(RoomService):
    name = "ledger"
    office = Office(LedgerWork)

    @hears_all("till", "kitchen")
    def on_anything(self, work: LedgerWork, facts: Sequence[Envelope]) -> None:
        rows = [{"subject": fact.subject, "sequence": fact.sequence, "type": fact.type} for fact in facts]
        work.session.execute(insert(LINES), rows)


SERVICES: dict[str, type[RoomService]] = {service.name: service for service in (Till, Kitchen, Ledger)}


def build(engine: Engine) -> None:
    """The three rooms' schemas and tables, in an empty database."""
    with engine.begin() as connection:
        for tables in (TILL, KITCHEN, LEDGER):
            connection.execute(CreateSchema(str(tables.schema)))
            tables.create_all(connection)


def streams(engine: Engine, table: str) -> dict[str, list[int]]:
    """What was done, per aggregate, in the order it was done: table is "kitchen.plates" or "ledger.lines"."""
    found: dict[str, list[int]] = {}
    with engine.connect() as connection:
        for subject, sequence in connection.execute(text(f"SELECT subject, sequence FROM {table} ORDER BY number")):
            found.setdefault(subject, []).append(sequence)
    return found
