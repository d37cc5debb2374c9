"""The blob store as this room uses it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

from services.documents.domain.file_types import Inspected
from services.documents.inspection import inspect
from services.documents.off_hub import off_the_hub
from shared.blobs import Blob, Blobs
from shared.pieces import Pieces

SWEEP_BATCH = 1000


class BlobArchive:
    """Documents' bytes in a directory shared with the gateway. `most` bytes may be in a file of our own making."""

    def __init__(self, directory: Path, *, most: int) -> None:
        self._blobs = Blobs(directory)
        self._pieces = Pieces(directory)
        self._most = most

    def path(self, blob: str) -> Path:
        return self._blobs.path(blob)

    def inspect(self, blob: str, file_name: str) -> Inspected:
        path = self._blobs.path(blob)
        return off_the_hub(lambda: inspect(path, file_name))

    def put(self, content: bytes) -> Blob:
        return self._blobs.put([content], most=self._most)

    def sweep_pieces(self, now: datetime) -> int:
        """Forget uploads in pieces that nobody went on with; how many."""
        return self._pieces.sweep(now)

    def delete_unknown(
        self, older_than: datetime, known: Callable[[Sequence[str]], frozenset[str]], closing: Callable[[], bool]
    ) -> int:
        deleted = 0
        old = self._older(older_than.timestamp())
        while not closing() and (batch := list(islice(old, SWEEP_BATCH))):
            needed = known([path.stem for path in batch])
            rubbish = [path for path in batch if path.suffix or path.stem not in needed]
            for path in rubbish:
                path.unlink(missing_ok=True)
            deleted += len(rubbish)
        return deleted

    def _older(self, moment: float) -> Iterator[Path]:
        """Blobs and half-written parts last touched before the moment."""
        for path in self._blobs.directory.glob("??/*"):
            try:
                if path.is_file() and path.stat().st_mtime < moment:
                    yield path
            except FileNotFoundError:
                continue  # swept by another process meanwhile
