"""Claims: cost lines typed or read from invoices, checked, sent, followed."""

from __future__ import annotations

import io

from shared.contracts.documents import GET_READING, STORE_DOCUMENT
from shared.contracts.payments import OPEN_CLAIM, SAVE_CLAIM, SUBMIT_CLAIM
from tests.support.fake_rooms import FakeRooms
from tests.support.portal_pages import CLAIM_DRAFT, Portal, Taken, form_in, text_of

CLAIM = f"/oma/maksatus/{CLAIM_DRAFT}"
INVOICE = f"{CLAIM}/lasku/d-new"


def test_a_claim_starts_from_the_project(portal: Portal, rooms: FakeRooms) -> None:
    answer = portal.post("/oma/hankkeet", "/oma/hankkeet/A80412/maksatus", laji="final")
    assert answer.status_code == 303
    assert rooms.asked_for(OPEN_CLAIM)[0].data == {"number": "A80412", "kind": "final"}


def test_the_period_and_account_are_saved_beside_the_lines(portal: Portal, rooms: FakeRooms) -> None:
    portal.post(CLAIM, period_first="1.2.2027", save="1")
    typed = rooms.asked_for(SAVE_CLAIM)[0].data["typed"]
    assert typed["period_first"] == "1.2.2027"
    assert len(typed["lines"]) == 2


def test_a_typed_cost_is_added_after_the_others(portal: Portal, rooms: FakeRooms) -> None:
    portal.post(f"{CLAIM}/rivi/3", category="services", description="Suunnittelu", claimed="8 250,00")
    lines = rooms.asked_for(SAVE_CLAIM)[0].data["typed"]["lines"]
    assert [line["description"] for line in lines] == ["Lämmöntalteenottokone", "Projektipäällikkö", "Suunnittelu"]


def test_changing_a_line_keeps_its_invoice(portal: Portal, rooms: FakeRooms) -> None:
    portal.post(f"{CLAIM}/rivi/1", claimed="30 000,00")
    line = rooms.asked_for(SAVE_CLAIM)[0].data["typed"]["lines"][0]
    assert line["document_id"] == "d-invoice"
    assert line["claimed"] == "30 000,00"


def test_a_line_is_removed_only_when_it_is_the_one_that_was_seen(portal: Portal, rooms: FakeRooms) -> None:
    form = form_in(portal.get(f"{CLAIM}/rivi/1").text, f"{CLAIM}/rivi/1/poista").fields
    rooms.claims[CLAIM_DRAFT]["typed"]["lines"].reverse()
    assert portal.client.post(f"{CLAIM}/rivi/1/poista", data=form).status_code == 404
    rooms.claims[CLAIM_DRAFT]["typed"]["lines"].reverse()
    assert portal.client.post(f"{CLAIM}/rivi/1/poista", data=form).status_code == 303
    assert len(rooms.asked_for(SAVE_CLAIM)[0].data["typed"]["lines"]) == 1


def test_a_colleague_on_the_same_line_is_shown_beside_mine(portal: Portal, rooms: FakeRooms) -> None:
    form = form_in(portal.get(f"{CLAIM}/rivi/1").text, f"{CLAIM}/rivi/1").fields | {"claimed": "1,00"}
    rooms.claims[CLAIM_DRAFT]["typed"]["lines"][0]["claimed"] = "2,00"
    rooms.claims[CLAIM_DRAFT]["version"] += 1
    answer = portal.client.post(f"{CLAIM}/rivi/1", data=form)
    assert answer.status_code == 409
    assert 'value="1,00"' in answer.text
    assert 'value="2,00"' in answer.text


def test_the_faults_of_a_claim_lead_to_their_lines(portal: Portal) -> None:
    page = portal.get(f"{CLAIM}/tarkista")
    assert f"{CLAIM}/rivi/2?tarkista=1#claimed" in Taken(page.text).links
    assert "Rivi 2, tästä kustannuksesta haetaan" in text_of(page.text)


def test_what_was_read_stands_beside_the_page_with_how_sure_it_is(portal: Portal) -> None:
    page = portal.get(INVOICE).text
    read = text_of(page)
    assert form_in(page, INVOICE).fields["net"] == "6\u00a0465,67"
    assert form_in(page, INVOICE).fields["incurred_on"] == "14.3.2027"
    assert "varma, 99 %" in read
    assert "tarkista, 85 %" in read
    assert "epävarma, 62 %" in read
    assert '<g class="mark low" id="m6">' in page


def test_both_the_reading_and_the_correction_are_kept(portal: Portal, rooms: FakeRooms) -> None:
    answer = portal.post(
        INVOICE, category="services", description="Ohjauslogiikka", paid_on="1.4.2027", gross="8 114,00"
    )
    line = rooms.asked_for(SAVE_CLAIM)[0].data["typed"]["lines"][2]
    assert answer.location == f"{CLAIM}#kulut"
    assert line["gross"] == "8 114,00"
    assert line["read"]["gross"] == {"value": "8114.42", "confidence": 62}
    assert line["document_id"] == "d-new"
    assert line["confirmed"] is True


def test_an_invoice_confirmed_twice_is_one_line(portal: Portal, rooms: FakeRooms) -> None:
    typed = {"category": "services", "description": "Ohjauslogiikka", "paid_on": "1.4.2027"}
    portal.post(INVOICE, **typed)
    claim = rooms.claims[CLAIM_DRAFT]
    claim["typed"] = rooms.asked_for(SAVE_CLAIM)[0].data["typed"]
    portal.post(INVOICE, **{**typed, "description": "Ohjauslogiikka ja anturit"})
    assert len(rooms.asked_for(SAVE_CLAIM)[-1].data["typed"]["lines"]) == 3


def test_while_the_machine_reads_the_page_comes_back_by_itself(portal: Portal, rooms: FakeRooms) -> None:
    rooms.answers(GET_READING, {"document_id": "d-new", "state": "waiting", "figures": {}})
    answer = portal.get(INVOICE)
    assert answer.headers["Refresh"] == "3"
    assert "Laskua luetaan" in answer.text


def test_an_unreadable_invoice_can_be_typed_by_hand(portal: Portal, rooms: FakeRooms) -> None:
    rooms.answers(GET_READING, {"document_id": "d-new", "state": "unreadable", "reason": "no_text", "figures": {}})
    page = portal.get(INVOICE).text
    assert "Sivu on kuva, jossa ei ole tekstiä" in page
    assert {"supplier", "net", "gross", "claimed"} <= form_in(page, INVOICE).fields.keys()


def test_an_invoice_of_another_claim_is_not_found(portal: Portal) -> None:
    assert portal.get(f"{CLAIM}/lasku/d-quote").status_code == 404


def test_an_invoice_is_taken_in_and_opened_beside_its_page(portal: Portal, rooms: FakeRooms) -> None:
    form = form_in(portal.get(f"{CLAIM}/lasku").text, f"{CLAIM}/lasku").fields
    data = {**form, "file": (io.BytesIO(b"%PDF-1.7 invoice"), "lasku.pdf")}
    answer = portal.client.post(f"{CLAIM}/lasku", data=data, content_type="multipart/form-data")
    assert answer.status_code == 303
    assert answer.location.startswith(f"{CLAIM}/lasku/d-")
    assert rooms.asked_for(STORE_DOCUMENT)[0].data["kind"] == "invoice"


def test_a_claim_is_sent_once_with_the_promise(portal: Portal, rooms: FakeRooms) -> None:
    send = f"{CLAIM}/laheta"
    form = form_in(portal.get(f"{CLAIM}/tarkista").text, send).fields
    assert portal.client.post(send, data=form).status_code == 422
    assert rooms.asked_for(SUBMIT_CLAIM) == []
    answers = [portal.client.post(send, data=form | {"kulut_oikein": "kylla"}) for _ in range(2)]
    assert [answer.location for answer in answers] == [f"{CLAIM}/vastaanotto"] * 2
    assert len({asked.asker.idempotency_key for asked in rooms.asked_for(SUBMIT_CLAIM)}) == 1
