"""PDF pages a second a core, against pdfplumber alone taking the words off the same pages."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import pdfplumber

from services.documents.reading import read_invoice
from tukivayla.bench.report import Report
from tukivayla.demo.papers import Invoice, invoice_pdf

FILES = 60


def measure_pages(report: Report) -> None:
    report.begin("invoices: read in a worker process")
    with tempfile.TemporaryDirectory() as directory:
        files = [_invoice(Path(directory), number) for number in range(FILES)]
        read_invoice(files[0])  # the worker is warm in life too
        bare, ours = [], []
        for half in (files[: FILES // 2], files[FILES // 2 :]):
            bare.append(_timed(lambda path: _words(path), half))
            ours.append(_timed(lambda path: read_invoice(path), half))
    report.add("PDF pages, one core", FILES / sum(ours), FILES / sum(bare), unit="pages", target="0.90")


def _timed(do: object, files: list[Path]) -> float:
    began = time.monotonic()
    for path in files:
        do(path)  # type: ignore[operator]
    return time.monotonic() - began


def _words(path: Path) -> int:
    with pdfplumber.open(path) as document:
        return sum(len(page.extract_words()) for page in document.pages)


def _invoice(directory: Path, number: int) -> Path:
    path = directory / f"{number}.pdf"
    path.write_bytes(
        invoice_pdf(
            Invoice(
                language="fi" if number % 2 else "sv",
                seller="Kuviteltu Kone Oy",
                seller_address="Keksitty katu 1, 00100 Helsinki",
                seller_id="9100009-9",
                seller_vat_id="FI91000099",
                buyer="Mallimetalli Esimerkki Oy",
                number=f"2026{number:04}",
                date="3.3.2026",
                due="17.3.2026",
                what="Työstökeskuksen ohjausyksikkö",
                net="12 345,67",
                vat="3 148,15",
                gross="15 493,82",
                rate="25,5",
            )
        )
    )
    return path
