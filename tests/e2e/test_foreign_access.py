"""Every route, in every role, for the case's own people and for strangers, on the real system.

The policy table says who may come at all; `tests.support.route_samples` whose data a route shows. Both are walked:
a route that is in the one and not in the other fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from services.gateway.openapi import app_without_rooms
from services.gateway.policy import Access
from shared.asker import DECLARES, Role
from shared.dates import helsinki_day
from shared.storage.database import right_now
from tests.support.caller import Caller
from tests.support.embedded import Embedded
from tests.support.route_samples import SAMPLES, About, Sample
from tukivayla.demo.flow import COMPANY, Flow, open_a_call, players
from tukivayla.demo.people import eventually

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

SEES_ALL = {Role.AUDITOR, Role.OPERATOR}
OWN = {
    Role.COMPANY: ("Satu Esimerkki", {"business_id": COMPANY}),
    Role.HANDLER: ("Aino Mallikas", {"authority": "ITA"}),
    Role.DECISION_MAKER: ("Ritva Ratkaisija", {"authority": "ITA"}),
    Role.VERIFIER: ("Vesa Varmentaja", {"authority": "ITA"}),
    Role.PAYER: ("Maija Maksaja", {"authority": "ITA"}),
    Role.AUDITOR: ("Tarmo Tarkkala", {"authority": "ITA"}),
    Role.OPERATOR: ("Pekka Pääkäyttäjä", {"authority": "ITA"}),
}
STRANGERS = {
    Role.COMPANY: ("Kaisa Kuviteltu", {"business_id": "9285076-5"}),
    Role.HANDLER: ("Keijo Käsittelijä", {"authority": "KES"}),
    Role.DECISION_MAKER: ("Päivi Päätösmaa", {"authority": "KES"}),
    Role.VERIFIER: ("Varpu Varmala", {"authority": "KES"}),
    Role.PAYER: ("Marko Maksumies", {"authority": "KES"}),
    Role.AUDITOR: ("Tuija Tarkistettu", {"authority": "KES"}),
    Role.OPERATOR: ("Piia Palvelin", {"authority": "KES"}),
}
OF_ONE_CASE = {About.CASE, About.LIST_OF_CASE}
REFUSED = {"sign_in_needed", "role_may_not", "not_for_you"}
# The role may come; this person may not do this to this case.
DONE_OR_BOUND = {"already_acted", "not_your_case", "prepared_by_you", "not_your_absence"}


def routes() -> dict[str, Access]:
    """ "GET /api/v1/claims" → who may come, for every route there is."""
    app = app_without_rooms()
    table: dict[str, Access] = app.extensions["policy"]
    return {
        f"{method} {rule.rule}": table[rule.endpoint]
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


ROUTES = routes()
OF_A_ROLE = sorted(route for route in ROUTES.keys() & SAMPLES.keys() if SAMPLES[route].about is not About.DOOR)


@dataclass
class Town:
    """A paid case of the one company and authority, everybody of both sides signed in, and what marks the case."""

    house: Embedded
    flow: Flow
    names: dict[str, str]
    own: dict[Role, Caller]
    strangers: dict[Role, Caller]
    visitor: Caller

    @property
    def marks(self) -> list[str]:
        """What no stranger may ever read."""
        ids = [self.names[name] for name in ("number", "claim_id", "payment_id", "batch_id", "document_id")]
        return [*ids, "CNC-työstökeskus", "Kuviteltu Kone", "84999.99", "1234 5600 0007 85"]

    def try_route(self, caller: Caller, route: str) -> requests.Response:
        method, rule = route.split(" ", 1)
        sample = SAMPLES[route]
        path = re.sub(r"<(?:any\(([^)]*)\):|[^<>:]+:)?(\w+)>", self._filled, rule)
        query = f"?{self._named(sample.query)}" if sample.query else ""
        return caller.send(method, path + query, **self._sent(sample, rule))

    def _filled(self, found: re.Match[str]) -> str:
        """The route's own words where it takes only some, else the name's usual value."""
        own = found[1].split(", ") if found[1] else []
        usual = self.names.get(found[2], "")
        return own[0] if own and usual not in own else usual

    def _sent(self, sample: Sample, rule: str) -> dict[str, Any]:
        if sample.xml is not None:
            return {"data": self.names["bank_answer"].encode(), "headers": {"Content-Type": "application/xml"}}
        if sample.upload:
            fields = {"subject": self._named("application/{number}"), "kind": "attachment"} if "/api/" in rule else {}
            file = self.names["bank_answer"].encode() if "vastaukset" in rule else b"%PDF-1.7 x"
            return {"data": fields, "files": {"file": ("lasku.pdf", file, "application/pdf")}}
        if sample.form is not None:
            return {"data": {self._named(name): self._named(value) for name, value in sample.form.items()}}
        return {"json": self._named(sample.body)} if sample.body is not None else {}

    def _named(self, value: Any) -> Any:
        if isinstance(value, str):
            return re.sub(r"\{(\w+)\}", lambda found: self.names[found[1]], value)
        if isinstance(value, list):
            return [self._named(one) for one in value]
        return {key: self._named(one) for key, one in value.items()} if isinstance(value, dict) else value


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    house = Embedded(tmp_path_factory.mktemp("town") / "var")
    house.start()
    try:
        flow = a_paid_case(house.address)
        own = {role: Caller(house.address).sign_in(name, **whose) for role, (name, whose) in OWN.items()}
        strangers = {role: Caller(house.address).sign_in(name, **whose) for role, (name, whose) in STRANGERS.items()}
        yield Town(house, flow, names_of(flow, own), own, strangers, Caller(house.address))
    finally:
        house.stop()


def a_paid_case(address: str) -> Flow:
    cast = eventually(lambda: _players_or_none(address), seconds=60, what="the people")
    today = helsinki_day(right_now())
    flow = Flow(cast, open_a_call(cast.operator, today=today), today)
    for step in (flow.apply, flow.attach, flow.submit, flow.take, flow.propose, flow.decide, flow.open_claim):
        step()
    flow.save_claim(flow.read_invoice())
    for step in (flow.submit_claim, flow.verify, flow.present_payment, flow.decide_payment, flow.order, flow.settle):
        step()
    flow.trace()
    return flow


def _players_or_none(address: str) -> Any:
    try:
        return players(address)
    except LookupError:
        return None


def names_of(flow: Flow, own: dict[Role, Caller]) -> dict[str, str]:
    letter, _ = flow.letter()
    return {
        "number": flow.number,
        "claim_id": flow.claim_id,
        "document_id": flow.invoice_id,
        "call_id": flow.call_id,
        "batch_id": flow.batch_id,
        "payment_id": flow.payment_id,
        "bank_answer": flow.bank_answer,
        "business_id": COMPANY,
        "person_id": own[Role.COMPANY].person_id,
        "person": own[Role.VERIFIER].person_id,
        "invitation_id": "0f9f0f9f",
        "release_id": "0f9f0f9f",
        "key_id": "0f9f0f9f",
        "disagreement_id": "0f9f0f9f",
        "view_id": "0f9f0f9f",
        "substitution_id": "0f9f0f9f",
        "message_id": "0f9f0f9f",
        "check_code": "9D9E-23BE-C8F9-7A6A",
        "letter_id": letter["document_id"],
        "upload_id": "0f9f0f9f",
        "sha256": "0f" * 32,
        "digest": "0f" * 32,
        "page": "1",
        "act": "1",
        "amendment": "1",
        "review": "1",
        "later": "sulje",
        "place": "1",
        "mail_id": "mail-1",
        "path": "perustiedot",
        "kind": "plan",
        "room": "payments",
        "code": "not_found",
        "rule": "de_minimis",
        "filename": "tukivayla.css",
    }


def refusal(answer: requests.Response) -> str:
    """Why nobody of this role or side is let in: a code, or the page's own way of saying it; "" when they are."""
    if answer.is_redirect and answer.headers["Location"].startswith("/kirjaudu"):
        return "sign_in_needed"
    if answer.status_code in (401, 403):
        return str(answer.json()["code"]) if "json" in answer.headers["Content-Type"] else "page"
    return ""


def test_every_route_has_a_sample_and_every_sample_a_route():
    assert SAMPLES.keys() == ROUTES.keys()


@pytest.mark.parametrize("route", OF_A_ROLE)
def test_a_route_lets_in_its_own_roles_and_no_others(town: Town, route: str):
    wrong = []
    for role, caller in {Role.VISITOR: town.visitor, **town.own}.items():
        answer = town.try_route(caller, route)
        may, refused = role in ROUTES[route].roles, refusal(answer)
        kept_out = refused in REFUSED | {"page"}
        if kept_out == may and refused not in DONE_OR_BOUND:
            wrong.append(f"{role}: {answer.status_code} {refused} {answer.text[:200]}")
        if answer.status_code >= 500:
            wrong.append(f"{role}: {answer.status_code} {answer.text[:200]}")
    assert wrong == []


@pytest.mark.parametrize("route", OF_A_ROLE)
def test_a_stranger_learns_nothing_of_the_case(town: Town, route: str):
    wrong = []
    for role in ROUTES[route].roles - {Role.VISITOR}:
        answer = town.try_route(town.strangers[role], route)
        expected = expected_of_stranger(route, role)
        if (answer.status_code != expected and expected) or answer.status_code >= 500:
            wrong.append(f"{role}: {answer.status_code}, not {expected}: {answer.text[:200]}")
        if role not in SEES_ALL and shown(town, route, answer):
            wrong.append(f"{role} reads {shown(town, route, answer)}")
    assert wrong == []


def expected_of_stranger(route: str, role: Role) -> int:
    """The status a stranger gets; 0 where anything that says nothing of the case will do."""
    about = SAMPLES[route].about
    if about in OF_ONE_CASE and role not in SEES_ALL:
        if role is not Role.COMPANY:
            return 403
        return 404 if about is About.CASE else 200
    if about is About.REGISTER and role is Role.COMPANY and "<business_id>" in route:
        return 404
    return 200 if about is About.LIST and "/api/" in route else 0


def shown(town: Town, route: str, answer: requests.Response) -> list[str]:
    """Marks of the case in the answer, but for those that the asker sent."""
    if SAMPLES[route].about is About.REGISTER:
        return []  # officials of every authority see what has happened with a company, so that nothing is asked twice
    body = answer.request.body or ""
    sent = (answer.request.url or "") + (body if isinstance(body, str) else body.decode("utf-8", "replace"))
    return [mark for mark in town.marks if mark in answer.text and mark not in sent]


# ---- who has not answered whether anything disqualifies them ----


@pytest.fixture(scope="module")
def unanswered(town: Town) -> dict[Role, Caller]:
    """Officials of the case's own authority who have never been at it: people of the other one, given posts here."""
    callers = {}
    for role in DECLARES:
        name, _ = STRANGERS[role]
        post = {"role": role.value, "authority": "ITA"}
        given = town.own[Role.OPERATOR].post(f"/people/{town.strangers[role].person_id}/posts", post)
        assert given.status_code == 200
        callers[role] = Caller(town.house.address).sign_in(name, role=role, authority="ITA")
    return callers


# The gate itself, and what is done with a case unopened: given to a colleague, given back, another's doubt resolved.
AT_THE_GATE = {
    "GET /api/v1/applications/<number>/gate",
    "POST /api/v1/applications/<number>/interest",
    "POST /api/v1/applications/<number>/interest/<person>",
    "POST /api/v1/applications/<number>/handler",
    "DELETE /api/v1/applications/<number>/handler",
    "GET /tyo/asiat/<number>/este",
    "POST /tyo/asiat/<number>/este",
    "GET /tyo/asiat/<number>/este/<person>",
    "POST /tyo/asiat/<number>/este/<person>",
    "GET /tyo/asiat/<number>/kasittelija",
    "POST /tyo/asiat/<number>/kasittelija",
}
# A payment file and the bank's answer are of many cases, and carry out what others have signed.
OF_MANY_CASES = re.compile(r".* (/api/v1/(batches|bank-answers)|/maksu/(valmiit|erat|vastaukset))\b.*")
OF_A_CASE = [
    route
    for route in OF_A_ROLE
    if SAMPLES[route].about in OF_ONE_CASE
    and ROUTES[route].roles & DECLARES
    and route not in AT_THE_GATE
    and not OF_MANY_CASES.fullmatch(route)
]


@pytest.mark.parametrize("route", OF_A_CASE)
def test_an_official_opens_nothing_of_a_case_before_the_answer(town: Town, unanswered: dict[Role, Caller], route: str):
    """Hallintolaki 27–30 §: a program is told `declare_first`, a person is led to the gate and from it back."""
    wrong = []
    for role in ROUTES[route].roles & DECLARES:
        answer = town.try_route(unanswered[role], route)
        if not is_at_gate(town, answer):
            wrong.append(f"{role}: {answer.status_code} {answer.headers.get('Location')} {answer.text[:300]}")
    assert wrong == []


def is_at_gate(town: Town, answer: requests.Response) -> bool:
    if answer.is_redirect:
        return answer.headers["Location"].startswith(f"/tyo/asiat/{town.flow.number}/este")
    return answer.status_code == 409 and answer.json()["code"] == "declare_first"


# Sent with a body because what is asked does not fit an address; nothing is kept of it.
QUESTIONS = {"POST /api/v1/calls/<call_id>/simulation", "POST /api/v1/rules/<rule>", "POST /todenna"}


@pytest.mark.parametrize(
    "route", sorted(route for route in OF_A_ROLE if not route.startswith("GET") and route not in QUESTIONS)
)
def test_an_auditor_changes_nothing(route: str):
    assert Role.AUDITOR not in ROUTES[route].roles


def test_nothing_that_was_tried_has_changed_the_case(town: Town):
    auditor = town.own[Role.AUDITOR]
    assert auditor.get(f"/applications/{town.flow.number}").json()["state"] == "approved"
    assert auditor.get(f"/claims/{town.flow.claim_id}").json()["state"] == "paid"
    assert auditor.get(f"/batches/{town.flow.batch_id}").json()["amount"] == town.flow.payable
    assert auditor.get("/trail/verification").json()["holds"]


def test_a_letter_and_its_check_code_tell_a_stranger_nothing_more(town: Town):
    for part in ("", "/content", "/pages/1"):
        path = f"/documents/{town.names['letter_id']}{part}"
        assert town.own[Role.COMPANY].get(path).status_code == 200
        assert town.strangers[Role.COMPANY].get(path).status_code == 404
        assert town.strangers[Role.HANDLER].get(path).status_code == 403
        assert town.visitor.get(path).status_code == 401


def test_who_may_prepare_but_not_sign_can_file_nothing(town: Town):
    """The company's own paper says who may bind it; a program is held to it as a page is."""
    preparer = Caller(town.house.address).sign_in("Veikko Valmistelija")
    flow = Flow(town.flow.by, town.flow.call_id, town.flow.today)
    flow.apply()

    for act in ("submission", "withdrawal"):
        refused = preparer.post(f"{flow.case}/{act}", {"version": flow.version})
        assert (refused.status_code, refused.json()["code"]) == (403, "may_not_sign")
    form = {"version": str(flow.version), "tiedot_oikein": "1", "julkisuus": "1"}
    page = preparer.send("POST", f"/oma/asiat/{flow.number}/laheta", data=form)

    assert page.status_code == 403
    assert preparer.get(flow.case).json()["state"] == "draft"
    assert flow.submit()["digest"]


def test_a_handler_cannot_decide_what_they_proposed_even_in_another_role(town: Town):
    flow = Flow(town.flow.by, town.flow.call_id, town.flow.today)
    for step in (flow.apply, flow.submit, flow.take, flow.propose):
        step()
    aino = town.own[Role.HANDLER].person_id
    post = {"role": "decision_maker", "authority": "ITA"}
    assert town.own[Role.OPERATOR].post(f"/people/{aino}/posts", post).status_code == 200
    as_decider = Caller(town.house.address).sign_in("Aino Mallikas", role="decision_maker")

    refused = as_decider.post(f"{flow.case}/decision", {"version": flow.version, "verdict": "sign"})

    assert (refused.status_code, refused.json()["code"]) == (403, "prepared_by_you")
    assert as_decider.get(flow.case).json()["state"] == "proposed"
    flow.decide()
    assert as_decider.get(flow.case).json()["state"].startswith("approved")


def test_a_session_that_was_ended_is_worth_nothing(town: Town):
    leaving = Caller(town.house.address).sign_in("Satu Esimerkki", business_id=COMPANY)
    kept = {"Authorization": f"Bearer {leaving.token}"}
    assert requests.get(f"{leaving.address}/api/v1/applications", headers=kept, timeout=30).status_code == 200

    assert leaving.send("DELETE", "/api/v1/session").status_code == 204

    assert requests.get(f"{leaving.address}/api/v1/applications", headers=kept, timeout=30).status_code == 401
    cookie = {"tukivayla": leaving.token}
    page = requests.get(f"{leaving.address}/oma", cookies=cookie, allow_redirects=False, timeout=30)
    assert page.headers["Location"].startswith("/kirjaudu")


def test_a_session_ended_on_a_page_is_dead_for_programs_too(town: Town):
    leaving = Caller(town.house.address).sign_in("Satu Esimerkki", business_id=COMPANY)
    assert leaving.send("POST", "/ulos").status_code == 303
    kept = {"Authorization": f"Bearer {leaving.token}"}
    assert requests.get(f"{leaving.address}/api/v1/applications", headers=kept, timeout=30).status_code == 401


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(
            lambda token, other: token[:-6] + ("A" if token[-6] != "A" else "B") + token[-5:], id="one letter"
        ),
        pytest.param(lambda token, other: token.rpartition(".")[0], id="no signature"),
        pytest.param(lambda token, other: f"{other.rpartition('.')[0]}.{token.rpartition('.')[2]}", id="another's id"),
        pytest.param(lambda token, other: token.rpartition(".")[0] + ".", id="empty signature"),
        pytest.param(lambda token, other: "x" * 5000, id="long"),
        pytest.param(lambda token, other: "%00.å", id="strange"),
    ],
)
def test_a_forged_token_is_nobodys(town: Town, change: Any):
    token = change(town.own[Role.COMPANY].token, town.own[Role.AUDITOR].token)
    for way in ({"Authorization": f"Bearer {token}".encode()}, {"Cookie": f"tukivayla={token}".encode()}):
        refused = requests.get(f"{town.house.address}/api/v1/applications", headers=way, timeout=30)
        assert (refused.status_code, refused.json()["code"]) == (401, "sign_in_needed")


def test_another_sites_form_is_refused(town: Town):
    """The browser would send the cookie by itself; only our own page knows the form token."""
    cookie = {"tukivayla": town.own[Role.COMPANY].token}
    before = town.own[Role.COMPANY].get("/claims").json()["total"]
    for path in ("/oma/hankkeet/{number}/maksatus", "/api/v1/grants/{number}/claims", "/ulos"):
        answer = requests.post(
            town.house.address + path.format(**town.names),
            cookies=cookie,
            headers={"Origin": "https://kalastelija.example", "Idempotency-Key": "kala"},
            json={"kind": "interim"},
            timeout=30,
            allow_redirects=False,
        )
        assert answer.status_code == 400
    assert town.own[Role.COMPANY].get("/claims").json()["total"] == before
