"""Documents, their scans and readings, and page pictures in PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.documents.domain import readings, scans
from services.documents.domain.documents import Document, DocumentKind
from services.documents.domain.pictures import PagePicture
from services.documents.domain.readings import Reading, ReadingState
from services.documents.domain.scans import OPENABLE, Scan, ScanState
from services.documents.records import (
    DOCUMENT_FIELDS,
    PICTURE_FIELDS,
    SCAN_FIELDS,
    DocumentRecord,
    PictureRecord,
    ReadingRecord,
    ScanRecord,
    to_document,
    to_picture,
    to_reading,
    to_scan,
)

MOST_NAMED = 100
# A file that is too large for the scanner, or gone from the store, is not judged by another try.
UNJUDGED = or_(
    ScanRecord.state == ScanState.UNSCANNED,
    and_(ScanRecord.state == ScanState.FAILED, ScanRecord.finding == scans.SCANNER_AWAY),
)


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

    def release(self, subject: str, document_ids: Sequence[str]) -> None:
        these = update(DocumentRecord).where(
            DocumentRecord.subject == subject, DocumentRecord.document_id.in_(document_ids)
        )
        self._session.execute(these.values(withheld=False))

    def hand_over(self, subject: str, authority: str) -> None:
        self._session.execute(
            update(DocumentRecord).where(DocumentRecord.subject == subject).values(authority=authority)
        )

    def same_as(self, document: Document, among: Mapping[str, str | bool | None]) -> Sequence[Document]:
        others = (
            select(DocumentRecord)
            .where(
                DocumentRecord.sha256 == document.sha256,
                DocumentRecord.document_id != document.document_id,
                *(getattr(DocumentRecord, name) == value for name, value in among.items()),
            )
            .order_by(DocumentRecord.stored_at, DocumentRecord.document_id)
            .limit(MOST_NAMED)
        )
        return [to_document(record) for record in self._session.scalars(others)]

    def find_by_digest(self, sha256: str, kind: DocumentKind) -> Document | None:
        found = select(DocumentRecord).where(DocumentRecord.sha256 == sha256, DocumentRecord.kind == kind)
        record = self._session.scalars(found.order_by(DocumentRecord.stored_at).limit(1)).first()
        return to_document(record) if record else None

    def known_blobs(self, keys: Sequence[str]) -> frozenset[str]:
        known: set[str] = set()
        for column in (DocumentRecord.blob, PictureRecord.blob):
            known.update(self._session.scalars(select(column).where(column.in_(keys))))
        return frozenset(known)


class Scans:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, scan: Scan) -> None:
        self._session.add(ScanRecord(**{name: getattr(scan, name) for name in SCAN_FIELDS}))
        self._session.flush()

    def find(self, document_id: str) -> Scan | None:
        record = self._session.get(ScanRecord, document_id)
        return to_scan(record) if record else None

    def take_due(self, now: datetime, most: int) -> Sequence[tuple[Scan, str]]:
        due = (
            select(ScanRecord, DocumentRecord.blob)
            .join(DocumentRecord, DocumentRecord.document_id == ScanRecord.document_id)
            .where(ScanRecord.state == ScanState.WAITING, ScanRecord.due_at <= now)
            .order_by(ScanRecord.due_at, ScanRecord.document_id)
            .limit(most)
            .with_for_update(skip_locked=True, of=ScanRecord)
        )
        taken = []
        for record, blob in self._session.execute(due):
            record.due_at, record.attempts = now + scans.LEASE, record.attempts + 1
            taken.append((to_scan(record), blob))
        return taken

    def find_locked(self, document_id: str) -> Scan | None:
        record = self._session.get(ScanRecord, document_id, with_for_update=True)
        return to_scan(record) if record else None

    def put(self, scan: Scan) -> None:
        values = {name: getattr(scan, name) for name in SCAN_FIELDS if name != "document_id"}
        self._session.execute(update(ScanRecord).where(ScanRecord.document_id == scan.document_id).values(**values))

    def count_unjudged(self) -> tuple[int, int]:
        found = select(ScanRecord.state, func.count().label("number")).where(UNJUDGED).group_by(ScanRecord.state)
        counted = {row.state: row.number for row in self._session.execute(found)}
        return counted.get(ScanState.UNSCANNED, 0), counted.get(ScanState.FAILED, 0)

    def all_again(self, now: datetime) -> None:
        waiting = {"state": ScanState.WAITING, "finding": None, "attempts": 0, "due_at": now}
        self._session.execute(update(ScanRecord).where(UNJUDGED).values(**waiting))


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
        may_be_read = ScanRecord.state.is_(None) | ScanRecord.state.in_(OPENABLE)
        waiting = (
            select(ReadingRecord, DocumentRecord.blob)
            .join(DocumentRecord, DocumentRecord.document_id == ReadingRecord.document_id)
            .outerjoin(ScanRecord, ScanRecord.document_id == ReadingRecord.document_id)
            .where(ReadingRecord.state == ReadingState.WAITING, free, may_be_read)
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
