"""A page of a document as a picture."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePicture:
    """`page` from 1; `width` and `height` of the page in PDF points."""

    document_id: str
    page: int
    blob: str
    width: float
    height: float
