from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.documents.domain.file_names import LONGEST, shown_name
from services.documents.domain.file_types import (
    ALLOWED,
    CSV,
    DOCX,
    JPEG,
    PDF,
    PNG,
    TXT,
    XLSX,
    has_macros,
    office_type,
    type_of_head,
    type_of_text,
)


@pytest.mark.parametrize(
    ("head", "file_type"),
    [
        (b"%PDF-1.7\n", PDF),
        (b"\r\n\xef\xbb\xbf%PDF-1.4", PDF),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", JPEG),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", PNG),
        (b"MZ\x90\x00", None),
        (b"\x7fELF", None),
        (b"", None),
    ],
)
def test_content_says_what_a_file_is(head, file_type):
    assert type_of_head(head) is file_type


@pytest.mark.parametrize("start", [b"<html>", b"<!DOCTYPE html>", b"MZ\x90", b"#!/bin/sh\n", b"<svg onload=x>"])
def test_a_web_page_or_program_with_a_pdf_header_inside_is_no_pdf(start):
    assert type_of_head(start + b" %PDF-1.7") is None


def test_an_office_file_is_known_by_its_parts_and_any_other_zip_is_not_kept():
    assert office_type({"[Content_Types].xml", "word/document.xml"}) is DOCX
    assert office_type({"[Content_Types].xml", "xl/workbook.xml"}) is XLSX
    assert office_type({"[Content_Types].xml", "ppt/presentation.xml"}) is None
    assert office_type({"virus.exe"}) is None


def test_macros_are_seen_wherever_they_lie_in_the_package():
    assert has_macros({"xl/vbaProject.bin"})
    assert has_macros({"word/VBAPROJECT.BIN"})
    assert not has_macros({"word/document.xml"})


@pytest.mark.parametrize(
    ("content", "name", "file_type"),
    [
        (b"Erittely\n1 234,50\n", "erittely.txt", TXT),
        ("päivä;summa\n1.9.2026;12,40\n".encode(), "kulut.CSV", CSV),
        ("päivä;summa\n".encode("latin-1"), "kulut.csv", CSV),
        ("päivä\tsumma\n".encode("utf-16"), "kulut.txt", TXT),
        (b"Erittely\n", "erittely.bat", None),
        (b"Erittely\0\n", "erittely.txt", None),
        (b"  <script>alert(1)</script>", "erittely.txt", None),
        (b"\xef\xbb\xbf<html>", "erittely.txt", None),
        ("<html>".encode("utf-16"), "erittely.csv", None),
        (b"#!/bin/sh\nrm -rf /", "erittely.txt", None),
    ],
)
def test_text_is_kept_when_it_is_named_so_and_is_no_script_or_markup(content, name, file_type):
    assert type_of_text(content, name) is file_type


@pytest.mark.parametrize(
    ("given_name", "file_type", "shown"),
    [
        ("Tarjous Äkäslompolo.pdf", PDF, "Tarjous Äkäslompolo.pdf"),
        ("C:\\Users\\anna\\kuitti.PDF", PDF, "kuitti.PDF"),
        ("../../etc/passwd", PDF, "passwd.pdf"),
        ("kuitti.exe", PDF, "kuitti.exe.pdf"),
        ("kuva.jpeg", JPEG, "kuva.jpeg"),
        ('a"b;c.pdf', PDF, "a_b_c.pdf"),
        ("lasku\r\nSet-Cookie: x.pdf", PDF, "lasku Set-Cookie_ x.pdf"),
        ("\u202efdp.exe", PDF, "fdp.exe.pdf"),
        ("   ", PNG, "document.png"),
        (".pdf", PDF, "pdf.pdf"),
    ],
)
def test_a_file_keeps_its_name_without_what_could_mislead(given_name, file_type, shown):
    assert shown_name(given_name, file_type) == shown


@given(st.text(max_size=400), st.sampled_from(ALLOWED))
def test_whatever_the_name_it_fits_a_header_and_ends_as_the_content_does(given_name, file_type):
    shown = shown_name(given_name, file_type)

    assert 0 < len(shown) <= LONGEST
    assert shown.rpartition(".")[2].lower() in file_type.extensions
    assert not set(shown) & set('/\\"\r\n\0')
    assert shown_name(shown, file_type) == shown
