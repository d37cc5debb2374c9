"""What this room needs to know before it starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from services.documents.scanning.clamd import Clamd

SERVICE_ADDRESS = "tukivayla.example/todenna"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsSettings:
    """`blob_dir` is the directory shared with the gateway.

    `service_address` is printed in letters as where a decision can be checked, without https://.
    `blob_most` bytes is the largest file this room itself writes; uploads are limited by the gateway.
    `orphan_age`: a blob without a document is rubbish after so long. `picture_age`: a page picture is
    drawn anew after so long. `batch` jobs are taken up at a time. `clamd` is where the virus scanner listens;
    without it files are marked unscanned.
    """

    blob_dir: Path
    service_address: str = SERVICE_ADDRESS
    blob_most: int = 50_000_000
    orphan_age: timedelta = timedelta(days=1)
    picture_age: timedelta = timedelta(days=30)
    batch: int = 20
    clamd: Clamd | None = None

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> DocumentsSettings:
        """`BLOB_DIR` is compulsory (KeyError); `SERVICE_ADDRESS` has a value for demonstration.

        Raises ValueError when `CLAMD_ADDRESS` is given and cannot be read.
        """
        address = config.get("SERVICE_ADDRESS", SERVICE_ADDRESS)
        clamd = config.get("CLAMD_ADDRESS", "")
        return cls(blob_dir=Path(config["BLOB_DIR"]), service_address=address, clamd=Clamd.at(clamd) if clamd else None)
