"""The room of documents in memory: the same promises as PostgreSQL and the blob directory, without either."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from services.documents.domain import letters, readings, scans
from services.documents.domain.documents import Document, DocumentKind
from services.documents.domain.file_types import PDF, FileType, Inspected
from services.documents.domain.letters import ArchivedLetter, AskedTranslation, Letter
from services.documents.domain.pictures import PagePicture
from services.documents.domain.readings import Reading
from services.documents.domain.scans import Scan
from shared.asker import Asker
from shared.blobs import Blob
from shared.contracts.terms import Event
from shared.errors import NotFound
from tests.support.documents_builders import HOUSE, NOW


@dataclass
class FakeDocuments:
    kept: dict[str, Document] = field(default_factory=dict)
    pictures: dict[tuple[str, int], PagePicture] = field(default_factory=dict)

    def add(self, document: Document) -> None:
        assert document.document_id not in self.kept
        assert all(other.blob != document.blob for other in self.kept.values())
        self.kept[document.document_id] = document

    def find(self, document_id: str) -> Document | None:
        return self.kept.get(document_id)

    def find_by_blob(self, blob: str) -> Document | None:
        return next((document for document in self.kept.values() if document.blob == blob), None)

    def release(self, subject: str, document_ids: Sequence[str]) -> None:
        for one in document_ids:
            if one in self.kept and self.kept[one].subject == subject:
                self.kept[one] = replace(self.kept[one], withheld=False)

    def hand_over(self, subject: str, authority: str) -> None:
        theirs = {key: replace(one, authority=authority) for key, one in self.kept.items() if one.subject == subject}
        self.kept.update(theirs)

    def same_as(self, document: Document, among: Mapping[str, str | bool | None]) -> Sequence[Document]:
        same = [
            other
            for other in self.kept.values()
            if other.sha256 == document.sha256
            and other.document_id != document.document_id
            and all(getattr(other, name) == value for name, value in among.items())
        ]
        return sorted(same, key=lambda other: (other.stored_at, other.document_id))[:100]

    def find_by_digest(self, sha256: str, kind: DocumentKind) -> Document | None:
        same = [one for one in self.kept.values() if (one.sha256, one.kind) == (sha256, kind)]
        return min(same, key=lambda one: one.stored_at, default=None)

    def known_blobs(self, keys: Sequence[str]) -> frozenset[str]:
        needed = {document.blob for document in self.kept.values()}
        needed |= {picture.blob for picture in self.pictures.values()}
        return frozenset(needed.intersection(keys))


@dataclass
class FakeScans:
    documents: FakeDocuments
    kept: dict[str, Scan] = field(default_factory=dict)

    def add(self, scan: Scan) -> None:
        assert scan.document_id in self.documents.kept
        assert scan.document_id not in self.kept
        self.kept[scan.document_id] = scan

    def find(self, document_id: str) -> Scan | None:
        return self.kept.get(document_id)

    def take_due(self, now: datetime, most: int) -> Sequence[tuple[Scan, str]]:
        due = [scan for scan in self.kept.values() if scan.waiting and scan.due_at <= now]
        due.sort(key=lambda scan: (scan.due_at, scan.document_id))
        taken = [replace(scan, due_at=now + scans.LEASE, attempts=scan.attempts + 1) for scan in due[:most]]
        self.kept.update({scan.document_id: scan for scan in taken})
        return [(scan, self.documents.kept[scan.document_id].blob) for scan in taken]

    def find_locked(self, document_id: str) -> Scan | None:
        return self.kept.get(document_id)

    def put(self, scan: Scan) -> None:
        self.kept[scan.document_id] = scan

    def count_unjudged(self) -> tuple[int, int]:
        states = [scan.state for scan in self._unjudged()]
        return states.count(scans.ScanState.UNSCANNED), states.count(scans.ScanState.FAILED)

    def all_again(self, now: datetime) -> None:
        for scan in self._unjudged():
            self.put(scan.again(now))

    def _unjudged(self) -> list[Scan]:
        open_ones = [scan for scan in self.kept.values() if scan.state in scans.UNJUDGED]
        return [scan for scan in open_ones if scan.finding in (None, scans.SCANNER_AWAY)]


@dataclass
class FakeReadings:
    documents: FakeDocuments
    scans: FakeScans
    kept: dict[str, Reading] = field(default_factory=dict)
    stored_at: dict[str, datetime] = field(default_factory=dict)
    leased_until: dict[str, datetime] = field(default_factory=dict)

    def add(self, reading: Reading, at: datetime) -> None:
        self.kept[reading.document_id] = reading
        self.stored_at[reading.document_id] = at

    def find(self, document_id: str) -> Reading | None:
        return self.kept.get(document_id)

    def take_waiting(self, now: datetime, most: int) -> Sequence[tuple[Reading, str]]:
        free = [
            reading
            for key, reading in self.kept.items()
            if reading.waiting and self.leased_until.get(key, now) <= now and self._may_be_read(key)
        ]
        free.sort(key=lambda reading: (self.stored_at[reading.document_id], reading.document_id))
        return [self._leased(reading, now) for reading in free[:most]]

    def _may_be_read(self, document_id: str) -> bool:
        scan = self.scans.find(document_id)
        return scan is None or scan.openable

    def find_locked(self, document_id: str) -> Reading | None:
        return self.kept.get(document_id)

    def put(self, reading: Reading, at: datetime) -> None:
        self.kept[reading.document_id] = reading

    def _leased(self, reading: Reading, now: datetime) -> tuple[Reading, str]:
        taken = replace(reading, attempts=reading.attempts + 1)
        self.kept[reading.document_id] = taken
        self.leased_until[reading.document_id] = now + readings.LEASE
        return taken, self.documents.kept[reading.document_id].blob


@dataclass
class FakePictures:
    documents: FakeDocuments
    drawn_at: dict[tuple[str, int], datetime] = field(default_factory=dict)

    def find(self, document_id: str, page: int) -> PagePicture | None:
        return self.documents.pictures.get((document_id, page))

    def add(self, picture: PagePicture, at: datetime) -> None:
        key = (picture.document_id, picture.page)
        self.documents.pictures.setdefault(key, picture)
        self.drawn_at.setdefault(key, at)

    def forget_older(self, than: datetime) -> int:
        old = [key for key, at in self.drawn_at.items() if at < than]
        for key in old:
            del self.documents.pictures[key], self.drawn_at[key]
        return len(old)


@dataclass
class FakeLetters:
    kept: dict[str, Letter] = field(default_factory=dict)
    asked: list[AskedTranslation] = field(default_factory=list)
    to_archive: dict[str, ArchivedLetter] = field(default_factory=dict)

    def add(self, letter: Letter) -> None:
        assert letter.event_id not in self.kept
        self.kept[letter.event_id] = letter

    def hand_over(self, number: str, authority: str) -> None:
        theirs = {key: replace(one, authority=authority) for key, one in self.kept.items() if one.number == number}
        self.kept.update(theirs)

    def exists(self, event_id: str) -> bool:
        return event_id in self.kept

    def take_due(self, now: datetime, most: int) -> Sequence[Letter]:
        due = [letter for letter in self.kept.values() if letter.to_write and letter.due_at <= now]
        due.sort(key=lambda letter: (letter.due_at, letter.event_id))
        taken = [replace(due_one, due_at=now + letters.LEASE, attempts=due_one.attempts + 1) for due_one in due[:most]]
        self.kept.update({letter.event_id: letter for letter in taken})
        return taken

    def find_locked(self, event_id: str) -> Letter | None:
        return self.kept.get(event_id)

    def find_by_check_code(self, check_code: str) -> Letter | None:
        return next((letter for letter in self.kept.values() if letter.check_code == check_code), None)

    def put(self, letter: Letter) -> None:
        self.kept[letter.event_id] = letter

    def find(self, event_id: str) -> Letter | None:
        return self.kept.get(event_id)

    def find_by_document(self, document_id: str) -> Letter | None:
        return next((letter for letter in self.kept.values() if letter.document_id == document_id), None)

    def of_case(self, number: str, among: Mapping[str, str | None]) -> Sequence[Letter]:
        own = [
            letter
            for letter in self.kept.values()
            if letter.number == number and all(getattr(letter, name) == value for name, value in among.items())
        ]
        return sorted(own, key=lambda one: (one.decided_at, one.translation_of is not None, one.event_id))

    def find_translation(self, event_id: str, language: str) -> Letter | None:
        sought = (event_id, language)
        return next((one for one in self.kept.values() if (one.translation_of, one.language) == sought), None)

    def ask_translation(self, asked: AskedTranslation) -> bool:
        if any((one.event_id, one.language) == (asked.event_id, asked.language) for one in self.asked):
            return False
        self.asked.append(asked)
        return True

    def asked_translations(self, event_ids: Sequence[str]) -> Sequence[AskedTranslation]:
        return [one for one in self.asked if one.event_id in event_ids]

    def archive(self, archived: ArchivedLetter) -> None:
        assert archived.document_id not in self.to_archive
        self.to_archive[archived.document_id] = archived

    def archived(self, document_id: str) -> ArchivedLetter | None:
        return self.to_archive.get(document_id)


class FakeRoom:
    """One room's memory. `work(asker)` opens a transaction on it; nothing is undone, so tests refuse before writing."""

    def __init__(self) -> None:
        self.documents = FakeDocuments()
        self.scans = FakeScans(self.documents)
        self.readings = FakeReadings(self.documents, self.scans)
        self.pictures = FakePictures(self.documents)
        self.letters = FakeLetters()
        self.announced: list[tuple[Event, str, dict[str, Any]]] = []
        self.now = NOW

    def work(self, asker: Asker = HOUSE) -> FakeWork:
        return FakeWork(self, asker, self.now)

    @contextmanager
    def opened(self, asker: Asker = HOUSE) -> Iterator[FakeWork]:
        yield self.work(asker)

    def told(self, event: Event) -> list[dict[str, Any]]:
        """Data of what was announced of this event, as it goes on the wire."""
        return [data for announced, _, data in self.announced if announced is event]


@dataclass
class FakeWork:
    room: FakeRoom
    asker: Asker
    now: datetime

    def __post_init__(self) -> None:
        self.documents, self.readings = self.room.documents, self.room.readings
        self.scans = self.room.scans
        self.pictures, self.letters = self.room.pictures, self.room.letters

    def announce(self, event: Event, subject_id: str, **data: Any) -> None:
        wire = event.schema().dump(data)
        assert event.schema().validate(wire) == {}
        self.room.announced.append((event, subject_id, wire))


@dataclass
class FakeArchive:
    """Bytes by key; a blob is of the type it was put with."""

    blobs: dict[str, bytes] = field(default_factory=dict)
    found: dict[str, Inspected] = field(default_factory=dict)

    def holds(self, content: bytes = b"%PDF-1.7 ...", file_type: FileType | None = PDF, **changes: Any) -> Blob:
        """Put bytes as the gateway does."""
        blob = self.put(content)
        seen = Inspected(size=blob.size, sha256=blob.sha256, file_type=file_type)
        self.found[blob.key] = replace(seen, **changes)
        return blob

    def inspect(self, blob: str, file_name: str) -> Inspected:
        if blob not in self.found:
            raise NotFound(what="blob")
        return self.found[blob]

    def put(self, content: bytes) -> Blob:
        blob = Blob(uuid4().hex, len(content), hashlib.sha256(content).hexdigest())
        self.blobs[blob.key] = content
        return blob

    def delete_unknown(
        self, older_than: datetime, known: Callable[[Sequence[str]], frozenset[str]], closing: Callable[[], bool]
    ) -> int:
        rubbish = set(self.blobs) - known(list(self.blobs))
        for key in rubbish:
            del self.blobs[key]
        return len(rubbish)


def open_house() -> bool:
    """What regular work is told of closing, in a house that stays open."""
    return False


@dataclass
class FakePress:
    """Prints the case number; `fault` is what every sheet fails with."""

    fault: str | None = None
    printed: list[dict[str, Any]] = field(default_factory=list)

    def print(self, sheets: Sequence[dict[str, Any]]) -> Sequence[bytes | str]:
        self.printed += sheets
        return [self.fault or f"%PDF-1.7 {sheet['case']}".encode() for sheet in sheets]
