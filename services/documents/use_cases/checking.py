"""Whether a letter that somebody holds is the house's own: by the code on its pages, or by the digest of the file."""

from __future__ import annotations

from typing import Any

from services.documents.domain.documents import DocumentKind
from services.documents.domain.letters import Letter
from services.documents.letters.identifying import check_code_as_printed
from services.documents.ports import Work
from shared.errors import NotFound


def check_letter(work: Work, check_code: str) -> dict[str, Any]:
    """What the house wrote under this code, for anybody who holds a letter. Raises NotFound.

    A decision is public, and nothing here says more than its head: no name, no sum.
    """
    letter = work.letters.find_by_check_code(check_code_as_printed(check_code))
    if letter is None:
        raise NotFound(what="letter")
    return _told(work, letter)


def check_file(work: Work, sha256: str) -> dict[str, Any]:
    """The letter that this very file is, byte for byte. Raises NotFound, for a company's own files too."""
    for kind in (DocumentKind.LETTER, DocumentKind.FILING):
        document = work.documents.find_by_digest(sha256.lower(), kind)
        letter = work.letters.find_by_document(document.document_id) if document else None
        if letter is not None:
            return _told(work, letter)
    raise NotFound(what="letter")


def _told(work: Work, letter: Letter) -> dict[str, Any]:
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
        "translation": letter.translation_of is not None,
    }
