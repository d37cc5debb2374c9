"""Net, VAT and gross found among other sums: by what adds up and by what words say."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.documents.reading.amounts import as_text
from services.documents.reading.analysis import figures_on
from services.documents.reading.figures import SURE
from services.documents.reading.totals import fits
from tests.reading.sketches import page_from

RATES = st.sampled_from([Decimal("25.5"), Decimal(24), Decimal(14), Decimal(10), Decimal(19), Decimal(7)])
CENTS = st.integers(100, 10**9)


def tax_of(net: int, rate: Decimal) -> int:
    return int((net * rate / 100).quantize(Decimal(1), ROUND_HALF_UP))


def printed(cents: int) -> str:
    return as_text(cents).replace(".", ",")


@given(CENTS, RATES)
def test_tax_by_its_rate_fits_and_a_tax_two_cents_off_does_not(net, rate):
    assert fits(net, tax_of(net, rate), rate)
    assert not fits(net, tax_of(net, rate) + 3, rate)


@given(CENTS, RATES, st.lists(CENTS, max_size=6))
def test_labelled_sums_that_add_up_are_found_among_others(net, rate, others):
    vat = tax_of(net, rate)
    lines = [f"Tuote {place}            {printed(other)}" for place, other in enumerate(others)]
    totals = [
        f"Veroton yhteensä    {printed(net)}",
        f"Alv {rate} %   {printed(vat)}",
        f"Lasku yhteensä   {printed(net + vat)}",
    ]

    found = figures_on([page_from("\n".join([*lines, *totals]))])

    assert [found[name].value for name in ("net", "vat", "gross")] == [as_text(net), as_text(vat), as_text(net + vat)]


@given(st.lists(st.tuples(CENTS, RATES), min_size=2, max_size=3, unique_by=lambda part: part[1]))
def test_vat_of_several_rates_is_added_up(parts):
    net = sum(base for base, _ in parts)
    vat = sum(tax_of(base, rate) for base, rate in parts)
    rows = [f"MwSt. {rate} % auf {printed(base)}     {printed(tax_of(base, rate))}" for base, rate in parts]

    found = figures_on(
        [page_from("\n".join([f"Summe netto   {printed(net)}", *rows, f"Rechnungsbetrag   {printed(net + vat)}"]))]
    )

    assert found["gross"].value == as_text(net + vat)
    assert found["vat"].value == as_text(vat)


@given(CENTS, RATES, st.integers(3, 10**6))
def test_a_gross_that_does_not_add_up_is_never_sure(net, rate, off):
    vat = tax_of(net, rate)
    text = f"Netto   {printed(net)}\nMoms {rate} %   {printed(vat)}\nTotalt   {printed(net + vat + off)}"

    found = figures_on([page_from(text)])["gross"]

    assert found is None or found.value != as_text(net + vat + off) or found.confidence < SURE
