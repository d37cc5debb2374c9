from __future__ import annotations

import threading
from functools import partial

import pytest
from sqlalchemy.exc import IntegrityError

from services.documents import queries
from services.documents.domain.documents import DocumentKind
from services.documents.domain.readings import Reading
from services.documents.storage import DocumentsWork
from shared.asker import Asker, Role
from shared.errors import InvalidFields
from shared.storage.database import Database
from tests.support.documents_builders import COMPANY, HANDLER, HOUSE, NOW, THEIRS, a_document

pytestmark = pytest.mark.postgres


@pytest.fixture
def opened(room_database: Database):
    return partial(room_database.work, DocumentsWork, HOUSE)


def listed(opened, asker: Asker, **changes):
    with opened() as work:
        return queries.documents_of(
            work.session, asker, **{"subject": "application/A80655", "page": 1, "size": 2, **changes}
        )


def test_a_list_pages_through_what_the_asker_may_see_with_the_true_total(opened):
    with opened() as work:
        for number in range(1, 6):
            work.documents.add(
                a_document(document_id=f"d-{number}", blob=str(number) * 32, size=number, sha256=f"{number}" * 64)
            )
        work.documents.add(a_document(document_id="d-6", blob="6" * 32, business_id=THEIRS, authority="POH"))
        work.documents.add(a_document(document_id="d-7", blob="7" * 32, subject="claim/A80655-1"))

    first = listed(opened, COMPANY, sort="-size")
    last = listed(opened, COMPANY, sort="-size", page=3)

    assert ([row["document_id"] for row in first["items"]], first["total"]) == (["d-5", "d-4"], 5)
    assert [row["document_id"] for row in last["items"]] == ["d-1"]
    assert listed(opened, HANDLER)["total"] == 5
    assert listed(opened, Asker(person="p-1", role=Role.AUDITOR))["total"] == 6
    assert "blob" not in first["items"][0]


def test_a_list_names_the_same_bytes_of_the_company(opened):
    with opened() as work:
        work.documents.add(a_document())
        work.documents.add(a_document(document_id="d-2", blob="2" * 32, subject="claim/A80655-1"))
        work.documents.add(a_document(document_id="d-3", blob="3" * 32, business_id=THEIRS))

    [row] = listed(opened, COMPANY)["items"]

    assert row["same_as"] == ["d-2"]


def test_a_list_is_sorted_by_what_it_has(opened):
    with pytest.raises(InvalidFields, match="unknown_sort"):
        listed(opened, COMPANY, sort="blob")


def test_one_blob_is_one_document_even_when_two_store_it_at_once(opened):
    with opened() as work:
        work.documents.add(a_document())

    with pytest.raises(IntegrityError), opened() as work:
        work.documents.add(a_document(document_id="d-2"))


def test_two_readers_never_take_the_same_invoice(opened):
    with opened() as work:
        for number in range(1, 9):
            work.documents.add(a_document(document_id=f"d-{number}", blob=str(number) * 32, kind=DocumentKind.INVOICE))
            work.readings.add(Reading(document_id=f"d-{number}"), NOW)
    taken: list[str] = []
    both_have_taken = threading.Barrier(2)

    def take() -> None:
        with opened() as work:
            taken.extend(reading.document_id for reading, _ in work.readings.take_waiting(NOW, 4))
            both_have_taken.wait(timeout=10)

    readers = [threading.Thread(target=take) for _ in range(2)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()

    assert sorted(taken) == [f"d-{number}" for number in range(1, 9)]
