"""Nothing that a company types is lost: refusals, silence, colleagues, double clicks, an ended session."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from services.applications.domain.errors import AlreadySubmitted, CallClosed
from shared.contracts.applications import GET_APPLICATION, OPEN_APPLICATION, SAVE_DRAFT, SUBMIT, WITHDRAW
from shared.errors import ChangedMeanwhile, Fault, InvalidFields
from shared.messaging.wire import ServiceAway
from tests.support.fake_case import NOW
from tests.support.fake_rooms import FakeRooms
from tests.support.portal_pages import DRAFT, READY, SUBMITTED, Portal, fault, form_in, text_of

BASICS = f"/oma/asiat/{DRAFT}/perustiedot"
COSTS = f"/oma/asiat/{DRAFT}/kustannukset"


def test_what_was_typed_is_saved_as_typed_right_or_wrong(portal: Portal, rooms: FakeRooms) -> None:
    portal.post(COSTS, costs__0__amount="n. 9990 e", save="1")
    saved = rooms.asked_for(SAVE_DRAFT)[0].data["answers"]
    assert saved["costs"][0]["amount"] == "n. 9990 e"
    assert saved["title"] == "Maalaamon lämpö talteen"  # the other parts stay


def test_save_and_continue_stays_when_something_needs_correcting(portal: Portal) -> None:
    answer = portal.post(BASICS, title="Uusi nimi", next="1")
    assert answer.status_code == 303
    assert answer.location == f"{BASICS}?tarkista=1"


def test_an_error_is_told_first_in_the_title_and_at_its_field(portal: Portal) -> None:
    page = portal.get(f"{COSTS}?tarkista=1").text
    assert "<title>Virhe: Kustannusarvio" in page
    assert 'href="#costs.1.amount"' in page
    assert 'id="costs.1.amount-e"' in page
    assert "Rivi 2, veroton summa" in page


def test_a_row_can_be_added_without_a_script(portal: Portal) -> None:
    answer = portal.post(COSTS, row="costs.add.3")
    assert answer.location == f"{COSTS}?rivit=4#costs.3.category"
    assert 'id="costs.3.category"' in portal.get(f"{COSTS}?rivit=4").text


def test_a_row_can_be_removed_without_a_script(portal: Portal, rooms: FakeRooms) -> None:
    portal.post(COSTS, row="costs.remove.1")
    left = rooms.asked_for(SAVE_DRAFT)[0].data["answers"]["costs"]
    assert [row["description"] for row in left] == ["Lämmön talteenotto maalaamoon", "Projektipäällikkö 40 %"]


def test_enter_in_a_field_removes_no_row(portal: Portal) -> None:
    page = portal.get(COSTS).text
    form = page[page.index("data-autosave") :]
    assert form.index('name="stay"') < form.index('name="row"')


def test_autosave_answers_with_the_version_and_a_line_of_text(portal: Portal, rooms: FakeRooms) -> None:
    answer = portal.post(BASICS, accept="application/json", title="Toinen nimi")
    told = json.loads(answer.text)
    assert told["form"]["version"] == rooms.applications[DRAFT]["version"]
    assert told["text"].startswith("Luonnos tallennettu klo")


def test_autosave_twice_with_other_words_is_two_saves(portal: Portal, rooms: FakeRooms) -> None:
    form = form_in(portal.get(BASICS).text, BASICS).fields
    first = portal.client.post(BASICS, data=form | {"title": "Yksi"}, headers={"Accept": "application/json"})
    after = form | {"title": "Kaksi"} | {name: str(value) for name, value in first.json["form"].items()}
    portal.client.post(BASICS, data=after, headers={"Accept": "application/json"})
    assert rooms.applications[DRAFT]["answers"]["title"] == "Kaksi"


def test_a_lost_answer_sent_again_changes_nothing_and_is_no_conflict(portal: Portal, rooms: FakeRooms) -> None:
    form = form_in(portal.get(BASICS).text, BASICS).fields | {"title": "Sama nimi", "save": "1"}
    answers = [portal.client.post(BASICS, data=form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert rooms.applications[DRAFT]["answers"]["title"] == "Sama nimi"


def test_a_colleague_in_another_part_is_no_conflict(portal: Portal, rooms: FakeRooms) -> None:
    form = form_in(portal.get(BASICS).text, BASICS).fields | {"title": "Minun nimeni", "save": "1"}
    draft = rooms.applications[DRAFT]
    draft["answers"]["costs"][0]["amount"] = "1,00"
    draft["version"] += 1
    assert portal.client.post(BASICS, data=form).status_code == 303
    assert draft["answers"]["title"] == "Minun nimeni"
    assert draft["answers"]["costs"][0]["amount"] == "1,00"


def test_a_colleague_in_the_same_part_is_shown_beside_mine(portal: Portal, rooms: FakeRooms) -> None:
    form = form_in(portal.get(BASICS).text, BASICS).fields | {"summary": "Minun tekstini pysyy", "save": "1"}
    draft = rooms.applications[DRAFT]
    draft["answers"] |= {"summary": "Toisen teksti tuli ensin"}
    draft["version"] += 1
    answer = portal.client.post(BASICS, data=form)
    read = text_of(answer.text)
    assert answer.status_code == 409
    assert "Minun tekstini pysyy" in answer.text
    assert "Toisen teksti tuli ensin" in answer.text
    assert "Mitään ei kadonnut" in read
    assert rooms.asked_for(SAVE_DRAFT) == []


def test_the_choice_after_a_conflict_is_saved(portal: Portal, rooms: FakeRooms) -> None:
    form = form_in(portal.get(BASICS).text, BASICS).fields | {"summary": "Minun", "save": "1"}
    draft = rooms.applications[DRAFT]
    draft["answers"] |= {"summary": "Toisen"}
    draft["version"] += 1
    chosen = form_in(portal.client.post(BASICS, data=form).text, BASICS).fields
    assert chosen["summary"] == "Toisen"  # theirs by default
    answer = portal.client.post(BASICS, data=chosen | {"summary": "Minun"})
    assert answer.status_code == 303
    assert draft["answers"]["summary"] == "Minun"
    assert draft["answers"]["title"] == "Maalaamon lämpö talteen"


def test_silence_keeps_the_form_as_typed(portal: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(SAVE_DRAFT, ServiceAway("no answer"))
    answer = portal.post(BASICS, title="Tämä ei katoa", save="1")
    assert answer.status_code == 503
    assert 'value="Tämä ei katoa"' in answer.text
    assert "yritä hetken kuluttua uudelleen" in answer.text


def test_total_silence_keeps_the_form_on_the_page_that_tells_of_it(portal: Portal, rooms: FakeRooms) -> None:
    form = form_in(portal.get(BASICS).text, BASICS).fields | {"summary": "Kaksi\nriviä", "save": "1"}
    rooms.refuses(GET_APPLICATION, ServiceAway("no answer"))
    told = portal.client.post(BASICS, data=form)

    assert told.status_code == 503
    assert form_in(told.text, BASICS).fields == form  # with its key: sending it again is the same deed
    assert "Kirjoittamasi on tallessa" in told.text


def test_total_silence_is_a_page_that_says_so(portal: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(GET_APPLICATION, ServiceAway("no answer"))
    answer = portal.get(f"/oma/asiat/{DRAFT}")
    assert answer.status_code == 503
    assert "Palvelu ei vastaa juuri nyt" in answer.text


def test_an_indicator_without_a_target_is_named_as_the_page_names_it(portal: Portal, rooms: FakeRooms) -> None:
    rooms.applications[DRAFT]["faults"] = [fault("indicators.0.target", "required")]
    page = text_of(portal.get(f"/oma/asiat/{DRAFT}/mittarit?tarkista=1").text)
    name = rooms.applications[DRAFT]["call"]["indicators"][0]["names"]["fi"]
    assert f"{name}, tavoite: Täytä tämä kohta." in page
    assert "Rivi 1" not in page


def test_a_day_is_typed_with_a_keyboard_that_has_a_full_stop(portal: Portal) -> None:
    day = re.search(r'<input id="starts_on"[^>]*>', portal.get(BASICS).text)
    assert day
    assert "inputmode" not in day[0], "an iPhone's keypad of numbers has no full stop"


def test_a_refused_draft_keeps_the_form_and_names_the_field(portal: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(SAVE_DRAFT, InvalidFields(faults=[Fault("title", "control_characters")]))
    answer = portal.post(BASICS, title="Merkki", save="1")
    assert answer.status_code == 422
    assert 'href="#title"' in answer.text
    assert 'value="Merkki"' in answer.text


def test_a_draft_that_keeps_moving_is_tried_again_and_then_said(portal: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(SAVE_DRAFT, ChangedMeanwhile(by="p-leena", at="2026-11-22T21:50:00+00:00"))
    answer = portal.post(BASICS, title="Sitkeä", save="1")
    assert answer.status_code == 409
    assert len(rooms.asked_for(SAVE_DRAFT)) == 3
    assert "Leena Korhonen tallensi uudemman version 22.11.2026 klo" in text_of(answer.text)


def test_a_form_sent_after_the_session_ended_comes_back_after_sign_in(portal: Portal, rooms: FakeRooms) -> None:
    form = form_in(portal.get(BASICS).text, BASICS).fields | {"summary": "Kirjoitin tunnin", "save": "1"}
    rooms.sessions.clear()
    portal.app.extensions["sessions"]._seen.clear()
    answer = portal.client.post(BASICS, data=form)
    assert answer.status_code == 303
    assert answer.location.startswith("/kirjaudu?takaisin=")
    sign_in = portal.client.get(answer.location)
    assert "mitään ei kadonnut" in sign_in.text
    fields = form_in(sign_in.text, "/kirjaudu").fields | {"henkilo": "p-aino/c-verstas"}
    back = portal.client.post("/kirjaudu", data=fields)
    page = portal.client.get(back.location)
    assert "Kirjoitin tunnin" in page.text
    assert "Mitään ei kadonnut" in page.text
    assert rooms.applications[DRAFT]["answers"]["summary"] != "Kirjoitin tunnin"  # saved only when sent again


@pytest.mark.parametrize("by_itself", [BASICS, f"{BASICS}/laske"])
def test_a_script_that_finds_the_session_ended_does_not_take_the_form_along(
    portal: Portal, rooms: FakeRooms, by_itself: str
) -> None:
    form = form_in(portal.get(BASICS).text, BASICS).fields | {"summary": "Kirjoitin tunnin"}
    rooms.sessions.clear()
    portal.app.extensions["sessions"]._seen.clear()
    told = portal.client.post(by_itself, data=form, headers={"Accept": "application/json"})
    assert told.status_code == 401
    sign_in = portal.client.get(portal.client.post(BASICS, data=form | {"save": "1"}).location)
    assert "mitään ei kadonnut" in sign_in.text


def test_a_form_opened_before_signing_in_again_in_another_tab_is_sent_again_from_the_page_that_says_so(
    portal: Portal, rooms: FakeRooms
) -> None:
    form = form_in(portal.get(BASICS).text, BASICS).fields | {"summary": "Kirjoitin tunnin", "save": "1"}
    signed_in_again(portal)
    told = portal.client.post(BASICS, data=form, headers={"Origin": "http://localhost"})
    again = form_in(told.text, BASICS).fields
    assert again["summary"] == "Kirjoitin tunnin"
    assert portal.client.post(BASICS, data=again).status_code == 303
    assert rooms.applications[DRAFT]["answers"]["summary"] == "Kirjoitin tunnin"


@pytest.mark.parametrize("origin", [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}])
def test_what_our_own_page_did_not_send_is_never_offered_to_be_sent_again(
    portal: Portal, origin: dict[str, str]
) -> None:
    form = form_in(portal.get(BASICS).text, BASICS).fields | {"summary": "Vieraan teksti", "save": "1"}
    signed_in_again(portal)
    told = portal.client.post(BASICS, data=form, headers=origin)
    assert told.status_code == 400
    assert "Vieraan teksti" not in told.text


def signed_in_again(portal: Portal) -> None:
    """In another tab: the browser has a new form token, the page that was open an old one."""
    with portal.client.session_transaction() as browser_session:
        browser_session.pop("csrf_token")


def test_a_form_that_comes_back_does_not_overwrite_what_a_colleague_saved_meanwhile(
    portal: Portal, rooms: FakeRooms
) -> None:
    form = form_in(portal.get(BASICS).text, BASICS).fields | {"summary": "Ennen istunnon loppua"}
    rooms.kept["k"] = {"kept_id": "k", "kept_for": "p-aino", "path": BASICS, "fields_": form, "kept_at": NOW}
    draft = rooms.applications[DRAFT]
    draft["answers"] |= {"summary": "Toisen teksti"}
    draft["version"] += 1
    restored = form_in(portal.get(f"{BASICS}?tallessa=k").text, BASICS).fields
    assert restored["summary"] == "Ennen istunnon loppua"
    assert portal.client.post(BASICS, data=restored | {"save": "1"}).status_code == 409


def test_someone_else_cannot_take_back_the_kept_form(portal: Portal, rooms: FakeRooms) -> None:
    rooms.kept["k"] = {"kept_id": "k", "kept_for": "p-mikael", "path": BASICS, "fields_": {"title": "Salaisuus"}}
    assert "Salaisuus" not in portal.get(f"{BASICS}?tallessa=k").text


def test_sending_needs_both_promises(portal: Portal, rooms: FakeRooms) -> None:
    answer = portal.post(f"/oma/asiat/{READY}/tarkista", f"/oma/asiat/{READY}/laheta", tiedot_oikein="kylla")
    assert answer.status_code == 422
    assert 'href="#julkisuus"' in answer.text
    assert rooms.asked_for(SUBMIT) == []


def test_two_presses_file_one_application(portal: Portal, rooms: FakeRooms) -> None:
    check, send = f"/oma/asiat/{READY}/tarkista", f"/oma/asiat/{READY}/laheta"
    form = form_in(portal.get(check).text, send).fields | {"tiedot_oikein": "kylla", "julkisuus": "kylla"}
    answers = [portal.client.post(send, data=form) for _ in range(2)]
    assert [answer.location for answer in answers] == [f"/oma/asiat/{READY}/vastaanotto"] * 2
    keys = {asked.asker.idempotency_key for asked in rooms.asked_for(SUBMIT)}
    assert len(keys) == 1
    assert rooms.applications[READY]["version"] == 3


def test_the_receipt_tells_number_second_and_digest(portal: Portal, rooms: FakeRooms) -> None:
    read = text_of(portal.get("/oma/asiat/A80655/vastaanotto").text)
    assert "vastaanotti hakemuksen A80655 2.11.2026 klo 23.50.00" in read
    assert rooms.applications["A80655"]["digest"] in read


def test_a_closed_call_keeps_the_draft_and_says_when_it_closed(portal: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(SUBMIT, CallClosed(closed_at="2026-11-22T21:59:59+00:00"))
    both = {"tiedot_oikein": "kylla", "julkisuus": "kylla"}
    answer = portal.post(f"/oma/asiat/{READY}/tarkista", f"/oma/asiat/{READY}/laheta", **both)
    assert answer.status_code == 410
    assert "Haku päättyi 22.11.2026 klo 23.59" in text_of(answer.text)


def test_a_draft_of_a_closed_call_can_be_read_and_no_longer_sent(portal: Portal, rooms: FakeRooms) -> None:
    rooms.applications[READY]["closes_at"] = NOW - timedelta(seconds=1)
    page = portal.get(f"/oma/asiat/{READY}/tarkista").text
    assert "luonnosta ei voi enää lähettää" in text_of(page)
    assert f"/oma/asiat/{READY}/laheta" not in page
    assert "Näiden pitää olla kunnossa" not in text_of(page)


def test_a_case_filed_by_a_colleague_is_told_by_name(portal: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(SUBMIT, AlreadySubmitted(number=READY, by="p-mikael", at="2026-11-22T20:00:00+00:00"))
    both = {"tiedot_oikein": "kylla", "julkisuus": "kylla"}
    answer = portal.post(f"/oma/asiat/{READY}/tarkista", f"/oma/asiat/{READY}/laheta", **both)
    assert answer.status_code == 409
    assert "Mikael Lindqvist lähetti hakemuksen" in text_of(answer.text)


def test_withdrawing_keeps_the_reason_when_refused(portal: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(WITHDRAW, ServiceAway("no answer"))
    answer = portal.post(f"/oma/asiat/{DRAFT}/peru", reason="Hanke siirtyy")
    assert "Hanke siirtyy" in answer.text


def test_an_application_starts_from_a_call(portal: Portal, rooms: FakeRooms) -> None:
    answer = portal.post("/haut/energia-2026", "/haut/energia-2026/aloita")
    assert answer.location.startswith("/oma/asiat/A")
    assert rooms.asked_for(OPEN_APPLICATION)[0].data["undertaking_name"] == "Saimaan Verstas Oy"


# ---- the municipality, from the official list ----


def test_the_municipality_is_chosen_by_its_name_in_the_readers_language(portal: Portal) -> None:
    page = portal.get(BASICS).text
    assert '<option value="297" selected>Kuopio</option>' in page
    assert form_in(page, BASICS).fields["municipality"] == "297"
    assert '<option value="491">S:t Michel</option>' in portal.get(BASICS, language="sv").text


@pytest.mark.parametrize(("typed", "chosen"), [("Mikkeli", "491"), ("S:t Michel", "491"), ("Maaninka", "297")])
def test_a_name_that_was_typed_before_there_was_a_list_is_found_in_it(
    portal: Portal, rooms: FakeRooms, typed: str, chosen: str
) -> None:
    rooms.applications[DRAFT]["answers"]["municipality"] = typed
    assert form_in(portal.get(BASICS).text, BASICS).fields["municipality"] == chosen


def test_what_is_no_municipality_stays_to_be_seen_and_corrected(portal: Portal, rooms: FakeRooms) -> None:
    rooms.applications[DRAFT]["answers"]["municipality"] = "Mikkelin seutu"
    assert form_in(portal.get(BASICS).text, BASICS).fields["municipality"] == "Mikkelin seutu"


def test_the_summary_names_the_municipality_and_shows_no_code(portal: Portal) -> None:
    shown = text_of(portal.get(f"/oma/asiat/{READY}/tarkista").text)
    assert "Kuopio" in shown
    assert "297" not in shown


def test_the_company_reads_who_transferred_its_case_when_and_why(portal: Portal, rooms: FakeRooms) -> None:
    rooms.applications[SUBMITTED]["transferred"] = {
        "given_by": "KES",
        "reason": "Hanke toteutetaan Kuopiossa.",
        "transferred_at": NOW,
    }

    shown = text_of(portal.get(f"/oma/asiat/{SUBMITTED}").text)

    assert "Keski-Suomen elinvoimakeskus siirsi hakemuksesi" in shown
    assert "Hanke toteutetaan Kuopiossa." in shown
