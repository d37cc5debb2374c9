"""The room's tools that touch bytes and other processes: archive, scanner, reader, draughtsman, press."""

from __future__ import annotations

from dataclasses import dataclass

from services.documents.archive import BlobArchive
from services.documents.domain.scans import ScannerAway, Verdict
from services.documents.drawing import draw_page
from services.documents.letters.press import SubprocessPress
from services.documents.off_hub import off_the_hub
from services.documents.ports import Press
from services.documents.reading import Reading, read_invoice
from services.documents.settings import DocumentsSettings
from services.documents.use_cases.pictures import Drawn
from shared.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    settings: DocumentsSettings
    archive: BlobArchive
    press: Press

    @classmethod
    def open(cls, settings: DocumentsSettings) -> Workshop:
        archive = BlobArchive(settings.blob_dir, most=settings.blob_most)
        return cls(settings=settings, archive=archive, press=SubprocessPress())

    def read(self, blob: str) -> Reading:
        """Raises NotFound when there is no such blob."""
        return read_invoice(self.archive.path(blob))

    def scan(self, blob: str) -> Verdict:
        """Raises NotFound, ScannerAway and LargerThanScanner."""
        if self.settings.clamd is None:
            raise ScannerAway("no scanner is set up")
        path, clamd = self.archive.path(blob), self.settings.clamd
        try:
            return off_the_hub(lambda: clamd.scan(path))
        except FileNotFoundError as error:
            raise NotFound(what="blob") from error

    def draw(self, blob: str, page: int) -> Drawn:
        """Raises NotFound, NoSuchPage and PageNotDrawn."""
        return draw_page(self.archive.path(blob), page)
