"""A page of a PDF as a picture, on which the portal marks where a figure stands."""

from __future__ import annotations

import base64
import io
from dataclasses import asdict
from pathlib import Path

from .intake import check_file
from .limits import DEFAULT, Limits
from .pool import NoAnswer, WorkerPool, shared_pool
from .refusals import Refused

POINTS_PER_INCH = 72
RESOLUTION = 110  # dots per inch: an A4 page is about 900 by 1 300, readable on a phone
MOST_PIXELS = 12_000_000


def page_png(path: Path, page: int, *, limits: Limits = DEFAULT, pool: WorkerPool | None = None) -> bytes:
    """Page `page` (from 1) of the file as PNG, drawn in a worker. Raises Refused with a reason code."""
    question = {"task": "picture", "path": str(path.absolute()), "page": page, "limits": asdict(limits)}
    try:
        answer = (pool or shared_pool()).ask(question, limits)
    except NoAnswer as lost:
        raise Refused(lost.reason) from None
    if "reason" in answer:
        raise Refused(answer["reason"])
    return base64.b64decode(answer["png"])


def draw(path: Path, number: int, limits: Limits) -> bytes:
    """Draw a page, inside a worker. The picture shows the whole media box, as the figures' boxes do."""
    import pypdfium2  # type: ignore[import-untyped]  # only workers load the native library

    check_file(path, limits)
    try:
        with pypdfium2.PdfDocument(path) as document:
            if not 1 <= number <= len(document):
                raise Refused("no_such_page", len(document))
            page = document[number - 1]
            page.set_cropbox(*page.get_mediabox())
            scale = _scale(page.get_width(), page.get_height())
            image = page.render(scale=scale).to_pil()
    except pypdfium2.PdfiumError as error:
        raise Refused("encrypted" if "password" in str(error).lower() else "damaged") from None
    out = io.BytesIO()
    # The picture tells its own scale, so that a mark in points can be placed on it whatever the page's size.
    image.save(out, "PNG", optimize=False, dpi=(scale * POINTS_PER_INCH, scale * POINTS_PER_INCH))
    return out.getvalue()


def _scale(width: float, height: float) -> float:
    """Pixels for a point, fewer for a page so large that its picture would not fit in memory."""
    usual = RESOLUTION / POINTS_PER_INCH
    pixels = width * height * usual * usual
    return float(usual if pixels <= MOST_PIXELS else usual * (MOST_PIXELS / pixels) ** 0.5)
