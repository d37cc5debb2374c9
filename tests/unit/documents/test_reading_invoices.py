from __future__ import annotations

from datetime import timedelta

import pytest

from services.documents.domain.documents import DocumentKind
from services.documents.domain.readings import LEASE, MOST_ATTEMPTS, MOVES, Reading, ReadingState
from services.documents.reading import Figure
from services.documents.reading import Reading as Read
from services.documents.use_cases.reading import get_reading, read_waiting_invoices
from shared.contracts.documents import INVOICE_READ
from shared.errors import NotFound
from tests.support.documents_builders import COMPANY, NOW, a_document
from tests.support.documents_fakes import FakeRoom

TOTAL = Figure("124.00", 97, 1, (400.0, 700.0, 450.0, 712.0), "sums_agree")


@pytest.fixture
def room() -> FakeRoom:
    room = FakeRoom()
    room.documents.add(a_document(kind=DocumentKind.INVOICE))
    room.readings.add(Reading(document_id="d-1"), NOW)
    return room


def reads(_blob: str) -> Read:
    return Read(file="x", readable=True, pages=2, gross=TOTAL)


def cannot_read(_blob: str) -> Read:
    return Read.refused("x", "encrypted", pages=1)


def dies(_blob: str) -> Read:
    raise SystemExit


def finds_nothing(_blob: str) -> Read:
    raise NotFound(what="blob")


def test_figures_are_kept_and_only_that_it_was_read_is_told(room):
    assert read_waiting_invoices(room.opened, reads, most=5) == 1

    answer = get_reading(room.work(COMPANY), "d-1")
    assert (answer["state"], answer["pages"]) == ("read", 2)
    assert answer["figures"] == {
        "gross": {
            "value": "124.00",
            "confidence": 97,
            "page": 1,
            "box": [400.0, 700.0, 450.0, 712.0],
            "why": "sums_agree",
        }
    }
    assert room.told(INVOICE_READ) == [{"document_id": "d-1", "state": "read", "reason": None}]


def test_an_unreadable_invoice_says_why(room):
    read_waiting_invoices(room.opened, cannot_read, most=5)

    answer = get_reading(room.work(COMPANY), "d-1")
    assert (answer["state"], answer["reason"], answer["pages"]) == ("unreadable", "encrypted", 1)


def test_a_blob_that_has_gone_is_unreadable_and_does_not_stop_the_others(room):
    room.documents.add(a_document(document_id="d-2", blob="1" * 32, kind=DocumentKind.INVOICE))
    room.readings.add(Reading(document_id="d-2"), NOW)

    assert read_waiting_invoices(room.opened, finds_nothing, most=5) == 2
    assert room.readings.kept["d-2"].reason == "file_not_found"


def test_a_reader_that_dies_leaves_the_invoice_waiting_for_another(room):
    with pytest.raises(SystemExit):
        read_waiting_invoices(room.opened, dies, most=5)
    assert read_waiting_invoices(room.opened, reads, most=5) == 0, "its lease still runs"

    room.now += LEASE + timedelta(seconds=1)
    read_waiting_invoices(room.opened, reads, most=5)
    assert room.readings.kept["d-1"].state is ReadingState.READ


def test_an_invoice_that_kills_every_reader_is_given_up(room):
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(SystemExit):
            read_waiting_invoices(room.opened, dies, most=5)
        room.now += LEASE + timedelta(seconds=1)

    read_waiting_invoices(room.opened, dies, most=5)

    assert room.readings.kept["d-1"].reason == "could_not_read"
    assert room.told(INVOICE_READ)[0]["state"] == "unreadable"


def test_a_reader_that_comes_late_does_not_overwrite_what_another_read(room):
    def slow(blob: str) -> Read:
        room.now += LEASE + timedelta(seconds=1)
        read_waiting_invoices(room.opened, reads, most=5)
        return cannot_read(blob)

    read_waiting_invoices(room.opened, slow, most=5)

    assert room.readings.kept["d-1"].state is ReadingState.READ
    assert len(room.told(INVOICE_READ)) == 1


def test_what_is_no_invoice_has_no_reading(room):
    room.documents.add(a_document(document_id="d-9", blob="9" * 32))

    with pytest.raises(NotFound):
        get_reading(room.work(COMPANY), "d-9")


def test_every_state_of_a_reading_says_where_it_may_go_and_can_be_reached():
    assert MOVES.keys() == set(ReadingState)
    assert {ReadingState.WAITING}.union(*MOVES.values()) == set(ReadingState)


def test_a_reading_ends_once():
    ended = Reading(document_id="d-1").unreadable("encrypted")

    with pytest.raises(ValueError, match="does not become"):
        ended.read(pages=1, figures={})
