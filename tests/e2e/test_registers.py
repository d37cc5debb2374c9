"""The registers in the embedded run: a person acts for a new company, a program for them, and a register fails."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit
from uuid import uuid4

import pytest
import requests

from tests.support.caller import Caller
from tests.support.embedded import Embedded
from tukivayla.demo.people import eventually
from tukivayla.standins.companies import NEW

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

MALLI = "9137024-1"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory):
    running = Embedded(Path(tmp_path_factory.mktemp("registers")) / "var")
    running.start()
    eventually(lambda: _somebody(running.address), seconds=60, what="the people")
    yield running
    running.stop()


def _somebody(address: str) -> Caller | None:
    try:
        return Caller(address).sign_in("Satu Esimerkki", business_id=MALLI)
    except LookupError:
        return None


def act_for(caller: Caller, *business_ids: str) -> requests.Response:
    """To the register's page, a choice, and back: every redirect followed by hand as a browser would."""
    there = caller.send("GET", "/valtuudet").headers["Location"]
    chosen = requests.get(there, params={"yritys": list(business_ids)}, allow_redirects=False, timeout=10)
    back = urlsplit(chosen.headers["Location"])
    return caller.send("GET", f"{back.path}?{back.query}")


def test_a_person_acts_for_a_new_company_that_nobody_typed_in(house: Embedded):
    satu = Caller(house.address).sign_in("Satu Esimerkki", business_id=MALLI)
    landed = act_for(satu, NEW.business_id)
    assert (landed.status_code, landed.headers["Location"]) == (303, "/oma")
    session = satu.get("/session").json()["session"]
    assert session["capacity"]["business_id"] == NEW.business_id
    told = satu.get(f"/undertakings/{NEW.business_id}/register-data").json()
    assert (told["name"], told["stale"]) == (NEW.name, False)
    page = satu.send("GET", "/oma/yritys?kieli=fi").text
    assert NEW.name in page
    assert "YTJ:n avoin data" in page


def test_a_key_sends_an_application_in_its_persons_name_and_the_trail_tells_so(house: Embedded):
    satu = Caller(house.address).sign_in("Satu Esimerkki", business_id=MALLI)
    last = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
    made = satu.post("/company/api-keys", {"name": "Tilitoimisto", "rights": ["prepare"], "expires_on": last}).json()
    program = Program(house.address, made["token"])
    said = program.post(f"/undertakings/{MALLI}/disagreements", {"about": "name", "should_be": "Malli Oyj"})
    assert said.status_code in (200, 404)  # 404 until register data has been fetched
    program.post(f"/undertakings/{MALLI}/register-data", {})
    said = program.post(f"/undertakings/{MALLI}/disagreements", {"about": "name", "should_be": "Malli Oyj"})
    assert said.status_code == 200
    acts = satu.get(f"/undertakings/{MALLI}/acts").json()["items"]
    assert ("disagreement_reported", made["key_id"]) in {(one["what"], one["via"]) for one in acts}
    assert program.post("/company/invitations", {"name": "X", "role": "signatory"}).json()["code"] == "may_not_sign"
    satu.post(f"/api-keys/{made['key_id']}/revocation")
    assert program.get("/applications").json()["code"] == "api_key_not_valid"


def test_whoever_leaves_is_out_in_the_same_second(house: Embedded):
    satu = Caller(house.address).sign_in("Satu Esimerkki", business_id=MALLI)
    veikko = Caller(house.address).sign_in("Veikko Valmistelija", business_id=MALLI)
    assert veikko.get("/applications").status_code == 200
    assert satu.post(f"/company/people/{veikko.person_id}/end", {}).status_code == 200
    assert veikko.get("/applications").status_code == 401


def test_a_failing_register_is_said_and_nothing_else_stops(house: Embedded):
    satu = Caller(house.address).sign_in("Satu Esimerkki", business_id=MALLI)
    register = urljoin(satu.send("GET", "/valtuudet").headers["Location"], "/-/mood")
    requests.post(register, json={"status": 503, "times": 1}, timeout=10).raise_for_status()
    refused = satu.send("GET", "/valtuudet?kieli=fi")
    assert refused.status_code == 409
    assert "Rekisteri ei vastaa nyt" in refused.text
    assert satu.get("/applications").status_code == 200
    assert "code" not in parse_qs(urlsplit(refused.url).query)


class Program:
    """An accountant's program: a key in the header, a name for each deed."""

    def __init__(self, address: str, token: str) -> None:
        self.address = address
        self.headers = {"Authorization": f"Bearer {token}"}

    def get(self, path: str) -> requests.Response:
        return requests.get(f"{self.address}/api/v1{path}", headers=self.headers, timeout=30)

    def post(self, path: str, body: dict) -> requests.Response:
        headers = self.headers | {"Idempotency-Key": uuid4().hex}
        return requests.post(f"{self.address}/api/v1{path}", json=body, headers=headers, timeout=30)
