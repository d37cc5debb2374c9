"""From laid-out pages to the figures of an invoice, each with its confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from .amounts import as_text
from .currencies import currency
from .evidence import Document, figure
from .figures import Figure
from .invoice_dates import invoice_date
from .invoice_numbers import SEVERAL_INVOICES, invoice_number
from .layout import Page
from .ledger import Ledger
from .seller_ids import seller_vat_id
from .seller_names import seller_name
from .sums import Sum, percentages_on, sums_on
from .totals import Totals, totals_of

Figures = dict[str, Figure | None]

DOUBTED = 72  # percent


def figures_on(pages: Sequence[Page]) -> Figures:
    """The eight figures as the visible text gives them; a figure not found is None."""
    document = Document(pages)
    sums = sums_on(pages)
    vat_id = seller_vat_id(document)
    money = currency(document, vat_id)
    number = invoice_number(document)
    found = {
        "invoice_number": number,
        "invoice_date": invoice_date(document, money.value if money else ""),
        "seller_name": seller_name(document, vat_id),
        "seller_vat_id": vat_id,
        **_money_figures(document, sums),
        "currency": money,
    }
    return _doubted(found) if number and number.why == SEVERAL_INVOICES else found


def _doubted(found: Figures) -> Figures:
    """The figures of a file that holds several invoices: nobody can tell which one they should be of."""
    return {
        name: replace(one, confidence=min(one.confidence, DOUBTED), why=SEVERAL_INVOICES) if one else None
        for name, one in found.items()
    }


def _money_figures(document: Document, sums: Sequence[Sum]) -> Figures:
    rates = {Decimal(rate) for rate in percentages_on(document.pages)}
    totals = totals_of(sums, rates)
    if totals is None:
        return {"net": None, "vat": None, "gross": None}
    if not totals.vat and not totals.net:
        return {"net": None, "vat": None, "gross": _worth_saying(_gross_alone(document, sums, totals))}
    return {name: _worth_saying(one) for name, one in _three(sums, totals).items()}


def _three(sums: Sequence[Sum], totals: Totals) -> Figures:
    confidence, why = _agreement(totals)
    if _greater_total(sums, totals):
        confidence, why = min(confidence, 72), "conflict"
    gross = totals.gross
    net = (totals.net,) if totals.net else ()
    return {
        "net": _printed_or_derived(totals.net_cents, net, gross, confidence, why),
        "vat": _printed_or_derived(totals.vat_cents, totals.vat, gross, confidence - 3 * (len(totals.vat) > 1), why),
        "gross": figure(as_text(gross.cents), confidence, gross.page, gross.words, why),
    }


def _printed_or_derived(cents: int, printed: Sequence[Sum], gross: Sum, confidence: int, why: str) -> Figure:
    """A sum with its place; one that is not printed is marked where the gross stands, and never sure."""
    if not printed:
        return figure(as_text(cents), min(confidence, 85), gross.page, gross.words, "derived")
    page = printed[0].page
    words = [word for part in printed if part.page == page for word in part.words]
    return figure(as_text(cents), confidence, page, words, why)


def _agreement(totals: Totals) -> tuple[int, str]:
    """How far the arithmetic, the labels and the rates agree."""
    evidence = totals.evidence
    fits = evidence & {"rate_fits", "rates_fit", "zero_vat"}
    if "pair_fits_rate" in evidence:
        return 93, "rate_fits"
    if "sign_missing" in evidence:
        return 86 if fits else 75, "sign_missing"
    if "a_cent_off" in evidence:
        return 88 if fits else 75, "a_cent_off"
    if "all_labelled" in evidence and fits:
        return 98, "adds_up"
    if "labelled" in evidence and fits - {"zero_vat"}:
        return 96, "adds_up"
    if "all_labelled" in evidence:
        return 95, "adds_up"
    if "labelled" in evidence:
        return 90 if "usual_rate" in evidence else 70, "adds_up"
    if fits - {"zero_vat"}:
        return 82, "adds_up_unlabelled"
    return 55, "adds_up_unlabelled"


def _greater_total(sums: Sequence[Sum], totals: Totals) -> bool:
    """Whether a sum greater than the gross is called the gross at least as clearly."""
    ledger = Ledger(sums)
    limit = max(ledger.weight(one, "gross") for one in sums if one.cents == totals.gross.cents) if sums else 0
    return any(
        abs(one.cents) > abs(totals.gross.cents) and ledger.weight(one, "gross") >= max(limit, 7) for one in ledger.sums
    )


def _gross_alone(document: Document, sums: Sequence[Sum], totals: Totals) -> Figure:
    """A total that nothing adds up to: its labels must carry it, and they can mislead."""
    ledger = Ledger(sums)
    gross = totals.gross
    weight = ledger.weight(gross, "gross")
    confidence, why = {9: 80, 8: 78, 7: 76, 6: 70, 5: 62}.get(weight, 45), "label_and_value"
    if "column_adds_up" in totals.evidence:
        confidence, why = confidence + 10, "column_adds_up"
    if "due_agrees" in totals.evidence:
        confidence += 8
    taxed = bool(document.labelled("sum", "vat"))
    if not taxed and weight >= 5 and len([one for one in sums if one.cents == gross.cents]) > 2:
        confidence, why = max(confidence, 86), "repeated"
    rivals = {one.cents for one in ledger.of_role("gross", least=max(5, weight - 1))} - {gross.cents}
    if rivals:
        confidence, why = min(confidence - 14, 74), "conflict"
    if taxed and "column_adds_up" not in totals.evidence:
        confidence = min(confidence, 78)
    return figure(as_text(gross.cents), min(confidence, 94), gross.page, gross.words, why)


def _worth_saying(found: Figure | None) -> Figure | None:
    return found if found and found.confidence >= 50 else None
