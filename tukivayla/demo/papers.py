"""Papers of invented companies, as real PDFs: plans to attach to applications, invoices to claim."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

import typst

_ATTACHMENT = """
#let paper = json(bytes(sys.inputs.paper))
#set document(title: paper.title)
#set text(size: 11pt, lang: paper.language)
= #paper.title
#for line in paper.lines [#line #parbreak()]
"""

_INVOICE = """
#let it = json(bytes(sys.inputs.paper))
#set document(title: it.words.invoice + " " + it.number)
#set page(paper: "a4", margin: 2cm)
#set text(size: 10pt, lang: it.language)
#grid(columns: (1fr, 1fr),
  [*#it.seller* \\ #it.seller_address \\ #it.words.business_id #it.seller_id \\ #it.words.vat_id #it.seller_vat_id],
  align(right)[#text(size: 18pt)[#it.words.invoice]
    #table(columns: 2, stroke: none, align: (left, right),
      [#it.words.number], [#it.number],
      [#it.words.date], [#it.date],
      [#it.words.due], [#it.due])])
#v(1cm)
#it.buyer
#v(1cm)
#table(columns: (1fr, auto, auto, auto), stroke: (x, y) => if y == 0 { (bottom: 0.6pt) }, align: (left, right, right, right),
  [#it.words.what], [#it.words.net], [#it.words.rate], [#it.words.gross],
  [#it.what], [#it.net], [#it.rate %], [#it.gross])
#v(0.5cm)
#align(right)[#table(columns: 2, stroke: none, align: (left, right),
  [#it.words.total_net], [#it.net €],
  [#it.words.vat #it.rate %], [#it.vat €],
  [*#it.words.total*], [*#it.gross €*])]
"""

_WORDS = {
    "fi": {
        "invoice": "LASKU",
        "number": "Laskun numero",
        "date": "Laskun päivä",
        "due": "Eräpäivä",
        "business_id": "Y-tunnus",
        "vat_id": "ALV-tunnus",
        "what": "Kuvaus",
        "net": "Veroton",
        "rate": "ALV",
        "gross": "Verollinen",
        "total_net": "Veroton yhteensä",
        "vat": "Arvonlisävero",
        "total": "Yhteensä",
    },
    "sv": {
        "invoice": "FAKTURA",
        "number": "Fakturanummer",
        "date": "Fakturadatum",
        "due": "Förfallodag",
        "business_id": "FO-nummer",
        "vat_id": "Momsnummer",
        "what": "Beskrivning",
        "net": "Exkl. moms",
        "rate": "Moms",
        "gross": "Inkl. moms",
        "total_net": "Summa exkl. moms",
        "vat": "Moms",
        "total": "Att betala",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """Amounts and days as printed ("1 234,50", "22.11.2026"); `rate` the VAT percentage as printed."""

    language: str
    seller: str
    seller_address: str
    seller_id: str
    seller_vat_id: str
    buyer: str
    number: str
    date: str
    due: str
    what: str
    net: str
    vat: str
    gross: str
    rate: str


def attachment_pdf(title: str, lines: list[str], language: str = "fi") -> bytes:
    return _compile(_ATTACHMENT, {"title": title, "lines": lines, "language": language})


def invoice_pdf(invoice: Invoice) -> bytes:
    return _compile(_INVOICE, {**asdict(invoice), "words": _WORDS[invoice.language]})


def _compile(source: str, paper: dict[str, object]) -> bytes:
    return bytes(typst.compile(source.encode(), sys_inputs={"paper": json.dumps(paper)}))
