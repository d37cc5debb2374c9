"""Where the bytes of documents lie: a directory that the gateway and `documents` share, one file a blob.

The key says nothing of the content. A blob without a document row (a process died between the two)
is rubbish that `documents` sweeps away after a day.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from shared.errors import Invalid, NotFound

CHUNK = 256 * 1024
_KEY = re.compile(r"[0-9a-f]{32}")


class TooLarge(Invalid):
    """More bytes came than one file may have; `most` says how many megabytes may."""

    code = "file_too_large"


def megabytes(size: int) -> str:
    """Bytes as megabytes for a sentence: "50", or "0.5" of less than one."""
    return str(size // 1_000_000) if size >= 1_000_000 else f"{size / 1_000_000:g}"


@dataclass(frozen=True, slots=True)
class Blob:
    """`size` in bytes, `sha256` in hex."""

    key: str
    size: int
    sha256: str


class Blobs:
    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def put(self, chunks: Iterable[bytes], *, most: int) -> Blob:
        """Write as it comes, stop at `most` bytes (TooLarge), and be on disk before the answer."""
        key = uuid4().hex
        path = self.path(key, must_exist=False)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        digest, size = hashlib.sha256(), 0
        try:
            with part.open("xb") as file:
                for chunk in chunks:
                    size += len(chunk)
                    if size > most:
                        raise TooLarge(most=megabytes(most))
                    digest.update(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            part.rename(path)
        finally:
            part.unlink(missing_ok=True)
        return Blob(key, size, digest.hexdigest())

    def path(self, key: str, *, must_exist: bool = True) -> Path:
        """The file behind a key; NotFound for anything that is no key of ours or no longer there."""
        if not _KEY.fullmatch(key):
            raise NotFound(what="blob")
        path = self.directory / key[:2] / key
        if must_exist and not path.is_file():
            raise NotFound(what="blob")
        return path
