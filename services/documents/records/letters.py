"""Tables of letters, of translations that are asked for, and of what goes to the archive with a letter."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.documents.domain.letters import Letter, LetterKind, LetterState
from services.documents.records.core import Record, one_of
from services.documents.records.files import DocumentRecord


class LetterRecord(Record):
    __tablename__ = "letters"
    __table_args__ = (
        CheckConstraint(one_of("state", list(LetterState)), name="state_known"),
        CheckConstraint(one_of("kind", list(LetterKind)), name="kind_known"),
        CheckConstraint("(state = 'written') = (document_id IS NOT NULL)", name="document_when_written"),
        Index("ix_letters_to_write", "due_at", postgresql_where=text("state = 'to_write'")),
        CheckConstraint("(translation_of IS NULL) = (translated_by IS NULL)", name="translator_when_translated"),
        Index("ix_letters_check_code", "check_code"),
        Index("ix_letters_number", "number", "decided_at"),
        Index("uq_letters_translation", "translation_of", "language", unique=True),
    )

    event_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str]
    number: Mapped[str]
    language: Mapped[str]
    business_id: Mapped[str]
    authority: Mapped[str]
    file_name: Mapped[str]
    check_code: Mapped[str]
    digest: Mapped[str]
    decided_at: Mapped[datetime]
    data: Mapped[dict[str, Any]]
    due_at: Mapped[datetime]
    state: Mapped[str]
    attempts: Mapped[int]
    fault: Mapped[str | None]
    document_id: Mapped[str | None] = mapped_column(ForeignKey(DocumentRecord.document_id))
    translation_of: Mapped[str | None] = mapped_column(ForeignKey("letters.event_id"))
    translated_by: Mapped[str | None]


class AskedTranslationRecord(Record):
    __tablename__ = "asked_translations"

    event_id: Mapped[str] = mapped_column(ForeignKey(LetterRecord.event_id), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]


class ArchivedLetterRecord(Record):
    __tablename__ = "archived_letters"

    document_id: Mapped[str] = mapped_column(ForeignKey(DocumentRecord.document_id), primary_key=True)
    archive_metadata: Mapped[dict[str, Any]] = mapped_column("metadata")
    sha256: Mapped[str]
    seal: Mapped[str]


LETTER_FIELDS = tuple(Letter.__dataclass_fields__)


def to_letter(record: LetterRecord) -> Letter:
    values = {name: getattr(record, name) for name in LETTER_FIELDS}
    return Letter(**{**values, "kind": LetterKind(record.kind), "state": LetterState(record.state)})
