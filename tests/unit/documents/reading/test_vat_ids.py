"""VAT numbers, whole or in pieces, right or wrong."""

from __future__ import annotations

import random

import pytest

from services.documents.reading.identifiers import swedish_vat_id, vat_ids_in
from tests.reading.made_invoices import a_vat_id


def values(text: str) -> list[str]:
    return [found.value for found in vat_ids_in(text.split())]


@pytest.mark.parametrize("language", ["fi", "sv", "de", "fr"])
@pytest.mark.parametrize("seed", range(5))
def test_a_right_number_is_known_to_be_right(language, seed):
    number = a_vat_id(random.Random(seed), language)

    [found] = vat_ids_in([number])
    assert (found.value, found.checked) == (number, True)


def test_a_number_in_pieces_is_put_together():
    assert values("N° TVA FR 604 219 388 61") == ["FR60421938861"]
    assert values("UID: CHE-116.281.710 MWST") == ["CHE116281710MWST"]


def test_a_finnish_business_id_gives_the_vat_number():
    [found] = vat_ids_in(["Y-tunnus:", "2077474-0"])

    assert (found.value, found.derived) == ("FI20774740", True)


def test_a_wrong_business_id_gives_none():
    assert values("Y-tunnus: 2077474-1") == []


def test_an_account_number_is_no_vat_number():
    assert values("IBAN FI21 1234 5600 0007 85") == []
    assert values("IBAN DE89 3704 0044 0532 0130 00") == []


def test_wrong_check_digits_are_told():
    [found] = vat_ids_in(["DE123456789"])

    assert not found.checked


def test_a_swedish_company_number_gives_its_vat_number():
    assert swedish_vat_id("556036-0793") == "SE556036079301"
    assert swedish_vat_id("556036-0794") is None
