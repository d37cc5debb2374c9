"""The e-invoice that some PDFs carry: Factur-X and ZUGFeRD (CII), UBL and Finvoice.

Read with entities, network and document types off: the data is a stranger's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pdfminer.pdftypes import PDFStream, resolve1

from .amounts import as_text
from .dates import dates_in
from .vocabulary import key_of

MOST_BYTES = 4 * 1024 * 1024
MOST_FILES = 50
MOST_DEPTH = 12

# Where each figure stands, by the root element's name; the first path that gives text wins.
# Element names alone decide: namespaces differ between versions of the same format.
_Paths = dict[str, tuple[str, ...]]
_SUMS = ("SpecifiedTradeSettlementHeaderMonetarySummation", "SpecifiedTradeSettlementMonetarySummation")
_HEADS = ("ExchangedDocument", "HeaderExchangedDocument")
_CII: _Paths = {
    "invoice_number": tuple(f"{head}/ID" for head in _HEADS),
    "invoice_date": tuple(f"{head}/IssueDateTime/DateTimeString" for head in _HEADS),
    "seller_name": ("SellerTradeParty/Name",),
    "seller_vat_id": ("SellerTradeParty/SpecifiedTaxRegistration/ID[@schemeID='VA']",),
    "net": tuple(f"{sums}/TaxBasisTotalAmount" for sums in _SUMS),
    "vat": tuple(f"{sums}/TaxTotalAmount" for sums in _SUMS),
    "gross": tuple(f"{sums}/GrandTotalAmount" for sums in _SUMS),
    "currency": ("InvoiceCurrencyCode",),
}
_UBL: _Paths = {
    "invoice_number": ("/ID",),
    "invoice_date": ("/IssueDate",),
    "seller_name": (
        "AccountingSupplierParty/Party/PartyLegalEntity/RegistrationName",
        "AccountingSupplierParty/Party/PartyName/Name",
    ),
    "seller_vat_id": ("AccountingSupplierParty/Party/PartyTaxScheme/CompanyID",),
    "net": ("LegalMonetaryTotal/TaxExclusiveAmount",),
    "vat": ("/TaxTotal/TaxAmount",),
    "gross": ("LegalMonetaryTotal/TaxInclusiveAmount",),
    "currency": ("DocumentCurrencyCode",),
}
_FINVOICE: _Paths = {
    "invoice_number": ("InvoiceDetails/InvoiceNumber",),
    "invoice_date": ("InvoiceDetails/InvoiceDate",),
    "seller_name": ("SellerPartyDetails/SellerOrganisationName",),
    "seller_vat_id": ("SellerPartyDetails/SellerOrganisationTaxCode",),
    "net": ("InvoiceDetails/InvoiceTotalVatExcludedAmount",),
    "vat": ("InvoiceDetails/InvoiceTotalVatAmount",),
    "gross": ("InvoiceDetails/InvoiceTotalVatIncludedAmount",),
    "currency": ("InvoiceDetails/InvoiceTotalVatIncludedAmount/@AmountCurrencyIdentifier",),
}
_FORMATS = {
    "CrossIndustryInvoice": _CII,
    "CrossIndustryDocument": _CII,
    "Invoice": _UBL,
    "CreditNote": _UBL,
    "Finvoice": _FINVOICE,
}


@dataclass(frozen=True, slots=True)
class Attached:
    """The figures of an attached e-invoice, in the same text forms as `Figure.value`."""

    values: Mapping[str, str]


def attached_invoice(catalog: dict[str, Any]) -> Attached | None:
    """The e-invoice among a document's attached files; None when there is none that can be read."""
    for data in _files(catalog):
        values = figures_in_xml(data)
        if values:
            return Attached(values)
    return None


def figures_in_xml(data: bytes) -> dict[str, str]:
    """The figures of an e-invoice; empty for any other XML, or none at all."""
    if len(data) > MOST_BYTES:
        return {}
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return {}
    if root.getroottree().docinfo.internalDTD is not None:
        return {}
    paths = _FORMATS.get(etree.QName(root).localname, {})
    found = {name: _plain(name, _first(root, path)) for name, path in paths.items()}
    return {name: value for name, value in found.items() if value}


def _first(root: Any, paths: tuple[str, ...]) -> str:
    for path in paths:
        found = root.xpath(_by_local_names(path))
        texts = [item if isinstance(item, str) else item.text for item in found]
        if texts and texts[0]:
            return str(texts[0]).strip()
    return ""


def _by_local_names(path: str) -> str:
    steps = path.removeprefix("/").split("/")
    return ("/*/" if path.startswith("/") else "//") + "/".join(_step(step) for step in steps)


def _step(step: str) -> str:
    if step.startswith("@"):
        return step
    name, bracket, condition = step.partition("[")
    return f"*[local-name()='{name}']{bracket}{condition}"


def _plain(name: str, text: str) -> str:
    if name in ("net", "vat", "gross"):
        return _money(text)
    if name == "invoice_date":
        return next((written.day.isoformat() for written in dates_in(text)), "")
    return key_of(text).upper() if name == "seller_vat_id" else text


def _money(text: str) -> str:
    whole, _, fraction = text.replace(",", ".").partition(".")
    digits = whole.removeprefix("-")
    if not digits.isdecimal() or len(digits) > 13 or not (fraction or "0").isdecimal() or fraction[2:].strip("0"):
        return ""
    cents = int(digits) * 100 + int((fraction + "00")[:2])
    return as_text(-cents if whole.startswith("-") else cents)


def _files(catalog: dict[str, Any]) -> Iterator[bytes]:
    names = resolve1(catalog.get("Names"))
    tree = names.get("EmbeddedFiles") if isinstance(names, dict) else None
    specifications = [*_leaves(tree, 0), *_listed(catalog.get("AF"))]
    for item in specifications[:MOST_FILES]:
        specification = resolve1(item)
        if not isinstance(specification, dict) or not _named_xml(specification):
            continue
        streams = resolve1(specification.get("EF"))
        stream = resolve1(streams.get("F") or streams.get("UF")) if isinstance(streams, dict) else None
        if isinstance(stream, PDFStream):
            yield stream.get_data()


def _listed(value: Any) -> list[Any]:
    found = resolve1(value)
    return found if isinstance(found, list) else []


def _leaves(node: Any, depth: int) -> Iterator[Any]:
    found = resolve1(node)
    if not isinstance(found, dict) or depth > MOST_DEPTH:
        return
    yield from _listed(found.get("Names"))[1::2][:MOST_FILES]
    for child in _listed(found.get("Kids"))[:MOST_FILES]:
        yield from _leaves(child, depth + 1)


def _named_xml(specification: dict[str, Any]) -> bool:
    names = (resolve1(specification.get(key)) for key in ("UF", "F"))
    return any(name.replace(b"\0", b"").lower().endswith(b".xml") for name in names if isinstance(name, bytes))
