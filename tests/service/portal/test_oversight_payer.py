"""The payer's work: nothing is chosen beforehand, the sum is typed, nothing typed is lost, a double click pays once."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from services.payments.domain.errors import AmountDiffers, AnswerForAnotherFile, NotXml, TotalDiffers
from shared.contracts import payments as p
from shared.errors import Fault
from shared.messaging.wire import ServiceAway
from shared.money import Money
from tests.support import fake_case as case
from tests.support.fake_rooms import FakeRooms
from tests.support.oversight_pages import FAILED, FILE, LATE, PAIN_001, PAYER, READY, oversight_rooms
from tests.support.portal_pages import Portal, form_in, text_of

READY_PAGE, ANSWERS = "/maksu/valmiit", "/maksu/vastaukset"


@pytest.fixture
def rooms() -> FakeRooms:
    return oversight_rooms()


@pytest.fixture
def payer(app: Flask, rooms: FakeRooms) -> Portal:
    return Portal(app, rooms, PAYER)


def make(payer: Portal, *claims: str, teko: str = "tee", total: str = "") -> TestResponse:
    chosen = {f"maksu-{claim}": "kylla" for claim in claims}
    return payer.post(READY_PAGE, teko=teko, total=total, **chosen)


def test_nothing_is_chosen_before_a_person_chooses(payer: Portal) -> None:
    fields = form_in(payer.get(READY_PAGE).text, READY_PAGE).fields
    assert not [name for name in fields if name.startswith("maksu-")]


def test_what_waits_adds_up_to_the_cent(payer: Portal) -> None:
    read = text_of(payer.get(READY_PAGE).text)
    assert "Yhteensä 3 000,75 €" in read


def test_a_claim_past_its_80_days_is_said_to_be_late(payer: Portal) -> None:
    assert "1 maksu on yli 80 päivän" in text_of(payer.get(READY_PAGE).text)


def test_the_chosen_are_added_up_without_a_script_and_stay_chosen(payer: Portal, rooms: FakeRooms) -> None:
    answer = make(payer, READY, LATE, teko="laske")
    assert answer.status_code == 200
    assert "2 maksua valittu, yhteensä 3 000,35 €" in text_of(answer.text)
    assert {f"maksu-{READY}", f"maksu-{LATE}"} <= form_in(answer.text, READY_PAGE).fields.keys()
    assert not rooms.asked_for(p.MAKE_BATCH)


def test_the_typed_sum_goes_to_the_room_with_the_chosen_claims(payer: Portal, rooms: FakeRooms) -> None:
    answer = make(payer, READY, LATE, total="3 000,35 €")
    asked = rooms.asked_for(p.MAKE_BATCH)[0].data
    assert answer.location == f"/maksu/erat/{FILE}"
    assert asked == {"claim_ids": [READY, LATE], "total": Money.eur("3000.35")}


def test_a_wrong_sum_makes_no_file_and_loses_nothing(payer: Portal, rooms: FakeRooms) -> None:
    told = {"typed": "3000.36", "sum": "3000.35"}
    rooms.refuses(p.MAKE_BATCH, TotalDiffers(faults=[Fault("total", "total_differs", told)], **told))
    answer = make(payer, READY, LATE, total="3 000,36")
    fields = form_in(answer.text, READY_PAGE).fields
    assert answer.status_code == 422
    assert "Kirjoitit 3 000,36 €, mutta maksatukset ovat yhteensä 3 000,35 €" in text_of(answer.text)
    assert "Maksuerää ei koottu" in answer.text
    assert fields["total"] == "3 000,36"
    assert {f"maksu-{READY}", f"maksu-{LATE}"} <= fields.keys()


@pytest.mark.parametrize(("typed", "said"), [("", "Täytä"), ("1.234", "tuhansia"), ("n. 3000", "numeroin")])
def test_a_sum_that_cannot_be_read_is_asked_again(payer: Portal, rooms: FakeRooms, typed: str, said: str) -> None:
    answer = make(payer, READY, total=typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert not rooms.asked_for(p.MAKE_BATCH)


def test_a_file_of_nothing_is_not_made(payer: Portal, rooms: FakeRooms) -> None:
    answer = make(payer, total="0")
    assert answer.status_code == 422
    assert "Valitse ainakin yksi maksu" in answer.text
    assert not rooms.asked_for(p.MAKE_BATCH)


def test_pressing_twice_is_one_deed(payer: Portal, rooms: FakeRooms) -> None:
    form = form_in(payer.get(READY_PAGE).text, READY_PAGE).fields
    sent = form | {f"maksu-{READY}": "kylla", "total": "1000,10", "teko": "tee"}
    answers = [payer.client.post(READY_PAGE, data=sent) for _ in range(2)]
    assert [answer.location for answer in answers] == [f"/maksu/erat/{FILE}"] * 2
    assert len({asked.asker.idempotency_key for asked in rooms.asked_for(p.MAKE_BATCH)}) == 1


def test_when_the_room_is_silent_what_was_typed_stays(payer: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(p.MAKE_BATCH, ServiceAway("payments"))
    answer = make(payer, READY, total="1000,10")
    assert answer.status_code == 503
    assert form_in(answer.text, READY_PAGE).fields["total"] == "1000,10"


def test_a_files_three_sources_are_shown_to_agree(payer: Portal) -> None:
    read = text_of(payer.get(f"/maksu/erat/{FILE}").text)
    assert "Luvut täsmäävät" in read
    assert read.count("17 400,00 €") == 6
    assert "EU 12 180,00 € Suomen valtio 5 220,00 €" in read
    assert "tavu tavulta" in read


def test_a_file_with_another_sum_is_not_said_to_agree(payer: Portal, rooms: FakeRooms) -> None:
    rooms.answers(p.GET_BATCH_FILE, case.BATCH_FILE | {"xml": PAIN_001.replace("17400.00", "17400.01")})
    read = text_of(payer.get(f"/maksu/erat/{FILE}").text)
    assert "Luvut eivät täsmää" in read
    assert "Ero 0 0,01 €" in read
    assert "Älä lähetä sitä pankkiin" in read


def test_a_file_that_cannot_be_read_back_agrees_with_nothing(payer: Portal, rooms: FakeRooms) -> None:
    rooms.answers(p.GET_BATCH_FILE, case.BATCH_FILE | {"xml": "<Document"})
    assert "Luvut eivät täsmää" in payer.get(f"/maksu/erat/{FILE}").text


def test_an_account_is_never_whole_on_a_page(payer: Portal) -> None:
    assert "FI21 **** 0785" in payer.get(f"/maksu/erat/{FILE}").text


def test_the_file_comes_byte_for_byte(payer: Portal) -> None:
    answer = payer.get(f"/maksu/erat/{FILE}/tiedosto")
    assert answer.data == PAIN_001.encode()
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_failed_payment_tells_why_in_words(payer: Portal) -> None:
    read = text_of(payer.get("/maksu/palautuneet").text)
    assert FAILED in read
    assert "Tili on suljettu (AC04)" in read


def test_a_banks_answer_tells_what_it_changed(payer: Portal, rooms: FakeRooms) -> None:
    answer = payer.post(ANSWERS, xml="<Document/>")
    read = text_of(answer.text)
    assert "1 maksun tila muuttui" in read
    assert "ensimmäistä kertaa" in read
    assert rooms.asked_for(p.IMPORT_BANK_ANSWER)[0].data == {"xml": "<Document/>"}


def test_the_same_answer_again_is_said_to_change_nothing(payer: Portal, rooms: FakeRooms) -> None:
    again = {"answer_id": "A1", "message": "pain.002", "first_time": False, "applied": 0, "unchanged": 1}
    rooms.answers(p.IMPORT_BANK_ANSWER, again | {"payments": [case.PAYMENT]})
    read = text_of(payer.post(ANSWERS, xml="<Document/>").text)
    assert "Mikään ei muuttunut" in read
    assert "jo aiemmin" in read


def test_a_pasted_answer_is_the_same_as_in_its_file(payer: Portal, rooms: FakeRooms) -> None:
    payer.post(ANSWERS, xml="\r\n<Document>\r\n</Document>\r\n")
    assert rooms.asked_for(p.IMPORT_BANK_ANSWER)[0].data == {"xml": "<Document>\n</Document>\n"}


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (AnswerForAnotherFile(original="E-1999"), "E-1999"),
        (AmountDiffers(about="T80412-1", bank="17400.01", ours="17400.00"), "17 400,01"),
        (NotXml(), "XML"),
    ],
)
def test_a_refused_answer_is_explained_and_the_pasted_text_stays(
    payer: Portal, rooms: FakeRooms, refusal: Exception, said: str
) -> None:
    rooms.refuses(p.IMPORT_BANK_ANSWER, refusal)
    answer = payer.post(ANSWERS, xml="<Document>vastaus</Document>")
    assert answer.status_code == 422
    assert said in text_of(answer.text)
    assert "Vastauksesta ei otettu mitään käyttöön" in answer.text
    assert form_in(answer.text, ANSWERS).fields["xml"] == "<Document>vastaus</Document>"


def send_file(payer: Portal, content: bytes) -> TestResponse:
    action = f"{ANSWERS}/tiedosto"
    fields = form_in(payer.get(ANSWERS).text, action).fields
    return payer.client.post(action, data={**fields, "file": (io.BytesIO(content), "vastaus.xml")})


def test_a_banks_answer_comes_as_a_file_too(payer: Portal, rooms: FakeRooms) -> None:
    answer = send_file(payer, b"\xef\xbb\xbf<Document/>")
    assert answer.status_code == 200
    assert rooms.asked_for(p.IMPORT_BANK_ANSWER)[0].data == {"xml": "<Document/>"}


@pytest.mark.parametrize(("content", "said"), [(b"", "Valitse ensin tiedosto"), (b"\xff\xfe<\x00", "UTF-8")])
def test_a_file_that_is_none_is_refused_in_words(payer: Portal, rooms: FakeRooms, content: bytes, said: str) -> None:
    answer = send_file(payer, content)
    assert answer.status_code in (400, 422)
    assert said in answer.text
    assert not rooms.asked_for(p.IMPORT_BANK_ANSWER)
