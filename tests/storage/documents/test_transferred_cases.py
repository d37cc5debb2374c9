"""A transferred case's files and letters change hands in PostgreSQL, in one statement each."""

from __future__ import annotations

from functools import partial

import pytest

from services.documents.storage import DocumentsWork
from services.documents.use_cases.storing import hand_over
from shared.storage.database import Database
from tests.support.documents_builders import HOUSE, a_document

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
