"""The broker or the database goes away in the middle of somebody's form; a message comes that nobody understands.

The full set-up on a RabbitMQ node and a PostgreSQL of the test's own. Nothing answered is lost, nothing is done
twice, and everything goes on by itself.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import kombu
import pytest
import requests

from shared.dates import helsinki_day
from shared.messaging.envelope import Envelope
from shared.messaging.topology import FACTS
from shared.storage.database import right_now
from tests.support.caller import Caller
from tests.support.full_set_up import Running, on
from tests.support.portal_pages import form_in, text_of
from tests.support.private_postgres import PrivatePostgres
from tests.support.private_rabbit import PrivateRabbit
from tukivayla.demo.case import tell
from tukivayla.demo.flow import COMPANY, Flow, Players, open_a_call, players
from tukivayla.demo.people import eventually

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.rabbit,
    pytest.mark.postgres,
    pytest.mark.timeout(300),
    pytest.mark.xdist_group("private rabbit"),
]

AWAY_SECONDS = 10


@dataclass
class Town:
    house: Running
    rabbit: PrivateRabbit
    postgres: PrivatePostgres
    cast: Players
    call_id: str
    company: Caller

    def application(self) -> Flow:
        flow = Flow(self.cast, self.call_id, helsinki_day(right_now()))
        flow.apply()
        return flow

    def trail_of(self, flow: Flow) -> list[str]:
        return [entry["type"] for entry in self.cast.auditor.get(f"/cases/{flow.number}/trail")["entries"]]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    rabbit, postgres = PrivateRabbit(), PrivatePostgres()
    try:
        rabbit.start()
        postgres.start()
        with on(tmp_path_factory.mktemp("outages"), postgres.url, rabbit.url) as house:
            cast = players(house.address)
            call_id = open_a_call(cast.operator, today=helsinki_day(right_now()))
            company = Caller(house.address).sign_in("Satu Esimerkki", business_id=COMPANY)
            yield Town(house, rabbit, postgres, cast, call_id, company)
    finally:
        rabbit.remove()
        postgres.remove()


# ---- messages that nobody understands ----


def published(town: Town, body: bytes, routing_key: str) -> None:
    with kombu.Connection(town.rabbit.url) as connection:
        connection.Producer(serializer=None).publish(
            body, exchange=FACTS, routing_key=routing_key, content_type="application/json", content_encoding="binary"
        )


def of_version_99() -> Envelope:
    return Envelope(
        id=str(uuid4()),
        source="/applications",
        type="applications.grant_awarded",
        version=99,
        subject="application/A99999",
        sequence=1,
        time=datetime.now(UTC),
        actor="p",
        role="decision_maker",
        authority="ITA",
        correlation_id="tulevaisuudesta",
        causation_id="",
        data={"number": "A99999"},
    )


def parked(town: Town) -> list[dict[str, Any]]:
    told = town.house.run("parked", "list", "--json")
    assert told.returncode == 0, told.stderr
    return list(json.loads(told.stdout))


def test_messages_nobody_understands_are_parked_and_discarded_with_a_reason_while_others_flow(town: Town):
    strange = of_version_99()
    published(town, json.dumps(strange.to_wire()).encode(), "applications.grant_awarded.v99")
    published(town, b"\xff{not json", "applications.grant_awarded.v1")
    flow = town.application()
    flow.submit()
    eventually(lambda: "applications.application_submitted" in town.trail_of(flow), what="the others to flow")

    found = eventually(lambda: both_in_payments(town), what="both to be parked")
    assert {one["reason"] for one in found} == {"unknown_version", "unreadable"}
    unknown = next(one for one in found if one["reason"] == "unknown_version")
    assert (unknown["message_id"], unknown["version"], unknown["subject"]) == (strange.id, 99, strange.subject)
    assert "99" in unknown["detail"]

    for one in parked(town):
        name = ("--room", one["room"], one["message_id"])
        told = town.house.run("parked", "discard", "--reason", "Tulevaisuudesta.", *name)
        assert told.returncode == 0, told.stderr
    assert parked(town) == []
    again = town.house.run("parked", "replay", "--room", "payments", strange.id)
    assert again.returncode != 0
    assert "Traceback" not in again.stderr
    assert town.cast.auditor.get("/trail/verification")["holds"]


def both_in_payments(town: Town) -> list[dict[str, Any]] | None:
    found = [one for one in parked(town) if one["room"] == "payments"]
    return found if len(found) == 2 else None


# ---- the broker, the database ----


@dataclass
class Form:
    """A page's form, open in somebody's browser before the outage."""

    page: str
    fields: dict[str, str]


def opened(town: Town, flow: Flow, municipality: str) -> Form:
    page = f"/oma/asiat/{flow.number}/perustiedot"
    fields = form_in(town.company.send("GET", page).text, page).fields
    return Form(page, fields | {"municipality": municipality})


def is_told_to_come_back(answer: requests.Response) -> None:
    assert answer.status_code == 503, answer.text[:300]
    assert int(answer.headers["Retry-After"]) >= 1
    assert "Traceback" not in answer.text


def away(town: Town, go: Callable[[], None], come_back: Callable[[], None]) -> None:
    """Something is away for ten seconds while a program and a person send what they have."""
    before = town.application()
    before.submit()  # answered just before: what it announced is perhaps still on its way
    flow = town.application()
    draft = {"version": flow.version, "answers": flow._answers() | {"title": "Poissa ollessa"}}
    other = town.application()
    form = opened(town, other, "Poissaolola")

    go()
    gone = time.monotonic()
    program = town.company.put(f"{flow.case}/draft", draft, key=f"poissa-{flow.number}")
    is_told_to_come_back(program)
    assert program.json()["code"] == "service_away"
    page = town.company.send("POST", form.page, data=form.fields)
    is_told_to_come_back(page)
    assert "Poissaolola" in page.text, text_of(page.text)
    assert town.company.send("GET", "/health/ready").status_code == 503
    assert town.company.send("GET", "/health/live").status_code == 200
    while time.monotonic() - gone < AWAY_SECONDS:
        time.sleep(0.1)
    come_back()

    saved = eventually(lambda: answered(town, flow, draft), seconds=60, what="the same again")
    assert saved["version"] == flow.version + 1
    assert answered(town, flow, draft) == saved, "once more, and done once"
    seen = eventually(lambda: sent(town, form), seconds=60, what="the form again")
    assert seen.status_code in (200, 303)
    kept = town.company.get(other.case).json()
    assert kept["answers"]["municipality"] == "Poissaolola"
    flow.version = saved["version"]
    flow.submit()
    for one in (before, flow):
        eventually(lambda one=one: one_filing(town, one), seconds=60, what="facts of before and after")
    assert parked(town) == []


def answered(town: Town, flow: Flow, draft: dict[str, Any]) -> dict[str, Any] | None:
    answer = town.company.put(f"{flow.case}/draft", draft, key=f"poissa-{flow.number}")
    assert answer.status_code in (200, 409, 503), answer.text
    return answer.json() if answer.ok else None


def sent(town: Town, form: Form) -> requests.Response | None:
    answer = town.company.send("POST", form.page, data=form.fields)
    return None if answer.status_code == 503 else answer


def one_filing(town: Town, flow: Flow) -> bool:
    return town.trail_of(flow).count("applications.application_submitted") == 1


def test_the_broker_away_for_ten_seconds_costs_a_moment_and_nothing_else(town: Town):
    away(town, town.rabbit.stop, town.rabbit.start)


def test_the_database_away_for_ten_seconds_costs_a_moment_and_nothing_else(town: Town):
    away(town, town.postgres.kill, town.postgres.start)


def test_after_all_that_a_whole_case_goes_through_and_the_trail_holds(town: Town, capsys: pytest.CaptureFixture[str]):
    tell(town.house.address)
    told = capsys.readouterr().out
    assert "The trail holds" in told
    assert "1 payment settled" in told
    assert all(process.poll() is None for process in town.house.processes.values()), "none had to be started anew"


def test_the_logs_of_the_services_hold_nothing_that_anybody_typed(town: Town):
    typed = (
        "Poissaolola",
        "Poissa ollessa",
        "satu@mallimetalli",
        "1234 5600 0007 85",
        "työstökeskus",
        "Satu Esimerkki",
    )
    for log in town.house.directory.glob("*.log"):
        written = log.read_text()
        assert [one for one in typed if one in written] == [], log.name
