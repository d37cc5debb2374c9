from __future__ import annotations

from datetime import timedelta

import pytest

from services.documents.domain.errors import PageNotDrawn
from services.documents.use_cases.pictures import Drawn, forget_old_pictures, get_page_picture
from services.documents.use_cases.sweeping import sweep_orphans
from shared.errors import NotFound
from tests.support.documents_builders import COMPANY, THEIRS, a_document
from tests.support.documents_fakes import FakeArchive, FakeRoom, open_house


class Draughtsman:
    def __init__(self) -> None:
        self.drawn: list[tuple[str, int]] = []

    def __call__(self, blob: str, page: int) -> Drawn:
        self.drawn.append((blob, page))
        return Drawn(png=b"png", width=595.0, height=842.0)


@pytest.fixture
def room() -> FakeRoom:
    room = FakeRoom()
    room.documents.add(a_document())
    return room


def test_a_page_is_drawn_once_and_kept(room):
    archive, draw = FakeArchive(), Draughtsman()

    first = get_page_picture(lambda: room.opened(COMPANY), archive, draw, "d-1", 1)
    again = get_page_picture(lambda: room.opened(COMPANY), archive, draw, "d-1", 1)

    assert first == again
    assert (first["width"], first["height"]) == (595.0, 842.0)
    assert draw.drawn == [("0" * 32, 1)]


def test_nobody_gets_a_picture_of_a_page_they_may_not_read(room):
    room.documents.add(a_document(document_id="d-2", blob="1" * 32, business_id=THEIRS))
    draw = Draughtsman()

    with pytest.raises(NotFound):
        get_page_picture(lambda: room.opened(COMPANY), FakeArchive(), draw, "d-2", 1)
    assert draw.drawn == []


def test_only_a_pdf_has_pages(room):
    room.documents.add(a_document(document_id="d-2", blob="1" * 32, media_type="image/png"))

    with pytest.raises(PageNotDrawn):
        get_page_picture(lambda: room.opened(COMPANY), FakeArchive(), Draughtsman(), "d-2", 1)


def test_old_pictures_are_forgotten_and_their_bytes_swept(room):
    archive = FakeArchive()
    get_page_picture(lambda: room.opened(COMPANY), archive, Draughtsman(), "d-1", 1)
    assert sweep_orphans(room.opened, archive, timedelta(days=1), open_house) == 0

    room.now += timedelta(days=31)
    forget_old_pictures(room.work(), timedelta(days=30))

    assert sweep_orphans(room.opened, archive, timedelta(days=1), open_house) == 1
