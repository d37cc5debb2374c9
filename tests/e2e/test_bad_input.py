"""Whatever is sent to the real system gets a clear answer and leaves everything as it was.

Programs send it to the API, people by the portal's forms. At the end the process's own output is read: nothing
that anybody typed may be in it.
"""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from shared.dates import helsinki_day
from shared.storage.database import right_now
from tests.support.caller import Caller
from tests.support.embedded import Embedded
from tests.support.portal_pages import form_in, text_of
from tukivayla.demo.flow import COMPANY, Flow, open_a_call, players
from tukivayla.demo.people import eventually
from tukivayla.demo_bank import answer as bank_answer

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

JSON = {"Content-Type": "application/json"}
SECRETS = ("Satu", "satu@mallimetalli", "0000 0785", "1234 5600 0007 85", "työstökeskus", "Salainen sana")


@dataclass
class Bench:
    """A running house with a draft, a claim's draft and people at their desks."""

    house: Embedded
    flow: Flow  # an application still a draft
    claimed: Flow  # an approved one with a claim still a draft
    company: Caller
    operator: Caller
    payer: Caller
    answers: dict[str, Any] = field(default_factory=dict)

    def draft(self) -> dict[str, Any]:
        found: dict[str, Any] = self.company.get(self.flow.case).json()
        return found

    def claim(self) -> dict[str, Any]:
        found: dict[str, Any] = self.company.get(self.claimed.claim).json()
        return found

    def save(self, answers: dict[str, Any]) -> requests.Response:
        body = {"version": self.draft()["version"], "answers": answers}
        return self.company.put(f"{self.flow.case}/draft", body)

    def save_claim(self, typed: dict[str, Any]) -> requests.Response:
        return self.company.put(f"{self.claimed.claim}/draft", {"version": self.claim()["version"], "typed": typed})


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    house = Embedded(tmp_path_factory.mktemp("bench") / "var")
    house.start()
    try:
        yield a_bench(house)
    finally:
        if house.process.poll() is None:
            house.stop()


def a_bench(house: Embedded) -> Bench:
    cast = eventually(lambda: _players_or_none(house.address), seconds=60, what="the people")
    today = helsinki_day(right_now())
    call_id = open_a_call(cast.operator, today=today)
    draft, claimed = Flow(cast, call_id, today), Flow(cast, call_id, today)
    draft.apply()
    for step in (claimed.apply, claimed.submit, claimed.take, claimed.propose, claimed.decide, claimed.open_claim):
        step()
    claimed.save_claim()
    return Bench(
        house,
        draft,
        claimed,
        Caller(house.address).sign_in("Satu Esimerkki", business_id=COMPANY),
        Caller(house.address).sign_in("Pekka Pääkäyttäjä"),
        Caller(house.address).sign_in("Maija Maksaja"),
        answers=draft._answers(),
    )


def _players_or_none(address: str) -> Any:
    try:
        return players(address)
    except LookupError:
        return None


def is_a_clear_no(answer: requests.Response, status: int, code: str = "", at: str = "", rule: str = "") -> None:
    """A problem document with a code, and where a field is to blame, its place and rule; nothing of our insides."""
    assert answer.status_code == status, answer.text[:500]
    assert answer.headers["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["code"] == code or not code, told
    assert told["detail"]
    assert told["reference"]
    faults = [(fault["pointer"], fault["code"]) for fault in told.get("errors", [])]
    assert not at or (at, rule) in faults, told
    assert all(fault["detail"] and not re.search(r"–\.|%\(|None", fault["detail"]) for fault in told.get("errors", []))
    assert not re.search(r"Traceback|File \"|psycopg|sqlalchemy|services/", answer.text)


# ---- sums and days, in drafts that are kept as typed and read when they are sent ----

NO_SUMS = [
    ("1 234,567", "three_decimals"),
    ("12,345", "ambiguous_number"),
    ("-5", "negative"),
    ("1e9", "not_a_number"),
    ("١٢٣", "not_a_number"),
    ("1" + "0" * 15, "too_large"),
    ("9" * 50, "too_large"),
    ("NaN", "not_a_number"),
    ("Infinity", "not_a_number"),
    ("½", "not_a_number"),
    ("1,2,3", "not_a_number"),
    ("", "required"),
    (None, "required"),
]


@pytest.mark.parametrize(("typed", "rule"), NO_SUMS)
def test_a_sum_that_is_none_is_kept_as_typed_and_not_filed(bench: Bench, typed: Any, rule: str):
    answers = deepcopy(bench.answers)
    answers["costs"][0]["amount"] = typed
    assert bench.save(answers).status_code == 200

    version = bench.draft()["version"]
    is_a_clear_no(
        bench.company.post(f"{bench.flow.case}/submission", {"version": version}),
        422,
        "invalid_fields",
        "#/costs/0/amount",
        rule,
    )

    kept = bench.draft()
    assert (kept["state"], kept["version"], kept["answers"]) == ("draft", version, kept_as(answers))


def kept_as(answers: dict[str, Any]) -> dict[str, Any]:
    """An application's draft keeps nothing as an empty text."""
    first, *others = answers["costs"]
    return answers | {"costs": [first | {"amount": first["amount"] or ""}, *others]}


@pytest.mark.parametrize(("typed", "rule"), NO_SUMS)
def test_a_claimed_sum_that_is_none_is_kept_as_typed_and_not_filed(bench: Bench, typed: Any, rule: str):
    refused_claim(bench, lambda claim: claim["lines"][0].update(claimed=typed), "#/lines/0/claimed", rule)


@pytest.mark.parametrize("number", [12.5, True, ["1"], {"euros": 1}])
def test_a_sum_that_is_no_text_is_not_kept(bench: Bench, number: Any):
    """A JSON number has no exact cents."""
    before, claim = bench.draft(), bench.claim()
    answers, typed = deepcopy(bench.answers), deepcopy(claim["typed"])
    answers["costs"][0]["amount"] = number
    is_a_clear_no(bench.save(answers), 422, "invalid_fields", "#/costs/0/amount", "not_a_text")
    assert bench.draft() == before
    if not isinstance(number, list | dict):
        typed["lines"][0]["claimed"] = number
        if number is not True:
            is_a_clear_no(bench.save_claim(typed), 422, "invalid_fields", "#/lines/0/claimed", "not_text")
            assert bench.claim() == claim


NO_ANSWERS = [
    ({"ends_on": "1.1.2020"}, "#/ends_on", "end_before_start"),
    ({"starts_on": "29.2.2027"}, "#/starts_on", "no_such_day"),
    ({"starts_on": "pian"}, "#/starts_on", "not_a_date"),
    ({"region": "99"}, "#/region", "unknown_region"),
    ({"contact_email": "satu"}, "#/contact_email", "not_an_email"),
    ({"title": "x" * 5000}, "#/title", "too_long"),
    ({"indicators": [{"code": "Salainen sana", "target": "1"}]}, "#/indicators/0/code", "unknown_indicator"),
]


@pytest.mark.parametrize(("change", "at", "rule"), NO_ANSWERS)
def test_an_answer_that_breaks_a_rule_is_kept_and_not_filed(bench: Bench, change: dict[str, Any], at: str, rule: str):
    assert bench.save(bench.answers | change).status_code == 200
    version = bench.draft()["version"]
    refused = bench.company.post(f"{bench.flow.case}/submission", {"version": version})
    is_a_clear_no(refused, 422, "invalid_fields", at, rule)
    assert bench.draft()["version"] == version


@pytest.mark.parametrize(
    ("change", "at", "rule"),
    [
        ({"hintaa": "1"}, "#/hintaa", "unknown_field"),
        ({"title": "a\x00b"}, "#/answers/title", "unreadable_text"),
        ({"title": "\ud800"}, "#/answers/title", "unreadable_text"),
        ({"costs": "paljon"}, "#/costs", "not_a_table"),
        ({"costs": [1]}, "#/costs/0", "not_a_table"),
    ],
)
def test_what_no_form_could_have_is_not_kept_at_all(bench: Bench, change: dict[str, Any], at: str, rule: str):
    before = bench.draft()
    is_a_clear_no(bench.save(bench.answers | change), 422, "invalid_fields", at, rule)
    assert bench.draft() == before


def refused_claim(bench: Bench, change: Callable[[dict[str, Any]], Any], at: str, rule: str) -> None:
    good = bench.claim()["typed"]
    typed = deepcopy(good)
    change(typed)
    assert bench.save_claim(typed).status_code == 200
    version = bench.claim()["version"]
    try:
        refused = bench.company.post(f"{bench.claimed.claim}/submission", {"version": version})
        is_a_clear_no(refused, 422, "claim_has_faults", at, rule)
        kept = bench.claim()
        assert (kept["state"], kept["version"], kept["typed"]) == ("draft", version, typed)
    finally:
        assert bench.save_claim(good).status_code == 200


@pytest.mark.parametrize(
    ("change", "at", "rule"),
    [
        ({"account": "FI21 1234 5600 0007 86"}, "#/account", "not_an_iban"),
        ({"account": "Salainen sana"}, "#/account", "not_an_iban"),
        ({"account": ""}, "#/account", "required"),
        ({"period_last": "1.1.2020"}, "#/period_last", "end_before_start"),
        ({"period_first": "29.2.2027"}, "#/period_first", "no_such_day"),
        ({"lines": []}, "#/lines", "no_lines"),
    ],
)
def test_a_claim_that_breaks_a_rule_is_kept_and_not_filed(bench: Bench, change: dict[str, Any], at: str, rule: str):
    refused_claim(bench, lambda claim: claim.update(change), at, rule)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"incurred_on": "1.1.2020"}, "outside_grant_period"),
        ({"incurred_on": "30.2.2026"}, "no_such_day"),
        ({"paid_on": "1.1.2099"}, "paid_after_submission"),
        ({"category": "lahjukset"}, "unknown_category"),
        ({"claimed": "99 999,00"}, "claimed_over_gross"),
    ],
)
def test_a_cost_that_breaks_a_rule_is_kept_and_not_filed(bench: Bench, change: dict[str, Any], rule: str):
    name = next(iter(change))
    refused_claim(bench, lambda claim: claim["lines"][0].update(change), f"#/lines/0/{name}", rule)


def test_a_misspelt_field_of_a_claim_is_named(bench: Bench):
    before = bench.claim()
    typed = deepcopy(before["typed"])
    typed["lines"][0]["invoice_nr"] = "7"
    is_a_clear_no(bench.save_claim(typed), 422, "invalid_fields", "#/lines/0/invoice_nr", "unknown_field")
    assert bench.claim() == before


# ---- what has no draft: refused at once ----


@pytest.mark.parametrize("business_id", ["9137024-2", "9137024", "x", "", 5, None])
def test_a_business_id_that_is_none_is_not_registered(bench: Bench, business_id: Any):
    before = bench.operator.get("/undertakings").json()["total"]
    body = {"business_id": business_id, "name": "Salainen sana Oy", "language": "fi"}
    refused = bench.operator.post("/undertakings", body)
    is_a_clear_no(refused, 422, "invalid_fields")
    assert refused.json()["errors"][0]["pointer"] == "#/business_id"
    assert bench.operator.get("/undertakings").json()["total"] == before


@pytest.mark.parametrize(
    "amount", ["1.234", "-1.00", "1e9", "١٢٣.00", "1000000000000000.00", "NaN", 12.5, "", None, "1,00"]
)
def test_authority_to_grant_is_not_given_in_a_sum_that_is_none(bench: Bench, amount: Any):
    before = bench.operator.get("/envelopes").json()
    body = {"authority": "ITA", "fund": "ERDF", "priority": "X1", "budget_year": 2026, "amount": amount}
    refused = bench.operator.post("/envelopes", body)
    is_a_clear_no(refused, 422, "invalid_fields")
    assert refused.json()["errors"][0]["pointer"] == "#/amount"
    assert bench.operator.get("/envelopes").json() == before


# ---- bodies, keys, addresses ----


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b'{"version":1,"answers":' + b'{"a":' * 10_000 + b"1" + b"}" * 10_001, 400, "too_deep"),
        (b"[" * 10_000 + b"]" * 10_000, 400, "too_deep"),
        (b'{"version":1,"answers":{"title":"\xff\xfe"}}', 400, "not_json"),
        (b'{"version":NaN,"answers":{}}', 400, "not_json"),
        (b'{"version":' + b"9" * 5000 + b',"answers":{}}', 400, "not_json"),
        (b"[]", 400, "not_an_object"),
        (b"", 400, "not_json"),
        (b"x" * 3_000_000, 413, "file_too_large"),
    ],
    ids=["deep object", "deep list", "no UTF-8", "NaN", "huge number", "list", "nothing", "3 MB"],
)
def test_a_body_that_cannot_be_read_is_told_so(bench: Bench, body: bytes, status: int, code: str):
    before = bench.draft()
    path = f"/api/v1{bench.flow.case}/draft"
    is_a_clear_no(bench.company.send("PUT", path, data=body, headers=JSON), status, code)
    assert bench.draft() == before


@pytest.mark.parametrize(
    ("query", "status", "at"),
    [
        ("page=0", 422, "#/page"),
        ("page=1e9", 422, "#/page"),
        ("page=99999999999999999999", 422, "#/page"),
        ("size=1000000000", 422, "#/size"),
        ("size=-1", 422, "#/size"),
        ("sort=palkka", 422, "#/sort"),
        ("state=hukassa", 422, "#/state/0"),
        ("hukassa=1", 422, "#/hukassa"),
        ("search=%00", 400, ""),
        (f"search={'x' * 5000}", 400, ""),
    ],
)
def test_a_list_asked_for_wrongly_is_refused_and_its_page_is_shown_all_the_same(
    bench: Bench, query: str, status: int, at: str
):
    refused = bench.company.send("GET", f"/api/v1/applications?{query}")
    is_a_clear_no(refused, status)
    assert not at or at in [fault["pointer"] for fault in refused.json()["errors"]]
    assert bench.company.send("GET", f"/oma/hakemukset?{query}").status_code in (200, 400)


def test_an_address_of_a_hundred_thousand_letters_is_refused(bench: Bench):
    assert bench.company.send("GET", f"/api/v1/applications?search={'x' * 100_000}").status_code == 414


@pytest.mark.parametrize(
    "cookie", [b"%00\xff", b"../../etc/passwd", b'"><script>x</script>', b"x" * 3000, b"sv; kieli=fi"]
)
def test_a_language_that_is_none_is_finnish_and_never_shown_back(bench: Bench, cookie: bytes):
    page = requests.get(bench.house.address, headers={"Cookie": b"kieli=" + cookie}, timeout=30)
    assert page.status_code == 200
    assert 'lang="' in page.text
    assert "<script>x" not in page.text


def test_a_key_is_asked_for_and_means_one_deed(bench: Bench):
    body = {"call_id": bench.flow.call_id, "language": "fi"}
    before = bench.company.get("/applications").json()["total"]
    url = f"{bench.house.address}/api/v1/applications"
    is_a_clear_no(bench.company.http.post(url, json=body, timeout=30), 400, "idempotency_key_missing")
    is_a_clear_no(bench.company.post("/applications", body, key="x" * 300), 400, "idempotency_key_malformed")

    first = bench.company.post("/applications", body, key="yksi-teko")
    again = bench.company.post("/applications", body, key="yksi-teko")
    other = bench.company.post("/applications", body | {"language": "sv"}, key="yksi-teko")

    assert first.json() == again.json()
    is_a_clear_no(other, 422, "key_used_for_another")
    assert bench.company.get("/applications").json()["total"] == before + 1


def test_a_stale_version_is_told_who_was_first_and_when(bench: Bench):
    version = bench.draft()["version"]
    assert bench.save(bench.answers).status_code == 200
    saved = bench.draft()
    stale = bench.company.put(f"{bench.flow.case}/draft", {"version": version, "answers": {}})
    is_a_clear_no(stale, 409, "changed_meanwhile")
    assert stale.json()["facts"] == {"by": bench.company.person_id, "at": saved["saved_at"]}
    assert bench.draft() == saved


# ---- two at once ----


def at_once(*deeds: Callable[[], requests.Response]) -> list[requests.Response]:
    with ThreadPoolExecutor(len(deeds)) as pool:
        return [deed.result(60) for deed in [pool.submit(deed) for deed in deeds]]


def a_ready_draft(bench: Bench) -> Flow:
    flow = Flow(bench.flow.by, bench.flow.call_id, bench.flow.today)
    flow.apply()
    return flow


def submitted_times(bench: Bench, number: str) -> int:
    auditor = bench.flow.by.auditor
    trail = eventually(lambda: auditor.get(f"/cases/{number}/trail")["entries"], what="the trail")
    return [entry["type"] for entry in trail].count("applications.application_submitted")


def test_the_same_form_sent_twice_at_once_is_one_filing_with_one_receipt(bench: Bench):
    flow = a_ready_draft(bench)
    two = [Caller(bench.house.address).sign_in("Satu Esimerkki", business_id=COMPANY) for _ in range(2)]
    body = {"version": flow.version}
    sent = at_once(*(lambda c=caller: c.post(f"{flow.case}/submission", body, key="sama") for caller in two))

    receipt = two[0].post(f"{flow.case}/submission", body, key="sama")
    assert receipt.status_code == 200
    assert {answer.status_code for answer in sent} <= {200, 409}
    assert all(answer.json() == receipt.json() for answer in sent if answer.ok)
    assert submitted_times(bench, flow.number) == 1


def test_two_filings_at_once_are_one_and_the_other_hears_who_and_when(bench: Bench):
    flow = a_ready_draft(bench)
    two = [Caller(bench.house.address).sign_in("Satu Esimerkki", business_id=COMPANY) for _ in range(2)]
    body = {"version": flow.version}
    sent = at_once(*(lambda c=caller: c.post(f"{flow.case}/submission", body) for caller in two))

    one_first_one_told(sent, by=two[0].person_id, at=lambda receipt: receipt["submitted_at"])
    assert submitted_times(bench, flow.number) == 1


def test_two_officials_deciding_at_once_make_one_decision(bench: Bench):
    flow = a_ready_draft(bench)
    for step in (flow.submit, flow.take, flow.propose):
        step()
    two = [Caller(bench.house.address).sign_in(name) for name in ("Ritva Ratkaisija", "Reijo Ratkaisu")]
    for caller in two:  # neither may touch the case before saying that nothing disqualifies them
        assert caller.post(f"{flow.case}/interest", {"answer": "none"}).ok
    body = {"version": flow.version, "verdict": "sign"}
    sent = at_once(*(lambda c=caller: c.post(f"{flow.case}/decision", body) for caller in two))

    decided = bench.company.get(flow.case).json()["decision"]
    one_first_one_told(sent, by=decided["decided_by"], at=lambda _: decided["decided_at"])


def one_first_one_told(sent: list[requests.Response], *, by: str, at: Callable[[dict[str, Any]], str]) -> None:
    first, second = sorted(sent, key=lambda answer: answer.status_code)
    assert first.status_code == 200, first.text
    is_a_clear_no(second, 409)
    assert second.json()["facts"]["by"] == by
    assert second.json()["facts"]["at"][:19] == at(first.json())[:19]


# ---- files ----


def upload(bench: Bench, name: str, content: bytes, subject: str, kind: str) -> requests.Response:
    return bench.company.send(
        "POST",
        "/api/v1/documents",
        data={"subject": subject, "kind": kind},
        files={"file": (name, content, "application/pdf")},
    )


def documents_of(bench: Bench, subject: str) -> int:
    return int(bench.company.get("/documents", subject=subject).json()["total"])


@pytest.mark.parametrize(
    "content",
    [b"<html><script>alert(1)</script></html>", b"MZ\x90\x00" + b"\0" * 200, b""],
    ids=["page", "program", "nothing"],
)
def test_a_file_that_is_no_invoice_is_refused_and_not_kept(bench: Bench, content: bytes):
    subject = f"claim/{bench.claimed.claim_id}"
    before = documents_of(bench, subject)
    is_a_clear_no(upload(bench, "lasku.pdf", content, subject, "invoice"), 422)
    assert documents_of(bench, subject) == before


def test_an_invoice_that_broke_off_is_said_to_be_unreadable_and_can_be_typed_by_hand(bench: Bench):
    broken = bench.claimed._invoice()[:700]
    stored = upload(bench, "lasku.pdf", broken, f"claim/{bench.claimed.claim_id}", "invoice").json()
    path = f"/documents/{stored['document_id']}"
    read = eventually(lambda: finished(bench.company.get(f"{path}/reading").json()), what="the reading")
    assert read["state"] == "unreadable"
    assert read["reason"]
    is_a_clear_no(bench.company.get(f"{path}/pages/1"), 422, "page_not_drawn")
    typed_by_hand = bench.company.send("GET", f"/oma/maksatus/{bench.claimed.claim_id}/lasku/{stored['document_id']}")
    assert typed_by_hand.status_code == 200


def finished(reading: dict[str, Any]) -> dict[str, Any] | None:
    return None if reading["state"] == "waiting" else reading


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\boot.ini", "boot.ini.pdf"),
        ('a"; x="b.pdf', None),
        ("a\r\nX-Evil: 1.pdf", None),
        ("\u202egpj.exe.pdf", "gpj.exe.pdf"),
        (".", "document.pdf"),
    ],
)
def test_a_file_name_is_a_name_and_nothing_else(bench: Bench, sent: str, kept: str | None):
    stored = upload(bench, sent, b"%PDF-1.7 x", f"application/{bench.flow.number}", "attachment").json()
    name = stored["file_name"]
    assert name == kept or kept is None
    assert not re.search(r'[/\\"\r\n\u202e]', name)
    sent_back = bench.company.get(f"/documents/{stored['document_id']}/content")
    assert sent_back.content == b"%PDF-1.7 x"
    assert "X-Evil" not in sent_back.headers
    assert sent_back.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("number", ["..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/secret_key", "....//x", "A'%20OR%201=1--"])
def test_a_path_that_climbs_leads_nowhere(bench: Bench, number: str):
    for path in ("/api/v1/documents/{}/content", "/asiakirja/{}", "/static/portal/{}", "/api/v1/applications/{}"):
        answer = bench.company.send("GET", path.format(number))
        assert answer.status_code in (400, 404, 308)
        assert "root:" not in answer.text


def test_five_gigabytes_are_refused_before_they_come(bench: Bench):
    began = time.monotonic()
    told = said_to(bench, "Content-Length: 5000000000\r\n", iter([b"x" * 1000]))
    assert b" 413 " in told.split(b"\r\n", 1)[0]
    assert b"file_too_large" in told
    assert time.monotonic() - began < 10


def test_a_file_that_never_ends_is_cut_off_with_memory_flat(bench: Bench):
    """A chunked body says nothing of its size; its sender goes on until the house has had enough."""
    before = memory(bench.house)
    head = b'--raja\r\nContent-Disposition: form-data; name="subject"\r\n\r\napplication/' + bench.flow.number.encode()
    head += b'\r\n--raja\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7'
    megabyte = b"x" * 1_000_000
    chunks = (b"%x\r\n%s\r\n" % (len(part), part) for part in [head, *[megabyte] * 120])

    told = said_to(bench, "Transfer-Encoding: chunked\r\n", chunks)

    assert b" 413 " in told.split(b"\r\n", 1)[0]
    assert memory(bench.house) - before < 40_000_000
    assert bench.company.get(bench.flow.case).status_code == 200


def said_to(bench: Bench, length: str, body: Iterator[bytes]) -> bytes:
    """The answer to an upload written by hand, as soon as there is one."""
    address = urlsplit(bench.house.address)
    head = (
        f"POST /api/v1/documents HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {bench.company.token}\r\n"
        f"Content-Type: multipart/form-data; boundary=raja\r\nIdempotency-Key: suuri-{time.monotonic_ns()}\r\n"
        f"Connection: close\r\n{length}\r\n"
    )
    with socket.create_connection((address.hostname, address.port), timeout=60) as line:
        line.sendall(head.encode())
        try:
            for part in body:
                line.sendall(part)
        except OSError:
            pass  # the house has closed its ear; what it said is still to be read
        return _all_of(line)


def _all_of(line: socket.socket) -> bytes:
    said = b""
    try:
        while part := line.recv(65536):
            said += part
    except OSError:
        pass
    return said


def memory(house: Embedded) -> int:
    """Resident bytes of the house's own processes."""
    pids, found = [house.process.pid], 0
    while pids:
        pid = pids.pop()
        children = Path(f"/proc/{pid}/task/{pid}/children")
        pids += [int(child) for child in children.read_text().split()] if children.exists() else []
        resident = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
        found += int(resident[1]) * 1024 if resident else 0
    return found


# ---- the bank's answers ----


@pytest.fixture(scope="module")
def ordered(bench: Bench) -> Flow:
    flow = Flow(bench.flow.by, bench.flow.call_id, bench.flow.today)
    for step in (flow.apply, flow.submit, flow.take, flow.propose, flow.decide, flow.open_claim, flow.save_claim):
        step()
    for step in (flow.submit_claim, flow.verify, flow.present_payment, flow.decide_payment, flow.order):
        step()
    return flow


BOMB = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)


def bring(bench: Bench, xml: str | bytes, media_type: str = "application/xml") -> requests.Response:
    data = xml.encode() if isinstance(xml, str) else xml
    return bench.payer.send("POST", "/api/v1/bank-answers", data=data, headers={"Content-Type": media_type})


def wrong_answers(right: str, batch_id: str, payable: str) -> dict[str, tuple[str | bytes, int, str]]:
    outside = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document>&x;</Document>'
    return {
        "another file": (right.replace(batch_id, "E2099-99999"), 422, "answer_for_another_file"),
        "not XML": ("Maksettu on. Salainen sana.", 422, "not_xml"),
        "nothing": ("", 422, ""),
        "not UTF-8": (b"\xff\xfe\x00", 400, "not_xml_text"),
        "an entity bomb": (BOMB + "]><Document>&j;</Document>", 422, "not_xml"),
        "a file of ours": (outside, 422, "not_xml"),
        "another language": ("<Document><Muu/></Document>", 422, "not_a_bank_answer"),
        "another sum": (right.replace(f">{payable}<", ">0.01<"), 422, "amount_differs"),
    }


def test_a_wrong_bank_answer_pays_nothing(bench: Bench, ordered: Flow):
    right = bank_answer(bench.flow.by.payer.get_bytes(f"/batches/{ordered.batch_id}/file").decode())
    before = bench.payer.get(f"/batches/{ordered.batch_id}").json()
    for what, (xml, status, code) in wrong_answers(right, ordered.batch_id, ordered.payable).items():
        began = time.monotonic()
        refused = bring(bench, xml)
        assert refused.status_code in (status, 409), (what, refused.text)
        is_a_clear_no(refused, refused.status_code, code)
        assert time.monotonic() - began < 10, what
        assert bench.payer.get(f"/batches/{ordered.batch_id}").json() == before, what
    is_a_clear_no(bring(bench, right, "text/plain"), 415, "not_json_type")

    first, again = bring(bench, right).json(), bring(bench, right).json()

    assert (first["first_time"], first["applied"]) == (True, 1)
    assert (again["first_time"], again["applied"], again["unchanged"]) == (False, 0, 1)


# ---- the same on the pages: what was typed stays, and the sentence says what to do ----


def page_after(caller: Caller, page: str, changed: dict[str, str], action: str = "") -> str:
    """The page a person sees after sending its form with some fields changed; redirects followed."""
    path = action or page
    form = form_in(caller.send("GET", page).text, path)
    sent = caller.send("POST", path, data={**form.fields, **changed})
    if sent.is_redirect:
        sent = caller.send("GET", sent.headers["Location"])
    assert "Traceback" not in sent.text
    return sent.text


@pytest.mark.parametrize(
    ("part", "name", "typed", "place", "sentence"),
    [
        ("kustannukset", "costs.0.amount", "1 234,567", "Rivi 1", "enintään kaksi desimaalia"),
        ("kustannukset", "costs.0.amount", "-5", "Rivi 1", "alle nollan"),
        ("kustannukset", "costs.0.amount", "1e9", "Rivi 1", "Kirjoita summa numeroina"),
        ("kustannukset", "costs.0.amount", "1000000000000000", "Rivi 1", "Enintään 999"),
        ("perustiedot", "starts_on", "29.2.2027", "", "Tällaista päivää ei ole kalenterissa"),
        ("perustiedot", "ends_on", "1.1.2020", "", "Loppupäivä on ennen alkupäivää"),
        ("perustiedot", "contact_email", "satu(at)x", "", "Kirjoita sähköpostiosoite"),
    ],
)
def test_a_form_shows_what_was_typed_and_says_in_finnish_what_to_do(
    bench: Bench, part: str, name: str, typed: str, place: str, sentence: str
):
    assert bench.save(bench.answers).status_code == 200
    page = f"/oma/asiat/{bench.flow.number}/{part}"
    seen = page_after(bench.company, page, {name: typed, "next": "1"})

    assert form_in(seen, page).fields[name] == typed
    told = text_of(seen)
    assert sentence in told
    assert place in told


def test_a_claims_form_keeps_a_wrong_account_and_says_what_to_do(bench: Bench):
    good = bench.claim()["typed"]
    page = f"/oma/maksatus/{bench.claimed.claim_id}"
    seen = page_after(bench.company, page, {"account": "FI21 1234 5600 0007 86", "next": "1"})
    assert "FI21 1234 5600 0007 86" in seen or "FI21 1234 5600 0007 86" in bench.company.send("GET", page).text
    assert "ei ole kelvollinen IBAN-tilinumero" in text_of(seen)
    assert bench.save_claim(good).status_code == 200


def test_a_form_with_a_character_no_database_keeps_is_shown_again(bench: Bench):
    before = bench.draft()
    page = f"/oma/asiat/{bench.flow.number}/perustiedot"
    seen = page_after(bench.company, page, {"title": "Salainen\x00 sana", "municipality": "Mikkelin seutu"})
    assert form_in(seen, page).fields["municipality"] == "Mikkelin seutu"
    assert bench.draft() == before


def test_a_wrong_bank_answer_is_shown_again_on_its_page(bench: Bench):
    seen = page_after(bench.payer, "/maksu/vastaukset", {"xml": "Maksettu on. Salainen sana."})
    assert "Maksettu on. Salainen sana." in seen
    assert "XML" in text_of(seen)


# ---- last: the house is stopped and its output read ----


def test_what_the_process_wrote_holds_nothing_that_anybody_typed(bench: Bench):
    assert bench.house.stop() == 0
    written = bench.house.said()
    assert "Tukiväylä is ready" in written
    told = written.split("Ctrl-C stops.", 1)[1]
    assert [secret for secret in SECRETS if secret in told] == []
    assert "Traceback" not in told
