"""Pictures of pages, on which figures are marked."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from services.documents.reading import DEFAULT
from services.documents.reading.picture import RESOLUTION, page_png
from services.documents.reading.refusals import Refused
from tests.reading import made_files as made


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_a_page_is_drawn_in_the_scale_that_boxes_are_in(tmp_path, pool):
    image = picture(page_png(made.put(tmp_path, made.an_invoice()), 1, pool=pool))

    assert image.format == "PNG"
    assert image.width == pytest.approx(595 * RESOLUTION / 72, abs=2)
    assert image.height == pytest.approx(842 * RESOLUTION / 72, abs=2)


@pytest.mark.parametrize("page", [0, 2, -1])
def test_a_page_that_is_not_there_is_refused(tmp_path, pool, page):
    with pytest.raises(Refused, match="no_such_page"):
        page_png(made.put(tmp_path, made.an_invoice()), page, pool=pool)


def test_a_page_as_large_as_a_house_is_drawn_small(tmp_path, pool):
    def grow(document):
        document.pages[0].MediaBox = [0, 0, 14_000, 14_000]

    image = picture(page_png(made.put(tmp_path, made.changed(made.an_invoice(), grow)), 1, pool=pool))

    assert image.width * image.height <= 12_100_000


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "empty_file"), (b"<html>", "not_a_pdf"), (b"%PDF-1.4 nothing", "damaged")],
)
def test_what_cannot_be_drawn_says_why(tmp_path, pool, data, reason):
    with pytest.raises(Refused, match=reason):
        page_png(made.put(tmp_path, data), 1, pool=pool)


def test_a_locked_file_is_not_drawn(tmp_path, pool):
    with pytest.raises(Refused, match="encrypted"):
        page_png(made.put(tmp_path, made.encrypted(made.an_invoice(), password="secret")), 1, pool=pool)


def test_drawing_keeps_to_its_time(tmp_path, pool):
    path = made.put(tmp_path, made.an_endless_drawing())

    with pytest.raises(Refused):
        page_png(path, 1, limits=replace(DEFAULT, seconds=1), pool=pool)
