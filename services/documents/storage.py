"""Documents, readings, page pictures and letters in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, delete, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from services.documents.domain import letters, readings
from services.documents.domain.documents import Document, DocumentKind
from services.documents.domain.letters import Letter, LetterKind, LetterState
from services.documents.domain.pictures import PagePicture
from services.documents.domain.readings import Reading, ReadingState
from shared.contracts.documents import ROOM
from shared.storage import columns, work
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


class Documents:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, document: Document) -> None:
        self._session.add(DocumentRecord(**{name: getattr(document, name) for name in DOCUMENT_FIELDS}))
        self._session.flush()

    def find(self, document_id: str) -> Document | None:
        record = self._session.get(DocumentRecord, document_id)
        return to_document(record) if record else None

    def find_by_blob(self, blob: str) -> Document | None:
        record = self._session.scalar(select(DocumentRecord).where(DocumentRecord.blob == blob))
        return to_document(record) if record else None

    def same_as(self, document: Document) -> Sequence[str]:
        others = (
            select(DocumentRecord.document_id)
            .where(
                DocumentRecord.business_id == document.business_id,
                DocumentRecord.sha256 == document.sha256,
                DocumentRecord.document_id != document.document_id,
            )
            .order_by(DocumentRecord.stored_at, DocumentRecord.document_id)
            .limit(100)
        )
        return self._session.scalars(others).all()

    def known_blobs(self, keys: Sequence[str]) -> frozenset[str]:
        known: set[str] = set()
        for column in (DocumentRecord.blob, PictureRecord.blob):
            known.update(self._session.scalars(select(column).where(column.in_(keys))))
        return frozenset(known)


class Readings:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, reading: Reading, at: datetime) -> None:
        self._session.add(
            ReadingRecord(
                document_id=reading.document_id,
                state=reading.state,
                reason=reading.reason,
                pages=reading.pages,
                figures=dict(reading.figures),
                attempts=reading.attempts,
                stored_at=at,
            )
        )
        self._session.flush()

    def find(self, document_id: str) -> Reading | None:
        record = self._session.get(ReadingRecord, document_id)
        return to_reading(record) if record else None

    def take_waiting(self, now: datetime, most: int) -> Sequence[tuple[Reading, str]]:
        free = ReadingRecord.leased_until.is_(None) | (ReadingRecord.leased_until <= now)
        waiting = (
            select(ReadingRecord, DocumentRecord.blob)
            .join(DocumentRecord, DocumentRecord.document_id == ReadingRecord.document_id)
            .where(ReadingRecord.state == ReadingState.WAITING, free)
            .order_by(ReadingRecord.stored_at, ReadingRecord.document_id)
            .limit(most)
            .with_for_update(skip_locked=True, of=ReadingRecord)
        )
        taken = []
        for record, blob in self._session.execute(waiting):
            record.leased_until, record.attempts = now + readings.LEASE, record.attempts + 1
            taken.append((to_reading(record), blob))
        return taken

    def find_locked(self, document_id: str) -> Reading | None:
        record = self._session.get(ReadingRecord, document_id, with_for_update=True)
        return to_reading(record) if record else None

    def put(self, reading: Reading, at: datetime) -> None:
        self._session.execute(
            update(ReadingRecord)
            .where(ReadingRecord.document_id == reading.document_id)
            .values(
                state=reading.state,
                reason=reading.reason,
                pages=reading.pages,
                figures=dict(reading.figures),
                settled_at=None if reading.waiting else at,
            )
        )


class Pictures:
    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, document_id: str, page: int) -> PagePicture | None:
        record = self._session.get(PictureRecord, (document_id, page))
        return (
            PagePicture(
                document_id=record.document_id,
                page=record.page,
                blob=record.blob,
                width=record.width,
                height=record.height,
            )
            if record
            else None
        )

    def add(self, picture: PagePicture, at: datetime) -> None:
        values = {name: getattr(picture, name) for name in PagePicture.__dataclass_fields__}
        self._session.execute(insert(PictureRecord).values(**values, drawn_at=at).on_conflict_do_nothing())

    def forget_older(self, than: datetime) -> int:
        gone = delete(PictureRecord).where(PictureRecord.drawn_at < than).returning(PictureRecord.page)
        return len(self._session.execute(gone).all())


class Letters:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, letter: Letter) -> None:
        values = {name: getattr(letter, name) for name in LETTER_FIELDS}
        self._session.add(LetterRecord(**{**values, "data": dict(letter.data)}))
        self._session.flush()

    def exists(self, event_id: str) -> bool:
        found = select(LetterRecord.event_id).where(LetterRecord.event_id == event_id)
        return self._session.scalar(found) is not None

    def take_due(self, now: datetime, most: int) -> Sequence[Letter]:
        due = (
            select(LetterRecord)
            .where(LetterRecord.state == LetterState.TO_WRITE, LetterRecord.due_at <= now)
            .order_by(LetterRecord.due_at, LetterRecord.event_id)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        taken = []
        for record in self._session.scalars(due):
            record.due_at, record.attempts = now + letters.LEASE, record.attempts + 1
            taken.append(to_letter(record))
        return taken

    def find_locked(self, event_id: str) -> Letter | None:
        record = self._session.get(LetterRecord, event_id, with_for_update=True)
        return to_letter(record) if record else None

    def find_by_check_code(self, check_code: str) -> Letter | None:
        found = select(LetterRecord).where(LetterRecord.check_code == check_code).order_by(LetterRecord.event_id)
        record = self._session.scalars(found.limit(1)).first()
        return to_letter(record) if record else None

    def put(self, letter: Letter) -> None:
        self._session.execute(
            update(LetterRecord)
            .where(LetterRecord.event_id == letter.event_id)
            .values(
                state=letter.state,
                attempts=letter.attempts,
                fault=letter.fault,
                due_at=letter.due_at,
                document_id=letter.document_id,
            )
        )


class DocumentsWork(work.Work):
    room = ROOM

    @cached_property
    def documents(self) -> Documents:
        return Documents(self.session)

    @cached_property
    def readings(self) -> Readings:
        return Readings(self.session)

    @cached_property
    def pictures(self) -> Pictures:
        return Pictures(self.session)

    @cached_property
    def letters(self) -> Letters:
        return Letters(self.session)
