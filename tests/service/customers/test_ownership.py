"""Ownership between undertakings: declared, recorded by officials, corrected, ended; heard by whoever decides."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.customers.domain.errors import RecordedByOfficial
from shared.asker import Asker, Role
from shared.contracts import customers as contract
from shared.errors import InvalidFields, MayNotPrepare, NotForYou, NotFound
from shared.money import Rate
from tests.support.customers_builders import HANDLER, a_representative
from tests.support.customers_rooms import House

pytestmark = pytest.mark.postgres

MALLI, SAHA, KONEPAJA = "9137024-1", "9211050-5", "9285076-5"
US = a_representative(MALLI)
AUDITOR = Asker(person="auditor-1", role=Role.AUDITOR, authority="ITA")


def record(house: House, asker: Asker, **changed: Any) -> dict[str, Any]:
    link = {"owner": SAHA, "owned": MALLI, "kind": "majority", "share": Rate.of("51"), "since": date(2024, 1, 1)}
    return house.ask(contract.RECORD_OWNERSHIP, asker, **(link | changed))


def test_a_company_declares_who_owns_it_and_whoever_decides_hears_it(house: House) -> None:
    link = record(house, US)
    assert (link["source"], link["recorded_by"]) == ("declaration", US.person)
    (fact,) = house.announced("customers.ownership_recorded")
    assert fact["subject"] == f"undertaking/{MALLI}"
    assert fact["data"] == {
        "link_id": link["link_id"],
        "owner": SAHA,
        "owned": MALLI,
        "kind": "majority",
        "share": "51",
        "since": "2024-01-01",
        "until": None,
        "source": "declaration",
    }


def test_a_companys_declaration_stays_a_declaration_whatever_it_says(house: House) -> None:
    assert record(house, US, source="register")["source"] == "declaration"


def test_the_same_link_again_ends_it_under_its_own_id(house: House) -> None:
    first = record(house, US)
    ended = record(house, US, until=date(2025, 6, 30))
    assert ended["link_id"] == first["link_id"]
    (link,) = house.ask(contract.LIST_OWNERSHIP, US, business_id=MALLI)["items"]
    assert link["until"] == date(2025, 6, 30)


def test_what_an_official_recorded_a_company_does_not_change(house: House) -> None:
    record(house, HANDLER, source="register")
    with pytest.raises(RecordedByOfficial):
        record(house, US, until=date(2024, 1, 2))


def test_an_official_corrects_a_declaration(house: House) -> None:
    record(house, US)
    corrected = record(house, HANDLER, share=Rate.of("75"), source="register")
    assert (corrected["share"], corrected["source"]) == (Rate.of("75"), "register")


def test_both_sides_see_the_link(house: House) -> None:
    record(house, US)
    for asker in (US, a_representative(SAHA)):
        assert len(house.ask(contract.LIST_OWNERSHIP, asker, business_id=asker.business_id)["items"]) == 1


def test_a_company_speaks_only_of_itself(house: House) -> None:
    with pytest.raises(NotFound):
        record(house, US, owned=KONEPAJA)
    with pytest.raises(NotFound):
        house.ask(contract.LIST_OWNERSHIP, US, business_id=SAHA)


@pytest.mark.parametrize(
    ("changed", "path", "rule"),
    [
        ({"owner": MALLI}, "owned", "owns_itself"),
        ({"share": Rate.of("50")}, "share", "no_majority"),
        ({"kind": "partner", "share": Rate.of("24.99")}, "share", "no_partner_share"),
        ({"kind": "partner", "share": Rate.of("50.01")}, "share", "no_partner_share"),
        ({"kind": "partner", "share": None}, "share", "required"),
        ({"since": date(2026, 11, 23)}, "since", "day_in_future"),
        ({"until": date(2023, 12, 31)}, "until", "ends_before_it_starts"),
    ],
)
def test_a_link_that_cannot_be_is_refused_at_its_field(
    house: House, changed: dict[str, Any], path: str, rule: str
) -> None:
    with pytest.raises(InvalidFields) as refused:
        record(house, US, **changed)
    assert [(fault.path, fault.rule) for fault in refused.value.faults] == [(path, rule)]
    assert house.announced("customers.ownership_recorded") == []


@pytest.mark.parametrize("share", ["25", "50"])
def test_a_partner_holds_from_a_quarter_to_a_half(house: House, share: str) -> None:
    assert record(house, US, kind="partner", share=Rate.of(share))["share"] == Rate.of(share)


def test_a_reader_and_an_auditor_record_nothing(house: House) -> None:
    with pytest.raises(MayNotPrepare):
        record(house, a_representative(MALLI, "person-2", "read"))
    with pytest.raises(NotForYou):
        record(house, AUDITOR)
