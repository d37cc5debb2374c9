"""What the letter says, before it is set in type."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from services.documents.domain.letters import LetterKind
from services.documents.letters.composing import check_code_of, digest_of
from services.documents.letters.words import LANGUAGES
from shared.money import Money
from shared.reference.authorities import AUTHORITIES
from tests.letters.conftest import composed
from tests.support.documents_builders import a_cut, a_payment_decision, a_refusal, an_award, wire_of

AWARDED, REFUSED, PAID = LetterKind.GRANT_AWARDED, LetterKind.GRANT_REFUSED, LetterKind.PAYMENT_DECIDED

HEADINGS = {
    "fi": ["Päätös", "Perustelut", "Laskelma", "Ehdot", "Muutoksenhaku", "Lisätietoja"],
    "sv": ["Beslut", "Motivering", "Kalkyl", "Villkor", "Ändringssökande", "Ytterligare information"],
    "en": ["Decision", "Reasons", "Calculation", "Conditions", "How to request a review", "Further information"],
}


def headings(sheet: dict[str, Any]) -> list[str]:
    return [part["heading"] for part in sheet["sections"]]


def section(sheet: dict[str, Any], heading: str) -> list[dict[str, Any]]:
    return next(part["blocks"] for part in sheet["sections"] if part["heading"] == heading)


def said(sheet: dict[str, Any]) -> str:
    return json.dumps(sheet, ensure_ascii=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_award_and_a_payment_decision_have_all_six_parts(language):
    assert headings(composed(AWARDED, an_award(language))) == HEADINGS[language]
    assert headings(composed(PAID, a_payment_decision(language))) == HEADINGS[language]


def test_a_refusal_has_neither_a_calculation_nor_conditions():
    assert headings(composed(REFUSED, a_refusal())) == ["Päätös", "Perustelut", "Muutoksenhaku", "Lisätietoja"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("one", AUTHORITIES)
def test_every_authority_can_write_in_every_language(one, language):
    appeal = {"route": "council_review", "days": 30, "to": one.code, "legal_basis": ""}

    sheet = composed(REFUSED, a_refusal(language, authority=one.code, appeal=appeal))

    assert sheet["authority"] == one.names[language]


def test_the_sum_decided_is_the_last_row_of_the_calculation():
    [table, *_] = section(composed(AWARDED, an_award()), "Laskelma")

    assert table["totals"] == [["=", "Myönnettävä tuki, edellisistä pienin", "73\u00a0922,08\u00a0€", "2021-2027/1"]]
    assert len(table["rows"]) == 7


def test_the_accepted_costs_add_up_to_the_eligible_costs():
    tables = [block for block in section(composed(AWARDED, an_award()), "Päätös") if block["kind"] == "table"]

    assert [row[-1] for row in tables[0]["totals"]] == [
        "197\u00a0388,75\u00a0€",
        "13\u00a0817,21\u00a0€",
        "211\u00a0205,96\u00a0€",
    ]


def test_without_flat_rate_costs_there_is_one_total():
    data = an_award(eligible_costs=Money.eur("197388.75"))

    [table, *_] = [block for block in section(composed(AWARDED, data), "Päätös") if block["kind"] == "table"]

    assert [row[-1] for row in table["totals"]] == ["197\u00a0388,75\u00a0€"]


def test_cuts_are_shown_with_reason_note_sign_and_total():
    data = a_payment_decision(
        cuts=[a_cut(3, "1240.00", note="Yritys on alv-velvollinen."), a_cut(5, "0.05", "not_paid")]
    )

    [table] = [block for block in section(composed(PAID, data), "Perustelut") if block["kind"] == "table"]

    assert [row[2] for row in table["rows"]] == ["\u22121\u00a0240,00\u00a0€", "\u22120,05\u00a0€"]
    assert table["rows"][0][1].splitlines()[-1] == "Yritys on alv-velvollinen."
    assert table["totals"][0][2] == "\u22121\u00a0240,05\u00a0€"


def test_what_was_claimed_less_the_cuts_is_what_is_accepted_before_the_flat_rate():
    texts = [
        block["text"] for block in section(composed(PAID, a_payment_decision()), "Päätös") if block["kind"] == "text"
    ]

    assert "62\u00a0409,56\u00a0€, ja niistä hyväksytään 61\u00a0169,56\u00a0€" in texts[0]
    assert texts[0].endswith("hyväksytyt kustannukset ovat 65\u00a0451,43\u00a0€.")


def test_a_claim_that_is_refused_promises_no_payment():
    nothing = Money(0)
    data = a_payment_decision(outcome="rejected", payable=nothing, accepted_costs=nothing, shares=[], steps=[])

    sheet = composed(PAID, data)

    assert section(sheet, "Päätös")[0]["text"].endswith("hylkää maksatushakemuksen. Tukea ei makseta.")
    assert "tilille" not in said(section(sheet, "Ehdot"))


def test_a_council_says_thirty_days_for_this_period_and_fourteen_for_the_last():
    appeal = {"route": "council_review", "days": 30, "to": "PLI", "legal_basis": "hallintolaki 434/2003 49 b–c §"}
    earlier = {**appeal, "route": "council_municipal_review", "days": 14, "legal_basis": "kuntalaki 410/2015 134 §"}

    now = said(section(composed(REFUSED, a_refusal("sv", authority="PLI", appeal=appeal)), "Ändringssökande"))
    then = said(section(composed(REFUSED, a_refusal("sv", authority="PLI", appeal=earlier)), "Ändringssökande"))

    assert "inom 30 dagar" in now
    assert "kommunalbesvär" not in now
    assert "inom 14 dagar" in then
    assert "medlemskommuner" in then
    assert "Landskapsstyrelsen: Österbottens förbund" in then


def test_a_payment_decision_of_a_council_is_reviewed_by_the_council():
    sheet = composed(PAID, a_payment_decision(authority="PLI"))

    assert "Maakunnan liitolle, joka on tehnyt päätöksen: Pohjanmaan liitto" in said(section(sheet, "Muutoksenhaku"))


def test_national_money_is_not_called_the_unions():
    union, national = composed(AWARDED, an_award()), composed(AWARDED, an_award(fund="national"))

    assert "Euroopan unionin" in said(union)
    assert "Euroopan unionin" not in said(national)


def test_both_signers_are_named_and_an_unknown_person_goes_by_the_id():
    sheet = composed(AWARDED, an_award(decided_by="p-unknown"))

    assert ["Esittelijä", "Marja-Leena Hyvärinen"] in sheet["facts"]
    assert ["Ratkaisija", "p-unknown"] in sheet["facts"]


def test_the_check_code_is_the_beginning_of_a_digest_that_anybody_can_compute():
    data = an_award()
    wire = wire_of(AWARDED, data)
    digest = hashlib.sha256(
        json.dumps(wire, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    ).hexdigest()

    assert digest_of(wire) == digest
    assert check_code_of("9d9e23bec8f97a6a" + "0" * 48) == "9D9E-23BE-C8F9-7A6A"
    assert check_code_of(digest) in composed(AWARDED, data)["footer"]


def test_another_sum_is_another_check_code():
    one, another = (composed(AWARDED, an_award(aid=Money.eur(aid)))["footer"] for aid in ("73922.08", "73922.09"))

    assert one != another
