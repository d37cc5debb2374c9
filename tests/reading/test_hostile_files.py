"""Files that mean harm, are broken, or have nothing to read: refused with a reason, within the limits."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from services.documents.reading import DEFAULT, read_invoice
from tests.reading import made_files as made

QUICK = replace(DEFAULT, seconds=1)


def reason_for(tmp_path, pool, data: bytes, limits=DEFAULT) -> str | None:
    reading = read_invoice(made.put(tmp_path, data), limits=limits, pool=pool)
    assert reading.readable is (reading.reason is None)
    assert reading.readable or not any(reading.figures.values())
    return reading.reason


def test_a_file_that_is_not_there(tmp_path, pool):
    assert read_invoice(tmp_path / "none.pdf", pool=pool).reason == "file_not_found"


def test_an_empty_file(tmp_path, pool):
    assert reason_for(tmp_path, pool, b"") == "empty_file"


def test_a_web_page_named_pdf(tmp_path, pool):
    assert reason_for(tmp_path, pool, b"<html><script>alert(1)</script></html>") == "not_a_pdf"


def test_a_file_cut_short(tmp_path, pool):
    assert reason_for(tmp_path, pool, made.an_invoice()[:9000]) == "damaged"


def test_pages_that_contain_themselves(tmp_path, pool):
    assert reason_for(tmp_path, pool, made.pages_that_contain_themselves()) in ("damaged", "no_text")


def test_a_file_behind_a_password(tmp_path, pool):
    assert reason_for(tmp_path, pool, made.encrypted(made.an_invoice(), password="secret")) == "encrypted"


def test_a_file_that_only_forbids_changes_is_read(tmp_path, pool):
    assert reason_for(tmp_path, pool, made.encrypted(made.an_invoice(), password="")) is None


def test_javascript_on_opening(tmp_path, pool):
    assert reason_for(tmp_path, pool, made.opening_with_javascript(made.an_invoice())) == "active_content"


def test_a_program_started_after_a_link(tmp_path, pool):
    assert reason_for(tmp_path, pool, made.launching_from_a_link(made.an_invoice())) == "active_content"


def test_a_plain_link_is_harmless(tmp_path, pool):
    assert reason_for(tmp_path, pool, made.linking(made.an_invoice())) is None


def test_a_megabyte_that_unpacks_to_hundreds(tmp_path, pool):
    started = time.monotonic()

    assert reason_for(tmp_path, pool, made.a_bomb(megabytes=60)) == "too_much_memory"
    assert time.monotonic() - started < 10


def test_a_page_that_never_ends(tmp_path, pool):
    started = time.monotonic()

    assert reason_for(tmp_path, pool, made.an_endless_drawing(), QUICK) == "too_slow"
    assert time.monotonic() - started < 10


def test_too_many_pages(tmp_path, pool):
    few = replace(DEFAULT, pages_accepted=5)

    assert reason_for(tmp_path, pool, made.many_pages(6), few) == "too_many_pages"


def test_of_a_long_document_the_first_and_last_pages_are_read(tmp_path, pool):
    few = replace(DEFAULT, pages_read=4)
    path = made.put(tmp_path, made.many_pages(30))

    reading = read_invoice(path, limits=few, pool=pool)

    assert (reading.readable, reading.pages) == (True, 30)


def test_a_file_larger_than_accepted(tmp_path, pool):
    assert reason_for(tmp_path, pool, made.an_invoice(), replace(DEFAULT, file_bytes=1000)) == "file_too_large"


def test_more_text_than_an_invoice_has(tmp_path, pool):
    assert reason_for(tmp_path, pool, made.an_invoice(), replace(DEFAULT, words_read=20)) == "too_much_text"


@pytest.mark.parametrize("language", ["fi", "de"])
def test_a_scan_is_never_guessed(tmp_path, pool, language):
    assert reason_for(tmp_path, pool, made.scanned(made.an_invoice(2, language))) == "no_text"


def test_a_blank_page_has_no_text(tmp_path, pool):
    assert reason_for(tmp_path, pool, made.a_blank_picture()) == "no_text"


def test_letters_that_cannot_be_told_are_no_text(tmp_path, pool):
    assert reason_for(tmp_path, pool, made.without_letters(made.an_invoice())) == "no_text"


@pytest.mark.parametrize("place", range(0, 9000, 450))
def test_a_byte_turned_over_never_breaks_the_reading(tmp_path, pool, place):
    data = bytearray(made.an_invoice())
    data[200 + place] ^= 0xFF

    reading = read_invoice(made.put(tmp_path, bytes(data)), pool=pool)

    assert reading.reason in (None, "damaged", "no_text", "encrypted", "too_much_memory")
