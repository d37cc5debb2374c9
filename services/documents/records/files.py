"""Tables of documents, their scans and readings, and page pictures; and how a row becomes a thing of the domain."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column

from services.documents.domain.documents import Document, DocumentKind
from services.documents.domain.pictures import PagePicture
from services.documents.domain.readings import Reading, ReadingState
from services.documents.domain.scans import Scan, ScanState
from services.documents.records.core import Record, one_of


class DocumentRecord(Record):
    __tablename__ = "documents"
    __table_args__ = (
        CheckConstraint(one_of("kind", list(DocumentKind)), name="kind_known"),
        CheckConstraint("size > 0", name="size_positive"),
        Index("ix_documents_subject", "subject", "stored_at"),
        Index("ix_documents_company_digest", "business_id", "sha256"),
        Index("ix_documents_authority_digest", "authority", "sha256"),
        Index("ix_documents_digest", "sha256"),
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
    by_official: Mapped[bool] = mapped_column(server_default=false())
    withheld: Mapped[bool] = mapped_column(server_default=false())


class ScanRecord(Record):
    """A document without a row here is the house's own and never scanned."""

    __tablename__ = "scans"
    __table_args__ = (
        CheckConstraint(one_of("state", list(ScanState)), name="state_known"),
        CheckConstraint("state <> 'infected' OR finding IS NOT NULL", name="finding_when_infected"),
        Index("ix_scans_waiting", "due_at", postgresql_where=text("state = 'waiting'")),
    )

    document_id: Mapped[str] = mapped_column(ForeignKey(DocumentRecord.document_id), primary_key=True)
    state: Mapped[str]
    finding: Mapped[str | None]
    attempts: Mapped[int]
    due_at: Mapped[datetime]


class ReadingRecord(Record):
    __tablename__ = "readings"
    __table_args__ = (
        CheckConstraint(one_of("state", list(ReadingState)), name="state_known"),
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


DOCUMENT_FIELDS = tuple(Document.__dataclass_fields__)
PICTURE_FIELDS = tuple(PagePicture.__dataclass_fields__)
SCAN_FIELDS = tuple(Scan.__dataclass_fields__)


def to_document(record: DocumentRecord) -> Document:
    values = {name: getattr(record, name) for name in DOCUMENT_FIELDS}
    return Document(**{**values, "kind": DocumentKind(record.kind)})


def to_scan(record: ScanRecord) -> Scan:
    values = {name: getattr(record, name) for name in SCAN_FIELDS}
    return Scan(**{**values, "state": ScanState(record.state)})


def to_reading(record: ReadingRecord) -> Reading:
    return Reading(
        document_id=record.document_id,
        state=ReadingState(record.state),
        reason=record.reason,
        pages=record.pages,
        figures=record.figures,
        attempts=record.attempts,
    )


def to_picture(record: PictureRecord) -> PagePicture:
    return PagePicture(**{name: getattr(record, name) for name in PICTURE_FIELDS})
