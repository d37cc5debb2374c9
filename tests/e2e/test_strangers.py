"""A real case, seen by strangers: another company, another authority, a visitor. The rooms' own promises, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
import requests

from shared.dates import helsinki_day
from shared.storage.database import right_now
from tests.support.full_set_up import full_set_up
from tukivayla.demo.flow import Flow, open_a_call, players

pytestmark = [pytest.mark.e2e, pytest.mark.rabbit, pytest.mark.postgres, pytest.mark.timeout(240)]

STAFF = ("handler", "decision_maker", "verifier", "payer")
READ = (
    "/applications/{number}",
    "/applications/{number}/attachments",
    "/cases/{number}/trail",
    "/grants/{number}",
    "/claims/{claim}",
    "/documents/{document}",
    "/documents/{document}/content",
    "/documents/{document}/reading",
    "/documents/{document}/pages/1",
)
LISTED = (
    "/applications",
    "/claims",
    "/grants",
    "/grants/{number}/claims",
    "/documents?subject=application/{number}",
    "/documents?subject=claim/{claim}",
)
COMPANYS_ACTS: dict[str, dict[str, Any]] = {
    "POST /applications/{number}/submission": {"version": 1},
    "POST /applications/{number}/withdrawal": {"version": 1},
    "PUT /applications/{number}/draft": {"version": 1, "answers": {}},
    "POST /grants/{number}/claims": {"kind": "interim"},
    "PUT /claims/{claim}/draft": {"version": 1, "typed": {}},
    "POST /claims/{claim}/submission": {"version": 1},
}
STAFFS_ACTS: dict[str, dict[str, Any]] = {
    "POST /applications/{number}/case-taking": {"version": 1},
    "POST /applications/{number}/decision": {"version": 1, "verdict": "sign"},
    "POST /claims/{claim}/verification": {"version": 1, "lines": [{"line": 1, "accepted": "1.00"}]},
    "POST /claims/{claim}/payment-proposal": {"version": 1},
    "POST /claims/{claim}/payment-decision": {"version": 1, "verdict": "sign"},
    "POST /batches": {"claim_ids": ["{claim}"], "total": "1.00"},
}
NO_NUMBER = ("x", "-1", "%F0%9F%98%80", "%ff", "A'%20OR%201=1--", "..%2f..%2fetc", "9" * 39, "%E2%80%AE")


@dataclass
class Case:
    """A case whose claim has been filed, and tokens for those it is no business of."""

    address: str
    names: dict[str, str]
    company: str
    stranger: str
    strange_staff: dict[str, str]

    def ask(self, token: str | None, act: str, body: dict[str, Any] | None = None) -> requests.Response:
        method, path = act.split(" ") if " " in act else ("GET", act)
        headers = {"Idempotency-Key": uuid4().hex} | ({"Authorization": f"Bearer {token}"} if token else {})
        sent = {name: self._named(value) for name, value in body.items()} if body else None
        url = f"{self.address}/api/v1{path.format(**self.names)}"
        return requests.request(method, url, json=sent, headers=headers, timeout=30)

    def _named(self, value: Any) -> Any:
        return [self.names["claim"]] if value == ["{claim}"] else value


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with full_set_up(tmp_path_factory.mktemp("strangers")) as house:
        cast = players(house.address)
        today = helsinki_day(right_now())
        flow = Flow(cast, open_a_call(cast.operator, today=today), today)
        for step in (flow.apply, flow.attach, flow.submit, flow.take, flow.propose, flow.decide, flow.open_claim):
            step()
        flow.save_claim(flow.read_invoice())
        flow.submit_claim()
        names = {"number": flow.number, "claim": flow.claim_id, "document": flow.invoice_id}
        yield Case(house.address, names, _token(house.address, "company", flow), *_strangers(house.address, flow))


def _capacities(address: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for person in requests.get(f"{address}/api/v1/demo-people", timeout=30).json()["items"]:
        for capacity in person["capacities"]:
            yield person["person_id"], capacity


def _sign_in(address: str, person_id: str, capacity_id: str) -> str:
    body = {"person_id": person_id, "capacity_id": capacity_id}
    return str(requests.post(f"{address}/api/v1/session", json=body, timeout=30).json()["token"])


def _token(address: str, role: str, flow: Flow, *, own: bool = True) -> str:
    """Somebody of the role whose company or authority is, or is not, the case's."""
    application = flow.by.company.get(flow.case)
    theirs = {application["business_id"], application["authority"]}
    for person_id, capacity in _capacities(address):
        for_whom = capacity["business_id"] or capacity["authority"]
        if capacity["role"] == role and (for_whom in theirs) is own:
            return _sign_in(address, person_id, capacity["capacity_id"])
    raise LookupError(role)


def _strangers(address: str, flow: Flow) -> tuple[str, dict[str, str]]:
    staff = {role: _token(address, role, flow, own=False) for role in STAFF}
    return _token(address, "company", flow, own=False), staff


@pytest.mark.parametrize("path", READ)
def test_nobody_but_its_own_people_sees_a_thing_of_the_case(case: Case, path: str):
    assert case.ask(case.company, path).status_code in (200, 404)
    assert case.ask(None, path).status_code == 401
    assert case.ask(case.stranger, path).status_code == 404
    assert {role: case.ask(token, path).status_code for role, token in case.strange_staff.items()} == dict.fromkeys(
        STAFF, 403
    )


@pytest.mark.parametrize("path", LISTED)
def test_a_list_has_nothing_of_the_case_for_a_stranger(case: Case, path: str):
    assert case.ask(case.company, path).json()["total"] > 0
    for token in (case.stranger, *case.strange_staff.values()):
        answer = case.ask(token, path)
        assert answer.status_code == 403 or answer.json()["total"] == 0


@pytest.mark.parametrize("act", COMPANYS_ACTS)
def test_another_company_changes_nothing_of_it(case: Case, act: str):
    assert case.ask(case.stranger, act, COMPANYS_ACTS[act]).status_code == 404


@pytest.mark.parametrize("act", STAFFS_ACTS)
def test_another_authority_changes_nothing_of_it(case: Case, act: str):
    refused = [case.ask(token, act, STAFFS_ACTS[act]) for token in case.strange_staff.values()]
    assert [answer.status_code for answer in refused] == [403] * len(STAFF)
    assert "not_for_you" in {answer.json()["code"] for answer in refused}


@pytest.mark.parametrize("number", NO_NUMBER)
def test_a_number_that_cannot_be_is_refused_and_breaks_nothing(case: Case, number: str):
    for path in ("/applications/", "/grants/", "/claims/", "/documents/", "/cases/"):
        tail = "/trail" if path == "/cases/" else ""
        assert case.ask(case.company, f"{path}{number}{tail}").status_code in (400, 404, 422)
