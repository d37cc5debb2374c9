"""What the use cases need: one transaction with the room's stores in it, and tools that touch bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from services.documents.domain.documents import Document, DocumentKind
from services.documents.domain.file_types import Inspected
from services.documents.domain.letters import ArchivedLetter, AskedTranslation, Letter
from services.documents.domain.pictures import PagePicture
from services.documents.domain.readings import Reading
from services.documents.domain.scans import Scan
from shared.asker import Asker
from shared.blobs import Blob
from shared.contracts.terms import Event


class Documents(Protocol):
    def add(self, document: Document) -> None: ...

    def find(self, document_id: str) -> Document | None: ...

    def find_by_blob(self, blob: str) -> Document | None: ...

    def release(self, subject: str, document_ids: Sequence[str]) -> None:
        """Those of the case that are withheld are so no more."""

    def hand_over(self, subject: str, authority: str) -> None:
        """Everything of the case is another authority's from now on."""

    def same_as(self, document: Document, among: Mapping[str, str | bool | None]) -> Sequence[Document]:
        """Other documents with the same bytes that have these values, oldest first, a hundred at most."""

    def find_by_digest(self, sha256: str, kind: DocumentKind) -> Document | None:
        """The oldest document of the kind with these bytes."""

    def known_blobs(self, keys: Sequence[str]) -> frozenset[str]:
        """Those of the keys that a document or a page picture still needs."""


class Readings(Protocol):
    def add(self, reading: Reading, at: datetime) -> None: ...

    def find(self, document_id: str) -> Reading | None: ...

    def take_waiting(self, now: datetime, most: int) -> Sequence[tuple[Reading, str]]:
        """Waiting readings nobody works on, oldest first, each with its blob: leased and its attempt counted.

        Only of files that may be opened: nothing is read before its scan.
        """

    def find_locked(self, document_id: str) -> Reading | None: ...

    def put(self, reading: Reading, at: datetime) -> None: ...


class Scans(Protocol):
    def add(self, scan: Scan) -> None: ...

    def find(self, document_id: str) -> Scan | None: ...

    def take_due(self, now: datetime, most: int) -> Sequence[tuple[Scan, str]]:
        """Waiting scans that are due, oldest first, each with its blob: leased and its attempt counted."""

    def find_locked(self, document_id: str) -> Scan | None: ...

    def put(self, scan: Scan) -> None: ...

    def count_unjudged(self) -> tuple[int, int]:
        """(files that came while there was no scanner, files to which it did not answer to the end), of all cases."""

    def all_again(self, now: datetime) -> None:
        """Each of those waits to be scanned."""


class Pictures(Protocol):
    def find(self, document_id: str, page: int) -> PagePicture | None: ...

    def add(self, picture: PagePicture, at: datetime) -> None:
        """Changes nothing when another process has drawn the same page meanwhile."""

    def forget_older(self, than: datetime) -> int: ...


class Letters(Protocol):
    def add(self, letter: Letter) -> None: ...

    def hand_over(self, number: str, authority: str) -> None:
        """The case's letters are another authority's to look at; who wrote them stands in each."""

    def exists(self, event_id: str) -> bool: ...

    def take_due(self, now: datetime, most: int) -> Sequence[Letter]:
        """Letters to write that nobody works on, oldest first: leased and their attempt counted."""

    def find_locked(self, event_id: str) -> Letter | None: ...

    def find_by_check_code(self, check_code: str) -> Letter | None: ...

    def put(self, letter: Letter) -> None: ...

    def find(self, event_id: str) -> Letter | None: ...

    def find_by_document(self, document_id: str) -> Letter | None: ...

    def of_case(self, number: str, among: Mapping[str, str | None]) -> Sequence[Letter]:
        """Letters of the case and its claims that have these values, in the order of their decisions."""

    def find_translation(self, event_id: str, language: str) -> Letter | None: ...

    def ask_translation(self, asked: AskedTranslation) -> bool:
        """False when it has been asked for before."""

    def asked_translations(self, event_ids: Sequence[str]) -> Sequence[AskedTranslation]: ...

    def archive(self, archived: ArchivedLetter) -> None: ...

    def archived(self, document_id: str) -> ArchivedLetter | None: ...


class Work(Protocol):
    """One transaction: what is read, changed and announced in it stands or falls together."""

    @property
    def asker(self) -> Asker: ...

    @property
    def now(self) -> datetime: ...

    @property
    def documents(self) -> Documents: ...

    @property
    def readings(self) -> Readings: ...

    @property
    def scans(self) -> Scans: ...

    @property
    def pictures(self) -> Pictures: ...

    @property
    def letters(self) -> Letters: ...

    def announce(self, event: Event, subject_id: str, **data: Any) -> Any: ...


OpenWork = Callable[[], AbstractContextManager[Work]]


class Archive(Protocol):
    """The bytes of documents."""

    def inspect(self, blob: str, file_name: str) -> Inspected:
        """Raises NotFound when there is no such blob."""

    def put(self, content: bytes) -> Blob: ...

    def delete_unknown(
        self, older_than: datetime, known: Callable[[Sequence[str]], frozenset[str]], closing: Callable[[], bool]
    ) -> int:
        """Delete old blobs that `known` does not name, until the house is closing; how many were deleted."""


class Press(Protocol):
    """Sets composed letters in type."""

    def print(self, sheets: Sequence[dict[str, Any]]) -> Sequence[bytes | str]:
        """A PDF for each sheet in order, or, as text, why it could not be printed."""
