"""The room's tables, one module a subject; `metadata` knows them all."""

from services.documents.records.core import metadata
from services.documents.records.files import (
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
from services.documents.records.letters import (
    LETTER_FIELDS,
    ArchivedLetterRecord,
    AskedTranslationRecord,
    LetterRecord,
    to_letter,
)

__all__ = [
    "DOCUMENT_FIELDS",
    "LETTER_FIELDS",
    "PICTURE_FIELDS",
    "SCAN_FIELDS",
    "ArchivedLetterRecord",
    "AskedTranslationRecord",
    "DocumentRecord",
    "LetterRecord",
    "PictureRecord",
    "ReadingRecord",
    "ScanRecord",
    "metadata",
    "to_document",
    "to_letter",
    "to_picture",
    "to_reading",
    "to_scan",
]
