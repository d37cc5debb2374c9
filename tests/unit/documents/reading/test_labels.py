"""Labels are known by what they mean, whatever their spacing, accents and case."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.documents.reading.vocabulary import hits_in, key_of, labels, parts_of


def meanings(text: str) -> set[tuple[str, str]]:
    hits = hits_in([key_of(word) for word in text.split()])
    return {(entry.family, entry.meaning) for hit in hits for entry in hit.entries}


@pytest.mark.parametrize(
    "text", ["Rechnungs-Nr.:", "RECHNUNGSNR", "Rechnungs Nr", "Laskun numero", "N° de facture", "Invoice #"]
)
def test_ways_to_say_invoice_number(text):
    assert ("field", "invoice_number") in meanings(text)


@pytest.mark.parametrize("text", ["Bruttogesamtbetrag", "Gesamtnettosumme", "GesamtbetragderRechnung"])
def test_german_compounds_are_taken_apart(text):
    assert any(entry.family == "sum" for entry in parts_of(key_of(text)))


def test_a_rate_is_not_the_tax():
    assert ("sum", "vat") not in meanings("VAT %")
    assert ("sum", "vat") in meanings("VAT")


def test_the_longest_label_wins():
    assert ("field", "due_date") in meanings("Due date")
    assert ("field", "date") not in meanings("Due date")


def test_no_label_is_empty_or_written_twice_for_one_meaning():
    assert "" not in labels()
    assert all(len(entries) == len(set(entries)) for entries in labels().values())


@given(st.text(max_size=60))
def test_labels_never_overlap(text):
    hits = list(hits_in([key_of(word) for word in text.split()]))

    assert all(before.end <= after.start for before, after in pairwise(hits))
