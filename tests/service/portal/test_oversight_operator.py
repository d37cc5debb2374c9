"""The operator's work: what stayed undone said in the words of the business, acts once, reasons never lost."""

from __future__ import annotations

import pytest
from flask import Flask

from services.gateway.portal.oversight.failed_mail import cause_of
from shared.contracts import OPERATIONS
from shared.contracts import applications as a
from shared.contracts.customers import LIST_MAIL, SEND_AGAIN
from shared.contracts.documents import SCAN_UNJUDGED
from shared.errors import NotFound
from shared.messaging.parking import NotParked
from shared.messaging.wire import ServiceAway
from shared.money import Money
from tests.support.fake_correspondence import MAIL as MAILED
from tests.support.fake_rooms import FakeRooms
from tests.support.oversight_pages import OPERATOR, PARKED, oversight_rooms
from tests.support.portal_pages import Portal, form_in, text_of

LIST, AUTHORITY = "/yllapito/pysaytetyt", "/yllapito/valtuus"
REPLAY, DISCARD = OPERATIONS["payments.replay_parked"], OPERATIONS["payments.discard_parked"]


@pytest.fixture
def rooms() -> FakeRooms:
    return oversight_rooms()


@pytest.fixture
def operator(app: Flask, rooms: FakeRooms) -> Portal:
    return Portal(app, rooms, OPERATOR)


def test_parked_messages_of_every_room_are_listed_with_what_stayed_undone(operator: Portal) -> None:
    read = text_of(operator.get(LIST).text)
    assert "Pysäytetyt viestit 5" in read
    assert "Hankkeelle ei avattu maksutiliä" in read
    assert "Tukipäätöstä ei kirjoitettu" in read
    assert "5 ylittää sen" in read


def test_a_room_that_does_not_answer_is_named_and_the_rest_shown(operator: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(OPERATIONS["documents.list_parked"], ServiceAway("documents"))
    answer = operator.get(LIST)
    assert answer.status_code == 200
    assert "Näiden pysäytetyt viestit eivät nyt näy: Asiakirjat ja kirjeet" in text_of(answer.text)
    assert "Pysäytetyt viestit 4" in text_of(answer.text)


def test_nothing_parked_is_said_to_be_good(operator: Portal, rooms: FakeRooms) -> None:
    for address in [address for address in OPERATIONS if address.endswith(".list_parked")]:
        rooms.answers(OPERATIONS[address], {"items": [], "total": 0})
    assert "Yhtään viestiä ei ole pysäytetty" in operator.get(LIST).text


def test_running_again_asks_once_and_tells_what_became_of_it(operator: Portal, rooms: FakeRooms) -> None:
    answer = operator.post(PARKED, f"{PARKED}/aja")
    assert answer.location == f"{LIST}?tulos=applied"
    assert len(rooms.asked_for(REPLAY)) == 1
    assert "se tuli voimaan" in operator.get(answer.location).text


def test_pressing_run_twice_is_one_deed(operator: Portal, rooms: FakeRooms) -> None:
    fields = form_in(operator.get(PARKED).text, f"{PARKED}/aja").fields
    for _ in range(2):
        assert operator.client.post(f"{PARKED}/aja", data=fields).status_code == 303
    assert len({asked.asker.idempotency_key for asked in rooms.asked_for(REPLAY)}) == 1


def test_a_message_is_discarded_only_with_a_reason(operator: Portal, rooms: FakeRooms) -> None:
    assert operator.post(PARKED, f"{PARKED}/hylkaa", reason="  ").status_code == 422
    assert not rooms.asked_for(DISCARD)
    answer = operator.post(PARKED, f"{PARKED}/hylkaa", reason="Korvattu uudella")
    assert answer.location == f"{LIST}?tulos=discarded"
    assert rooms.asked_for(DISCARD)[0].data["reason"] == "Korvattu uudella"


def test_a_reason_is_kept_when_somebody_was_first(operator: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(DISCARD, NotParked(message_id="x", status="applied"))
    answer = operator.post(PARKED, f"{PARKED}/hylkaa", reason="Korvattu uudella")
    assert answer.status_code == 409
    assert form_in(answer.text, f"{PARKED}/hylkaa").fields["reason"] == "Korvattu uudella"
    assert "not_parked" not in answer.text


def test_a_message_that_somebody_dealt_with_meanwhile_leads_to_the_list(operator: Portal, rooms: FakeRooms) -> None:
    fields = form_in(operator.get(PARKED).text, f"{PARKED}/aja").fields
    rooms.refuses(REPLAY, NotParked(message_id="x", status="applied"))
    rooms.refuses(OPERATIONS["payments.show_parked"], NotFound(message_id="x"))
    answer = operator.client.post(f"{PARKED}/aja", data=fields)
    assert answer.location == f"{LIST}?tulos=gone"
    assert "joku on jo käsitellyt sen" in operator.get(answer.location).text


def test_a_room_that_is_none_is_not_there(operator: Portal) -> None:
    assert operator.get(f"{LIST}/kellari/1").status_code == 404


GIVEN = {"authority": "ITA", "fund": "JTF", "priority": "7", "budget_year": "2027", "amount": "4 900 000,00"}


def test_authority_to_grant_is_set_as_typed(operator: Portal, rooms: FakeRooms) -> None:
    assert operator.post(AUTHORITY, **GIVEN).location == AUTHORITY
    asked = rooms.asked_for(a.GRANT_AUTHORITY)[0].data
    assert asked == GIVEN | {"budget_year": 2027, "amount": Money.eur("4900000.00")}


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("amount", "1.234", "tuhansia"),
        ("amount", "-5", "alle nollan"),
        ("budget_year", "27", "neljällä"),
        ("priority", "", "Täytä"),
        ("authority", "", "Valitse yksi"),
    ],
)
def test_what_cannot_be_read_is_asked_again_and_nothing_typed_is_lost(
    operator: Portal, rooms: FakeRooms, field: str, typed: str, said: str
) -> None:
    answer = operator.post(AUTHORITY, **GIVEN | {field: typed})
    assert answer.status_code == 422
    assert said in answer.text
    shown = form_in(answer.text, AUTHORITY).fields
    assert {name: shown[name] for name in GIVEN} == GIVEN | {field: typed}
    assert not rooms.asked_for(a.GRANT_AUTHORITY)


# ---- files that no scanner has judged ----

FILES = "/yllapito/tiedostot"


def test_files_that_nobody_has_judged_are_counted_and_checked_at_one_press(operator: Portal, rooms: FakeRooms) -> None:
    read = text_of(operator.get(FILES).text)
    assert "Tiedostot, joista ei ole etsitty viruksia 4" in read

    answer = operator.post(FILES)

    assert len(rooms.asked_for(SCAN_UNJUDGED)) == 1
    assert "Tiedostoja tarkistetaan" in text_of(operator.get(answer.location).text)


def test_without_a_scanner_the_page_says_what_to_set_up_and_has_no_button(operator: Portal, rooms: FakeRooms) -> None:
    rooms.unjudged |= {"scanner": False}
    page = operator.get(FILES).text
    assert "CLAMD_ADDRESS" in page
    assert f'action="{FILES}"' not in page


# ---- mail that failed ----

MAIL = "/yllapito/posti"


def test_failed_mail_is_listed_with_its_cause_in_plain_words_and_without_the_address(operator: Portal) -> None:
    read = text_of(operator.get(MAIL).text)
    assert "Epäonnistunut posti 1" in read
    assert "Vastaanottava palvelin ei tunne osoitetta" in read
    assert "a…@example.fi" in read
    assert "aino.lehtonen@" not in read


def test_a_failed_mail_is_sent_again_once_for_two_presses(operator: Portal, rooms: FakeRooms) -> None:
    fields = form_in(operator.get(MAIL).text, MAIL).fields
    for _ in range(2):
        assert operator.client.post(MAIL, data=fields).location == f"{MAIL}?uudelleen=1"
    assert [asked.data for asked in rooms.asked_for(SEND_AGAIN)] == [{"mail_id": "mail-1"}] * 2
    assert len({asked.asker.idempotency_key for asked in rooms.asked_for(SEND_AGAIN)}) == 1
    assert "1 viesti lähetetään uudelleen" in text_of(operator.get(f"{MAIL}?uudelleen=1").text)


def test_after_the_server_was_mended_the_whole_page_is_sent_again(operator: Portal, rooms: FakeRooms) -> None:
    mails = [MAILED | {"mail_id": f"mail-{number}", "why": "smtp 535"} for number in (1, 2)]
    rooms.answers(LIST_MAIL, {"items": mails, "total": 2})
    rooms.answers(SEND_AGAIN, MAILED | {"state": "waiting"})
    page = operator.get(MAIL).text
    assert "Oma postipalvelimemme ei päästä meitä sisään" in text_of(page)
    assert "Lähetä koko sivu uudelleen" in text_of(page)

    operator.client.post(MAIL, data=form_in(page, MAIL).fields | {"mail_id": ["mail-1", "mail-2"]})

    assert [asked.data["mail_id"] for asked in rooms.asked_for(SEND_AGAIN)] == ["mail-1", "mail-2"]


def test_mail_that_is_still_tried_is_shown_without_a_button(operator: Portal, rooms: FakeRooms) -> None:
    waiting = MAILED | {"state": "waiting", "why": "ConnectionRefusedError", "next_try_at": MAILED["made_at"]}
    rooms.answers(LIST_MAIL, {"items": [waiting], "total": 1})
    page = operator.get(f"{MAIL}?tila=waiting").text
    assert rooms.asked_for(LIST_MAIL)[-1].data["state"] == "waiting"
    assert "Oma postipalvelimemme ei vastaa" in text_of(page)
    assert f'action="{MAIL}"' not in page


def test_only_an_operator_sees_failed_mail(app: Flask, rooms: FakeRooms) -> None:
    assert Portal(app, rooms, "p-sari").get(MAIL).status_code == 403


@pytest.mark.parametrize(
    ("why", "cause"),
    [
        ("", "not_tried"),
        ("smtp 550", "no_mailbox"),
        ("smtp 552", "mailbox_full"),
        ("smtp 554", "not_wanted"),
        ("smtp 501", "refused"),
        ("smtp 451", "busy"),
        ("smtp 535", "our_sign_in"),
        ("smtp from 550", "our_sender"),
        ("SSLCertVerificationError", "certificate"),
        ("gaierror", "server_away"),
        ("SMTPHeloError", "unknown"),
    ],
)
def test_every_word_of_a_mail_server_has_a_cause_that_an_operator_understands(why: str, cause: str) -> None:
    assert cause_of(why) == cause
