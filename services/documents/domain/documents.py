"""A stored document, and who may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.asker import Asker, Role
from shared.errors import NotForYou, NotFound

SEES_EVERY_AUTHORITY = frozenset({Role.AUDITOR, Role.OPERATOR, Role.SYSTEM})


class DocumentKind(StrEnum):
    ATTACHMENT = "attachment"
    INVOICE = "invoice"
    LETTER = "letter"
    FILING = "filing"  # what the company sent, as the house wrote it down


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """`subject` is the case it belongs to, `size` in bytes, `blob` its key in the blob store.

    A document never changes: another file is another document. `by_official`: the authority took it in, from paper or
    as its own. `withheld` is an official's file that goes with a message which has not been sent: the company is not
    shown it yet.
    """

    document_id: str
    kind: DocumentKind
    subject: str
    business_id: str
    authority: str
    file_name: str
    media_type: str
    size: int
    sha256: str
    blob: str
    stored_at: datetime
    stored_by: str
    language: str | None = None
    by_official: bool = False
    withheld: bool = False


def case_of(subject: str) -> str:
    """The number of the case: "application/A80655" is of it, and so is its first claim, "claim/A80655-M1"."""
    kind, _, name = subject.partition("/")
    return name.rpartition("-M")[0] if kind == "claim" else name


def seen_by(asker: Asker) -> Mapping[str, str | None]:
    """What a document must have for the asker to see it, as column = value; nothing for those who see all."""
    if asker.role in SEES_EVERY_AUTHORITY:
        return {}
    if asker.role is Role.COMPANY:
        return {"business_id": asker.business_id}
    return {"authority": asker.authority}


def files_seen_by(asker: Asker) -> Mapping[str, str | bool | None]:
    """As `seen_by`; and of the officials' files a company sees those that have been sent to it."""
    return {**seen_by(asker), "withheld": False} if asker.role is Role.COMPANY else seen_by(asker)


def must_see(asker: Asker, document: Document) -> None:
    """Raises NotFound for another company's document or one not sent yet, and NotForYou for another authority's."""
    if all(getattr(document, name) == value for name, value in files_seen_by(asker).items()):
        return
    if asker.role is Role.COMPANY:
        raise NotFound(what="document")
    raise NotForYou(authority=document.authority)


def must_store_for(asker: Asker, business_id: str, authority: str) -> None:
    """A company stores documents for its own cases, an official for those of the authority (what came on paper).

    Raises NotFound for another company's case, whose it is not told, and NotForYou for another authority's.
    """
    if asker.role is Role.COMPANY and asker.business_id != business_id:
        raise NotFound(what="subject")
    if asker.role is not Role.COMPANY and asker.authority != authority:
        raise NotForYou(authority=authority)
