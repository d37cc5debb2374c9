"""E-invoices attached to a PDF, and what they do to the visible figures."""

from __future__ import annotations

import pytest

from services.documents.reading.agreement import with_attached
from services.documents.reading.attachment import figures_in_xml
from services.documents.reading.figures import SURE, WORTH_CHECKING, Figure

CII = """<rsm:CrossIndustryInvoice xmlns:rsm="urn:rsm" xmlns:ram="urn:ram" xmlns:udt="urn:udt">
<rsm:ExchangedDocument><ram:ID>F-77</ram:ID>
<ram:IssueDateTime><udt:DateTimeString format="102">20260312</udt:DateTimeString></ram:IssueDateTime>
</rsm:ExchangedDocument>
<ram:SellerTradeParty><ram:Name>Muster GmbH</ram:Name><ram:SpecifiedTaxRegistration><ram:ID schemeID="FC">201/1</ram:ID>
</ram:SpecifiedTaxRegistration><ram:SpecifiedTaxRegistration>
<ram:ID schemeID="VA">DE129273398</ram:ID></ram:SpecifiedTaxRegistration>
</ram:SellerTradeParty><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
<ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:TaxBasisTotalAmount>100.00</ram:TaxBasisTotalAmount>
<ram:TaxTotalAmount currencyID="EUR">19.00</ram:TaxTotalAmount><ram:GrandTotalAmount>119.00</ram:GrandTotalAmount>
</ram:SpecifiedTradeSettlementHeaderMonetarySummation></rsm:CrossIndustryInvoice>"""
FINVOICE = """<Finvoice><SellerPartyDetails><SellerOrganisationName>Saimaan Sorvaus Oy</SellerOrganisationName>
<SellerOrganisationTaxCode>FI20774740</SellerOrganisationTaxCode></SellerPartyDetails><InvoiceDetails>
<InvoiceNumber>12</InvoiceNumber><InvoiceDate Format="CCYYMMDD">20260312</InvoiceDate>
<InvoiceTotalVatExcludedAmount AmountCurrencyIdentifier="EUR">100,00</InvoiceTotalVatExcludedAmount>
<InvoiceTotalVatAmount AmountCurrencyIdentifier="EUR">25,50</InvoiceTotalVatAmount>
<InvoiceTotalVatIncludedAmount AmountCurrencyIdentifier="EUR">125,50</InvoiceTotalVatIncludedAmount>
</InvoiceDetails></Finvoice>"""


def visible(value: str, confidence: int = 90) -> Figure:
    return Figure(value, confidence, 1, (0.0, 0.0, 1.0, 1.0), "label_and_value")


def test_a_factur_x_invoice_gives_its_figures():
    assert figures_in_xml(CII.encode()) == {
        "invoice_number": "F-77",
        "invoice_date": "2026-03-12",
        "seller_name": "Muster GmbH",
        "seller_vat_id": "DE129273398",
        "net": "100.00",
        "vat": "19.00",
        "gross": "119.00",
        "currency": "EUR",
    }


def test_a_finvoice_gives_its_figures():
    found = figures_in_xml(FINVOICE.encode())

    assert (found["gross"], found["currency"], found["invoice_date"]) == ("125.50", "EUR", "2026-03-12")


@pytest.mark.parametrize("data", [b"", b"<html/>", b"not xml", b"<Finvoice><InvoiceDetails>", b"\xff\xfe"])
def test_other_data_gives_nothing(data):
    assert figures_in_xml(data) == {}


def test_entities_are_not_followed():
    bomb = '<!DOCTYPE Finvoice [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + FINVOICE.replace(">12<", ">&a;<")

    assert figures_in_xml(bomb.encode()) == {}


def test_data_that_agrees_makes_sure():
    [figure] = [one for one in with_attached({"gross": visible("119.00")}, {"gross": "119.00"}).values() if one]

    assert (figure.confidence >= SURE, figure.why) == (True, "attached_data_agrees")


def test_data_that_disagrees_is_said_and_the_page_is_shown():
    figure = with_attached({"gross": visible("119.00", 98)}, {"gross": "1190.00"})["gross"]

    assert figure.value == "119.00"
    assert (figure.confidence < WORTH_CHECKING, figure.why) == (True, "attached_data_disagrees")


def test_what_only_the_data_says_is_to_be_checked():
    figure = with_attached({"gross": None}, {"gross": "119.00"})["gross"]

    assert (figure.value, figure.page) == ("119.00", 0)
    assert figure.confidence < SURE
