"""What the bytes of a blob really are: their count, digest and type. Content decides, the name only helps for text."""

from __future__ import annotations

import hashlib
import struct
import zipfile
from pathlib import Path

from services.documents.domain.file_types import (
    Inspected,
    has_macros,
    is_zip,
    office_type,
    type_of_head,
    type_of_text,
)
from shared.blobs import CHUNK

HEAD = 4096
MOST_TEXT = 20_000_000  # bytes; a larger "text file" is refused rather than held in memory
MOST_DIRECTORY = 1_000_000  # bytes of a zip's list of members: an office file has a few kilobytes

_END_OF_DIRECTORY = b"PK\x05\x06"
_END_WITHIN = 22 + 65_535  # the record and the longest comment


def inspect(path: Path, file_name: str) -> Inspected:
    """Read the file once for its digest and look at what it is. Never unpacks anything."""
    size, sha256, head = _digest(path)
    file_type, macros = type_of_head(head), False
    if file_type is None and is_zip(head):
        members = _members(path)
        file_type, macros = office_type(members), has_macros(members)
    elif file_type is None and size <= MOST_TEXT:
        file_type = type_of_text(path.read_bytes(), file_name)
    return Inspected(size=size, sha256=sha256, file_type=file_type, macros=macros)


def _digest(path: Path) -> tuple[int, str, bytes]:
    digest, size, head = hashlib.sha256(), 0, b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            head = head or chunk[:HEAD]
            size += len(chunk)
            digest.update(chunk)
    return size, digest.hexdigest(), head


def _members(path: Path) -> frozenset[str]:
    """The names in a zip's directory; none when it is broken or too long to be an office file's."""
    if not 0 < _directory_size(path) <= MOST_DIRECTORY:
        return frozenset()
    try:
        with zipfile.ZipFile(path) as package:
            return frozenset(package.namelist())
    except (zipfile.BadZipFile, RuntimeError, ValueError):  # RuntimeError: of a zip version unknown to the library
        return frozenset()


def _directory_size(path: Path) -> int:
    """As the zip's own last record says: `zipfile` reads so much into memory before any limit could be put."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _END_WITHIN))
        tail = file.read()
    at = tail.rfind(_END_OF_DIRECTORY)
    if at < 0 or len(tail) < at + 22:
        return 0
    return int(struct.unpack_from("<I", tail, at + 12)[0])
