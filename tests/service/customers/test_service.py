"""Customers asked through its desk: contract, roles and transaction as in the running house."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from services.customers.demo import DEMO_ISSUER
from services.customers.domain.errors import DemoIsOff, SessionOver
from services.customers.service import CustomersService
from services.customers.storage import CustomersWork
from shared.asker import Asker
from shared.contracts import customers as contract
from shared.contracts.terms import Operation
from shared.errors import InvalidFields, NotForYou
from shared.messaging.answering import answer
from shared.messaging.service import OpenOffice
from shared.messaging.settings import BusSettings
from shared.messaging.wire import Request, to_bytes
from shared.storage.database import Database
from tests.support.customers_builders import COMPANY, HANDLER, NOW, OPERATOR, VISITOR, a_representative
from tests.support.monitoring_builders import a_fact
from tests.support.room_databases import empty, room_engine

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with room_engine("customers", suite="service") as made:
        yield made


@pytest.fixture
def room(engine: Engine) -> Iterator[CustomersService]:
    yield a_room(engine)
    empty(engine, "customers")


def a_room(engine: Engine, *, demo: bool = False) -> CustomersService:
    room = CustomersService()
    database = Database(engine, demo=demo, clock=lambda: NOW)
    room.office = OpenOffice(database, CustomersWork, BusSettings())  # type: ignore[assignment]
    return room


def ask(room: CustomersService, operation: Operation, asker: Asker, **data: Any) -> dict[str, Any]:
    return answer(room, Request(operation=operation.address, asker=asker, data=data)).opened()


@contextmanager
def statements_of(engine: Engine) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def a_company_and_its_person(room: CustomersService) -> str:
    ask(room, contract.REGISTER_UNDERTAKING, OPERATOR, business_id=COMPANY, name="Mallimetalli Oy", language="fi")
    person = ask(room, contract.WELCOME, VISITOR, issuer="idp", subject="s", name="Satu Esimerkki")["person_id"]
    ask(room, contract.GIVE_MANDATE, OPERATOR, person_id=person, business_id=COMPANY, rights=["prepare", "sign"])
    return str(person)


def test_every_operation_of_the_contract_is_answered() -> None:
    assert {operation.address for operation in contract.OPERATIONS} <= CustomersService.desks.keys()


def test_from_the_door_to_a_session_and_out_again(room: CustomersService) -> None:
    person = a_company_and_its_person(room)
    session = ask(room, contract.BEGIN_SESSION, VISITOR, person_id=person, capacity_id=f"c:{COMPANY}")
    known = ask(room, contract.GET_SESSION, VISITOR, session_id=session["session_id"])
    assert known == session
    assert known["capacity"] == {
        "capacity_id": f"c:{COMPANY}",
        "role": "company",
        "business_id": COMPANY,
        "undertaking_name": "Mallimetalli Oy",
        "rights": ["prepare", "sign"],
        "authority": None,
    }
    ask(room, contract.END_SESSION, VISITOR, session_id=session["session_id"])
    with pytest.raises(SessionOver):
        ask(room, contract.GET_SESSION, VISITOR, session_id=session["session_id"])


def test_the_session_table_holds_no_key_that_would_open_a_session(room: CustomersService, engine: Engine) -> None:
    person = a_company_and_its_person(room)
    session = ask(room, contract.BEGIN_SESSION, VISITOR, person_id=person, capacity_id=f"c:{COMPANY}")
    with engine.connect() as connection:
        stored = connection.execute(text("SELECT CAST(s AS text) FROM customers.sessions s")).scalar_one()
    assert session["session_id"] not in stored


def test_giving_mandates_and_posts_is_for_operators(room: CustomersService) -> None:
    with pytest.raises(NotForYou):
        ask(room, contract.GIVE_POST, HANDLER, person_id="p", role="payer", authority="ITA")


def test_a_business_id_with_a_wrong_check_digit_is_refused(room: CustomersService) -> None:
    with pytest.raises(InvalidFields) as refused:
        ask(room, contract.REGISTER_UNDERTAKING, OPERATOR, business_id="9137024-2", name="X", language="fi")
    assert [fault.path for fault in refused.value.faults] == ["business_id"]


def test_a_kept_form_goes_back_to_its_sender(room: CustomersService) -> None:
    form = {"title": "Uusi hitsaussolu"}
    kept = ask(room, contract.KEEP_POST, VISITOR, path="/oma/asiat/A1", fields=form, kept_for="person-1")
    back = ask(room, contract.TAKE_KEPT, a_representative(person="person-1"), **kept)
    assert (back["path"], back["fields"]) == ("/oma/asiat/A1", form)


def test_demonstration_people_are_listed_in_demo_mode_only(engine: Engine, room: CustomersService) -> None:
    demo_room = a_room(engine, demo=True)
    ask(demo_room, contract.WELCOME, VISITOR, issuer=DEMO_ISSUER, subject="yritys", name="Satu Esimerkki")
    assert [item["name"] for item in ask(demo_room, contract.DEMO_PEOPLE, VISITOR)["items"]] == ["Satu Esimerkki"]
    with pytest.raises(DemoIsOff):
        ask(room, contract.DEMO_PEOPLE, VISITOR)


def test_registering_is_announced_in_the_companys_stream(room: CustomersService, engine: Engine) -> None:
    a_company_and_its_person(room)
    with engine.connect() as connection:
        announced = connection.execute(text("SELECT body FROM customers.outbox ORDER BY id")).scalars().all()
    assert [(body["type"], body["subject"], body["sequence"]) for body in announced] == [
        ("customers.undertaking_registered", f"undertaking/{COMPANY}", 1),
        ("customers.mandate_given", f"undertaking/{COMPANY}", 2),
    ]


def test_a_read_of_a_session_is_one_select(room: CustomersService, engine: Engine) -> None:
    person = a_company_and_its_person(room)
    session = ask(room, contract.BEGIN_SESSION, VISITOR, person_id=person, capacity_id=f"c:{COMPANY}")
    with statements_of(engine) as seen:
        ask(room, contract.GET_SESSION, VISITOR, session_id=session["session_id"])
    assert [statement.split()[0] for statement in seen] == ["SELECT"]


def test_a_decision_heard_from_the_bus_is_in_the_companys_history_once(room: CustomersService) -> None:
    body = to_bytes(a_fact("applications.grant_awarded", business_id=COMPANY).to_wire())
    room.inbox.receive([body, body])
    history = ask(room, contract.LIST_CONTACTS, a_representative(), business_id=COMPANY)
    assert [(item["what"], item["authority"]) for item in history["items"]] == [("grant_awarded", "ITA")]


def test_what_is_old_is_swept_away_on_the_daily_round(room: CustomersService, engine: Engine) -> None:
    ask(room, contract.KEEP_POST, VISITOR, path="/oma", fields={}, kept_for="person-1")
    later = Database(engine, clock=lambda: NOW + timedelta(days=3))
    with later.work(CustomersWork, OPERATOR) as work:
        room.forget_old(work)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM customers.kept_posts")).scalar_one() == 0
