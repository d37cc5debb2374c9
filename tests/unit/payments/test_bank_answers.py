"""The bank's answers: whatever their order, version or repetition, a payment ends where the bank says."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.payments.bank.answers import read_answer
from services.payments.domain.bank_news import STATUS, Notification, StatusReport
from services.payments.domain.errors import (
    AmountDiffers,
    AnswerForAnotherFile,
    ContradictsEarlierAnswer,
    NotABankAnswer,
    NotXml,
    UnknownBankStatus,
)
from services.payments.domain.payments import PaymentState, Word
from shared.errors import NotForYou
from tests.support import payments_builders as a
from tests.support.payments_fakes import Desk
from tests.support.payments_journeys import Journey, many
from tukivayla import demo_bank

BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt>&b;</CstmrPmtStsRpt></Document>"""
FILE_READER = """<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><Document xmlns="urn:x"><A>&a;</A></Document>"""


@pytest.fixture
def paid_file(journey) -> tuple[str, list[str]]:
    """A file of two payments, 400.00 and 800.00 euros: its batch id and its claims."""
    claims = many(journey, ["1 000,00", "2 000,00"])
    return journey.batch(*claims)["batch_id"], claims


def states(journey, claims) -> list[str]:
    return [journey.claim(claim_id)["state"] for claim_id in claims]


def test_settled_payments_make_paid_claims(journey, desk, paid_file):
    batch_id, claims = paid_file

    answer = journey.bank_says(batch_id, kind="camt.054")

    assert states(journey, claims) == ["paid", "paid"]
    assert (answer["applied"], answer["unchanged"]) == (2, 0)
    assert journey.grant()["paid"] == a.eur("1200.00")
    assert desk.tables.batch_states[batch_id] == "settled"
    assert [fact["amount"] for fact in desk.announced("payment_settled")] == ["400.00", "800.00"]
    assert all(fact["bank_reference"] for fact in desk.announced("payment_settled"))


def test_a_status_report_of_settlement_is_enough(journey, paid_file):
    batch_id, claims = paid_file

    journey.bank_says(batch_id, status="ACSC")

    assert states(journey, claims) == ["paid", "paid"]


def test_the_booking_that_comes_later_only_fills_in_the_reference(journey, desk, paid_file):
    batch_id, claims = paid_file
    journey.bank_says(batch_id, status="ACSC")

    journey.bank_says(batch_id, kind="camt.054")

    (payment,) = journey.claim(claims[0])["payments"]
    assert payment["bank_reference"]
    assert journey.grant()["paid"] == a.eur("1200.00")
    assert len(desk.announced("payment_settled")) == 2


def test_a_rejected_payment_may_be_ordered_again_under_a_new_id(journey, desk, paid_file):
    batch_id, claims = paid_file
    journey.bank_says(batch_id, rejected={f"{claims[0]}-1": "AC04"})
    assert states(journey, claims) == ["payment_failed", "paid"]

    again = journey.batch(claims[0])

    assert [payment["payment_id"] for payment in again["items"]] == [f"{claims[0]}-2"]
    assert [fact["reason"] for fact in desk.announced("payment_failed")] == ["AC04"]
    assert desk.tables.batch_states[batch_id] == "partly_settled"


def test_money_that_comes_back_opens_the_claim_again(journey, paid_file):
    batch_id, claims = paid_file
    journey.bank_says(batch_id, kind="camt.054")

    journey.bank_says(batch_id, kind="camt.054", rejected={f"{claims[1]}-1": "AC04"})

    claim = journey.claim(claims[1])
    assert (claim["state"], claim["payments"][0]["state"]) == ("payment_failed", "returned")
    assert claim["paid_on"] is None
    assert journey.grant()["paid"] == a.eur("400.00")


def test_the_same_file_again_changes_nothing(journey, desk, paid_file):
    batch_id, _ = paid_file
    first = journey.bank_says(batch_id, kind="camt.054")
    announced = len(desk.tables.announced)

    again = journey.bank_says(batch_id, kind="camt.054")

    assert first["first_time"]
    assert not again["first_time"]
    assert (again["applied"], again["unchanged"]) == (0, 2)
    assert again["payments"] == first["payments"]
    assert len(desk.tables.announced) == announced


def test_an_acceptance_that_comes_late_moves_nothing_back(journey, paid_file):
    batch_id, claims = paid_file
    journey.bank_says(batch_id, kind="camt.054")

    late = journey.bank_says(batch_id, status="ACCP")

    assert late["applied"] == 0
    assert states(journey, claims) == ["paid", "paid"]


def test_an_answer_about_a_file_we_never_made_is_refused(journey, paid_file):
    batch_id, _ = paid_file
    xml = demo_bank.answer(journey.file(batch_id)).replace(batch_id, "E2027-00099")

    with pytest.raises(AnswerForAnotherFile):
        journey.answer(xml)


@pytest.mark.parametrize("kind", ["pain.002", "camt.054"])
def test_an_amount_that_is_not_ours_stops_the_whole_answer(journey, desk, paid_file, kind):
    batch_id, claims = paid_file
    xml = demo_bank.answer(journey.file(batch_id), kind=kind).replace(">800.00<", ">800.01<")

    with pytest.raises(AmountDiffers):
        journey.answer(xml)

    assert states(journey, claims) == ["in_payment", "in_payment"]
    assert desk.tables.answers == {}


def test_a_report_on_fewer_payments_than_we_sent_is_refused(journey, paid_file):
    xml = demo_bank.answer(journey.file(paid_file[0])).replace("<OrgnlNbOfTxs>2<", "<OrgnlNbOfTxs>1<")

    with pytest.raises(AmountDiffers):
        journey.answer(xml)


def test_a_status_nobody_knows_is_for_a_person_to_read(journey, paid_file):
    xml = demo_bank.answer(journey.file(paid_file[0]), status="ZZZZ")

    with pytest.raises(UnknownBankStatus) as refusal:
        journey.answer(xml)

    assert refusal.value.facts["status"] == "ZZZZ"


def test_money_that_went_out_is_not_rejected_afterwards(journey, paid_file):
    batch_id, claims = paid_file
    journey.bank_says(batch_id, kind="camt.054")

    with pytest.raises(ContradictsEarlierAnswer):
        journey.bank_says(batch_id, rejected={f"{claims[0]}-1": "AC04"})


def test_another_authoritys_payer_does_not_take_in_the_answer(journey, paid_file):
    xml = demo_bank.answer(journey.file(paid_file[0]))

    with pytest.raises(NotForYou):
        journey.answer(xml, a.PAYER_ELSEWHERE)


def test_another_authoritys_payer_is_not_shown_what_an_answer_did_when_it_came_first(journey, paid_file):
    xml = demo_bank.answer(journey.file(paid_file[0]))
    journey.answer(xml)

    with pytest.raises(NotForYou):
        journey.answer(xml, a.PAYER_ELSEWHERE)


def test_a_status_of_the_whole_file_holds_for_every_payment_in_it(journey, paid_file):
    batch_id, claims = paid_file
    name = f"TV-ITA-{batch_id}"
    xml = f"""<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt>
      <GrpHdr><MsgId>B1</MsgId><CreDtTm>2027-03-10T13:00:00</CreDtTm></GrpHdr>
      <OrgnlGrpInfAndSts><OrgnlMsgId>{name}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.03</OrgnlMsgNmId>
        <GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>DU01</Cd></Rsn></StsRsnInf></OrgnlGrpInfAndSts>
    </CstmrPmtStsRpt></Document>"""

    journey.answer(xml)

    assert states(journey, claims) == ["payment_failed", "payment_failed"]
    assert journey.claim(claims[0])["payments"][0]["reason"] == "DU01"


def a_batch_entry(batch_id: str, amount: str) -> str:
    return f"""<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.02"><BkToCstmrDbtCdtNtfctn>
      <GrpHdr><MsgId>N1</MsgId><CreDtTm>2027-03-10T18:00:00</CreDtTm></GrpHdr>
      <Ntfctn><Id>1</Id><Acct><Id><IBAN>FI1416783010000100</IBAN></Id></Acct>
        <Ntry><Amt Ccy="EUR">12.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
          <BookgDt><Dt>2027-03-10</Dt></BookgDt></Ntry>
        <Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>
          <BookgDt><Dt>2027-03-10</Dt></BookgDt><AcctSvcrRef>R1</AcctSvcrRef>
          <NtryDtls><Btch><PmtInfId>TV-ITA-{batch_id}-P</PmtInfId><NbOfTxs>2</NbOfTxs></Btch></NtryDtls></Ntry>
      </Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"""


def test_one_debit_for_the_whole_file_settles_every_payment_in_it(journey, paid_file):
    batch_id, claims = paid_file

    journey.answer(a_batch_entry(batch_id, "1200.00"))

    assert states(journey, claims) == ["paid", "paid"]


def test_a_debit_for_the_whole_file_leaves_out_what_was_rejected(journey, paid_file):
    batch_id, claims = paid_file
    journey.bank_says(batch_id, status="ACCP", rejected={f"{claims[0]}-1": "AC04"})

    journey.answer(a_batch_entry(batch_id, "800.00"))

    assert states(journey, claims) == ["payment_failed", "paid"]


def test_a_debit_that_is_not_the_sum_of_the_file_is_refused(journey, paid_file):
    with pytest.raises(AmountDiffers):
        journey.answer(a_batch_entry(paid_file[0], "1199.99"))


def test_an_entry_not_yet_booked_settles_nothing(journey, paid_file):
    batch_id, _ = paid_file
    xml = demo_bank.answer(journey.file(batch_id), kind="camt.054").replace(">BOOK<", ">PDNG<")

    with pytest.raises(AnswerForAnotherFile):
        journey.answer(xml)


@pytest.mark.parametrize("text", ["", "no xml", "<a>", BOMB, FILE_READER, "\ud800", "<a/>" * 2])
def test_what_is_no_xml_of_a_bank_is_refused_whole(text):
    with pytest.raises(NotXml):
        read_answer(text)


@pytest.mark.parametrize(
    "text",
    [
        "<html/>",
        "<Document xmlns='urn:x'><CstmrCdtTrfInitn/></Document>",
        "<Document xmlns='urn:x'><CstmrPmtStsRpt/></Document>",
        "<Document xmlns='urn:x'><BkToCstmrDbtCdtNtfctn/></Document>",
    ],
)
def test_another_message_is_not_a_banks_answer(text):
    with pytest.raises(NotABankAnswer):
        read_answer(text)


def test_dollars_are_not_euros(journey, paid_file):
    xml = demo_bank.answer(journey.file(paid_file[0]), kind="camt.054").replace('Ccy="EUR"', 'Ccy="USD"')

    with pytest.raises(NotABankAnswer):
        journey.answer(xml)


@pytest.mark.parametrize("version", ["03", "10", "12"])
def test_every_version_of_a_report_is_read(journey, paid_file, version):
    xml = demo_bank.answer(journey.file(paid_file[0])).replace("pain.002.001.10", f"pain.002.001.{version}")

    assert isinstance(read_answer(f'<?xml version="1.0" encoding="ISO-8859-1"?>\n{xml}'), StatusReport)


def test_a_notification_is_read_entry_by_entry(journey, paid_file):
    message = read_answer(demo_bank.answer(journey.file(paid_file[0]), kind="camt.054"))

    assert isinstance(message, Notification)
    assert [entry.amount for entry in message.entries] == [a.eur("400.00"), a.eur("800.00")]
    assert message.account == "FI1416783010000100"


def test_every_status_of_iso_20022_that_we_know_has_its_meaning():
    assert {code for code, state in STATUS.items() if state is PaymentState.SETTLED} == {"ACSC", "ACCC"}
    assert {code for code, state in STATUS.items() if state is PaymentState.REJECTED} == {"RJCT", "CANC"}


def a_word(state: PaymentState | None, day: int = 11, **facts) -> Word:
    return Word(end_to_end_id="A80655-M1-1", state=state, on=date(2027, 3, day), **facts)


HAPPY = [
    a_word(None),
    a_word(PaymentState.PENDING, reason="RVNM"),
    a_word(PaymentState.ACCEPTED),
    a_word(PaymentState.SETTLED),
    a_word(PaymentState.SETTLED, day=12),
    a_word(PaymentState.SETTLED, day=15, booked=True, reference="R1"),
]
RETURNED = [*HAPPY, a_word(PaymentState.RETURNED, reason="AC04", booked=True)]
REJECTED = [a_word(None), a_word(PaymentState.ACCEPTED), a_word(PaymentState.REJECTED, reason="AC01")]


def test_the_day_of_the_booking_wins_and_of_two_reports_the_earlier():
    reported = a.a_payment().heard(a_word(PaymentState.SETTLED, day=12)).heard(a_word(PaymentState.SETTLED, day=11))
    booked = reported.heard(a_word(PaymentState.SETTLED, day=15, booked=True, reference="R1"))

    assert reported.settled_on == date(2027, 3, 11)
    assert booked.heard(a_word(PaymentState.SETTLED, day=10)).settled_on == date(2027, 3, 15)


@given(st.sampled_from([HAPPY, RETURNED, REJECTED]).flatmap(st.permutations), st.data())
def test_whatever_order_the_words_come_in_the_payment_ends_the_same(words, data):
    repeated = data.draw(st.lists(st.sampled_from(words), max_size=4))
    in_order, shuffled = a.a_payment(), a.a_payment()
    for word in sorted(words, key=repr):
        in_order = in_order.heard(word)
    for word in [*words, *repeated]:
        shuffled = shuffled.heard(word)

    assert shuffled == in_order


@settings(max_examples=40)
@given(st.permutations(["received", "waiting", "accepted", "settled", "booked", "booked and returned", "booked"]))
def test_whatever_order_the_answers_come_in_the_case_ends_the_same(order):
    desk = Desk()
    journey = Journey(desk.work)
    journey.award()
    claims = many(journey, ["1 000,00", "2 000,00"])
    batch_id = journey.batch(*claims)["batch_id"]
    file = journey.file(batch_id)
    back = {f"{claims[0]}-1": "AC04"}
    answers = {
        "received": demo_bank.answer(file, status="RCVD"),
        "waiting": demo_bank.answer(file, status="PDNG"),
        "accepted": demo_bank.answer(file, status="ACCP"),
        "settled": demo_bank.answer(file, status="ACSC"),
        "booked": demo_bank.answer(file, kind="camt.054"),
        "booked and returned": demo_bank.answer(file, kind="camt.054", rejected=back),
    }
    for name in order:
        journey.answer(answers[name])

    grant = journey.grant()
    assert states(journey, claims) == ["payment_failed", "paid"]
    assert grant["paid"] == a.eur("800.00") <= grant["approved"] <= grant["aid"]
    assert desk.tables.batch_states[batch_id] == "partly_settled"
