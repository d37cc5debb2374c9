"""Several cases of the queue at once: ticked, reminded of, given on, taken as a file. No script is needed."""

from __future__ import annotations

import csv
from hashlib import sha256
from io import StringIO
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from shared.contracts import applications as a
from shared.contracts import payments as p
from shared.errors import ChangedMeanwhile
from tests.support import fake_case as case
from tests.support.fake_rooms import FakeRooms
from tests.support.portal_pages import Portal, form_in, text_of
from tests.support.staff_pages import (
    CLAIM_VERIFIED,
    DECIDER,
    HANDLER,
    OTHER_HANDLER,
    OWN,
    PROPOSED,
    SUBMITTED,
    VERIFIER,
    assert_whole,
    staff_rooms,
)

QUEUE = "/tyo/jono?nakyma=kaikki"


@pytest.fixture
def rooms() -> FakeRooms:
    return staff_rooms()


@pytest.fixture
def handler(app: Flask, rooms: FakeRooms) -> Portal:
    return Portal(app, rooms, HANDLER)


def tick(rooms: FakeRooms, *numbers: str) -> list[str]:
    """The values of the ticks in those rows."""
    kinds = {True: "hakemus", False: "maksatus"}
    known = rooms.applications | rooms.claims
    return [f"{kinds[number in rooms.applications]}.{number}.{known[number]['version']}" for number in numbers]


def send(person: Portal, deed: str, ticked: list[str], queue: str = QUEUE, **fields: Any) -> TestResponse:
    """Press a button under the queue, with some rows ticked."""
    page = person.get(queue).text
    form = form_in(page, queue.replace("/jono?", "/jono/tiedosto?"))
    if deed != "tiedosto":
        assert f'formaction="/tyo/jono/{deed}?' in page
    data = {"csrf_token": form.fields["csrf_token"], "idempotency_key": form.fields["idempotency_key"], **fields}
    return person.client.post(f"/tyo/jono/{deed}?{queue.partition('?')[2]}", data=data | {"valittu": ticked})


def test_every_row_can_be_ticked_by_name(handler: Portal, rooms: FakeRooms) -> None:
    page = handler.get(QUEUE).text

    assert_whole(page, "fi")
    for number in (SUBMITTED, OWN, CLAIM_VERIFIED):
        assert f'aria-label="Valitse {number}"' in page
    assert all(value in page for value in tick(rooms, SUBMITTED, OWN, CLAIM_VERIFIED))


def test_the_page_after_reminding_tells_who_was_and_why_the_others_were_not(handler: Portal, rooms: FakeRooms) -> None:
    rooms.applications[OWN]["state"] = "in_completion"

    answer = send(handler, "muistutus", tick(rooms, OWN, SUBMITTED, CLAIM_VERIFIED))

    told = text_of(answer.text)
    assert_whole(answer.text, "fi")
    assert "Muistutettu: 1 . Ennallaan: 2 ." in told
    assert f"{SUBMITTED} : Hakijalta ei ole pyydetty mitään, mihin vastaus vielä puuttuisi." in told
    assert f"{CLAIM_VERIFIED} : Maksatushakemus ei odota kenenkään vastausta." in told
    assert rooms.asked_for(a.REMIND_PARTIES)[0].data["numbers"] == [OWN, SUBMITTED]
    assert 'href="/tyo/jono?nakyma=kaikki"' in answer.text, "back to the same list"


def test_other_ticks_on_the_same_page_are_another_deed_and_the_same_ones_are_the_same(
    handler: Portal, rooms: FakeRooms
) -> None:
    form = form_in(handler.get(QUEUE).text, "/tyo/jono/tiedosto?nakyma=kaikki").fields
    kept = {"csrf_token": form["csrf_token"], "idempotency_key": form["idempotency_key"]}
    for numbers in ((OWN,), (OWN, SUBMITTED), (SUBMITTED, OWN)):
        handler.client.post("/tyo/jono/muistutus", data=kept | {"valittu": tick(rooms, *numbers)})

    keys = [asked.asker.idempotency_key for asked in rooms.asked_for(a.REMIND_PARTIES)]

    assert keys[0] != keys[1]
    assert keys[1] == keys[2]


def test_nothing_ticked_is_said(handler: Portal, rooms: FakeRooms) -> None:
    answer = send(handler, "muistutus", [])

    assert answer.status_code == 422
    assert "Valitse ainakin yksi asia" in text_of(answer.text)
    assert rooms.asked_for(a.REMIND_PARTIES) == []


@pytest.mark.parametrize(
    ("sent_from", "leads_back"),
    [(f"http://localhost{QUEUE}&sivu=2", True), ("http://elsewhere.example/tyo/jono", False), ("", False)],
)
def test_from_what_could_not_be_done_the_way_leads_back_to_the_list_as_it_was(
    handler: Portal, sent_from: str, leads_back: bool
) -> None:
    form = form_in(handler.get(QUEUE).text, "/tyo/jono/tiedosto?nakyma=kaikki").fields
    kept = {"csrf_token": form["csrf_token"], "idempotency_key": form["idempotency_key"]}

    answer = handler.client.post("/tyo/jono/muistutus", data=kept, headers={"Referer": sent_from})

    assert (f'href="{QUEUE}&amp;sivu=2"' in answer.text) is leads_back
    assert "elsewhere" not in answer.text


def test_chosen_cases_are_given_on_with_one_reason(app: Flask, rooms: FakeRooms) -> None:
    chief = Portal(app, rooms, DECIDER)
    ticked = tick(rooms, SUBMITTED, PROPOSED)
    asked = send(chief, "siirto", ticked)
    assert_whole(asked.text, "fi")
    assert "Siirrä 2 asiaa" in text_of(asked.text)
    kept = form_in(asked.text, "/tyo/jono/siirra?nakyma=kaikki").fields

    unreasoned = chief.client.post("/tyo/jono/siirra?nakyma=kaikki", data=kept | {"valittu": ticked, "reason": ""})
    done = chief.client.post(
        "/tyo/jono/siirra?nakyma=kaikki", data=kept | {"valittu": ticked, "to": OTHER_HANDLER, "reason": "Loma alkaa."}
    )

    assert unreasoned.status_code == 422
    assert "Siirretty: 2" in text_of(done.text)
    [sent] = rooms.asked_for(a.ASSIGN_CASES)
    assert (sent.data["to"], sent.data["reason"]) == (OTHER_HANDLER, "Loma alkaa.")
    assert [one["number"] for one in sent.data["cases"]] == [SUBMITTED, PROPOSED]


def test_a_reason_that_was_typed_when_the_session_ended_waits_with_the_cases(app: Flask, rooms: FakeRooms) -> None:
    chief = Portal(app, rooms, DECIDER)
    page = send(chief, "siirto", tick(rooms, SUBMITTED, PROPOSED)).text
    typed = form_in(page, "/tyo/jono/siirra?nakyma=kaikki").fields | {"to": OTHER_HANDLER, "reason": "Loma alkaa."}
    path = "/tyo/jono/siirra"
    rooms.kept["k"] = {"kept_id": "k", "kept_for": DECIDER, "path": path, "fields_": typed, "kept_at": case.NOW}

    waiting = chief.get(f"{path}?tallessa=k")

    assert "Mitään ei kadonnut" in text_of(waiting.text)
    assert (chief.client.get(path).status_code, rooms.asked_for(a.ASSIGN_CASES)) == (303, [])
    answer = chief.client.post(path, data=form_in(waiting.text, f"{path}?tallessa=k").fields)
    assert "Siirretty: 2" in text_of(answer.text)
    assert rooms.asked_for(a.ASSIGN_CASES)[0].data["reason"] == "Loma alkaa."


def test_a_case_that_somebody_changed_meanwhile_says_who(app: Flask, rooms: FakeRooms) -> None:
    why = ChangedMeanwhile(by=OTHER_HANDLER, at="2026-11-22T10:00:00+02:00")
    rooms.answers(a.ASSIGN_CASES, {"done": [], "left": [{"number": OWN, "why": why.code, "facts": dict(why.facts)}]})
    fields = {"to": OTHER_HANDLER, "reason": "Loma."}
    page = send(Portal(app, rooms, DECIDER), "siirto", tick(rooms, OWN)).text
    kept = form_in(page, "/tyo/jono/siirra?nakyma=kaikki").fields
    chief = Portal(app, rooms, DECIDER)
    token = form_in(chief.get(QUEUE).text, "/tyo/jono/tiedosto?nakyma=kaikki").fields["csrf_token"]

    answer = chief.client.post("/tyo/jono/siirra", data=kept | fields | {"csrf_token": token})

    assert "Heli Koskinen tallensi uudemman version" in text_of(answer.text)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_file_has_the_page_columns_in_the_readers_language(app: Flask, rooms: FakeRooms, language: str) -> None:
    headings = {
        "fi": ["Asia", "Asian laji", "Hakija", "Hanke", "Tila", "Summa, €", "Määräaika", "Seuraavaksi"],
        "sv": ["Ärende", "Typ av ärende", "Sökande", "Projekt", "Status", "Belopp, €", "Tidsfrist", "Härnäst"],
        "en": ["Case", "Kind of case", "Applicant", "Project", "State", "Sum, €", "Time limit", "Next"],
    }
    heading = read(send_in(Portal(app, rooms, HANDLER), language))[0]

    assert heading == headings[language]


def send_in(person: Portal, language: str) -> TestResponse:
    form = form_in(person.get(QUEUE, language).text, "/tyo/jono/tiedosto?nakyma=kaikki").fields
    kept = {"csrf_token": form["csrf_token"], "idempotency_key": form["idempotency_key"]}
    return person.client.post("/tyo/jono/tiedosto?nakyma=kaikki", data=kept)


def read(answer: TestResponse) -> list[list[str]]:
    """As a Finnish spreadsheet reads it."""
    assert answer.data.startswith(b"\xef\xbb\xbf"), "without the mark Excel takes ä for two letters"
    return list(csv.reader(StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_whole_list_or_the_ticked_rows_become_a_file_that_the_trail_knows(
    handler: Portal, rooms: FakeRooms
) -> None:
    whole = send(handler, "tiedosto", [])
    ticked = send(handler, "tiedosto", tick(rooms, OWN, CLAIM_VERIFIED))

    assert whole.headers["Content-Disposition"].startswith("attachment; filename=jono-")
    rows = {row[0]: row for row in read(whole)[1:]}
    assert {SUBMITTED, OWN, CLAIM_VERIFIED} <= set(rows)
    assert rows[OWN][5] == f"{rooms.applications[OWN]['aid_sought'].cents // 100},00"
    assert sorted(row[0] for row in read(ticked)[1:]) == sorted([OWN, CLAIM_VERIFIED])
    noted = [asked.data for asked in rooms.asked_for(a.NOTE_EXPORT)]
    assert [one["sha256"] for one in noted] == [sha256(answer.data).hexdigest() for answer in (whole, ticked)]
    assert (noted[1]["applications"], noted[1]["claims"]) == (1, 1)
    assert noted[0]["narrowing"]["group"] == "open"


def test_what_would_be_a_formula_to_a_spreadsheet_is_text_in_the_file(handler: Portal, rooms: FakeRooms) -> None:
    rooms.applications[OWN].update(undertaking_name='=HYPERLINK("http://paha.example")', title="@SUM(1+1);x")

    row = read(send(handler, "tiedosto", tick(rooms, OWN)))[1]

    assert row[2:4] == ['\'=HYPERLINK("http://paha.example")', "'@SUM(1+1);x"]


@pytest.mark.parametrize(
    ("typed", "in_file"),
    [
        ("Halli,=HYPERLINK(A1),y", "Halli,'=HYPERLINK(A1),y"),
        ("Halli\t@SUM(A1)", "Halli\t'@SUM(A1)"),
        ("Halli, -2+3", "Halli, '-2+3"),
        ("Koneet, -laitteet ja 5 + 3", "Koneet, -laitteet ja 5 + 3"),
    ],
)
def test_nor_is_it_one_to_a_spreadsheet_that_parts_the_cells_elsewhere(
    handler: Portal, rooms: FakeRooms, typed: str, in_file: str
) -> None:
    """An English Excel parts at commas: what comes after one in a title is a cell of its own there."""
    rooms.applications[OWN].update(title=typed)

    assert read(send(handler, "tiedosto", tick(rooms, OWN)))[1][3] == in_file


def test_a_verifier_takes_the_list_and_gives_nobody_anything(app: Flask, rooms: FakeRooms) -> None:
    verifier = Portal(app, rooms, VERIFIER)

    page = verifier.get(QUEUE).text

    assert "/tyo/jono/muistutus" not in page
    assert "/tyo/jono/siirto" not in page
    assert send(verifier, "tiedosto", []).status_code == 200


def test_the_counts_of_all_views_are_one_question_to_the_room_of_claims(handler: Portal, rooms: FakeRooms) -> None:
    handler.get("/tyo/jono?nakyma=omat")

    assert len(rooms.asked_for(p.COUNT_CLAIMS)) == 1
    assert rooms.asked_for(p.LIST_CLAIMS) == []


@pytest.mark.parametrize("order", ["_scheme=javascript", "_external=1", "_method=PUT", "endpoint=portal.own_page"])
def test_words_in_an_address_do_not_turn_the_deeds_elsewhere(handler: Portal, rooms: FakeRooms, order: str) -> None:
    """The form under the list carries the form's token: it goes to our own page, whatever a sent link says."""
    page = handler.get(f"{QUEUE}&{order}")
    form = form_in(page.text, "/tyo/jono/tiedosto?nakyma=kaikki")
    chosen = {"csrf_token": form.fields["csrf_token"], "valittu": tick(rooms, SUBMITTED)}
    who = handler.client.post(f"/tyo/jono/siirto?nakyma=kaikki&{order}", data=chosen)
    back = handler.client.get(f"/tyo/jono/tiedosto?nakyma=kaikki&{order}")

    assert 'formaction="/tyo/jono/siirto?nakyma=kaikki"' in page.text
    assert (page.status_code, who.status_code) == (200, 200)
    assert 'action="/tyo/jono/siirra?nakyma=kaikki"' in who.text
    assert (back.status_code, back.location) == (303, "/tyo/jono?nakyma=kaikki")
