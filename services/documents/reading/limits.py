"""What one document may cost before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds for reading one file; each is checked where it is spent."""

    seconds: int = 30  # wall clock, after which the worker is killed
    memory_bytes: int = 512 * MEBIBYTE  # address space of a worker
    file_bytes: int = 50 * MEBIBYTE
    stream_bytes: int = 32 * MEBIBYTE  # one stream of the file, unpacked
    unpacked_bytes: int = 128 * MEBIBYTE  # all streams of the file, unpacked
    pages_accepted: int = 500
    pages_read: int = 30  # of a longer document, its first and last pages
    words_read: int = 40_000  # over all pages
    answer_bytes: int = 16 * MEBIBYTE  # what a worker may send back
    files_per_worker: int = 200  # then the worker is replaced, so that nothing it leaked stays


DEFAULT = Limits()
