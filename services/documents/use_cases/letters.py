"""Decision letters: composed in the transaction that hears of the decision, printed afterwards."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any
from uuid import uuid4

import structlog

from services.documents.domain.documents import Document, DocumentKind
from services.documents.domain.file_types import PDF
from services.documents.domain.letters import Letter, LetterKind
from services.documents.letters.composing import check_code_as_printed, compose, owed, people_in
from services.documents.ports import Archive, OpenWork, Press, Work
from shared.blobs import Blob
from shared.contracts import applications, payments
from shared.contracts.documents import LETTER_WRITTEN
from shared.contracts.terms import Event
from shared.errors import NotFound
from shared.messaging.envelope import Envelope

log = structlog.get_logger(__name__)

DECISIONS: Mapping[LetterKind, Event] = {
    LetterKind.GRANT_AWARDED: applications.GRANT_AWARDED,
    LetterKind.GRANT_REFUSED: applications.GRANT_REFUSED,
    LetterKind.PAYMENT_DECIDED: payments.PAYMENT_DECIDED,
}

NAMES_AWAY = "the names of the people who decided were not to be had"
NamesOf = Callable[[Collection[str]], Mapping[str, str]]  # people's names by their ids, those that are known


def owe_letter(work: Work, kind: LetterKind, fact: Envelope, data: Mapping[str, Any]) -> None:
    """Note that a decision calls for a letter. A fact heard twice owes one letter.

    The letter is composed once here and thrown away: a fact that holds something no text is written for
    raises LookupError, and is parked in front of a person instead of failing in the background.
    """
    if work.letters.exists(fact.id):
        return
    compose(kind, data, fact.data, names={}, service_address="")
    known = owed(kind, data, fact.data)
    work.letters.add(
        Letter(
            event_id=fact.id,
            kind=kind,
            subject=fact.subject,
            number=data["number"],
            language=data["language"],
            business_id=data["business_id"],
            authority=data["authority"],
            file_name=known.file_name,
            check_code=known.check_code,
            digest=known.digest,
            decided_at=data["decided_at"],
            data=fact.data,
            due_at=work.now,
        )
    )


def print_owed_letters(
    open_work: OpenWork, archive: Archive, press: Press, names_of: NamesOf, *, service_address: str, most: int
) -> int:
    """Print up to `most` letters; how many were taken up. Each is kept with its announcement in one transaction."""
    with open_work() as work:
        taken = work.letters.take_due(work.now, most)
    if not taken:
        return 0
    try:
        names = names_of(people_named_in(taken))
    except Exception:  # whatever kept the names away: no letter without its signers, and none lost for it
        with open_work() as work:
            for letter in taken:
                work.letters.put(letter.failed(NAMES_AWAY, work.now))
        raise
    sheets = [_sheet(letter, names, service_address) for letter in taken]
    for letter, printed in zip(taken, press.print(sheets), strict=True):
        if isinstance(printed, str):
            log.error("letter_not_printed", event_id=letter.event_id, subject=letter.subject, fault=printed)
            with open_work() as work:
                work.letters.put(letter.failed(printed, work.now))
        else:
            blob = archive.put(printed)
            with open_work() as work:
                _keep(work, letter, blob)
    return len(taken)


def check_letter(work: Work, check_code: str) -> dict[str, Any]:
    """What the house wrote under this code, for anybody who holds a letter. Raises NotFound.

    A decision is public, and nothing here says more than its head: no name, no sum.
    """
    letter = work.letters.find_by_check_code(check_code_as_printed(check_code))
    if letter is None:
        raise NotFound(what="letter")
    document = work.documents.find(letter.document_id) if letter.document_id else None
    return {
        "check_code": letter.check_code,
        "letter": letter.kind,
        "number": letter.number,
        "subject": letter.subject,
        "authority": letter.authority,
        "language": letter.language,
        "decided_at": letter.decided_at,
        "digest": letter.digest,
        "sha256": document.sha256 if document else None,
    }


def people_named_in(letters: Iterable[Letter]) -> frozenset[str]:
    return frozenset[str]().union(*(people_in(letter.data) for letter in letters))


def _sheet(letter: Letter, names: Mapping[str, str], service_address: str) -> dict[str, Any]:
    data = DECISIONS[letter.kind].schema().load(letter.data)
    return compose(letter.kind, data, letter.data, names=names, service_address=service_address)


def _keep(work: Work, taken: Letter, blob: Blob) -> None:
    letter = work.letters.find_locked(taken.event_id)
    if letter is None or not letter.to_write:
        return  # printed by another process after our lease; our copy's blob is swept away
    document = _document(letter, blob, work)
    work.documents.add(document)
    work.letters.put(letter.written(document.document_id))
    work.announce(
        LETTER_WRITTEN,
        document.document_id,
        document_id=document.document_id,
        subject=letter.subject,
        letter=letter.kind,
        act=letter.data.get("act"),
        language=letter.language,
        business_id=letter.business_id,
        authority=letter.authority,
        sha256=document.sha256,
    )


def _document(letter: Letter, blob: Blob, work: Work) -> Document:
    return Document(
        document_id=uuid4().hex,
        kind=DocumentKind.LETTER,
        subject=letter.subject,
        business_id=letter.business_id,
        authority=letter.authority,
        file_name=letter.file_name,
        media_type=PDF.media_type,
        size=blob.size,
        sha256=blob.sha256,
        blob=blob.key,
        stored_at=work.now,
        stored_by=work.asker.person,
        language=letter.language,
    )
