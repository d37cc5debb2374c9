"""Pages where the authority and the company write to each other: nothing typed is lost, nobody reads too much."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from services.applications.domain.errors import RequestAnswered
from services.gateway.plain_status import said
from services.gateway.sentences.correspondence import DEEDS, STATUS
from shared.contracts.applications import (
    ANSWER_COMPLETION,
    ANSWER_HEARING,
    ASK_COMPLETION,
    ASK_HEARING,
    ASK_MORE_TIME,
    GET_CORRESPONDENCE,
    GET_REQUEST,
    MARK_READ,
    MOVE_DUE_DAY,
    RECORD_OPINION,
    REFUSE_MORE_TIME,
    SAVE_MESSAGE_DRAFT,
    SAVE_REPLY,
    SEND_MESSAGE,
)
from shared.contracts.customers import CONFIRM_CONTACT, SET_CONTACT, SET_PREFERENCES
from shared.contracts.documents import STORE_DOCUMENT
from shared.errors import Fault, InvalidFields
from tests.support import fake_case as case
from tests.support.fake_correspondence import HEARING, MESSAGES, REQUEST
from tests.support.fake_correspondence import STATUS as AT_THE_HANDLER
from tests.support.fake_rooms import FakeRooms
from tests.support.portal_pages import Portal, form_in, text_of
from tests.support.staff_pages import AUDITOR, DECIDER, HANDLER, OWN, assert_whole, staff_rooms

OURS = "A80648"
COMPLETION = f"/oma/asiat/{OURS}/taydennys/1"
COMMENTS = f"/oma/asiat/{OURS}/kuuleminen/2"
THREAD = f"/oma/asiat/{OURS}/viestit"
ASK = f"/tyo/asiat/{OWN}/taydennyspyynto"
HEAR = f"/tyo/asiat/{OWN}/kuule"
OPINION = f"/tyo/asiat/{OWN}/lausunto/3"
DUE_DAY = f"/tyo/asiat/{OWN}/maaraaika/1"


@pytest.fixture
def rooms() -> FakeRooms:
    return staff_rooms()


@pytest.fixture
def handler(app: Flask, rooms: FakeRooms) -> Portal:
    return Portal(app, rooms, HANDLER)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(
    "path", [COMPLETION, COMMENTS, THREAD, "/oma/viestit", "/oma/asetukset", "/asetukset/osoite/koodi"]
)
def test_a_company_page_opens_whole(portal: Portal, path: str, language: str) -> None:
    assert_whole(portal.get(path, language).text, language)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(
    "path",
    [
        ASK,
        HEAR,
        f"/tyo/asiat/{OWN}/lausunto",
        OPINION,
        DUE_DAY,
        "/tyo/viestit",
        f"/tyo/asiat/{OWN}?valilehti=viestit",
        "/tyo/asetukset",
    ],
)
def test_an_officials_page_opens_whole(handler: Portal, path: str, language: str) -> None:
    assert_whole(handler.get(path, language).text, language)


# ---- answering ----


def test_the_page_shows_what_is_asked_and_holds_what_was_filed(portal: Portal) -> None:
    html = portal.get(COMPLETION).text

    assert "Tarkenna yhteenvetoa." in html
    assert form_in(html, COMPLETION).fields["summary"] == "Uusi solu."
    assert "to 10.12.2026 klo 23.59" in text_of(html)


def test_saving_keeps_the_reply_and_only_the_asked_answers(portal: Portal, rooms: FakeRooms) -> None:
    answer = portal.post(COMPLETION, reply="Tässä.", summary="Tarkempi.", title="Toinen hanke", save="1")

    asked = rooms.asked_for(SAVE_REPLY)[-1].data
    assert answer.status_code == 303
    assert (asked["reply"], asked["answers"]) == ("Tässä.", {"summary": "Tarkempi."})
    assert rooms.asked_for(ANSWER_COMPLETION) == []


def test_sending_saves_first_and_sends_what_was_saved(portal: Portal, rooms: FakeRooms) -> None:
    answer = portal.post(COMPLETION, reply="Tässä.", laheta="1")

    assert answer.status_code == 303
    saved, sent = rooms.asked_for(SAVE_REPLY)[-1], rooms.asked_for(ANSWER_COMPLETION)[-1]
    assert sent.data["version"] == saved.data["version"] + 1
    assert saved.asker.idempotency_key != sent.asker.idempotency_key


def test_comments_are_sent_as_comments(portal: Portal, rooms: FakeRooms) -> None:
    portal.post(COMMENTS, reply="Tilaus oli ehdollinen.", laheta="1")

    assert rooms.asked_for(SAVE_REPLY)[-1].data["answers"] == {}
    assert len(rooms.asked_for(ANSWER_HEARING)) == 1


def test_the_script_saves_as_one_types_and_is_told_what_the_server_saved(portal: Portal) -> None:
    answer = portal.post(COMPLETION, reply="Kesken", accept="application/json")

    assert answer.get_json()["form"] == {"version": 2}
    assert answer.get_json()["text"].startswith("Vastaus tallennettu klo")


def test_a_refused_answer_stays_on_the_page_with_its_reason(portal: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(ANSWER_COMPLETION, InvalidFields(faults=[Fault("summary", "required")]))

    answer = portal.post(COMPLETION, reply="Pitkä vastaus.", summary="", laheta="1")

    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Pitkä vastaus." in html
    assert 'href="#summary"' in html
    assert form_in(html, COMPLETION).fields["version"] == "2"


def test_who_may_only_prepare_sees_no_button_to_send(portal: Portal, rooms: FakeRooms, app: Flask) -> None:
    for session in rooms.sessions.values():
        session["capacity"] = session["capacity"] | {"rights": ["prepare"]}

    html = portal.get(COMPLETION).text

    assert 'name="laheta"' not in html
    assert "allekirjoitusvaltuus" in html


def test_an_answered_request_shows_when_by_whom_and_the_digest(portal: Portal, rooms: FakeRooms) -> None:
    version = {"answers": {"summary": "Tarkempi."}, "attachments": [], "digest": case.DIGEST}
    sent = {
        "state": "answered",
        "answered_by": "p-aino",
        "answered_at": case.NOW,
        "late": True,
        "took_effect": True,
        "reply": "Tässä.",
        "before": version,
        "after": version,
    }
    rooms.answers(GET_REQUEST, REQUEST | sent)

    html = portal.get(COMPLETION).text

    assert "22.11.2026 klo 23.50.00" in text_of(html)
    assert case.DIGEST in html
    assert "viimeisen päivän" in html
    assert 'name="laheta"' not in html


def test_asking_for_more_time_needs_a_day_and_a_reason(portal: Portal, rooms: FakeRooms) -> None:
    answer = portal.post(COMPLETION, f"{COMPLETION}/lisaaika", until="31.2.2027", reason="Tarjous puuttuu.")

    assert answer.status_code == 422
    assert "Tarjous puuttuu." in answer.get_data(as_text=True)
    assert rooms.asked_for(ASK_MORE_TIME) == []

    portal.post(COMPLETION, f"{COMPLETION}/lisaaika", until="18.12.2026", reason="Tarjous puuttuu.")
    assert rooms.asked_for(ASK_MORE_TIME)[-1].data["until"] == date(2026, 12, 18)


def test_a_completion_is_not_found_at_the_address_of_a_hearing(portal: Portal) -> None:
    assert portal.get(f"/oma/asiat/{OURS}/kuuleminen/1").status_code == 404


# ---- asking ----


def test_the_handler_asks_named_answers_and_files_by_a_day(handler: Portal, rooms: FakeRooms) -> None:
    answer = handler.post(ASK, asked="Tarkenna.", keys="summary", attachment_kinds="other", due_on="10.12.2026")

    asked = rooms.asked_for(ASK_COMPLETION)[-1].data
    assert answer.status_code == 303
    assert (asked["keys"], asked["attachment_kinds"]) == (["summary"], ["other"])
    assert asked["due_on"] == date(2026, 12, 10)


def test_a_request_that_cannot_be_sent_keeps_what_was_written_and_ticked(handler: Portal, rooms: FakeRooms) -> None:
    answer = handler.post(ASK, asked="Tarkenna yhteenvetoa.", keys="summary", due_on="pian")

    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Tarkenna yhteenvetoa." in html
    assert 'id="keys-summary" value="summary" checked' in html
    assert rooms.asked_for(ASK_COMPLETION) == []


def test_a_hearing_names_its_facts(handler: Portal, rooms: FakeRooms) -> None:
    handler.post(
        HEAR, asked="Voit lausua.", facts__0__text="Laite on tilattu.", facts__1__text=" ", due_on="10.12.2026"
    )

    assert rooms.asked_for(ASK_HEARING)[-1].data["facts"] == ["Laite on tilattu."]


def test_what_is_missing_of_a_hearing_is_told_at_once_and_the_page_grows_no_rows(
    handler: Portal, rooms: FakeRooms
) -> None:
    answer = handler.post(HEAR, asked=" ", facts__0__text="Laite on tilattu.", due_on="")

    assert answer.status_code == 422
    assert ('href="#asked"' in answer.text, 'href="#due_on"' in answer.text) == (True, True)
    assert ("Seikka 3" in text_of(answer.text), "Seikka 4" in text_of(answer.text)) == (True, False)
    assert rooms.asked_for(ASK_HEARING) == []


def test_an_opinion_is_recorded_with_its_stance_and_nothing_is_chosen_beforehand(
    handler: Portal, rooms: FakeRooms
) -> None:
    assert "checked" not in handler.get(OPINION).text

    handler.post(OPINION, given_by="MYR", given_on="20.11.2026", stance="against", binding="kylla", text="Ei puolla.")

    recorded = rooms.asked_for(RECORD_OPINION)[-1].data
    assert (recorded["stance"], recorded["binding"]) == ("against", True)


def test_more_time_is_given_or_refused_with_a_reason(handler: Portal, rooms: FakeRooms) -> None:
    waits = {"until": date(2026, 12, 18), "reason": "Tarjous puuttuu.", "asked_at": case.NOW}
    rooms.answers(GET_REQUEST, REQUEST | {"more_time": waits | {"granted": None, "answer": ""}})

    handler.post(DUE_DAY, due_on="18.12.2026", give="1")
    handler.post(DUE_DAY, reason="Haku ratkaistaan pian.", refuse="1")

    assert rooms.asked_for(MOVE_DUE_DAY)[-1].data["due_on"] == date(2026, 12, 18)
    assert rooms.asked_for(REFUSE_MORE_TIME)[-1].data["reason"] == "Haku ratkaistaan pian."


def test_the_case_page_sets_the_completed_answers_beside_the_filed_ones(handler: Portal, rooms: FakeRooms) -> None:
    before = {"answers": {"summary": "Vanha."}, "attachments": [], "digest": case.DIGEST}
    after = before | {"answers": {"summary": "Uusi."}}
    answered = {"state": "answered", "answered_by": "p-aino", "answered_at": case.NOW, "took_effect": True}
    rooms.answers(GET_CORRESPONDENCE, _thread([REQUEST | answered | {"before": before, "after": after}]))

    html = handler.get(f"/tyo/asiat/{OWN}").text

    assert '<del class="typed">Vanha.</del>' in html
    assert '<ins class="typed">Uusi.</ins>' in html


# ---- messages ----


def test_opening_the_thread_marks_it_read(portal: Portal, rooms: FakeRooms) -> None:
    portal.get(THREAD)

    assert rooms.asked_for(MARK_READ)[-1].data["message_no"] == 2


def test_an_auditor_reads_the_messages_and_marks_nothing(app: Flask, rooms: FakeRooms) -> None:
    rooms.answers(GET_CORRESPONDENCE, _thread([], unread=1))

    html = Portal(app, rooms, AUDITOR).get(f"/tyo/asiat/{OWN}?valilehti=viestit").text

    assert "Ennen joulua." in html
    assert 'name="text"' not in html
    assert rooms.asked_for(MARK_READ) == []


def test_a_note_is_a_note_and_says_whether_it_is_public(handler: Portal, rooms: FakeRooms) -> None:
    page = f"/tyo/asiat/{OWN}/viestit"

    handler.post(page, text="Tarkista omistus.", to="note", public="yes", send="1")
    handler.post(page, text="Hei.", to="company", public="yes", send="1")

    note, message = (asked.data for asked in rooms.asked_for(SEND_MESSAGE))
    assert (note["internal"], note["public"]) == (True, True)
    assert (message["internal"], message["public"]) == (False, False)


def test_a_message_in_the_making_is_kept_by_the_script(portal: Portal, rooms: FakeRooms) -> None:
    answer = portal.post(THREAD, text="Hei, kysyis", accept="application/json")

    assert answer.get_json()["text"].startswith("Luonnos tallennettu klo")
    assert rooms.asked_for(SAVE_MESSAGE_DRAFT)[-1].data["text"] == "Hei, kysyis"
    assert rooms.asked_for(SEND_MESSAGE) == []


def test_what_a_message_says_is_shown_as_text(portal: Portal, rooms: FakeRooms) -> None:
    wicked = [MESSAGES[0] | {"number": OURS, "text": "<script>alert(1)</script>"}]
    rooms.answers(GET_CORRESPONDENCE, _thread([], messages=wicked))

    assert "<script>alert" not in portal.get(THREAD).text


STAFF_THREAD = f"/tyo/asiat/{OWN}/viestit"
FILE = {"kind": "message", "document_id": "d-1", "file_name": "ohje.pdf", "sha256": "ab" * 32}


def attached(portal: Portal, page: str, name: str = "ohje.pdf") -> Any:
    fields = form_in(portal.get(page).text, f"{page}/liite").fields
    content = {**fields, "file": (BytesIO(b"%PDF-1.7 ohje"), name)}
    return portal.client.post(f"{page}/liite", data=content, content_type="multipart/form-data")


def test_the_handlers_file_goes_with_the_next_message_and_is_withheld_until_then(
    handler: Portal, rooms: FakeRooms
) -> None:
    answer = attached(handler, STAFF_THREAD)

    assert answer.location == f"{STAFF_THREAD}#text"
    stored = rooms.asked_for(STORE_DOCUMENT)[0].data
    assert (stored["subject"], stored["withheld"]) == (f"application/{OWN}", True)
    (kept,) = rooms.asked_for(SAVE_MESSAGE_DRAFT)[0].data["attachments"]
    assert (kept["kind"], kept["file_name"]) == ("message", "ohje.pdf")


def test_what_the_company_attaches_is_not_withheld_from_itself(portal: Portal, rooms: FakeRooms) -> None:
    attached(portal, THREAD)

    assert rooms.asked_for(STORE_DOCUMENT)[0].data["withheld"] is False


def test_files_go_with_a_message_and_not_with_a_note(handler: Portal, rooms: FakeRooms) -> None:
    rooms.answers(GET_CORRESPONDENCE, _thread([], files=[FILE]))

    handler.post(STAFF_THREAD, text="Tarkista omistus.", to="note", send="1")
    handler.post(STAFF_THREAD, text="Hei.", to="company", send="1")

    note, message = (asked.data for asked in rooms.asked_for(SEND_MESSAGE))
    assert note["attachments"] == []
    assert [one["document_id"] for one in message["attachments"]] == ["d-1"]


def test_a_wrong_file_is_taken_off_before_the_message_is_sent(handler: Portal, rooms: FakeRooms) -> None:
    other = FILE | {"document_id": "d-2", "file_name": "toinen.pdf"}
    rooms.answers(GET_CORRESPONDENCE, _thread([], draft="Hei", files=[FILE, other]))
    page = handler.get(STAFF_THREAD).text
    assert f'formaction="{STAFF_THREAD}/liite/d-1/poista"' in page

    fields = form_in(page, STAFF_THREAD).fields
    handler.client.post(f"{STAFF_THREAD}/liite/d-1/poista", data=fields)

    saved = rooms.asked_for(SAVE_MESSAGE_DRAFT)[-1].data
    assert ([one["document_id"] for one in saved["attachments"]], saved["text"]) == (["d-2"], "Hei")


def test_the_company_opens_the_file_that_came_with_a_message(portal: Portal, rooms: FakeRooms) -> None:
    sent = MESSAGES[0] | {"number": OURS, "side": "authority", "attachments": [FILE]}
    rooms.answers(GET_CORRESPONDENCE, _thread([], messages=[sent]))

    assert 'href="/asiakirja/d-1?inline=1">ohje.pdf</a>' in portal.get(THREAD).text


def test_a_decision_maker_writes_and_leaves_the_files_to_the_handler(app: Flask, rooms: FakeRooms) -> None:
    page = Portal(app, rooms, DECIDER).get(STAFF_THREAD).text

    assert 'name="text"' in page
    assert f'action="{STAFF_THREAD}/liite"' not in page


# ---- where a case is ----


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("what", sorted({code.partition(".")[0] for code in STATUS}))
@pytest.mark.parametrize("todo", sorted(DEEDS))
def test_every_status_is_a_sentence_in_every_language(what: str, todo: str, language: str) -> None:
    status = AT_THE_HANDLER | {"what": what, "whom": "you", "todo": todo, "until": date(2026, 12, 10)}

    told = said(status, language)

    assert "%(" not in told.what + told.todo + told.promise
    assert all(text.endswith(".") for text in (told.what, told.todo, told.promise))


def test_the_promise_tells_the_days_that_were_waited() -> None:
    moved = AT_THE_HANDLER | {"promised_on": date(2027, 2, 20) + timedelta(days=6), "waited_days": 6}

    assert said(moved, "fi").promise == "Päätös viimeistään 26.2.2027. Vastauksen odotuspäiviä on lisätty: 6."


def test_while_the_company_is_waited_for_no_day_is_promised() -> None:
    waits = AT_THE_HANDLER | {"promised_on": None, "waited_days": 3}

    assert "20.2.2027" in said(waits, "fi").promise
    assert "3 pv" in said(waits, "fi").promise


def test_an_open_request_is_the_first_thing_on_the_companys_page(portal: Portal) -> None:
    html = portal.get("/oma").text

    assert f'href="{COMPLETION}"' in html
    assert html.index(COMPLETION) < html.index("Lähetä hakemus")


def test_a_hearing_leads_from_the_case_to_its_page(portal: Portal, rooms: FakeRooms) -> None:
    rooms.answers(GET_CORRESPONDENCE, _thread([HEARING]))

    assert f'href="{COMMENTS}"' in portal.get(f"/oma/asiat/{OURS}").text


# ---- settings ----


def test_settings_are_saved_and_said_to_be(portal: Portal, rooms: FakeRooms) -> None:
    answer = portal.post("/oma/asetukset", email=" anna@example.fi ", **{"when-message": "daily"})

    assert rooms.asked_for(SET_CONTACT)[-1].data["email"] == "anna@example.fi"
    assert rooms.asked_for(SET_PREFERENCES)[-1].data["choices"] == {"message": "daily"}
    assert "tallennettu" in portal.get(answer.location).text


def test_a_wrong_address_is_told_at_the_field(portal: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(SET_CONTACT, InvalidFields(faults=[Fault("email", "not_an_email")]))

    saved = "/oma/asetukset?tallennettu=1"
    form = form_in(portal.get(saved).text, "/oma/asetukset")

    answer = portal.client.post(saved, data=form.fields | {"email": "anna"})

    assert answer.status_code == 422
    assert 'value="anna"' in answer.get_data(as_text=True)
    assert "Asetuksesi on tallennettu" not in text_of(answer.text), "what was saved a moment ago is not said of this"
    assert rooms.asked_for(SET_PREFERENCES) == []


def test_a_new_address_waits_until_its_link_has_been_opened_and_pressed(portal: Portal, rooms: FakeRooms) -> None:
    rooms.correspondence.settings["email"] = "vanha@example.fi"
    portal.post("/oma/asetukset", email="uusi@example.fi")
    page = text_of(portal.get("/oma/asetukset").text)
    assert "Lähetimme linkin osoitteeseen uusi@example.fi" in page
    assert "Siihen asti posti menee osoitteeseen vanha@example.fi" in page

    link = "/asetukset/osoite/koodi"
    portal.get(link)
    assert rooms.asked_for(CONFIRM_CONTACT) == []  # a robot that opens links confirms nothing
    answer = portal.post(link)

    assert rooms.asked_for(CONFIRM_CONTACT)[0].data == {"code": "koodi"}
    assert "Osoite on vahvistettu" in text_of(portal.get(answer.location).text)


def test_a_link_that_is_old_or_anothers_says_what_to_do(portal: Portal, rooms: FakeRooms) -> None:
    portal.post("/oma/asetukset", email="uusi@example.fi")
    answer = portal.post("/asetukset/osoite/arvaus")
    assert answer.status_code == 410
    assert "Tallenna osoite uudelleen" in text_of(answer.text)


def test_an_official_confirms_an_address_by_the_same_link(handler: Portal, rooms: FakeRooms) -> None:
    handler.post("/tyo/asetukset", email="uusi@example.fi")
    assert handler.post("/asetukset/osoite/koodi").location == "/tyo/asetukset?vahvistettu=1"


def test_what_cannot_be_turned_off_has_no_field(portal: Portal) -> None:
    html = portal.get("/oma/asetukset").text

    assert 'name="when-message"' in html
    assert 'name="when-completion"' not in html


def test_who_came_first_is_told(portal: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(SAVE_REPLY, RequestAnswered(by="p-leena", at=case.NOW.isoformat()))

    answer = portal.post(COMPLETION, reply="Minun vastaukseni.", save="1")

    html = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Leena Korhonen lähetti vastauksen" in text_of(html)
    assert "Minun vastaukseni." in html


def _thread(
    requests: list[dict[str, Any]], *, unread: int = 0, messages: Any = MESSAGES, draft: str = "", files: Any = ()
) -> Any:
    return lambda asker, data: {
        "number": data["number"],
        "status": AT_THE_HANDLER | {"number": data["number"]},
        "requests": requests,
        "messages": messages,
        "draft": draft,
        "draft_attachments": list(files),
        "unread": unread,
    }
