"""The room's tools that touch bytes and other processes: the archive, the reader, the draughtsman, the press."""

from __future__ import annotations

from dataclasses import dataclass

from services.documents.archive import BlobArchive
from services.documents.drawing import draw_page
from services.documents.letters.press import SubprocessPress
from services.documents.ports import Press
from services.documents.reading import Reading, read_invoice
from services.documents.settings import DocumentsSettings
from services.documents.use_cases.pictures import Drawn


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

    def draw(self, blob: str, page: int) -> Drawn:
        """Raises NotFound, NoSuchPage and PageNotDrawn."""
        return draw_page(self.archive.path(blob), page)
