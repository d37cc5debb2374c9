"""Bulk work of the queue by a program: the same deeds, and the queue as a file."""

from __future__ import annotations

import csv
from hashlib import sha256
from io import StringIO

import pytest

from services.gateway import list_files
from shared.contracts import applications as a
from shared.money import Money
from tests.support import fake_case as case
from tests.support.fake_rooms import FakeRooms
from tests.support.gateway import ApiClient

FILE = "/api/v1/work-queue/file"


def test_what_was_done_and_what_was_left_is_told_case_by_case(handler: ApiClient, rooms: FakeRooms) -> None:
    answer = handler.post("/api/v1/work-queue/reminders", json={"numbers": ["A80655", "A80648"]})

    assert answer.status_code == 200
    assert answer.json["done"] == []
    assert {one["number"]: one["why"] for one in answer.json["left"]} == {
        "A80655": "nobody_waited_for",
        "A80648": "nobody_waited_for",
    }


def test_each_case_is_given_on_by_the_version_that_was_seen(handler: ApiClient, rooms: FakeRooms) -> None:
    cases = [{"number": "A80655", "version": rooms.applications["A80655"]["version"]}]

    answer = handler.post("/api/v1/work-queue/assignments", json={"cases": cases, "to": "p-heli", "reason": "Loma."})

    assert answer.json == {"done": ["A80655"], "left": []}


def test_the_queue_is_a_file_with_its_digest_and_the_room_is_told(handler: ApiClient, rooms: FakeRooms) -> None:
    answer = handler.post(FILE, json={"group": "open", "region": "11"})

    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    heading, *rows = csv.reader(StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";")
    assert heading[:2] == ["number", "undertaking_name"]
    assert rows
    [noted] = rooms.asked_for(a.NOTE_EXPORT)
    assert noted.data["sha256"] == sha256(answer.data).hexdigest()
    assert (noted.data["applications"], noted.data["narrowing"]["region"]) == (len(rows), "11")
    assert noted.asker.idempotency_key


def test_a_list_too_long_for_a_file_is_refused_and_nothing_is_noted(handler: ApiClient, rooms: FakeRooms) -> None:
    row = {"urgency": "later", "waiting_for": None, "standing": "clear", "stands_in_for": None, "unsure": False}
    rows = [case.application("A80655", "submitted") | row] * 200
    counts = {"late": 0, "week": 0, "later": 5_100}
    endless = {"items": rows, "total": 5_100, "counts": counts, "almost": False, "meant": None, "more": False}
    rooms.answers(a.WORK_QUEUE, endless)

    answer = handler.post(FILE, json={})

    assert (answer.status_code, answer.json["code"]) == (422, "list_too_long")
    assert rooms.asked_for(a.NOTE_EXPORT) == []


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Saimaan Levypaja Oy", "Saimaan Levypaja Oy"),
        ("=1+1", "'=1+1"),
        ("+358 40", "'+358 40"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "'  =1"),
        ("\t=1", "'\t=1"),
        ("\uff1d1", "'\uff1d1"),
        ('Kone "Iso"; uusi', 'Kone "Iso"; uusi'),
    ],
)
def test_a_cell_is_never_a_formula(typed: str, written: str) -> None:
    content = list_files.as_csv(["Hanke"], [[typed]])

    assert list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))[1] == [written]


def test_a_sum_is_a_number_in_a_finnish_spreadsheet() -> None:
    assert list_files.sum_cell(Money.eur("1234567.05")) == "1234567,05"
    assert list_files.sum_cell(None) == ""
