from __future__ import annotations

from typing import Any

import pytest

from services.documents.domain.documents import DocumentKind
from services.documents.domain.errors import FileDiffers, FileEmpty, FileHasMacros, FileTypeNotAllowed, NotAPdf
from services.documents.domain.file_types import DOCX, JPEG
from services.documents.use_cases.storing import get_document, release_files, store_document
from shared.asker import Asker, Role
from shared.blobs import Blob
from shared.contracts.documents import DOCUMENT_STORED
from shared.errors import NotForYou, NotFound
from tests.support.documents_builders import CASE, COMPANY, HANDLER, OURS, THEIRS, a_document
from tests.support.documents_fakes import FakeArchive, FakeRoom


@pytest.fixture
def room() -> FakeRoom:
    return FakeRoom()


@pytest.fixture
def archive() -> FakeArchive:
    return FakeArchive()


def a_request(blob: Blob, **changes: Any) -> dict[str, Any]:
    return {
        "blob": blob.key,
        "kind": "attachment",
        "subject": CASE,
        "business_id": OURS,
        "authority": "ITA",
        "file_name": "tarjous.pdf",
        "size": blob.size,
        "sha256": blob.sha256,
        **changes,
    }


def test_a_stored_attachment_is_kept_and_announced(room, archive):
    stored = store_document(room.work(COMPANY), archive, **a_request(archive.holds()))

    assert room.documents.kept[stored["document_id"]].file_name == "tarjous.pdf"
    [told] = room.told(DOCUMENT_STORED)
    assert (told["document_id"], told["subject"], told["sha256"]) == (stored["document_id"], CASE, stored["sha256"])
    assert room.readings.kept == {}


def test_a_stored_invoice_waits_to_be_read(room, archive):
    stored = store_document(room.work(COMPANY), archive, **a_request(archive.holds(), kind="invoice"))

    assert room.readings.kept[stored["document_id"]].waiting


def test_the_same_blob_again_is_the_same_document_and_is_told_once(room, archive):
    request = a_request(archive.holds())
    first = store_document(room.work(COMPANY), archive, **request)

    assert store_document(room.work(COMPANY), archive, **request) == first
    assert len(room.told(DOCUMENT_STORED)) == 1


def test_a_blob_of_another_case_cannot_be_claimed_by_knowing_its_key(room, archive):
    request = a_request(archive.holds())
    store_document(room.work(COMPANY), archive, **request)

    with pytest.raises(NotFound):
        store_document(room.work(COMPANY), archive, **{**request, "subject": "application/A80656"})


def test_the_same_bytes_again_are_named_as_the_same(room, archive):
    first = store_document(room.work(COMPANY), archive, **a_request(archive.holds(b"%PDF- one")))
    second = store_document(room.work(COMPANY), archive, **a_request(archive.holds(b"%PDF- one")))

    assert second["same_as"] == [first["document_id"]]


def test_another_companys_same_bytes_are_not_told(room, archive):
    room.documents.add(a_document(business_id=THEIRS, sha256=archive.put(b"%PDF- one").sha256))

    stored = store_document(room.work(COMPANY), archive, **a_request(archive.holds(b"%PDF- one")))

    assert stored["same_as"] == []


def test_a_company_stores_nothing_for_another_company(room, archive):
    with pytest.raises(NotFound):
        store_document(room.work(COMPANY), archive, **a_request(archive.holds(), business_id=THEIRS))

    assert room.documents.kept == {}


@pytest.mark.parametrize(
    ("held", "request_changes", "refusal"),
    [
        ({"content": b""}, {}, FileEmpty),
        ({"file_type": None}, {}, FileTypeNotAllowed),
        ({"file_type": DOCX, "macros": True}, {}, FileHasMacros),
        ({"file_type": JPEG}, {"kind": "invoice"}, NotAPdf),
        ({"file_type": None}, {"kind": "invoice"}, NotAPdf),
        ({}, {"size": 1}, FileDiffers),
        ({}, {"sha256": "0" * 64}, FileDiffers),
    ],
)
def test_a_refused_file_is_named_in_its_field_and_nothing_is_kept(room, archive, held, request_changes, refusal):
    with pytest.raises(refusal) as refused:
        store_document(room.work(COMPANY), archive, **a_request(archive.holds(**held), **request_changes))

    assert refused.value.faults[0].path == "file"
    assert (room.documents.kept, room.announced) == ({}, [])


def test_a_blob_that_is_not_there_is_not_found(room, archive):
    with pytest.raises(NotFound):
        store_document(room.work(COMPANY), archive, **a_request(Blob("f" * 32, 3, "0" * 64)))


@pytest.mark.parametrize(
    "asker",
    [
        COMPANY,
        HANDLER,
        Asker(person="p-1", role=Role.AUDITOR),
        Asker(person="p-2", role=Role.OPERATOR),
    ],
)
def test_own_company_own_authority_and_auditors_see_a_document(room, asker):
    room.documents.add(a_document())

    assert get_document(room.work(asker), "d-1")["blob"] == "0" * 32


def test_another_company_does_not_learn_that_a_document_exists(room):
    room.documents.add(a_document(business_id=THEIRS))

    with pytest.raises(NotFound) as refused:
        get_document(room.work(COMPANY), "d-1")
    with pytest.raises(NotFound) as unknown:
        get_document(room.work(COMPANY), "d-2")
    assert refused.value.facts == unknown.value.facts


def test_an_official_of_another_authority_is_told_whose_it_is(room):
    room.documents.add(a_document(authority="POH", kind=DocumentKind.LETTER))

    with pytest.raises(NotForYou) as refused:
        get_document(room.work(HANDLER), "d-1")
    assert refused.value.facts == {"authority": "POH"}


def put(room: FakeRoom, archive: FakeArchive, asker: Asker, **changes: Any) -> str:
    return str(store_document(room.work(asker), archive, **a_request(archive.holds(), **changes))["document_id"])


def test_an_officials_file_is_shown_to_the_company_when_its_message_has_been_sent(room, archive):
    document = put(room, archive, HANDLER, withheld=True)
    with pytest.raises(NotFound):
        get_document(room.work(COMPANY), document)
    assert get_document(room.work(HANDLER), document)["document_id"] == document

    release_files(room.work(HANDLER), "application/A99999", [document])  # another case's message is not its
    with pytest.raises(NotFound):
        get_document(room.work(COMPANY), document)
    for _ in range(2):
        release_files(room.work(HANDLER), CASE, [document])

    assert get_document(room.work(COMPANY), document)["document_id"] == document


def test_the_trail_hears_that_a_file_is_withheld(room, archive):
    """The company reads the trail of its case: without that word it would read there what it is not shown yet."""
    put(room, archive, HANDLER, withheld=True)
    put(room, archive, COMPANY)

    assert [told["withheld"] for told in room.told(DOCUMENT_STORED)] == [True, False]


def test_a_file_that_is_withheld_is_not_named_as_the_same_as_another(room, archive):
    put(room, archive, HANDLER, withheld=True)
    own = put(room, archive, COMPANY)

    assert get_document(room.work(COMPANY), own)["same_as"] == []


def test_a_company_keeps_no_file_from_itself(room, archive):
    assert get_document(room.work(COMPANY), put(room, archive, COMPANY, withheld=True))
