"""Invoices of nine layouts in five languages, read from real PDF files."""

from __future__ import annotations

import pytest

from services.documents.reading import read_invoice
from services.documents.reading.figures import NAMES, WORTH_CHECKING
from tests.reading.made_files import an_invoice, put, with_attachment
from tests.reading.made_invoices import LANGUAGES, LAYOUTS, some_facts

SEED = 5
MAIN = ("invoice_number", "invoice_date", "seller_vat_id", "net", "vat", "gross", "currency")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_invoice_is_read_whatever_its_layout_and_language(tmp_path, pool, language, layout):
    truth = some_facts(SEED, language).truth()

    reading = read_invoice(put(tmp_path, an_invoice(SEED, language, layout)), pool=pool)

    assert {name: reading.to_json()[name] for name in MAIN} == {name: truth[name] for name in MAIN}


@pytest.mark.parametrize("seed", range(20, 26))
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_figure_is_wrong_without_a_warning(tmp_path, pool, language, seed):
    layout = list(LAYOUTS)[seed % len(LAYOUTS)]
    truth = some_facts(seed, language).truth()

    figures = read_invoice(put(tmp_path, an_invoice(seed, language, layout)), pool=pool).figures

    silently_wrong = {
        name: (figures[name].value, truth[name])
        for name in NAMES
        if figures[name]
        and figures[name].confidence >= WORTH_CHECKING
        and figures[name].value.rstrip(".") != truth[name].rstrip(".")
    }
    assert silently_wrong == {}


def test_every_figure_lies_on_its_page(tmp_path, pool):
    reading = read_invoice(put(tmp_path, an_invoice()), pool=pool)

    for figure in filter(None, reading.figures.values()):
        x0, top, x1, bottom = figure.box
        assert 0 <= x0 < x1 <= 596
        assert 0 <= top < bottom <= 842
        assert 1 <= figure.page <= reading.pages


def test_attached_data_is_held_against_the_page(tmp_path, pool):
    facts = some_facts(1, "fi")
    finvoice = (
        f"<Finvoice><InvoiceDetails><InvoiceNumber>{facts.number}</InvoiceNumber>"
        "<InvoiceTotalVatIncludedAmount AmountCurrencyIdentifier='EUR'>1,00</InvoiceTotalVatIncludedAmount>"
        "</InvoiceDetails></Finvoice>"
    )
    path = put(tmp_path, with_attachment(an_invoice(1, "fi"), "finvoice.xml", finvoice.encode()))

    reading = read_invoice(path, pool=pool)

    assert reading.invoice_number.why == "attached_data_agrees"
    assert reading.gross.why == "attached_data_disagrees"
    assert reading.gross.value == str(facts.gross)


def test_the_command_line_sees_values_and_shares(tmp_path, pool):
    answer = read_invoice(put(tmp_path, an_invoice(1, "fi")), pool=pool).to_json()

    assert answer["readable"] is True
    assert answer["reason"] is None
    assert set(NAMES) <= set(answer)
    assert all(0.5 <= share <= 1 for share in answer["confidence"].values())
