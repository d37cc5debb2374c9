"""Figures of invoice PDFs for the command line: `tukivayla extract FILE... --json`."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from services.documents.reading import read_invoice


def extract(paths: list[Path]) -> Iterator[dict[str, Any]]:
    """What was read from each file, in the order asked; a file that cannot be read gives its reason."""
    # The threads only wait: the work is done by worker processes, one for each processor.
    with ThreadPoolExecutor() as waiting:
        for reading in waiting.map(read_invoice, paths):
            yield reading.to_json()
