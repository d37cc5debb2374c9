"""Tables of documents, readings, page pictures and letters, and how a row becomes a thing of the domain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from services.documents.domain.documents import Document, DocumentKind
from services.documents.domain.letters import Letter, LetterKind, LetterState
from services.documents.domain.pictures import PagePicture
from services.documents.domain.readings import Reading, ReadingState
from shared.contracts.documents import ROOM
from shared.storage import columns
from shared.storage.bus_tables import add_bus_tables
from shared.storage.columns import COLUMN_TYPES

metadata = columns.metadata(ROOM)
add_bus_tables(metadata)


class Record(DeclarativeBase):
    metadata = metadata
    type_annotation_map = COLUMN_TYPES


def _one_of(column: str, values: Sequence[str]) -> str:
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"


class DocumentRecord(Record):
    __tablename__ = "documents"
    __table_args__ = (
        CheckConstraint(_one_of("kind", list(DocumentKind)), name="kind_known"),
        CheckConstraint("size > 0", name="size_positive"),
        Index("ix_documents_subject", "subject", "stored_at"),
        Index("ix_documents_company_digest", "business_id", "sha256"),
    )

    document_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str]
    business_id: Mapped[str]
    authority: Mapped[str]
    file_name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str]
    blob: Mapped[str] = mapped_column(unique=True)
    language: Mapped[str | None]
    stored_at: Mapped[datetime]
    stored_by: Mapped[str]


class ReadingRecord(Record):
    __tablename__ = "readings"
    __table_args__ = (
        CheckConstraint(_one_of("state", list(ReadingState)), name="state_known"),
        CheckConstraint("(state = 'unreadable') = (reason IS NOT NULL)", name="reason_when_unreadable"),
        Index("ix_readings_waiting", "stored_at", postgresql_where=text("state = 'waiting'")),
    )

    document_id: Mapped[str] = mapped_column(ForeignKey(DocumentRecord.document_id), primary_key=True)
    state: Mapped[str]
    reason: Mapped[str | None]
    pages: Mapped[int]
    figures: Mapped[dict[str, Any]]
    attempts: Mapped[int]
    stored_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]


class PictureRecord(Record):
    __tablename__ = "page_pictures"
    __table_args__ = (CheckConstraint("page > 0", name="page_positive"),)

    document_id: Mapped[str] = mapped_column(ForeignKey(DocumentRecord.document_id), primary_key=True)
    page: Mapped[int] = mapped_column(primary_key=True)
    blob: Mapped[str] = mapped_column(unique=True)
    width: Mapped[float]
    height: Mapped[float]
    drawn_at: Mapped[datetime]


class LetterRecord(Record):
    __tablename__ = "letters"
    __table_args__ = (
        CheckConstraint(_one_of("state", list(LetterState)), name="state_known"),
        CheckConstraint(_one_of("kind", list(LetterKind)), name="kind_known"),
        CheckConstraint("(state = 'written') = (document_id IS NOT NULL)", name="document_when_written"),
        Index("ix_letters_to_write", "due_at", postgresql_where=text("state = 'to_write'")),
        Index("ix_letters_check_code", "check_code"),
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


DOCUMENT_FIELDS = tuple(Document.__dataclass_fields__)
PICTURE_FIELDS = tuple(PagePicture.__dataclass_fields__)
LETTER_FIELDS = tuple(Letter.__dataclass_fields__)


def to_document(record: DocumentRecord) -> Document:
    values = {name: getattr(record, name) for name in DOCUMENT_FIELDS}
    return Document(**{**values, "kind": DocumentKind(record.kind)})


def to_reading(record: ReadingRecord) -> Reading:
    return Reading(
        document_id=record.document_id,
        state=ReadingState(record.state),
        reason=record.reason,
        pages=record.pages,
        figures=record.figures,
        attempts=record.attempts,
    )


def to_letter(record: LetterRecord) -> Letter:
    values = {name: getattr(record, name) for name in LETTER_FIELDS}
    return Letter(**{**values, "kind": LetterKind(record.kind), "state": LetterState(record.state)})


def to_picture(record: PictureRecord) -> PagePicture:
    return PagePicture(**{name: getattr(record, name) for name in PICTURE_FIELDS})
