"""What the call demands of one kind of attachment: formats and size, before a byte is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NAMES = {"JPG": "JPEG"}  # a call names formats by their endings, the room of documents by what they are


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLimits:
    """`formats` are names of file types ("PDF"), none of them meaning all we keep; `most` bytes."""

    formats: tuple[str, ...]
    most: int


def limits_for(case: Mapping[str, Any], rule: str, most: int) -> FileLimits:
    """Of the application's call for that kind of attachment; `most` bytes are taken of any file at all."""
    rules = case.get("call", {}).get("attachments", [])
    own = next((one for one in rules if one["kind"] == rule), {})
    formats = tuple(NAMES.get(name, name) for name in (one.strip(". ").upper() for one in own.get("formats") or ()))
    return FileLimits(formats=formats, most=min(own.get("most_bytes") or most, most))
