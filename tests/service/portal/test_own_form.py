"""The form as a call defines it: its own pages and questions, hidden ones, sums, and what is filed on paper."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from services.applications.domain.call_forms import whole
from services.applications.domain.calls import attachment_rule_from
from services.applications.domain.forms import form_from
from shared.contracts.applications import (
    ATTACH,
    CLONE_APPLICATION,
    COUNT_DRAFT,
    DEMAND_SECOND_SIGNATURE,
    ENTER_PAPER,
    FILE_PAPER,
    GET_DRAFTING,
    RETURN_UNSIGNED,
    SAVE_DRAFT,
    SUBMIT,
    TAKE_BACK_REQUEST,
    TAKE_OVER_DRAFT,
)
from shared.contracts.applications.definitions import FormDefinition
from shared.errors import Fault, InvalidFields, NotFound
from tests.support import fake_case as case
from tests.support.fake_rooms import FakeRooms
from tests.support.portal_pages import DRAFT, READY, Portal, Taken, fault, form_in, text_of
from tukivayla.demo.own_forms import AGREEMENT, COOPERATION_FORM

SKILLS = f"/oma/asiat/{DRAFT}/osaaminen"
SECTIONS = whole(form_from(FormDefinition().load(COOPERATION_FORM))).sections


@pytest.fixture
def draft(rooms: FakeRooms) -> dict[str, Any]:
    """A draft in a call with a form of its own, no partners so far."""
    found = rooms.applications[DRAFT]
    found["call"] = deepcopy(case.CALL) | {
        "sections": SECTIONS,
        "attachments": [*case.CALL["attachments"], attachment_rule_from(AGREEMENT)],
    }
    found["answers"] |= {"partners": "no", "hours": "20", "groups": [{"code": "leaders"}]}
    found["hidden"] = ["partner"]
    return found


def test_the_parts_are_those_of_the_calls_form_in_its_order(portal: Portal, draft: dict[str, Any]) -> None:
    read = text_of(portal.get(f"/oma/asiat/{DRAFT}").text)
    places = [read.index(f"{name} ") for name in ("Perustiedot", "Osaaminen", "Kustannusarvio", "Aiempi de minimis")]
    assert places == sorted(places)


def test_a_part_that_the_form_does_not_have_is_not_there(portal: Portal, rooms: FakeRooms) -> None:
    assert portal.get(SKILLS).status_code == 404
    assert portal.get(f"/oma/asiat/{DRAFT}/perustiedot").status_code == 200


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_kind_of_question_has_its_field_with_label_and_one_id(
    portal: Portal, draft: dict[str, Any], language: str
) -> None:
    page = portal.get(SKILLS, language).text
    taken = Taken(page)
    assert {"hours", "partners-yes", "groups.0.code", "partner.0.name", "partner.0.share"} <= set(taken.ids)
    assert len(taken.ids) == len(set(taken.ids))
    assert taken.inline == []
    assert form_in(page, SKILLS).fields["groups.1.code"] == "leaders"
    assert "groups.0.code" not in form_in(page, SKILLS).fields


def test_a_hidden_question_is_there_but_hidden_and_its_answer_stays(
    portal: Portal, rooms: FakeRooms, draft: dict[str, Any]
) -> None:
    draft["answers"]["partner"] = [{"name": "Opisto", "task": "", "share": ""}]
    page = portal.get(SKILLS).text
    assert '<div data-question="partner" hidden>' in page
    assert '<div data-question="hours">' in page
    portal.post(SKILLS, hours="30", save="1")
    saved = rooms.asked_for(SAVE_DRAFT)[0].data["answers"]
    assert saved["partner"][0]["name"] == "Opisto"
    assert saved["hours"] == "30"
    assert saved["groups"] == [{"code": "leaders"}]


def test_several_answers_are_ticked_and_unticked(portal: Portal, rooms: FakeRooms, draft: dict[str, Any]) -> None:
    portal.post(SKILLS, groups__0__code="staff", groups__1__code=None, save="1")
    assert rooms.asked_for(SAVE_DRAFT)[0].data["answers"]["groups"] == [{"code": "staff"}]


def test_a_row_is_added_to_the_table_of_the_form(portal: Portal, draft: dict[str, Any]) -> None:
    answer = portal.post(SKILLS, row="partner.add.1")
    assert answer.location == f"{SKILLS}?rivit=2&taulu=partner#partner.1.name"
    assert 'id="partner.1.name"' in portal.get(f"{SKILLS}?rivit=2&taulu=partner").text


def test_what_is_wrong_is_named_by_the_calls_own_words_and_leads_to_its_field(
    portal: Portal, draft: dict[str, Any]
) -> None:
    draft["faults"] = [fault("hours", "below_least", least="8"), fault("partner.0.name", "required")]
    page = portal.get(f"{SKILLS}?tarkista=1").text
    assert 'href="#hours"' in page
    assert "Koulutustunteja henkilöä kohti: Arvo on liian pieni. Vähintään 8." in text_of(page)
    assert "Rivi 1, nimi: " in text_of(page)
    assert f'href="{SKILLS}?tarkista=1#hours"' in portal.get(f"/oma/asiat/{DRAFT}/tarkista").text


def test_sums_are_counted_by_the_room_and_told_in_the_pages_language(
    portal: Portal, rooms: FakeRooms, draft: dict[str, Any]
) -> None:
    counted = {"totals": case.TOTALS, "hidden": [], "required_kinds": [], "sums": {"partner.share": "1250.50"}}
    rooms.answers(COUNT_DRAFT, counted)
    fields = form_in(portal.get(SKILLS).text, SKILLS).fields | {"partner.0.share": "1 250,50"}
    told = portal.client.post(f"{SKILLS}/laske", data=fields, headers={"Accept": "application/json"}).json
    assert told["sums"]["aid"] == "41\u00a0800,00\u00a0€"
    assert told["sums"]["partner.share"] == "1\u00a0250,50\u00a0€"
    assert (told["hidden"], told["missing"]) == ([], False)
    assert rooms.asked_for(COUNT_DRAFT)[-1].data["answers"]["partner"][0]["share"] == "1 250,50"
    assert rooms.asked_for(SAVE_DRAFT) == []


def test_what_the_register_answers_is_shown_and_not_asked(
    portal: Portal, rooms: FakeRooms, draft: dict[str, Any]
) -> None:
    draft["answers"]["home_town"] = "Kuopio"
    page = f"/oma/asiat/{DRAFT}/perustiedot"
    assert '<select id="home_town"' in portal.get(page).text
    rooms.forms.drafting["registered"] = ["home_town"]
    shown = portal.get(page).text
    assert '<select id="home_town"' not in shown
    assert "Asiakasrekisteristä" in text_of(shown)
    assert form_in(shown, page).fields["home_town"] == "Kuopio"


def test_a_part_in_which_only_the_register_has_answered_is_not_begun_and_opens_without_faults(
    portal: Portal, draft: dict[str, Any]
) -> None:
    draft["answers"] = {"home_town": "Kuopio"}
    draft["faults"] = [fault("title", "required")]
    page = portal.get(f"/oma/asiat/{DRAFT}").text
    assert "Perustiedot ei aloitettu" in text_of(page)
    assert f'href="/oma/asiat/{DRAFT}/perustiedot"' in page


def test_an_attachment_needed_with_these_answers_is_not_optional(portal: Portal, draft: dict[str, Any]) -> None:
    page = f"/oma/asiat/{DRAFT}/liitteet"
    assert "Kumppanuussopimus (vapaaehtoinen)" in text_of(portal.get(page).text)
    draft["required_kinds"] = ["quote", "agreement"]
    read = text_of(portal.get(page).text)
    assert "Kumppanuussopimus (vapaaehtoinen)" not in read
    assert "PDF, DOCX, enintään" in read


def test_the_calls_own_answers_are_read_in_words_by_company_and_official(
    app: Any, portal: Portal, rooms: FakeRooms, draft: dict[str, Any]
) -> None:
    draft["answers"] |= {"partners": "yes", "partner": [{"name": "Opisto", "task": "Kouluttaa", "share": "1000"}]}
    draft["hidden"] = []
    read = text_of(portal.get(f"/oma/asiat/{DRAFT}/tarkista").text)
    assert "Ketkä osallistuvat Esimiehet" in read
    assert "Opisto Kouluttaa 1 000,00 €" in read
    draft["state"] = "in_assessment"
    official = Portal(app, rooms, "p-pekka")
    assert "Opisto Kouluttaa 1 000,00 €" in text_of(official.get(f"/tyo/asiat/{DRAFT}?valilehti=hakemus").text)


# ---- versions ----


def test_the_history_names_people_and_marks_what_went_and_came(portal: Portal) -> None:
    page = portal.get(f"/oma/asiat/{DRAFT}/versiot").text
    read = text_of(page)
    assert "Leena Korhonen" in read
    assert "Lämpö <ins>talteen</ins>" in page
    assert "<del>100,00\u00a0€</del> <ins>62\u00a0000,00\u00a0€</ins>" in page
    assert "Kustannukset, rivi 2, kustannuslaji lisätty Palkat" in read


def test_two_versions_are_chosen_without_a_script(portal: Portal) -> None:
    assert portal.get(f"/oma/asiat/{DRAFT}/versiot?a=0&b=1").status_code == 200
    assert portal.get(f"/oma/asiat/{DRAFT}/versiot?a=9&b=x").status_code == 200


# ---- signature ----

SIGNATURE = f"/oma/asiat/{READY}/allekirjoitus"


def waits(rooms: FakeRooms, asked_by: str) -> None:
    rooms.applications[READY]["state"] = "awaiting_signature"
    rooms.forms.drafting |= {"asked_by": asked_by, "asked_at": case.NOW, "ask_note": "Katso kulut."}


def test_asking_for_a_signature_locks_the_draft(portal: Portal, rooms: FakeRooms) -> None:
    answer = portal.post(SIGNATURE, note="Katso kulut.")
    assert answer.location == f"/oma/asiat/{READY}"
    read = text_of(portal.get(f"/oma/asiat/{READY}").text)
    assert "Luonnos on lukittu" in read
    assert "Toisen henkilön pitää allekirjoittaa" in read
    assert portal.get(f"/oma/asiat/{READY}/perustiedot").location == f"/oma/asiat/{READY}"


def test_the_other_person_reads_and_sends(portal: Portal, rooms: FakeRooms) -> None:
    waits(rooms, "p-leena")
    page, send = f"/oma/asiat/{READY}", f"/oma/asiat/{READY}/laheta"
    assert "Katso kulut." in portal.get(page).text
    unpromised = portal.post(page, send)
    assert unpromised.status_code == 422
    assert 'href="#julkisuus"' in unpromised.text
    answer = portal.post(page, send, tiedot_oikein="kylla", julkisuus="kylla")
    assert answer.location == f"/oma/asiat/{READY}/vastaanotto"
    assert len(rooms.asked_for(SUBMIT)) == 1


def test_a_return_needs_a_note(portal: Portal, rooms: FakeRooms) -> None:
    waits(rooms, "p-leena")
    page, back = f"/oma/asiat/{READY}", f"{SIGNATURE}/palauta"
    assert "Mitä pitää korjata" in text_of(portal.get(page).text)
    assert portal.post(page, back).status_code == 422
    assert portal.post(page, back, return_note="Vuosi puuttuu.").status_code == 303
    assert rooms.asked_for(RETURN_UNSIGNED)[0].data["note"] == "Vuosi puuttuu."
    assert "Vuosi puuttuu." in text_of(portal.get(page).text)


def test_the_one_who_asked_takes_it_back_and_sees_no_way_to_sign(portal: Portal, rooms: FakeRooms) -> None:
    waits(rooms, "p-aino")
    page = portal.get(f"/oma/asiat/{READY}").text
    assert f'action="/oma/asiat/{READY}/laheta"' not in page
    portal.post(f"/oma/asiat/{READY}", f"{SIGNATURE}/takaisin")
    assert len(rooms.asked_for(TAKE_BACK_REQUEST)) == 1


def test_what_waits_for_a_signature_is_among_the_things_to_do(portal: Portal, rooms: FakeRooms) -> None:
    waits(rooms, "p-leena")
    page = portal.get("/oma").text
    assert f'href="/oma/asiat/{READY}"' in page[: page.index('id="asiat"')]
    assert "odottaa allekirjoitusta" in text_of(page)


def test_a_draft_that_nobody_answers_for_is_among_the_things_to_do_and_one_takes_it(
    portal: Portal, rooms: FakeRooms
) -> None:
    rooms.forms.drafting |= {"responsible": None, "left_by": "p-leena"}
    draft = rooms.applications[READY]
    rooms.forms.left = [{name: draft[name] for name in ("number", "title", "call_names", "closes_at")}]
    rooms.forms.left[0] |= {"left_by": "p-leena"}
    page = f"/oma/asiat/{READY}"
    to_do = portal.get("/oma").text.split('aria-labelledby="asiat"')[0]
    assert "Ota luonnos vastuullesi" in text_of(to_do)
    assert to_do.count(f'href="{page}"') == 1, "sending it comes after somebody answers for it"
    assert "Leena Korhonen vastasi siitä eikä enää edusta yritystä" in text_of(portal.get(page).text)

    assert portal.post(page, f"{page}/vastuu").location == page

    assert rooms.asked_for(TAKE_OVER_DRAFT)[0].data == {"number": READY, "before": None}
    assert "Ota luonnos vastuullesi" not in text_of(portal.get("/oma").text)
    assert "vastaa Aino Lehtonen" in text_of(portal.get(page).text)


def test_a_draft_of_a_colleague_may_be_taken_over_and_ones_own_need_not(portal: Portal, rooms: FakeRooms) -> None:
    page = f"/oma/asiat/{READY}"
    assert f'action="{page}/vastuu"' not in portal.get(page).text
    rooms.forms.drafting |= {"responsible": "p-leena"}
    portal.post(page, f"{page}/vastuu", before="p-leena")
    assert rooms.asked_for(TAKE_OVER_DRAFT)[0].data["before"] == "p-leena"


def test_two_persons_are_demanded_on_the_page(portal: Portal, rooms: FakeRooms) -> None:
    portal.post(SIGNATURE, f"{SIGNATURE}/kaksi")
    assert rooms.asked_for(DEMAND_SECOND_SIGNATURE)[0].data["demanded"] is True
    assert "Aino Lehtonen vaati sitä" in text_of(portal.get(SIGNATURE).text)


# ---- copying ----


def test_an_application_is_copied_into_a_call_of_choice(portal: Portal, rooms: FakeRooms) -> None:
    page = f"/oma/asiat/{READY}/kopioi"
    answer = portal.post(page, f"{page}/energia-2026")
    number = answer.location.rsplit("/", 1)[1]
    sent = rooms.asked_for(CLONE_APPLICATION)[0].data
    assert (sent["undertaking_name"], sent["register"]["municipality"]) == ("Saimaan Verstas Oy", "Kuopio")
    rooms.forms.drafting["left_out"] = [{"key": "region", "why": "not_in_call", "value": "10"}]
    read = text_of(portal.get(f"/oma/asiat/{number}").text)
    assert f"Kopioitu hakemuksesta {READY}" in read
    assert "ei mahdollinen uudessa haussa" in read


# ---- on paper ----


@pytest.fixture
def official(app: Any, rooms: FakeRooms) -> Portal:
    return Portal(app, rooms, "p-pekka")


def enter(official: Portal, **fields: str) -> Any:
    right = {
        "call_id": "energia-2026",
        "business_id": "9100001-3",
        "language": "fi",
        "channel": "paper",
        "arrived_on": "20.11.2026",
        "arrived_time": "15.45",
        "reason": "Palvelu ei auennut.",
    }
    return official.post("/tyo/paperi", **(right | fields))


def test_an_official_types_in_what_came_on_paper(official: Portal, rooms: FakeRooms) -> None:
    answer = enter(official)
    sent = rooms.asked_for(ENTER_PAPER)[0].data
    assert sent["arrived_at"].isoformat() == "2026-11-20T15:45:00+02:00"
    assert sent["undertaking_name"] == "Saimaan Verstas Oy"
    page = answer.location
    assert "Saapui 20.11.2026 klo 15.45.00" in text_of(official.get(page).text)
    part = f"{page}/perustiedot"
    official.post(part, title="Paperihanke", save="1")
    assert rooms.asked_for(SAVE_DRAFT)[0].data["answers"]["title"] == "Paperihanke"
    assert "Saapunut hakemus" in text_of(official.get(f"{page}/liitteet").text)
    assert rooms.asked_for(ATTACH) == []


@pytest.mark.parametrize(
    ("field", "typed"),
    [("arrived_on", "31.2.2026"), ("arrived_time", "25.00"), ("reason", " "), ("call_id", ""), ("channel", "")],
)
def test_what_is_typed_wrong_is_told_at_its_field(official: Portal, rooms: FakeRooms, field: str, typed: str) -> None:
    answer = enter(official, **{field: typed})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert rooms.asked_for(ENTER_PAPER) == []


def test_a_company_that_is_not_in_the_register_is_told(official: Portal, rooms: FakeRooms) -> None:
    answer = enter(official, business_id="9100004-8")
    assert answer.status_code == 422
    assert "Asiakasrekisterissä ei ole tällaista yritystä" in text_of(answer.text)


def test_filing_with_gaps_is_the_officials_own_choice(official: Portal, rooms: FakeRooms) -> None:
    page = enter(official).location
    number = page.rsplit("/", 1)[1]
    rooms.applications[number]["faults"] = [fault("contact_email", "required")]
    check = f"{page}/tarkista"
    official.post(check, with_gaps="kylla")
    assert rooms.asked_for(FILE_PAPER)[0].data["with_gaps"] is True


def test_a_refused_filing_names_the_fields(official: Portal, rooms: FakeRooms) -> None:
    page = enter(official).location
    rooms.refuses(FILE_PAPER, InvalidFields(faults=[Fault("title", "required")]))
    answer = official.post(f"{page}/tarkista")
    assert answer.status_code == 422
    assert "Hankkeen nimi: Täytä tämä kohta." in text_of(answer.text)


def test_the_scan_of_what_came_is_asked_from_the_start_and_by_its_name(official: Portal, rooms: FakeRooms) -> None:
    page = enter(official).location
    rooms.applications[page.rsplit("/", 1)[1]]["attachments"] = []
    needed = "Pakollinen liite puuttuu: Saapunut hakemus."

    assert "Liitteet ei aloitettu" in text_of(official.get(page).text)
    assert needed in text_of(official.get(f"{page}/tarkista").text)
    rooms.refuses(FILE_PAPER, InvalidFields(faults=[Fault("attachments", "attachment_missing", {"kind": "scan"})]))
    assert needed in text_of(official.post(f"{page}/tarkista").text)


def test_a_company_sees_nothing_of_the_officials_pages(portal: Portal) -> None:
    assert portal.get("/tyo/paperi").status_code == 403


# ---- calls ----


def test_the_last_days_of_calls_are_a_calendar(visitor: Portal) -> None:
    answer = visitor.get("/haut.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    lines = answer.text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert "SUMMARY:Energiatehokkuus pk-yrityksissä" in lines
    assert "DTSTART;VALUE=DATE:20261122" in lines
    assert all(len(line.encode()) <= 75 for line in lines)


def test_a_room_that_says_no_of_a_version_is_a_page(portal: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(GET_DRAFTING, NotFound(what="application"))
    assert portal.get(SIGNATURE).status_code == 404
