"""`tukivayla extract`: what is on an invoice, for a program to read."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.support.invoices import an_invoice_pdf

KEYS = {
    "file",
    "readable",
    "invoice_number",
    "invoice_date",
    "seller_name",
    "seller_vat_id",
    "net",
    "vat",
    "gross",
    "currency",
    "confidence",
    "reason",
}


def extract(*files):
    answered = subprocess.run(
        [sys.executable, "-m", "tukivayla", "extract", *map(str, files), "--json"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return [json.loads(line) for line in answered.stdout.splitlines()]


def test_one_object_a_file_with_the_figures_and_how_sure_each_is(tmp_path):
    invoice, none = tmp_path / "lasku.pdf", tmp_path / "ei.pdf"
    invoice.write_bytes(an_invoice_pdf())
    none.write_text("<html>ei ole pdf</html>")

    read, refused = extract(invoice, none)

    assert read.keys() == refused.keys() == KEYS
    assert (read["readable"], read["net"], read["vat"], read["gross"]) == (True, "12345.67", "3148.15", "15493.82")
    assert (read["invoice_number"], read["invoice_date"], read["currency"]) == ("20260117", "2026-03-03", "EUR")
    assert all(0 <= confidence <= 1 for confidence in read["confidence"].values())
    assert (refused["readable"], refused["reason"]) == (False, "not_a_pdf")
