"""Invoices of many kinds, sketched as text: what a person reads is what is read."""

from __future__ import annotations

import pytest

from services.documents.reading.analysis import figures_on
from services.documents.reading.figures import SURE, WORTH_CHECKING
from tests.reading.sketches import Sketch, page_from, sketches

ALL = sketches()


@pytest.mark.parametrize("sketch", ALL, ids=lambda sketch: sketch.name)
def test_the_figures_a_person_reads_are_read(sketch: Sketch):
    found = figures_on([sketch.page])

    read = {name: found[name].value if found[name] else None for name in sketch.figures}
    assert read == sketch.figures


def test_a_total_that_stands_alone_is_never_sure():
    found = figures_on([page_from("Rechnung Nr. 7\nLogo      350,00\nGesamtbetrag   350,00")])

    assert found["gross"].value == "350.00"
    assert found["gross"].confidence < SURE


def test_sums_that_do_not_add_up_are_not_said_to():
    found = figures_on([page_from("Lasku 12\nVeroton      100,00\nAlv 24 %      25,00\nYhteensä     124,00 €")])

    assert found["gross"].confidence < WORTH_CHECKING
    assert found["vat"] is None


def test_two_invoice_numbers_weaken_each_other():
    found = figures_on([page_from("Invoice number: A-100\nTotal 10.00\n\nInvoice number: B-200")])

    assert found["invoice_number"].why == "conflict"
    assert found["invoice_number"].confidence < WORTH_CHECKING


def test_a_vat_number_with_wrong_check_digits_is_to_be_checked():
    found = figures_on([page_from("Muster GmbH\nUSt-IdNr.: DE123456789\nRechnung Nr. 1")])

    assert found["seller_vat_id"].value == "DE123456789"
    assert found["seller_vat_id"].why == "check_digits_wrong"
    assert found["seller_vat_id"].confidence < SURE


def test_an_english_date_that_could_be_two_days_is_not_sure():
    found = figures_on([page_from("Invoice number: 5\nInvoice date: 03/04/2025\nTotal: EUR 10.00")])

    assert found["invoice_date"].why == "day_or_month_first"
    assert found["invoice_date"].confidence < WORTH_CHECKING


def test_another_date_on_the_page_tells_which_comes_first():
    text = "Invoice number: 5\nInvoice date: 03/04/2025\nDue date: 04/18/2025\nTotal: $10.00"
    found = figures_on([page_from(text)])

    assert found["invoice_date"].value == "2025-03-04"


def test_a_file_of_several_invoices_is_sure_of_nothing():
    pages = [
        page_from(f"Lasku\nLaskun numero: {n}\nVeroton {n},00\nAlv 0 % 0,00\nYhteensä {n},00 €") for n in (100, 200)
    ]
    pages[1].number = 2
    for cell in pages[1].cells:
        cell.page = 2

    found = figures_on(pages)

    assert {one.why for one in found.values() if one} == {"several_invoices"}
    assert all(one.confidence < WORTH_CHECKING for one in found.values() if one)


def test_a_figure_says_where_it_stands():
    found = figures_on([page_from("Lasku\n\nLaskun numero: 4711")])

    figure = found["invoice_number"]
    assert figure.page == 1
    assert figure.box == (115.0, 76.0, 135.0, 85.0)


def test_an_empty_page_gives_nothing():
    assert set(figures_on([page_from("")]).values()) == {None}


def test_letters_set_apart_are_one_word():
    found = figures_on([page_from("I N V O I C E   N U M B E R     K-17\nT O T A L     1 2 , 5 0")])

    assert found["invoice_number"].value == "K-17"
