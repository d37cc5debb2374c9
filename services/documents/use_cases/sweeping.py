"""Deleting blobs that no document needs: uploads whose process died before the document was stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from services.documents.ports import Archive, OpenWork


def sweep_orphans(open_work: OpenWork, archive: Archive, age: timedelta, closing: Callable[[], bool]) -> int:
    """Delete blobs older than `age` that nothing names, until the house is closing; how many were deleted."""

    def known(keys: Sequence[str]) -> frozenset[str]:
        with open_work() as work:
            return work.documents.known_blobs(keys)

    with open_work() as work:
        older_than = work.now - age
    return archive.delete_unknown(older_than, known, closing)
