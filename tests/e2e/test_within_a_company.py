"""A company's own people in the real house: an address confirmed, a signature asked, and the one who asked leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast

import pytest

from shared.dates import helsinki_day
from shared.storage.database import right_now
from tests.support.caller import Caller
from tests.support.embedded import Embedded
from tests.support.stages import cast_at
from tukivayla.demo.flow import COMPANY, open_a_call
from tukivayla.demo.people import eventually

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

SATU, VEIKKO = "satu@yritys.example", "veikko@yritys.example"


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("within") / "var"


@pytest.fixture(scope="module")
def house(var: Path) -> Iterator[Embedded]:
    house = Embedded(var)
    house.start()
    yield house
    house.stop()


def mails_to(var: Path, address: str) -> list[EmailMessage]:
    files = sorted(var.rglob("*.eml"), key=lambda file: file.stat().st_mtime)
    every = (cast(EmailMessage, message_from_bytes(file.read_bytes(), policy=policy.default)) for file in files)
    return [mail for mail in every if mail["To"].addresses[0].addr_spec == address]


def subject_to(var: Path, address: str, beginning: str) -> str:
    """The subject of the mail that begins so, once it has come."""
    return eventually(
        lambda: next(
            (str(one["Subject"]) for one in mails_to(var, address) if one["Subject"].startswith(beginning)), ""
        ),
        what=f"a mail to {address}: {beginning}",
    )


def with_address(person: Caller, var: Path, address: str) -> Caller:
    person.put("/own-mail-settings/address", {"email": address}).raise_for_status()
    mail = eventually(lambda: mails_to(var, address), what="the mail with the link")[0]
    plain = next(iter(mail.iter_parts())).get_content()
    code = re.findall(r"asetukset/osoite/(\S+)", plain)[0]
    confirmed = person.post("/own-mail-settings/address/confirmation", {"code": code}).json()
    assert confirmed["email"] == address
    return person


def test_who_is_asked_to_sign_hears_it_and_what_the_one_who_leaves_had_begun_is_taken_over(
    house: Embedded, var: Path
) -> None:
    operator = cast_at(house.address).operator
    call_id = open_a_call(operator, today=helsinki_day(right_now()))
    satu = with_address(Caller(house.address).sign_in("Satu Esimerkki", business_id=COMPANY), var, SATU)
    veikko = with_address(Caller(house.address).sign_in("Veikko Valmistelija", business_id=COMPANY), var, VEIKKO)

    number = veikko.post("/applications", {"call_id": call_id, "language": "fi"}).json()["number"]
    draft = f"/applications/{number}"
    version = veikko.get(draft).json()["version"]
    veikko.post(f"{draft}/signature-request", {"version": version, "note": "Katso kulut."}).raise_for_status()
    assert subject_to(var, SATU, "Allekirjoita").endswith(number)

    ended = satu.post(f"/company/people/{veikko.person_id}/end", {})
    assert ended.status_code == 200

    left = eventually(lambda: _left(satu), what="the draft to be without its person")
    assert [(one["number"], one["left_by"]) for one in left] == [(number, veikko.person_id)]
    assert subject_to(var, SATU, "Ota luonnos vastuullesi").endswith(number)
    drafting = satu.put(f"{draft}/responsible", {"before": None}).json()
    assert (drafting["state"], drafting["responsible"], drafting["asked_by"]) == ("draft", satu.person_id, None)

    # Whoever has left neither sees the draft nor hears of it.
    assert veikko.get(draft).status_code in (401, 403, 404)
    assert [str(one["Subject"]) for one in mails_to(var, VEIKKO)] == ["Vahvista sähköpostiosoitteesi"]


def _left(person: Caller) -> list[dict[str, Any]]:
    return list(person.get("/left-drafts").json()["items"])
