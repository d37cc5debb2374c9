"""Documents that belong to an application, known by their digest so that what was filed can be proved later."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shared.errors import Fault, InvalidFields, NotFound

if TYPE_CHECKING:
    from services.applications.domain.calls import AttachmentRule

MOST_ATTACHMENTS = 100
SAME_FORMATS = {"jpeg": "jpg"}

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """`sha256` in hex, of the bytes; `size` in bytes, where it is known."""

    document_id: str
    kind: str
    file_name: str
    sha256: str
    size: int | None = None

    @property
    def format(self) -> str:
        """By its name: what it really is, is looked at when it is stored."""
        ending = self.file_name.rpartition(".")[2].lower()
        return SAME_FORMATS.get(ending, ending)


def must_be_taken(attachment: Attachment, rules: Sequence[AttachmentRule]) -> None:
    """The call's rules of format and size for this kind of file. Raises InvalidFields: format_not_allowed,
    file_over_most."""
    rule = next((rule for rule in rules if rule.kind == attachment.kind), None)
    if rule and rule.formats and attachment.format not in rule.formats:
        raise InvalidFields(faults=[Fault("file", "format_not_allowed", {"formats": ", ".join(rule.formats)})])
    if rule and rule.most_bytes is not None and (attachment.size or 0) > rule.most_bytes:
        raise InvalidFields(faults=[Fault("file", "file_over_most", {"most": str(rule.most_bytes)})])


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
