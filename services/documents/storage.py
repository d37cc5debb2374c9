"""Documents, readings, page pictures and letters in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.documents.domain import letters, readings
from services.documents.domain.documents import Document
from services.documents.domain.letters import Letter, LetterState
from services.documents.domain.pictures import PagePicture
from services.documents.domain.readings import Reading, ReadingState
from services.documents.records import (
    DOCUMENT_FIELDS,
    LETTER_FIELDS,
    PICTURE_FIELDS,
    DocumentRecord,
    LetterRecord,
    PictureRecord,
    ReadingRecord,
    metadata,
    to_document,
    to_letter,
    to_picture,
    to_reading,
)
from shared.contracts.documents import ROOM
from shared.storage import work

__all__ = ["DocumentsWork", "metadata"]


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
        return to_picture(record) if record else None

    def add(self, picture: PagePicture, at: datetime) -> None:
        values = {name: getattr(picture, name) for name in PICTURE_FIELDS}
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
