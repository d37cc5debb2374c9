"""Pages of a PDF as pictures, drawn once and kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from services.documents.domain.documents import Document
from services.documents.domain.errors import PageNotDrawn
from services.documents.domain.file_types import PDF
from services.documents.domain.pictures import PagePicture
from services.documents.ports import Archive, OpenWork, Work
from services.documents.use_cases.storing import must_be_openable, visible_document


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A page as PNG; `width` and `height` of the page in PDF points."""

    png: bytes
    width: float
    height: float


DrawPage = Callable[[str, int], Drawn]  # blob and page; raises NoSuchPage or PageNotDrawn


def get_page_picture(open_work: OpenWork, archive: Archive, draw: DrawPage, document_id: str, page: int) -> Any:
    """The page's picture, drawn outside any transaction when nobody has asked for it lately.

    Raises NotFound, NotForYou, NoSuchPage and PageNotDrawn, and what `open_document` raises of an unscanned file.
    """
    with open_work() as work:
        document = visible_document(work, document_id)
        must_be_openable(work, document)
        picture = work.pictures.find(document_id, page)
    if picture is None:
        picture = _drawn(document, page, archive, draw)
        with open_work() as work:
            work.pictures.add(picture, work.now)
            # Another process may have drawn it meanwhile; its picture then stays, and ours is swept away.
            picture = work.pictures.find(document_id, page) or picture
    return asdict(picture)


def forget_old_pictures(work: Work, age: timedelta) -> int:
    """Forget pictures nobody needs every day; their bytes become orphans and are swept away."""
    return work.pictures.forget_older(work.now - age)


def _drawn(document: Document, page: int, archive: Archive, draw: DrawPage) -> PagePicture:
    if document.media_type != PDF.media_type:
        raise PageNotDrawn(page=page, reason="not_a_pdf")
    drawn = draw(document.blob, page)
    blob = archive.put(drawn.png)
    return PagePicture(
        document_id=document.document_id, page=page, blob=blob.key, width=drawn.width, height=drawn.height
    )
