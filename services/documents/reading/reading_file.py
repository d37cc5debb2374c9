"""One PDF file read from its first byte to its figures, inside a worker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfplumber
import pdfplumber.pdf
from pdfminer.layout import LTContainer, LTImage, LTPage
from pdfminer.pdfdocument import PDFPasswordIncorrect, PDFTextExtractionNotAllowed
from pdfplumber.utils.exceptions import PdfminerException

from .agreement import with_attached
from .analysis import figures_on
from .attachment import attached_invoice
from .figures import WORTH_SAYING, Figure, Reading
from .inflate import bounded
from .intake import check_file, check_inactive, check_page_count
from .layout import Page, Word, page_of
from .limits import Limits
from .pages import share_unmapped, words_of
from .refusals import Refused

FEWEST_WORDS = 12  # an invoice says more than this; a stamp on a scan does not
MOST_UNMAPPED = 0.2
PICTURE_SHARE = 0.7  # of the page's area: a scan
UNDER_PICTURE = 90  # percent: text under a scan was guessed by a machine


def read_file(path: Path, limits: Limits) -> Reading:
    """The reading of one file; refusals are readings too. Raises MemoryError when it must."""
    try:
        check_file(path, limits)
        with bounded(limits):
            return _read(path, limits)
    except Refused as refused:
        return Reading.refused(str(path), refused.reason, refused.pages)
    except MemoryError:
        raise
    except PDFTextExtractionNotAllowed:
        return Reading.refused(str(path), "encrypted")
    except PdfminerException as wrapped:
        return Reading.refused(str(path), _reason_of(wrapped))
    # pdfminer meets a broken file with whatever its code stumbles over: TypeError, KeyError,
    # AssertionError, RecursionError. Each means the same to the person who sent the file.
    except Exception:  # noqa: BLE001 - see above
        return Reading.refused(str(path), "damaged")


def _reason_of(wrapped: PdfminerException) -> str:
    cause = wrapped.args[0] if wrapped.args else None
    if isinstance(cause, MemoryError):
        raise cause
    if isinstance(cause, Refused):
        return cause.reason
    return "encrypted" if isinstance(cause, PDFPasswordIncorrect) else "damaged"


def _read(path: Path, limits: Limits) -> Reading:
    with pdfplumber.open(path) as pdf:
        catalog = pdf.doc.catalog
        check_page_count(catalog, limits)
        count = len(pdf.pages)
        if not count:
            raise Refused("damaged")
        if count > limits.pages_accepted:
            raise Refused("too_many_pages", count)
        check_inactive(catalog, [page.page_obj.attrs for page in pdf.pages])
        pages, scanned = _laid_out(pdf, limits)
        visible = figures_on(pages)
        attached = attached_invoice(catalog)
    figures = with_attached(visible, attached.values) if attached else visible
    return Reading.of(str(path), count, _said(figures, scanned))


def _said(figures: dict[str, Figure | None], scanned: bool) -> dict[str, Figure | None]:
    """Only what is worth saying, and none of it sure when it was recognised from a picture."""
    said = {name: one for name, one in figures.items() if one and one.confidence >= WORTH_SAYING}
    if not scanned:
        return dict(said)
    return {
        name: Figure(one.value, min(one.confidence, UNDER_PICTURE), one.page, one.box, one.why)
        for name, one in said.items()
    }


def _laid_out(pdf: pdfplumber.pdf.PDF, limits: Limits) -> tuple[list[Page], bool]:
    pages: list[Page] = []
    words_read, scanned = 0, False
    unmapped: list[Word] = []
    for page in _chosen(pdf.pages, limits):
        layout = page.layout
        words = words_of(layout)
        words_read += len(words)
        if words_read > limits.words_read:
            raise Refused("too_much_text", len(pdf.pages))
        scanned = scanned or _is_picture(layout)
        pages.append(page_of(words, page.page_number, layout.width, layout.height))
        unmapped += words
        page.close()
    if words_read < FEWEST_WORDS or share_unmapped(unmapped) > MOST_UNMAPPED:
        raise Refused("no_text", len(pdf.pages))
    return pages, scanned


def _chosen(pages: list[Any], limits: Limits) -> Iterator[Any]:
    """All pages, or the first and last of a long document: the totals stand on one of these."""
    if len(pages) <= limits.pages_read:
        yield from pages
        return
    half = limits.pages_read // 2
    yield from pages[:half]
    yield from pages[-half:]


def _is_picture(page: LTPage) -> bool:
    area = page.width * page.height
    return any(image.width * image.height > PICTURE_SHARE * area for image in _images(page))


def _images(container: LTContainer[Any]) -> Iterator[LTImage]:
    for item in container:
        if isinstance(item, LTImage):
            yield item
        elif isinstance(item, LTContainer):
            yield from _images(item)
