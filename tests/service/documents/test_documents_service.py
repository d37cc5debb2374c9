"""The room as it runs: contract in, contract out, real files, real reader, real press."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from dataclasses import replace
from datetime import timedelta
from threading import Event
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest
import typst

from services.documents.domain.errors import (
    BeingScanned,
    FileHasMacros,
    FileInfected,
    FileTypeNotAllowed,
    NoSuchPage,
)
from services.documents.domain.letters import LetterKind
from services.documents.scanning.clamd import Clamd
from services.documents.service import DocumentsService
from services.documents.use_cases.letters import FACTS
from shared.asker import Asker, Role
from shared.contracts import applications
from shared.contracts import documents as contract
from shared.errors import NotFound
from shared.messaging.handlers import Answers, Hears, marked
from shared.pieces import Pieces
from tests.support.clamd_stand_in import MARK, ClamdStandIn
from tests.support.documents_builders import CASE, COMPANY, HANDLER, HOUSE, NOW, OURS, THEIRS, a_fact, an_award
from tests.support.letters_builders import FILED_AT, a_filing

pytestmark = pytest.mark.postgres

INVOICE = """
#set page(paper: "a4")
#set text(font: "DejaVu Sans Mono", size: 10pt)
Metallityö Virtanen Oy \\ Y-tunnus: 1572860-0 \\ ALV-nro: FI15728600

Lasku \\ Laskun numero: 20461 \\ Laskun päivä: 12.9.2026

Yhteensä ilman arvonlisäveroa: 1 000,00 EUR \\ Arvonlisävero 25,5 %: 255,00 EUR \\ Maksettava yhteensä: 1 255,00 EUR
"""


@pytest.fixture(scope="session")
def invoice_pdf() -> bytes:
    return bytes(typst.compile(INVOICE.encode(), format="pdf"))


def store(room: Any, content: bytes, asker: Asker = COMPANY, **changes: Any) -> dict[str, Any]:
    blob = room.put(content)
    request = {
        "blob": blob.key,
        "kind": "attachment",
        "subject": CASE,
        "business_id": OURS,
        "authority": "ITA",
        "file_name": "tarjous.pdf",
        "size": blob.size,
        "sha256": blob.sha256,
    }
    return room.ask(contract.STORE_DOCUMENT, asker, **{**request, **changes})


def an_office_file(*members: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for member in ("[Content_Types].xml", *members):
            package.writestr(member, "x")
    return packed.getvalue()


def test_the_room_answers_all_of_its_contract_and_hears_every_fact_that_calls_for_a_letter_or_moves_a_file():
    answered = {mark.operation.address for _, mark in marked(DocumentsService, Answers)}
    heard = {event.routing_key for _, mark in marked(DocumentsService, Hears) for event in mark.events}

    assert answered == {operation.address for operation in contract.OPERATIONS}
    of_files = (applications.MESSAGE_WRITTEN, applications.CASE_TRANSFERRED)
    assert heard == {event.routing_key for event in (*FACTS.values(), *of_files)}


def test_an_invoice_is_stored_read_and_shown(room, invoice_pdf):
    stored = store(room, invoice_pdf, kind="invoice", file_name="lasku 20461.pdf")
    waiting = room.ask(contract.GET_READING, COMPANY, document_id=stored["document_id"])
    room.service.read_invoices(HOUSE)
    reading = room.ask(contract.GET_READING, HANDLER, document_id=stored["document_id"])
    picture = room.ask(contract.GET_PAGE_PICTURE, COMPANY, document_id=stored["document_id"], page=1)

    assert (waiting["state"], waiting["figures"]) == ("waiting", {})
    assert reading["state"] == "read"
    assert reading["figures"]["gross"]["value"] == "1255.00"
    assert room.blobs.path(picture["blob"]).read_bytes().startswith(b"\x89PNG")
    assert (picture["width"], picture["height"]) == (pytest.approx(595.28, abs=0.7), pytest.approx(841.89, abs=0.7))


def test_a_house_that_closes_reads_the_invoice_in_hand_and_leaves_the_others_to_the_next(room, invoice_pdf):
    """They are not taken up, so the next house does not wait for a lease to end."""
    ids = [store(room, invoice_pdf, kind="invoice", file_name=f"{n}.pdf")["document_id"] for n in range(3)]
    closing, shop, office = Event(), room.service.workshop, room.service.office

    def read_and_close(blob: str) -> Any:
        closing.set()
        return shop.read(blob)

    room.service.office = type(office)(office.database, office.work_kind, office.settings, closing=closing)
    room.service.workshop = SimpleNamespace(read=read_and_close)
    room.service.read_invoices(HOUSE)
    assert states_of_readings(room, ids) == ["read", "waiting", "waiting"]

    room.service.office, room.service.workshop = office, shop
    room.service.read_invoices(HOUSE)
    assert states_of_readings(room, ids) == ["read"] * 3


def states_of_readings(room, ids: list[str]) -> list[str]:
    return sorted(room.ask(contract.GET_READING, COMPANY, document_id=one)["state"] for one in ids)


def test_a_page_beyond_the_last_is_refused(room, invoice_pdf):
    stored = store(room, invoice_pdf)

    with pytest.raises(NoSuchPage):
        room.ask(contract.GET_PAGE_PICTURE, COMPANY, document_id=stored["document_id"], page=2)


def test_a_document_is_given_with_its_blob_and_listed_without(room, invoice_pdf):
    stored = store(room, invoice_pdf)

    given = room.ask(contract.OPEN_DOCUMENT, HANDLER, document_id=stored["document_id"])
    listed = room.ask(contract.LIST_DOCUMENTS, COMPANY, subject=CASE)

    assert room.blobs.path(given["blob"]).read_bytes() == invoice_pdf
    assert listed == {"items": [stored], "total": 1}


def test_an_office_file_is_known_by_what_is_in_it(room):
    stored = store(room, an_office_file("word/document.xml"), file_name="suunnitelma.pdf")

    assert stored["file_name"] == "suunnitelma.pdf.docx"
    assert stored["media_type"].endswith("wordprocessingml.document")


def test_an_office_file_with_a_program_in_it_is_refused(room):
    with pytest.raises(FileHasMacros):
        store(room, an_office_file("xl/workbook.xml", "xl/vbaProject.bin"), file_name="laskelma.xlsx")


def test_a_zip_that_claims_a_huge_directory_is_refused_unopened(room):
    content = bytearray(an_office_file("word/document.xml"))
    struct.pack_into("<I", content, content.rfind(b"PK\x05\x06") + 12, 0x7FFFFFFF)

    with pytest.raises(FileTypeNotAllowed):
        store(room, bytes(content), file_name="suunnitelma.docx")


@pytest.mark.parametrize(
    "content", [b"<html><script>alert(1)</script>", b"MZ\x90\0", b"#!/bin/sh\n", b"PK\x03\x04 broken"]
)
def test_what_can_run_or_is_not_known_is_refused(room, content):
    with pytest.raises(FileTypeNotAllowed):
        store(room, content, file_name="kuitti.pdf")


def test_a_decision_heard_becomes_a_letter_the_company_can_open(room):
    data = an_award("sv")
    with room.service.office.work(HOUSE) as work:
        room.service.on_grant_awarded(work, a_fact(LetterKind.GRANT_AWARDED, data), data)

    room.service.print_letters(HOUSE)

    [listed] = room.ask(contract.LIST_DOCUMENTS, COMPANY, subject=CASE)["items"]
    assert (listed["kind"], listed["language"], listed["file_name"]) == ("letter", "sv", "stodbeslut-A80655.pdf")
    blob = room.ask(contract.OPEN_DOCUMENT, COMPANY, document_id=listed["document_id"])["blob"]
    with pikepdf.open(room.blobs.path(blob)) as letter:
        assert str(letter.Root.Lang) == "sv-FI"
        assert str(letter.docinfo.Author) == "Livskraftscentralen i Östra Finland"


def test_orphans_go_after_a_day_and_documents_stay(room, invoice_pdf):
    stored = store(room, invoice_pdf)
    young, old = room.put(b"young"), room.put(b"old")
    kept = room.ask(contract.OPEN_DOCUMENT, COMPANY, document_id=stored["document_id"])["blob"]
    half_written = room.blobs.path(old.key).with_suffix(".part")
    half_written.write_bytes(b"half")
    two_days_ago = (NOW - timedelta(days=2)).timestamp()
    for path in (room.blobs.path(old.key), room.blobs.path(kept), half_written):
        os.utime(path, (two_days_ago, two_days_ago))
    os.utime(room.blobs.path(young.key), (NOW.timestamp(), NOW.timestamp()))

    room.service.sweep(HOUSE)

    left = {path.name for path in room.blobs.directory.glob("??/*")}
    assert left == {kept, young.key}


def test_a_file_is_scanned_by_a_real_daemon_before_anybody_opens_it(room, invoice_pdf):
    with ClamdStandIn() as clamd:
        settings = replace(room.service.workshop.settings, clamd=Clamd.at(clamd.address))
        room.service.workshop = replace(room.service.workshop, settings=settings)
        clean = store(room, invoice_pdf, kind="invoice", file_name="lasku.pdf")
        infected = store(room, b"%PDF-1.7\n" + MARK, file_name="tarjous.pdf")

        with pytest.raises(BeingScanned):
            room.ask(contract.OPEN_DOCUMENT, HANDLER, document_id=clean["document_id"])
        room.service.read_invoices(HOUSE)
        assert room.ask(contract.GET_READING, COMPANY, document_id=clean["document_id"])["state"] == "waiting"

        room.service.scan_files(HOUSE)
        room.service.read_invoices(HOUSE)

    assert room.ask(contract.OPEN_DOCUMENT, HANDLER, document_id=clean["document_id"])["scan"] == "clean"
    assert room.ask(contract.GET_READING, COMPANY, document_id=clean["document_id"])["state"] == "read"
    with pytest.raises(FileInfected):
        room.ask(contract.OPEN_DOCUMENT, COMPANY, document_id=infected["document_id"])
    listed = room.ask(contract.LIST_DOCUMENTS, COMPANY, subject=CASE)["items"]
    assert {one["document_id"]: one["scan"] for one in listed} == {
        clean["document_id"]: "clean",
        infected["document_id"]: "infected",
    }
    assert len(list(room.blobs.directory.glob("??/*"))) == 2, "the infected file is kept as evidence"


def test_the_same_invoice_in_another_companys_case_is_told_to_the_authority_and_to_nobody_else(room, invoice_pdf):
    ours = store(room, invoice_pdf, kind="invoice")
    blob = room.put(invoice_pdf)
    told = {"blob": blob.key, "kind": "invoice", "business_id": THEIRS, "authority": "ITA", "file_name": "x.pdf"}
    other = Asker(person="p-x", role=Role.COMPANY, business_id=THEIRS)
    theirs = room.ask(
        contract.STORE_DOCUMENT, other, subject="claim/A80777-1", size=blob.size, sha256=blob.sha256, **told
    )

    [seen] = room.ask(contract.LIST_DOCUMENTS, HANDLER, subject=CASE)["items"]
    [own] = room.ask(contract.LIST_DOCUMENTS, COMPANY, subject=CASE)["items"]

    assert theirs["same_as"] == own["same_as"] == []
    assert [(one["subject"], one["business_id"]) for one in seen["same_files"]] == [("claim/A80777-1", THEIRS)]
    assert seen["same_as"] == [theirs["document_id"]]
    known = room.ask(contract.GET_DOCUMENT, HANDLER, document_id=ours["document_id"])
    assert known["same_as"] == [theirs["document_id"]]


def test_what_was_filed_is_written_down_from_the_cases_room_and_sealed(room):
    data = a_filing()
    fact = a_fact(LetterKind.FILING, {"decided_at": FILED_AT, "decided_by": "p-marja", **data})
    with room.service.office.work(HOUSE) as work:
        room.service.on_application_submitted(work, fact, data)

    room.service.print_letters(HOUSE)

    [listed] = room.ask(contract.LIST_DOCUMENTS, COMPANY, subject=CASE)["items"]
    assert (listed["kind"], listed["scan"]) == ("filing", "ours")
    archived = room.ask(contract.GET_ARCHIVED, HANDLER, document_id=listed["document_id"])
    assert archived["sha256"] == listed["sha256"]
    [letter] = room.ask(contract.LIST_LETTERS, COMPANY, number="A80655")["items"]
    assert (letter["letter"], letter["review"]) == ("filing", [])


def test_uploads_in_pieces_that_nobody_went_on_with_are_swept(room):
    pieces = Pieces(room.blobs.directory)
    pieces.begin("p-anna/x", 10, {}, NOW - timedelta(days=2))
    fresh = pieces.begin("p-anna/x", 10, {}, NOW)

    room.service.sweep(HOUSE)

    assert {path.stem for path in (room.blobs.directory / "uploads").iterdir()} == {fresh.upload_id}


def test_a_file_that_came_without_a_scanner_may_be_scanned_once_there_is_one(room, invoice_pdf, monkeypatch):
    stored = store(room, invoice_pdf)
    monkeypatch.setattr(room.service, "_has_scanner", lambda: True)

    (listed,) = room.ask(contract.LIST_DOCUMENTS, HANDLER, subject=CASE)["items"]
    waiting = room.ask(contract.SCAN_AGAIN, HANDLER, document_id=stored["document_id"])

    assert (stored["may_be_scanned"], listed["may_be_scanned"], waiting["may_be_scanned"]) == (False, True, False)
    assert waiting["scan"] == "waiting"


def test_the_company_is_shown_an_officials_file_when_the_message_with_it_is_heard_of(room, invoice_pdf):
    stored = store(room, invoice_pdf, asker=HANDLER, withheld=True)
    assert room.ask(contract.LIST_DOCUMENTS, COMPANY, subject=CASE)["total"] == 0
    assert room.ask(contract.LIST_DOCUMENTS, HANDLER, subject=CASE)["items"][0]["withheld"]

    hear_of_message(room, "authority", stored)

    (listed,) = room.ask(contract.LIST_DOCUMENTS, COMPANY, subject=CASE)["items"]
    assert (listed["document_id"], listed["withheld"]) == (stored["document_id"], False)


def test_a_companys_message_that_names_an_officials_withheld_file_does_not_open_it(room, invoice_pdf):
    stored = store(room, invoice_pdf, asker=HANDLER, withheld=True)

    hear_of_message(room, "company", stored)

    assert room.ask(contract.LIST_DOCUMENTS, COMPANY, subject=CASE)["total"] == 0
    with pytest.raises(NotFound):
        room.ask(contract.OPEN_DOCUMENT, COMPANY, document_id=stored["document_id"])


def hear_of_message(room: Any, side: str, document: dict[str, Any]) -> None:
    with room.service.office.work(HOUSE) as work:
        data = {"number": CASE.partition("/")[2], "side": side, "document_ids": [document["document_id"]]}
        room.service.on_message_written(work, None, data)
