"""The JSON API: what a program meets."""

from __future__ import annotations

import json

import pytest

from shared.contracts.applications import ATTACH, GET_APPLICATION, LIST_APPLICATIONS, OPEN_APPLICATION, SUBMIT
from shared.contracts.payments import IMPORT_BANK_ANSWER
from shared.errors import ChangedMeanwhile, Conflict, Fault, Gone, InvalidFields
from shared.messaging.wire import ServiceAway, ServiceFault
from tests.support.fake_rooms import FakeRooms
from tests.support.gateway import ApiClient

DRAFT = "/api/v1/applications/A80700"


class CallHasClosed(Gone):
    code = "call_has_closed"


class BeingHandled(Conflict):
    code = "request_in_progress"


# ---- reading ----


def test_sums_are_texts_with_two_decimals(company: ApiClient):
    answer = company.get("/api/v1/claims/M80412-1").json
    assert answer["claimed"] == "44000.00"
    assert answer["decision"]["payable"] == "17400.00"


def test_one_thing_says_its_version_as_etag(company: ApiClient):
    answer = company.get("/api/v1/applications/A80655")
    assert answer.headers["ETag"] == f'"{answer.json["version"]}"'


def test_a_list_says_its_page_and_true_total_and_links_to_the_pages_around(company: ApiClient):
    answer = company.get("/api/v1/applications?page=2&size=2&state=submitted&state=draft")
    assert (answer.json["page"], answer.json["size"], answer.json["total"]) == (2, 2, 2)
    assert '</api/v1/applications?state=submitted&state=draft&page=1&size=2>; rel="prev"' in answer.headers["Link"]


@pytest.mark.parametrize("number", ["😀", "%EF%BF%BF", "A80412%22"])
def test_links_can_be_sent_whatever_the_address_was(company: ApiClient, number: str):
    link = company.get(f"/api/v1/grants/{number}/claims").headers["Link"]
    assert link.isascii()
    assert '"' not in link.partition(">")[0]


def test_filters_reach_the_room_as_the_contract_says(company: ApiClient, rooms: FakeRooms):
    company.get("/api/v1/applications?state=submitted&state=draft&sort=-due_on")
    asked = rooms.asked_for(LIST_APPLICATIONS)[0].data
    assert (asked["state"], asked["sort"], asked["size"]) == (["submitted", "draft"], "-due_on", 50)


def test_a_misspelt_filter_is_said_and_not_ignored(company: ApiClient):
    answer = company.get("/api/v1/applications?stat=draft")
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "#/stat")


def test_a_payment_file_comes_as_the_bytes_its_digest_covers(as_person):
    answer = as_person("p-juha").get("/api/v1/batches/E-2026-0031/file")
    assert answer.mimetype == "application/xml"
    assert answer.data.startswith(b"<?xml")
    assert "E-2026-0031.xml" in answer.headers["Content-Disposition"]
    assert answer.headers["Repr-Digest"].startswith("sha-256=:")


# ---- changing ----


def test_an_application_is_opened_in_the_name_the_register_knows(company: ApiClient, rooms: FakeRooms):
    answer = company.post("/api/v1/applications", json={"call_id": "energia-2026", "language": "fi"})
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/v1/applications/{answer.json['number']}"
    assert rooms.asked_for(OPEN_APPLICATION)[0].data["undertaking_name"] == "Saimaan Verstas Oy"


def test_a_change_carries_its_key_to_the_room(company: ApiClient, rooms: FakeRooms):
    company.post(f"{DRAFT}/submission", json={"version": 2}, headers={"Idempotency-Key": '"sending-1"'})
    assert rooms.asked_for(SUBMIT)[0].asker.idempotency_key == "sending-1"


def test_a_change_without_a_key_is_refused_before_any_room_hears_of_it(app, rooms: FakeRooms, company: ApiClient):
    answer = company.post(f"{DRAFT}/submission", json={"version": 2}, headers={"Idempotency-Key": ""})
    assert (answer.status_code, answer.json["code"]) == (400, "idempotency_key_malformed")
    bare = app.test_client().post(f"{DRAFT}/submission", json={"version": 2}, headers={"Authorization": "Bearer x"})
    assert bare.status_code == 401
    assert rooms.asked_for(SUBMIT) == []


def test_the_same_change_sent_again_gets_the_first_answer(company: ApiClient):
    key = {"Idempotency-Key": "sending-1"}
    first = company.post(f"{DRAFT}/submission", json={"version": 2}, headers=key)
    again = company.post(f"{DRAFT}/submission", json={"version": 2}, headers=key)
    assert first.status_code == again.status_code == 200
    assert first.json == again.json


def test_the_same_key_for_another_change_is_refused(company: ApiClient):
    key = {"Idempotency-Key": "sending-1"}
    company.post(f"{DRAFT}/submission", json={"version": 2}, headers=key)
    answer = company.post(f"{DRAFT}/withdrawal", json={"version": 3}, headers=key)
    assert (answer.status_code, answer.json["code"]) == (422, "key_used_for_another")


def test_the_version_may_come_as_if_match(company: ApiClient, rooms: FakeRooms):
    answer = company.post(f"{DRAFT}/submission", json={}, headers={"If-Match": '"2"'})
    assert answer.status_code == 200
    assert rooms.asked_for(SUBMIT)[0].data["version"] == 2


@pytest.mark.parametrize(
    ("body", "if_match", "status", "code"),
    [
        ({}, None, 428, "version_missing"),
        ({}, "*", 400, "version_unclear"),
        ({}, 'W/"2"', 400, "version_unclear"),
        ({"version": 3}, '"2"', 400, "version_unclear"),
    ],
)
def test_a_change_must_say_one_version_it_is_based_on(company: ApiClient, body, if_match, status, code):
    headers = {"If-Match": if_match} if if_match else {}
    answer = company.post(f"{DRAFT}/submission", json=body, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_a_stale_version_is_a_conflict_that_says_who_and_when(company: ApiClient):
    answer = company.post(f"{DRAFT}/submission", json={"version": 1})
    assert (answer.status_code, answer.json["code"]) == (409, "changed_meanwhile")
    assert answer.json["facts"]["by"] == "p-aino"
    assert answer.json["facts"]["at"].startswith("2026-11-22")


def test_an_attachment_is_named_by_the_stored_document_and_not_by_the_sender(company: ApiClient, rooms: FakeRooms):
    body = {"document_id": "d-quote", "kind": "quote", "version": 2}
    assert company.post(f"{DRAFT}/attachments", json=body).status_code == 200
    attached = rooms.asked_for(ATTACH)[0].data["attachment"]
    assert attached["file_name"] == "Tarjous lämmöntalteenotto.pdf"
    assert len(attached["sha256"]) == 64


def test_a_bank_answer_is_brought_as_the_file_itself(as_person, rooms: FakeRooms):
    payer = as_person("p-juha")
    answer = payer.post("/api/v1/bank-answers", data="<Document>ä</Document>".encode(), content_type="application/xml")
    assert answer.json["applied"] == 1
    assert rooms.asked_for(IMPORT_BANK_ANSWER)[0].data["xml"] == "<Document>ä</Document>"


def test_a_bank_answer_that_is_not_utf8_is_refused(as_person):
    answer = as_person("p-juha").post("/api/v1/bank-answers", data=b"\xff\xfe<", content_type="application/xml")
    assert (answer.status_code, answer.json["code"]) == (400, "not_xml_text")


def test_a_bank_answer_that_is_no_xml_file_is_refused(as_person):
    answer = as_person("p-juha").post("/api/v1/bank-answers", json={"xml": "<Document/>"})
    assert (answer.status_code, answer.json["code"]) == (415, "not_json_type")


def test_a_bank_answer_over_twenty_megabytes_is_refused(as_person):
    body = b"<Document>" + b" " * 20_000_001
    answer = as_person("p-juha").post("/api/v1/bank-answers", data=body, content_type="application/xml")
    assert (answer.status_code, answer.json["facts"]["most"]) == (413, "20")


def test_parked_messages_of_every_room_can_be_run_again(as_person):
    answer = as_person("p-timo").post("/api/v1/parked/payments/0f9f-99/run")
    assert answer.json == {"message_id": "0f9f-99", "status": "applied"}


# ---- refusals ----


@pytest.mark.parametrize(
    ("refusal", "status"),
    [(CallHasClosed(closed_at="2026-11-22T22:00:00+00:00"), 410), (BeingHandled(), 409), (ServiceAway("x"), 503)],
)
def test_a_refusal_gets_the_status_of_its_family(company: ApiClient, rooms: FakeRooms, refusal, status):
    rooms.refuses(SUBMIT, refusal)
    answer = company.post(f"{DRAFT}/submission", json={"version": 2})
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.json["type"] == f"/problems/{answer.json['code']}"


def test_a_field_at_fault_is_pointed_at(company: ApiClient, rooms: FakeRooms):
    rooms.refuses(SUBMIT, InvalidFields(faults=[Fault("costs.0.amount", "three_decimals")]))
    answer = company.post(f"{DRAFT}/submission", json={"version": 2})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "#/costs/0/amount"
    assert answer.json["errors"][0]["code"] == "three_decimals"
    assert answer.json["errors"][0]["detail"] not in ("", "three_decimals")


def test_a_room_that_does_not_answer_asks_to_try_again_soon(company: ApiClient, rooms: FakeRooms):
    rooms.refuses(GET_APPLICATION, ServiceAway("applications: TimeoutError"))
    answer = company.get(DRAFT)
    assert answer.headers["Retry-After"] == "5"
    assert "TimeoutError" not in answer.text


def test_a_fault_gives_a_reference_and_nothing_of_our_innards(company: ApiClient, rooms: FakeRooms):
    rooms.refuses(GET_APPLICATION, ServiceFault("4f0c11aa22bb"))
    answer = company.get(DRAFT)
    assert (answer.status_code, answer.json["reference"]) == (500, "4f0c11aa22bb")


def test_a_mistake_of_our_own_shows_no_stack_trace(company: ApiClient, rooms: FakeRooms):
    rooms.refuses(GET_APPLICATION, ZeroDivisionError("secret innards"))
    answer = company.get(DRAFT)
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.json["reference"] == answer.headers["X-Correlation-ID"]


def test_a_refusal_speaks_the_askers_language(company: ApiClient, rooms: FakeRooms):
    rooms.refuses(GET_APPLICATION, ChangedMeanwhile(by="p-aino", at="2026-11-22T21:50:00+00:00"))
    details = {language: company.get(f"{DRAFT}?kieli={language}").json["detail"] for language in ("fi", "sv", "en")}
    assert len(set(details.values())) == 3


# ---- bodies that no honest program sends ----

PROPOSAL = "/api/v1/applications/A80648/proposal"
SAVE = f"{DRAFT}/draft"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{not json", 400, "not_json"),
        (b"\xff\xfe", 400, "not_json"),
        (b"", 400, "not_json"),
        (b"[1,2]", 400, "not_an_object"),
        (b'{"version": NaN}', 400, "not_json"),
        (b'{"version": ' + b"9" * 5000 + b"}", 400, "not_json"),
        (b'{"answers": ' + b"[" * 200 + b"]" * 200 + b', "version": 2}', 400, "too_deep"),
        (b'{"answers": ' + b"[" * 100_000 + b"]" * 100_000 + b', "version": 2}', 400, "too_deep"),
        (b'{"answers": {"title": "a\\u0000b"}, "version": 2}', 422, "invalid_fields"),
        (b'{"answers": {"title": "\\ud800"}, "version": 2}', 422, "invalid_fields"),
        (b'{"answers": {"a\\u0000": 1}, "version": 2}', 422, "invalid_fields"),
        (b'{"answers": {}, "version": 99999999999999999999}', 422, "invalid_fields"),
        (b'{"answers": {"x": 1e400}, "version": 2}', 422, "invalid_fields"),
        (b'{"answers": {}, "version": 2, "role": "payer"}', 422, "invalid_fields"),
        (b'{"answers": {}, "version": true}', 422, "invalid_fields"),
    ],
)
def test_a_body_that_cannot_be_right_is_refused_cleanly(company: ApiClient, body, status, code):
    answer = company.put(SAVE, data=body, content_type="application/json")
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_a_body_of_another_type_is_refused(company: ApiClient):
    answer = company.put(SAVE, data="a=1", content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, answer.json["code"]) == (415, "not_json_type")


def test_a_body_over_two_megabytes_is_refused(company: ApiClient):
    body = json.dumps({"version": 2, "answers": {"summary": "a" * 2_000_001}})
    answer = company.put(SAVE, data=body, content_type="application/json")
    assert (answer.status_code, answer.json["facts"]["most"]) == (413, "2")


def test_a_sum_as_a_json_number_is_refused_for_it_has_no_exact_cents(handler: ApiClient):
    row = {"category": "staff", "year": 2027, "amount": 24000.1}
    body = {"version": 3, "outcome": "approve", "accepted_costs": [row], "reasons": "Hyväksyttävä."}
    answer = handler.post(PROPOSAL, json=body)
    fault = answer.json["errors"][0]
    assert (answer.status_code, fault["pointer"], fault["code"]) == (422, "#/accepted_costs/0/amount", "money")


@pytest.mark.parametrize("path", ["/api/v1/applications/A%0080700", "/api/v1/applications?search=%00", "/%0d%0ax"])
def test_control_characters_in_an_address_are_refused(company: ApiClient, path: str):
    assert company.get(path).status_code == 400


def test_a_number_in_the_address_that_is_too_long_is_refused_by_the_contract(company: ApiClient):
    assert company.get(f"/api/v1/applications/{'A' * 500}").status_code == 422


@pytest.mark.parametrize("query", ["page=0", "page=99999999999", "size=100000", "page=x"])
def test_a_page_that_cannot_be_is_refused(company: ApiClient, query: str):
    assert company.get(f"/api/v1/applications?{query}").status_code == 422


def test_a_method_that_is_not_there_says_which_are(company: ApiClient):
    answer = company.delete(DRAFT)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
