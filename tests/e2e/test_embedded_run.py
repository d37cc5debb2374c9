"""The embedded run: starts with nothing installed, survives kill -9, stops cleanly, says what is in its way."""

from __future__ import annotations

import json
import random
import socket
import subprocess
import sys
import threading
import time

import pytest
import requests

from shared.dates import helsinki_day
from shared.storage.database import right_now
from tests.support.embedded import Embedded
from tukivayla.demo.flow import Flow, open_a_call, players
from tukivayla.demo.people import Person, Refused, eventually

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

KILLS = 4
CLIENTS = 3


@pytest.fixture
def house(tmp_path):
    running = Embedded(tmp_path / "var")
    running.start()
    yield running
    if running.process.poll() is None:
        running.stop()


def cast_at(address):
    return eventually(lambda: _players_or_none(address), seconds=60, what="the people")


def _players_or_none(address):
    try:
        return players(address)
    except LookupError:
        return None


class Persistent:
    """Asks again with the same key until there is an answer, as a careful client does."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def post(self, path, body, *, key):
        deadline = time.monotonic() + 120
        while True:
            try:
                return self.person.post(path, body, key=key)
            except requests.RequestException:
                pass  # the process is gone; whether it did it, only asking again can tell
            except Refused as refusal:
                if refusal.status < 500 or time.monotonic() > deadline:
                    raise
            threading.Event().wait(0.1)


def test_ctrl_c_stops_the_private_postgresql_too_after_a_process_that_was_killed(house):
    house.kill()
    house.start()

    assert house.stop() == 0
    assert not (house.var / "postgres" / "postmaster.pid").exists()


def test_kill_9_at_any_moment_loses_no_answered_command_and_does_none_twice(house):
    cast = cast_at(house.address)
    today = helsinki_day(right_now())
    call_id = open_a_call(cast.operator, today=today)
    flow = Flow(cast, call_id, today)
    answered: dict[str, str] = {}
    enough = threading.Event()

    def apply_again_and_again(number: int) -> None:
        client = Persistent(cast.company)
        for turn in range(10_000):
            if enough.is_set():
                return
            key = f"kill-{number}-{turn}"
            opened = client.post("/applications", {"call_id": call_id, "language": "fi"}, key=key)
            saved = put_draft(client, opened, flow, key=f"{key}-draft")
            client.post(
                f"/applications/{opened['number']}/submission", {"version": saved["version"]}, key=f"{key}-submit"
            )
            answered[key] = opened["number"]

    threads = [threading.Thread(target=apply_again_and_again, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    dice = random.Random(20261122)
    for _ in range(KILLS):
        threading.Event().wait(dice.uniform(0.5, 3.0))
        house.kill()
        house.start()
    enough.set()
    for thread in threads:
        thread.join(timeout=150)

    assert len(answered) > CLIENTS
    assert len(set(answered.values())) == len(answered), "one key, one application"
    listed = everything(cast.handler, "/applications", call_id=call_id)
    assert {row["number"] for row in listed} == set(answered.values()), "none lost, none twice"
    eventually(lambda: heard_of_all(cast.auditor, answered.values()), seconds=60, what="monitoring to hear of all")
    for number in answered.values():
        types = [entry["type"] for entry in cast.auditor.get(f"/cases/{number}/trail")["entries"]]
        assert types.count("applications.application_submitted") == 1
    assert cast.auditor.get("/trail/verification")["holds"]


def put_draft(client, opened, flow, *, key):
    body = {"version": opened["version"], "answers": flow._answers()}
    deadline = time.monotonic() + 120
    while True:
        try:
            answered = client.person.http.put(
                f"{client.person.address}/api/v1/applications/{opened['number']}/draft",
                json=body,
                headers={"Idempotency-Key": key},
                timeout=30,
            )
            if answered.status_code < 500:
                assert answered.ok, answered.text
                return answered.json()
        except requests.RequestException:
            assert time.monotonic() < deadline
        threading.Event().wait(0.1)


def everything(person, path, **query):
    rows, page = [], 1
    while True:
        found = person.get(path, page=page, size=200, **query)
        rows += found["items"]
        if len(rows) >= found["total"]:
            return rows
        page += 1


def heard_of_all(auditor, numbers):
    heard = {row["number"] for row in everything(auditor, "/cases", search="CNC")}
    return set(numbers) <= heard


def test_ctrl_c_stops_cleanly_and_the_next_start_finds_everything(house):
    cast = cast_at(house.address)
    today = helsinki_day(right_now())
    flow = Flow(cast, open_a_call(cast.operator, today=today), today)
    flow.apply()

    assert house.stop() == 0
    house.start()

    again = players(house.address)
    assert again.company.get(f"/applications/{flow.number}")["state"] == "draft"


def test_a_taken_port_is_said_in_a_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        house = Embedded(tmp_path / "var", port=port)
        house.begin()
        house.process.wait(timeout=60)

    assert house.process.returncode == 2
    assert f"Port {port} is taken" in house.said()
    assert "Traceback" not in house.said()


def test_a_directory_that_cannot_be_written_is_said_in_a_sentence(tmp_path):
    (tmp_path / "var").write_text("a file where the directory should be")
    house = Embedded(tmp_path / "var")
    house.begin()
    house.process.wait(timeout=60)

    assert house.process.returncode == 2
    assert "Cannot write to" in house.said()
    assert "VAR_DIR" in house.said()


def test_a_wrong_python_is_said_in_a_sentence(tmp_path):
    old = tmp_path / "python3"
    pretend = "import sys; sys.version_info = (3, 9, 2); sys.version = '3.9.2'"
    old.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{pretend}\n$2"\n')
    old.chmod(0o755)
    tried = subprocess.run(
        ["make", "install", f"PYTHON={old}", f"VENV={tmp_path}/venv", f"STAMP={tmp_path}/venv/.installed"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert tried.returncode != 0
    assert "needs Python 3.11, 3.12 or 3.13" in tried.stderr


def test_the_command_line_looks_into_the_stopped_house(house):
    cast_at(house.address)
    house.stop()

    assert json_of(house, "trail", "verify", "--json")["holds"]
    assert json_of(house, "parked", "list", "--json") == []
    assert json_of(house, "rebuild", "monitoring", "--json")["entries"] > 0
    assert house.command("reset", "--yes").returncode == 0
    assert not house.var.exists()


def json_of(house, *arguments):
    answered = house.command(*arguments)
    assert answered.returncode == 0, answered.stderr
    return json.loads(answered.stdout)
