"""A transferred case's files and letters change hands in PostgreSQL, in one statement each."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from services.documents.storage import DocumentsWork
from services.documents.use_cases.storing import hand_over
from shared.storage.database import Database
from tests.storage.documents.test_the_fake_and_postgres_agree import a_letter
from tests.support.documents_builders import HOUSE, a_document
from tests.support.eventually import eventually, somebody_waits

pytestmark = pytest.mark.postgres


def test_the_files_of_the_case_alone_change_hands(room_database: Database) -> None:
    opened = partial(room_database.work, DocumentsWork, HOUSE)
    with opened() as work:
        work.documents.add(a_document())
        work.documents.add(a_document(document_id="d-2", blob="2" * 32, subject="application/A80999"))

    with opened() as work:
        hand_over(work, "A80655", "POH")

    with opened() as work:
        found = [work.documents.find(key) for key in ("d-1", "d-2")]
        assert [one.authority for one in found if one] == ["POH", "ITA"]


def test_a_letter_that_is_written_in_the_same_second_goes_with_the_case(room_database: Database) -> None:
    """Whoever writes it down holds it; the hand-over waits, and finds the file that came of it meanwhile."""
    opened = partial(room_database.work, DocumentsWork, HOUSE)
    with opened() as work:
        work.letters.add(a_letter())

    def transferred() -> None:
        with opened() as work:
            hand_over(work, "A80655", "POH")

    with ThreadPoolExecutor(1) as house:
        with opened() as work:
            held = work.letters.find_locked("e-1")
            assert held
            handing_over = house.submit(transferred)
            eventually(lambda: somebody_waits(room_database.engine))
            work.documents.add(a_document(document_id="d-letter", authority=held.authority))
        handing_over.result(timeout=20)

    with opened() as work:
        letter, file = work.letters.find("e-1"), work.documents.find("d-letter")
        assert [one.authority for one in (letter, file) if one] == ["POH", "POH"]
