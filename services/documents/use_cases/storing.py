"""Taking a file in, and giving it to those who may see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import uuid4

from services.documents.domain.documents import (
    Document,
    DocumentKind,
    files_seen_by,
    must_see,
    must_store_for,
)
from services.documents.domain.errors import (
    BeingScanned,
    FileDiffers,
    FileEmpty,
    FileHasMacros,
    FileInfected,
    FileNotScanned,
    FileTypeNotAllowed,
    NotAPdf,
)
from services.documents.domain.file_names import shown_name
from services.documents.domain.file_types import ALLOWED, PDF, FileType, Inspected
from services.documents.domain.readings import Reading
from services.documents.domain.scans import Scan, ScanState
from services.documents.ports import Archive, Work
from shared.asker import Role
from shared.contracts.documents import DOCUMENT_STORED
from shared.errors import NotFound

ALLOWED_NAMES = ", ".join(file_type.name for file_type in ALLOWED)


def store_document(work: Work, archive: Archive, *, scanner: bool = False, **request: Any) -> dict[str, Any]:
    """Keep the blob as a document of the asker's own company or authority; an invoice also waits to be read.

    With a `scanner` it waits to be scanned before anybody may open it. The same blob again is the same
    document: the sender lost the answer. Raises NotFound for another company, and the refusals of a file
    (`services.documents.domain.errors`).
    """
    must_store_for(work.asker, request["business_id"], request["authority"])
    stored = work.documents.find_by_blob(request["blob"])
    if stored is None:
        stored = _stored(work, _inspected(archive, request), request, scanner=scanner)
    elif not _is_same_request(stored, request):
        raise NotFound(what="blob")
    return told_document(work, stored)


def release_files(work: Work, subject: str, document_ids: Sequence[str]) -> None:
    """The message has been sent: its files are shown to the company from now on."""
    work.documents.release(subject, document_ids)


def hand_over(work: Work, number: str, authority: str) -> None:
    """The case was transferred: its files and letters are the receiving authority's, and no longer the giver's.

    The letters first: one that is being written down is waited for, and the file that comes of it is there then.
    """
    work.letters.hand_over(number, authority)
    work.documents.hand_over(f"application/{number}", authority)


def get_document(work: Work, document_id: str) -> dict[str, Any]:
    """What is known of a document. Raises NotFound, or NotForYou for another authority's officials."""
    return told_document(work, visible_document(work, document_id))


def open_document(work: Work, document_id: str) -> dict[str, Any]:
    """A document with its blob's key. Raises also BeingScanned, FileInfected and FileNotScanned."""
    document = visible_document(work, document_id)
    must_be_openable(work, document)
    return told_document(work, document)


def must_be_openable(work: Work, document: Document) -> None:
    """Nobody, in whatever role, opens a file that a scanner has not let through."""
    scan = work.scans.find(document.document_id)
    if scan is None or scan.openable:
        return
    if scan.state is ScanState.INFECTED:
        raise FileInfected(virus=scan.finding)
    if scan.state is ScanState.FAILED:
        raise FileNotScanned(scan_reason=scan.finding)
    raise BeingScanned()


def visible_document(work: Work, document_id: str) -> Document:
    document = work.documents.find(document_id)
    if document is None:
        raise NotFound(what="document")
    must_see(work.asker, document)
    return document


def _inspected(archive: Archive, request: dict[str, Any]) -> Inspected:
    found = archive.inspect(request["blob"], request["file_name"])
    # The digest goes into facts and decisions as evidence, so it is of the bytes that lie in the store,
    # counted by the room that keeps them, not of what the sender says it wrote.
    for expected, is_there in ((request["size"], found.size), (request["sha256"], found.sha256)):
        if expected != is_there:
            raise FileDiffers(expected=expected, found=is_there)
    return found


def _stored(work: Work, found: Inspected, request: dict[str, Any], *, scanner: bool) -> Document:
    file_type = _accepted_type(found, request["kind"], request.get("formats", ()))
    document = Document(
        document_id=uuid4().hex,
        kind=DocumentKind(request["kind"]),
        subject=request["subject"],
        business_id=request["business_id"],
        authority=request["authority"],
        file_name=shown_name(request["file_name"], file_type),
        media_type=file_type.media_type,
        size=found.size,
        sha256=found.sha256,
        blob=request["blob"],
        stored_at=work.now,
        stored_by=work.asker.person,
        by_official=work.asker.role is not Role.COMPANY,
        # A company's own file is never kept from the company, whatever it asks for.
        withheld=request.get("withheld", False) and work.asker.role is not Role.COMPANY,
    )
    work.documents.add(document)
    state = ScanState.WAITING if scanner else ScanState.UNSCANNED
    work.scans.add(Scan(document_id=document.document_id, state=state, due_at=work.now))
    if document.kind is DocumentKind.INVOICE:
        work.readings.add(Reading(document_id=document.document_id), work.now)
    told = ("document_id", "kind", "subject", "business_id", "authority", "sha256", "size", "withheld")
    work.announce(DOCUMENT_STORED, document.document_id, scan=state, **{name: getattr(document, name) for name in told})
    return document


def _accepted_type(found: Inspected, kind: str, formats: Sequence[str]) -> FileType:
    if not found.size:
        raise FileEmpty()
    if kind == DocumentKind.INVOICE and found.file_type is not PDF:
        raise NotAPdf()
    if found.macros:
        raise FileHasMacros()
    if found.file_type is None:
        raise FileTypeNotAllowed(allowed=", ".join(formats) or ALLOWED_NAMES)
    if formats and found.file_type.name not in formats:
        raise FileTypeNotAllowed(allowed=", ".join(formats))
    return found.file_type


def _is_same_request(stored: Document, request: dict[str, Any]) -> bool:
    return all(getattr(stored, name) == request[name] for name in ("business_id", "kind", "subject", "sha256"))


def told_document(work: Work, document: Document) -> dict[str, Any]:
    """The document, how its scan stands, and where else the asker has the same bytes."""
    scan = work.scans.find(document.document_id)
    same = work.documents.same_as(document, files_seen_by(work.asker))
    return {
        **asdict(document),
        "scan": scan.state if scan else ScanState.OURS,
        "finding": scan.finding if scan else None,
        "same_as": [other.document_id for other in same],
        "same_files": [asdict(other) for other in same],
    }
