"""The payment file: what a bank would refuse never reaches it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from services.payments.bank.credit_transfer import FileDisagrees, check, write
from services.payments.domain.batches import PaymentOrder, bank_text, batch_id, checked
from services.payments.domain.errors import PaymentFileFaulty
from services.payments.settings import BadDebtors, read_settings
from shared.reference.authorities import AUTHORITIES
from tests.support import payments_builders as a

DEBTORS = read_settings({}).debtors


def an_order(*payments, authority="ITA", **facts) -> PaymentOrder:
    return replace(
        PaymentOrder(
            batch_id="E2027-00001",
            debtor=DEBTORS[authority],
            made_by=a.PAYER.person,
            made_at=a.NOON,
            execute_on=date(2027, 3, 10),
            payments=payments or (a.a_payment(),),
        ),
        **facts,
    )


def texts(xml: bytes, name: str) -> list[str]:
    return [element.text for element in etree.fromstring(xml).iterfind(f".//{{*}}{name}")]


@pytest.mark.parametrize("authority", DEBTORS)
def test_every_authoritys_file_passes_its_banks_schema(authority):
    order = an_order(authority=authority)
    schema = etree.XMLSchema(
        etree.fromstring((files("sepaxml") / "schemas" / f"{order.debtor.schema}.xsd").read_bytes())
    )

    assert schema.validate(etree.fromstring(write(order)))


def test_the_same_order_always_gives_the_same_bytes():
    assert write(an_order()) == write(an_order())


def test_the_file_says_what_was_ordered():
    other = a.a_payment(payment_id="A80656-M1-1", claim_id="A80656-M1", amount=a.eur("0.05"))
    xml = write(an_order(a.a_payment(), other))

    assert texts(xml, "MsgId") == ["TV-ITA-E2027-00001"]
    assert texts(xml, "EndToEndId") == ["A80655-M1-1", "A80656-M1-1"]
    assert texts(xml, "CtrlSum") == ["400.05", "400.05"]
    assert texts(xml, "NbOfTxs") == ["2", "2"]
    assert texts(xml, "Ustrd") == ["Maksatus A80655-M1", "Maksatus A80655-M1"]
    assert texts(xml, "CreDtTm") == ["2027-03-10T12:00:00+02:00"]


def test_two_payments_of_one_id_never_leave_the_house():
    with pytest.raises(FileDisagrees):
        write(an_order(a.a_payment(), a.a_payment()))


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        (b'<InstdAmt Ccy="EUR">400.00<', b'<InstdAmt Ccy="EUR">400.01<'),
        (b"<CtrlSum>400.00<", b"<CtrlSum>4000.00<"),
        (b"<NbOfTxs>1<", b"<NbOfTxs>2<"),
        (b"<EndToEndId>A80655-M1-1<", b"<EndToEndId>A80655-M1-2<"),
        (b"<PmtMtd>TRF<", b"<PmtMtd>CASH<"),
    ],
)
def test_a_file_that_does_not_say_what_was_ordered_is_not_sent(said, instead):
    tampered = write(an_order()).replace(said, instead)

    with pytest.raises(FileDisagrees):
        check(tampered, an_order())


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"name": "x" * 71}, "too_long"),
        ({"name": ""}, "required"),
        ({"name": "Oy <Ab>"}, "bad_characters"),
        ({"account": "FI2112345600000786"}, "not_an_iban"),
        ({"account": "TR330006100519786457841326"}, "not_a_sepa_country"),
        ({"amount": a.eur("0.00")}, "amount_out_of_range"),
        ({"amount": a.eur("1000000000.00")}, "amount_out_of_range"),
        ({"payment_id": "A" * 36}, "too_long"),
        ({"payment_id": "/A"}, "bad_characters"),
        ({"payment_id": "A//B"}, "bad_characters"),
        ({"message": "x" * 141}, "too_long"),
    ],
)
def test_what_a_bank_would_refuse_is_found_here(facts, rule):
    with pytest.raises(PaymentFileFaulty) as refusal:
        checked(an_order(a.a_payment(**facts)))

    assert [fault.rule for fault in refusal.value.faults] == [rule]


def test_a_day_on_which_banks_are_closed_is_found_here():
    with pytest.raises(PaymentFileFaulty):
        checked(an_order(execute_on=date(2027, 3, 13)))


def test_an_order_without_faults_is_passed_on():
    order = an_order()

    assert checked(order) is order


@pytest.mark.parametrize(
    ("name", "at_the_bank"),
    [
        ("Saimaan Levypaja Oy", "Saimaan Levypaja Oy"),
        ("Åkes Möbler & Söner Ab", "Åkes Möbler + Söner Ab"),
        ("Café “Élan” — Łódź", "Cafe 'Elan' - Lodz"),
        ("  kaksi \n riviä ", "kaksi riviä"),
    ],
)
def test_names_are_spelt_so_that_every_bank_takes_them(name, at_the_bank):
    assert bank_text(name, 70) == at_the_bank


@given(st.text(max_size=200))
def test_any_name_becomes_one_that_a_bank_takes(name):
    spelt = bank_text(name, 70)

    assert len(spelt) <= 70
    if spelt:
        assert checked(an_order(a.a_payment(name=spelt)))
        assert write(an_order(a.a_payment(name=spelt)))


def test_batches_are_numbered_by_year():
    assert batch_id(2027, 42) == "E2027-00042"


def test_every_authority_has_an_account_for_demonstration():
    assert set(DEBTORS) == {authority.code for authority in AUTHORITIES}


def test_settings_name_every_mistake_at_once(tmp_path):
    file = tmp_path / "debtors.toml"
    file.write_text('[ITA]\nname = "Itä"\naccount = "FI00"\nbic = "X"\nschema = "pain.001.001.99"\n', "utf-8")

    with pytest.raises(BadDebtors) as mistakes:
        read_settings({"TUKIVAYLA_DEBTORS": str(file)})

    for mistake in ("customer_id is missing", "cut_off is missing", "schema is none of", "account: not_an_iban"):
        assert mistake in str(mistakes.value)


def test_a_file_made_after_the_cut_off_says_so_itself():
    late = an_order(made_at=a.NOON + timedelta(hours=6), execute_on=date(2027, 3, 11))

    assert texts(write(late), "Dt") == ["2027-03-11"]
