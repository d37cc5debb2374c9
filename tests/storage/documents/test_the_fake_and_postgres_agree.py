"""One suite for the room in memory and in PostgreSQL: what the use cases rely on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from services.documents.domain.documents import DocumentKind
from services.documents.domain.letters import LEASE as LETTER_LEASE
from services.documents.domain.letters import ArchivedLetter, AskedTranslation, Letter, LetterKind, LetterState
from services.documents.domain.pictures import PagePicture
from services.documents.domain.readings import LEASE, Reading, ReadingState
from services.documents.domain.scans import Scan, ScanState
from services.documents.storage import DocumentsWork
from shared.storage.database import Database
from tests.support.documents_builders import HOUSE, NOW, OURS, THEIRS, a_document, an_award, wire_of
from tests.support.documents_fakes import FakeRoom

Opened = Callable[[], AbstractContextManager[Any]]


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def opened(request: pytest.FixtureRequest) -> Opened:
    if request.param == "memory":
        return FakeRoom().opened
    database: Database = request.getfixturevalue("room_database")
    return partial(database.work, DocumentsWork, HOUSE)


def a_letter(**changes: Any) -> Letter:
    letter = Letter(
        event_id="e-1",
        kind=LetterKind.GRANT_AWARDED,
        subject="application/A80655",
        number="A80655",
        language="fi",
        business_id=OURS,
        authority="ITA",
        file_name="tukipaatos-A80655.pdf",
        check_code="9D9E-23BE-C8F9-7A6A",
        digest="9d" * 32,
        decided_at=NOW,
        data=wire_of(LetterKind.GRANT_AWARDED, an_award()),
        due_at=NOW,
    )
    return replace(letter, **changes)


def test_a_document_comes_back_as_it_was_put(opened):
    with opened() as work:
        work.documents.add(a_document(language="sv"))
    with opened() as work:
        assert work.documents.find("d-1") == a_document(language="sv")
        assert work.documents.find_by_blob("0" * 32) == a_document(language="sv")
        assert work.documents.find("d-2") is None


def test_the_same_bytes_are_named_among_what_the_asker_may_see(opened):
    with opened() as work:
        first = a_document()
        work.documents.add(first)
        work.documents.add(a_document(document_id="d-2", blob="1" * 32, stored_at=NOW + timedelta(minutes=1)))
        work.documents.add(
            a_document(document_id="d-3", blob="2" * 32, business_id=THEIRS, stored_at=NOW + timedelta(minutes=2))
        )
        work.documents.add(a_document(document_id="d-5", blob="5" * 32, business_id=THEIRS, authority="POH"))
        work.documents.add(a_document(document_id="d-4", blob="3" * 32, sha256="cd" * 32))
    with opened() as work:
        assert [one.document_id for one in work.documents.same_as(first, {"business_id": OURS})] == ["d-2"]
        assert [one.document_id for one in work.documents.same_as(first, {"authority": "ITA"})] == ["d-2", "d-3"]


def test_a_withheld_file_of_the_case_is_released_and_no_other(opened):
    with opened() as work:
        work.documents.add(a_document(withheld=True))
        work.documents.add(a_document(document_id="d-2", blob="1" * 32, withheld=True))
        work.documents.add(a_document(document_id="d-3", blob="2" * 32, subject="application/A1", withheld=True))
        work.documents.release("application/A80655", ["d-1", "d-3", "d-9"])
    with opened() as work:
        assert [work.documents.find(name).withheld for name in ("d-1", "d-2", "d-3")] == [False, True, True]


def test_what_no_scanner_has_judged_is_counted_and_asked_for_anew(opened):
    states = {
        "d-1": (ScanState.UNSCANNED, None),
        "d-2": (ScanState.FAILED, "scanner_away"),
        "d-3": (ScanState.FAILED, "too_large"),
        "d-4": (ScanState.CLEAN, None),
    }
    with opened() as work:
        for place, (name, (state, finding)) in enumerate(states.items()):
            work.documents.add(a_document(document_id=name, blob=str(place) * 32))
            work.scans.add(Scan(document_id=name, state=state, finding=finding, attempts=8, due_at=NOW))
    with opened() as work:
        assert work.scans.count_unjudged() == (1, 1)
        work.scans.all_again(NOW + timedelta(hours=1))
    with opened() as work:
        assert work.scans.count_unjudged() == (0, 0)
        assert work.scans.find("d-2") == Scan(
            document_id="d-2", state=ScanState.WAITING, due_at=NOW + timedelta(hours=1)
        )
        assert [work.scans.find(name).state for name in ("d-3", "d-4")] == [ScanState.FAILED, ScanState.CLEAN]


def test_blobs_of_documents_and_pictures_are_known_and_others_are_not(opened):
    with opened() as work:
        work.documents.add(a_document())
        work.pictures.add(PagePicture(document_id="d-1", page=1, blob="1" * 32, width=595.0, height=842.0), NOW)
    with opened() as work:
        assert work.documents.known_blobs(["0" * 32, "1" * 32, "2" * 32]) == {"0" * 32, "1" * 32}


def test_waiting_readings_are_taken_oldest_first_and_leased(opened):
    with opened() as work:
        for number, minutes in ((1, 2), (2, 1), (3, 3)):
            work.documents.add(a_document(document_id=f"d-{number}", blob=str(number) * 32, kind=DocumentKind.INVOICE))
            work.readings.add(Reading(document_id=f"d-{number}"), NOW + timedelta(minutes=minutes))
    with opened() as work:
        taken = work.readings.take_waiting(NOW, 2)
        assert [(reading.document_id, reading.attempts, blob) for reading, blob in taken] == [
            ("d-2", 1, "2" * 32),
            ("d-1", 1, "1" * 32),
        ]
    with opened() as work:
        assert [reading.document_id for reading, _ in work.readings.take_waiting(NOW, 5)] == ["d-3"]
    with opened() as work:
        again = work.readings.take_waiting(NOW + LEASE, 5)
        assert [(reading.document_id, reading.attempts) for reading, _ in again] == [("d-2", 2), ("d-1", 2), ("d-3", 2)]


def test_a_reading_that_has_ended_is_not_taken(opened):
    figures = {"gross": {"value": "124.00", "confidence": 97, "page": 1, "box": [1.5, 2.0, 3.0, 4.0], "why": ""}}
    with opened() as work:
        work.documents.add(a_document(kind=DocumentKind.INVOICE))
        work.readings.add(Reading(document_id="d-1"), NOW)
    with opened() as work:
        work.readings.put(work.readings.find_locked("d-1").read(pages=3, figures=figures), NOW)
    with opened() as work:
        reading = work.readings.find("d-1")
        assert (reading.state, reading.pages, reading.figures) == (ReadingState.READ, 3, figures)
        assert work.readings.take_waiting(NOW, 5) == []


def test_a_page_drawn_by_two_processes_keeps_the_first_picture(opened):
    first = PagePicture(document_id="d-1", page=1, blob="1" * 32, width=595.28, height=841.89)
    with opened() as work:
        work.documents.add(a_document())
        work.pictures.add(first, NOW)
    with opened() as work:
        work.pictures.add(replace(first, blob="2" * 32), NOW)
        assert work.pictures.find("d-1", 1) == first
        assert work.pictures.forget_older(NOW) == 0
        assert work.pictures.forget_older(NOW + timedelta(seconds=1)) == 1
        assert work.pictures.find("d-1", 1) is None


def test_due_letters_are_taken_leased_and_once_written_never_again(opened):
    with opened() as work:
        work.letters.add(a_letter())
        work.letters.add(a_letter(event_id="e-2", due_at=NOW + timedelta(seconds=1)))
        assert work.letters.exists("e-1")
        assert not work.letters.exists("e-3")
        assert work.letters.find_by_check_code("9D9E-23BE-C8F9-7A6A") is not None
        assert work.letters.find_by_check_code("0000-0000-0000-0000") is None
    with opened() as work:
        [taken] = work.letters.take_due(NOW, 10)
        assert taken == a_letter(attempts=1, due_at=NOW + LETTER_LEASE)
        assert work.letters.take_due(NOW, 10) == []
    with opened() as work:
        work.documents.add(a_document(kind=DocumentKind.LETTER))
        work.letters.put(work.letters.find_locked("e-1").written("d-1"))
    with opened() as work:
        assert [letter.event_id for letter in work.letters.take_due(NOW + timedelta(days=1), 10)] == ["e-2"]
        assert work.letters.find_locked("e-1").state is LetterState.WRITTEN


def test_a_failed_letter_is_due_later(opened):
    with opened() as work:
        work.letters.add(a_letter())
    with opened() as work:
        [taken] = work.letters.take_due(NOW, 10)
        work.letters.put(taken.failed("no paper", NOW))
    with opened() as work:
        letter = work.letters.find_locked("e-1")
        assert (letter.fault, letter.due_at, letter.attempts) == ("no paper", NOW + timedelta(seconds=5), 1)


def test_due_scans_are_taken_oldest_first_leased_and_settled_once(opened):
    with opened() as work:
        for number, minutes in ((1, 2), (2, 1), (3, 9)):
            work.documents.add(a_document(document_id=f"d-{number}", blob=str(number) * 32))
            due = NOW + timedelta(minutes=minutes)
            work.scans.add(Scan(document_id=f"d-{number}", state=ScanState.WAITING, due_at=due))
    with opened() as work:
        taken = work.scans.take_due(NOW + timedelta(minutes=5), 10)
        assert [(scan.document_id, scan.attempts, blob) for scan, blob in taken] == [
            ("d-2", 1, "2" * 32),
            ("d-1", 1, "1" * 32),
        ]
    with opened() as work:
        assert work.scans.take_due(NOW + timedelta(minutes=5), 10) == []
        work.scans.put(work.scans.find_locked("d-1").infected("Win.Test"))
        assert work.scans.find("d-1").finding == "Win.Test"
        assert work.scans.find("d-9") is None
    with opened() as work:
        assert [scan.document_id for scan, _ in work.scans.take_due(NOW + timedelta(days=1), 10)] == ["d-3", "d-2"]


def test_an_invoice_is_taken_to_be_read_only_when_it_may_be_opened(opened):
    with opened() as work:
        for number, state in enumerate(ScanState):
            document = a_document(document_id=f"d-{state}", blob=str(number) * 32, kind=DocumentKind.INVOICE)
            work.documents.add(document)
            work.readings.add(Reading(document_id=document.document_id), NOW)
            finding = "x" if state is ScanState.INFECTED else None
            work.scans.add(Scan(document_id=document.document_id, state=state, due_at=NOW, finding=finding))
    with opened() as work:
        taken = {reading.document_id for reading, _ in work.readings.take_waiting(NOW, 10)}
    assert taken == {"d-ours", "d-unscanned", "d-clean"}


def test_letters_of_a_case_with_their_translations_askings_and_archive(opened):
    with opened() as work:
        work.letters.add(a_letter())
        work.letters.add(a_letter(event_id="e-1:sv", language="sv", translation_of="e-1", translated_by="p-marja"))
        work.letters.add(a_letter(event_id="e-2", business_id=THEIRS, decided_at=NOW + timedelta(days=1)))
        work.letters.add(a_letter(event_id="e-3", number="A80700"))
        work.documents.add(a_document(kind=DocumentKind.LETTER))
        work.letters.put(work.letters.find_locked("e-1").written("d-1"))
    asked = AskedTranslation(event_id="e-1", language="en", asked_by="p-anna", asked_at=NOW)
    archived = ArchivedLetter(document_id="d-1", metadata={"Kieli": "fi"}, sha256="ab" * 32, seal="cd" * 32)
    with opened() as work:
        assert work.letters.ask_translation(asked)
        assert not work.letters.ask_translation(asked)
        work.letters.archive(archived)
    with opened() as work:
        of_case = work.letters.of_case("A80655", {})
        assert [letter.event_id for letter in of_case] == ["e-1", "e-1:sv", "e-2"]
        assert [letter.event_id for letter in work.letters.of_case("A80655", {"business_id": THEIRS})] == ["e-2"]
        assert work.letters.find_translation("e-1", "sv").event_id == "e-1:sv"
        assert work.letters.find_translation("e-1", "en") is None
        assert work.letters.find("e-9") is None
        assert work.letters.find_by_document("d-1").event_id == "e-1"
        assert list(work.letters.asked_translations(["e-1", "e-2"])) == [asked]
        assert work.letters.archived("d-1") == archived
        assert work.documents.find_by_digest("ab" * 32, DocumentKind.LETTER).document_id == "d-1"
        assert work.documents.find_by_digest("ab" * 32, DocumentKind.FILING) is None


def test_what_was_gathered_for_a_letter_is_kept_with_its_new_name_and_code(opened):
    with opened() as work:
        work.letters.add(a_letter(kind=LetterKind.FILING))
    with opened() as work:
        letter = work.letters.find_locked("e-1")
        whole = letter.with_facts({**letter.data, "gathered": {"a": 1}}, "sv", "0000-0000-0000-0000", "00" * 32)
        work.letters.put(replace(whole, file_name="ansokan-A80655.pdf"))
    with opened() as work:
        kept = work.letters.find("e-1")
        assert (kept.language, kept.check_code, kept.file_name) == ("sv", "0000-0000-0000-0000", "ansokan-A80655.pdf")
        assert not kept.lacks_facts
