"""A page's picture and its size in points, from the reader's worker processes."""

from __future__ import annotations

import struct
from pathlib import Path

from services.documents.domain.errors import NoSuchPage, PageNotDrawn
from services.documents.reading.picture import POINTS_PER_INCH, RESOLUTION, page_png
from services.documents.reading.refusals import Refused
from services.documents.use_cases.pictures import Drawn

INCHES_PER_METRE = 1 / 0.0254


def draw_page(path: Path, page: int) -> Drawn:
    """Raises NoSuchPage and PageNotDrawn."""
    try:
        png = page_png(path, page)
    except Refused as refused:
        if refused.reason == "no_such_page":
            raise NoSuchPage(page=page) from refused
        raise PageNotDrawn(page=page, reason=refused.reason) from refused
    width, height = _pixels(png)
    points = POINTS_PER_INCH / _resolution(png)
    return Drawn(png=png, width=round(width * points, 2), height=round(height * points, 2))


def _pixels(png: bytes) -> tuple[int, int]:
    """Width and height from the picture's first chunk (PNG 11.2.2)."""
    width, height = struct.unpack_from(">II", png, 16)
    return width, height


def _resolution(png: bytes) -> float:
    """Dots per inch: the picture says so itself when it was drawn smaller than usual (PNG 11.3.4.3, pHYs)."""
    at = png.find(b"pHYs", 0, 4096)
    if at < 0:
        return RESOLUTION
    (per_metre,) = struct.unpack_from(">I", png, at + 4)
    return float(per_metre / INCHES_PER_METRE)
