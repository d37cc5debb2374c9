"""Documents that belong to an application, known by their digest so that what was filed can be proved later."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shared.errors import Fault, InvalidFields, NotFound

MOST_ATTACHMENTS = 100

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """`sha256` in hex, of the bytes."""

    document_id: str
    kind: str
    file_name: str
    sha256: str


def with_attachment(attachments: tuple[Attachment, ...], new: Attachment) -> tuple[Attachment, ...]:
    """The same document attached again takes its old place. Raises InvalidFields: not_a_digest, too_many_rows."""
    if not _SHA256.fullmatch(new.sha256):
        raise InvalidFields(faults=[Fault("attachment.sha256", "not_a_digest")])
    others = tuple(kept for kept in attachments if kept.document_id != new.document_id)
    if len(others) >= MOST_ATTACHMENTS:
        raise InvalidFields(faults=[Fault("attachments", "too_many_rows", {"most": str(MOST_ATTACHMENTS)})])
    return (*others, new)


def without_attachment(attachments: tuple[Attachment, ...], document_id: str) -> tuple[Attachment, ...]:
    """Raises NotFound when no such document is attached."""
    left = tuple(kept for kept in attachments if kept.document_id != document_id)
    if len(left) == len(attachments):
        raise NotFound(what="attachment")
    return left
