"""Files from outside, bent in every way: refused by name, never a crash, never half applied."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from services.payments.bank.answers import read_answer
from services.payments.domain.errors import NotABankAnswer, NotXml
from shared.errors import DomainError
from shared.money import total
from tests.support.payments_fakes import Desk
from tests.support.payments_journeys import Journey, many
from tukivayla import demo_bank


class House:
    """A house with one file of two payments at the bank."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.journey = Journey(self.desk.work)
        self.journey.award()
        self.claims = many(self.journey, ["1 000,00", "2 000,00"])
        self.file = self.journey.file(self.journey.batch(*self.claims)["batch_id"])


def is_read_or_refused(text: str) -> bool:
    try:
        read_answer(text)
    except (NotXml, NotABankAnswer):
        return False
    return True


@given(st.text(max_size=200))
def test_any_text_is_an_answer_or_is_refused(text):
    assert is_read_or_refused(text) in (True, False)


odd_texts = st.sampled_from(
    ["", "-1", "1e9", "0.001", "NaN", "2027-13-45", "9" * 40, "AC04", "RJCT", "ACSC", "DBIT", "CRDT", "x" * 3000]
)


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(["pain.002", "camt.054"]), st.sampled_from(["drop", "double", "text"]), odd_texts)
def test_a_bent_answer_is_refused_whole_or_keeps_the_books_right(data, kind, bend, text):
    house = House()
    document = etree.fromstring(demo_bank.answer(house.file, kind=kind))
    element = data.draw(st.sampled_from(list(document.iterdescendants())))
    parent = element.getparent()
    if bend == "drop":
        parent.remove(element)
    elif bend == "double":
        parent.append(etree.fromstring(etree.tostring(element)))
    else:
        element.text = text

    before = dict(house.desk.tables.claims)
    try:
        house.journey.answer(etree.tostring(document, encoding="unicode"))
    except DomainError:
        assert house.desk.tables.claims == before

    grant = house.journey.grant()
    paid = [house.journey.claim(claim_id) for claim_id in house.claims]
    assert grant["paid"] == total(claim["payable"] for claim in paid if claim["state"] == "paid")
    assert grant["paid"] <= grant["approved"] <= grant["aid"]


def test_a_deeply_nested_file_is_refused():
    with pytest.raises(NotXml):
        read_answer("<a>" * 5000 + "</a>" * 5000)
