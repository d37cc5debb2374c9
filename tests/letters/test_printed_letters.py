"""The letter as a file: archivable, readable by a screen reader, and saying the very sums that were decided."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import Any

import pdfplumber
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.documents.domain.letters import LetterKind
from services.documents.letters.press import ENDED, SubprocessPress
from services.documents.letters.repertoire import shown, shown_everywhere
from services.documents.letters.words import LANGUAGES
from tests.letters.conftest import composed
from tests.support.documents_builders import a_cut, a_payment_decision, a_refusal, a_step, an_award

AWARDED, REFUSED, PAID = LetterKind.GRANT_AWARDED, LetterKind.GRANT_REFUSED, LetterKind.PAYMENT_DECIDED
LETTERS = [
    pytest.param(kind, build(language), language, id=f"{kind}-{language}")
    for kind, build in ((AWARDED, an_award), (REFUSED, a_refusal), (PAID, a_payment_decision))
    for language in LANGUAGES
]
REGIONS = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}


@cache
def pages_of(pdf: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [page.extract_text() for page in document.pages]


def text_of(pdf: bytes) -> str:
    return " ".join("\n".join(pages_of(pdf)).split())


def structure(pdf: pikepdf.Pdf) -> list[str]:
    """The types of the structure tree's elements, in reading order."""
    found: list[str] = []

    def walk(element: Any) -> None:
        if isinstance(element, pikepdf.Array):
            for part in element:
                walk(part)
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                found.append(str(element.S))
            if "/K" in element:
                walk(element.K)

    walk(pdf.Root.StructTreeRoot.K)
    return found


@pytest.mark.parametrize(("kind", "data", "language"), LETTERS)
def test_every_letter_says_that_it_is_accessible_and_for_the_archive(print_letter, kind, data, language):
    with pikepdf.open(io.BytesIO(print_letter(kind, data))) as pdf:
        with pdf.open_metadata() as metadata:
            declared = str(metadata)
            assert metadata["pdfaid:part"] == "3"
            assert metadata["pdfaid:conformance"] == "A"
            assert "<pdfuaid:part>1</pdfuaid:part>" in declared
            assert REGIONS[language] in declared
        assert str(pdf.Root.Lang) == REGIONS[language]
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


@pytest.mark.parametrize(("kind", "data", "language"), LETTERS)
def test_every_letter_carries_what_the_archive_asks_for(print_letter, kind, data, language):
    with pikepdf.open(io.BytesIO(print_letter(kind, data))) as pdf:
        info = pdf.docinfo
        assert data["title"] in str(info.Title)
        assert str(info.Author) == composed(kind, data)["authority"]
        assert {data["number"], data["business_id"], kind}.issubset(str(info.Keywords).split(", "))
        assert str(info.CreationDate).startswith(f"D:{data['decided_at']:%Y%m%d%H%M%S}")


@pytest.mark.parametrize(("kind", "data", "language"), LETTERS)
def test_a_screen_reader_finds_headings_and_tables_with_headings(print_letter, kind, data, language):
    with pikepdf.open(io.BytesIO(print_letter(kind, data))) as pdf:
        found = structure(pdf)

    sheet = composed(kind, data)
    tables = [block for part in sheet["sections"] for block in part["blocks"] if block["kind"] == "table"]
    assert found.count("/H1") + found.count("/H2") >= len(sheet["sections"])
    assert found.count("/Table") == len(tables)
    assert found.count("/TH") == sum(len(table["headings"]) for table in tables)
    assert found.count("/Caption") == len(tables)


@pytest.mark.parametrize(("kind", "data", "language"), LETTERS)
def test_each_page_has_the_case_and_its_number_of_so_many(print_letter, kind, data, language):
    pages = pages_of(print_letter(kind, data))
    case = data.get("claim_id", data["number"])

    for number, page in enumerate(pages, 1):
        assert re.search(rf"{case}\s+\w+ {number} \({len(pages)}\)", page.splitlines()[0])
        assert composed(kind, data)["footer"].split(" · ")[0] in page.splitlines()[-1]


@pytest.mark.parametrize(("kind", "data", "language"), LETTERS)
def test_the_letter_says_the_very_sums_that_were_decided(print_letter, kind, data, language):
    text = text_of(print_letter(kind, data))
    for name in ("aid", "aid_sought", "eligible_costs", "payable", "claimed", "accepted_costs"):
        if name in data:
            euros, cents = divmod(data[name].cents, 100)
            grouped = f"{euros:,}"
            expected = f"€{grouped}.{cents:02}" if language == "en" else f"{grouped.replace(',', ' ')},{cents:02} €"
            assert expected in text, name


def test_the_same_decision_gives_the_same_bytes():
    sheet = composed(AWARDED, an_award())

    [one] = SubprocessPress().print([sheet])
    [another] = SubprocessPress().print([sheet])

    assert one == another


def test_what_a_person_wrote_is_printed_as_written_and_never_obeyed(print_letter):
    hostile = '#panic("x") *lihava* _x_ $1+1$ <tag> @viite \\ // = Otsikko `koodi` [x] {reasons} #read("/etc/passwd")'

    text = text_of(print_letter(AWARDED, an_award(title=hostile[:120], reasons=hostile, conditions=[hostile])))

    assert text.count('#panic("x") *lihava* _x_ $1+1$ <tag> @viite') >= 3
    assert "{reasons} #read" in text


def test_a_character_the_fonts_have_not_is_shown_as_a_square_and_stops_no_letter(print_letter):
    text = text_of(print_letter(REFUSED, a_refusal(reasons="Kiitos 😀 漢字 ﷽ Čáhci Ŋ ǥ ʒ Привет")))

    assert "Kiitos □ □□ □ Čáhci Ŋ ǥ ʒ Привет" in text


@settings(max_examples=5, deadline=None)
@given(st.lists(st.text(max_size=300), min_size=20, max_size=20))
def test_no_text_whatever_stops_a_letter(texts):
    sheet = composed(REFUSED, a_refusal())
    sheets = [shown_everywhere({**sheet, "title": text or "x", "party": [text]}) for text in texts]

    printed = SubprocessPress().print(sheets)

    assert [answer for answer in printed if isinstance(answer, str)] == []


@given(st.text())
def test_bringing_a_text_into_the_repertoire_twice_changes_nothing(text):
    assert shown(shown(text)) == shown(text)


def test_a_letter_that_the_typesetter_cannot_set_does_not_take_the_others_along():
    good = composed(REFUSED, a_refusal())
    bad = {**good, "sections": [{"heading": "x", "blocks": [{"kind": "unheard of"}]}, {"heading": 5}]}

    first, second, third = SubprocessPress().print([good, bad, good])

    assert isinstance(first, bytes)
    assert isinstance(second, str)
    assert second != ENDED
    assert third == first


def test_long_texts_many_steps_and_many_cuts_go_on_from_page_to_page(print_letter):
    long = "Hanke uudistaa levyjen käsittelyn, hitsauksen ja viimeistelyn. " * 20
    steps = [a_step("+", "costs_in_category", f"{number}.00", category="travel") for number in range(1, 60)]
    award = print_letter(AWARDED, an_award(reasons=long, conditions=[long[:900]] * 3, steps=steps))
    payment = print_letter(PAID, a_payment_decision(cuts=[a_cut(n, f"{n}.10", note=long[:900]) for n in range(1, 13)]))

    assert sum("Merkki Vaihe Summa Lähde" in page for page in pages_of(award)) >= 2, "headings come again on each page"
    assert "59,00 €" in text_of(award)
    assert "12 Hitsauspäät" in text_of(payment)
