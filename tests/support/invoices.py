"""An invoice of an invented supplier, as a PDF."""

from __future__ import annotations

from tukivayla.demo.papers import Invoice, invoice_pdf


def an_invoice_pdf(number: str = "20260117") -> bytes:
    return invoice_pdf(
        Invoice(
            language="fi",
            seller="Kuviteltu Kone Oy",
            seller_address="Keksitty katu 1, 00100 Helsinki",
            seller_id="9100009-9",
            seller_vat_id="FI91000099",
            buyer="Mallimetalli Esimerkki Oy",
            number=number,
            date="3.3.2026",
            due="17.3.2026",
            what="Työstökeskuksen ohjausyksikkö",
            net="12 345,67",
            vat="3 148,15",
            gross="15 493,82",
            rate="25,5",
        )
    )
