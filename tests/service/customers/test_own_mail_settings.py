"""One's own address and wishes, asked through the desk: seen without changing anything, set by whoever it is of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.customers.domain.errors import OwnHandNeeded
from shared.asker import Asker, Role
from shared.contracts import customers as contract
from tests.support.customers_builders import OPERATOR
from tests.support.customers_rooms import House

pytestmark = pytest.mark.postgres

MALLI = "9137024-1"


@pytest.fixture
def reader(house: House) -> Asker:
    """Somebody who only follows what the company does."""
    house.ask(contract.REGISTER_UNDERTAKING, OPERATOR, business_id=MALLI, name="Malli Oy", language="fi")
    person = house.welcome("reader", issuer="https://tunnistus.example.fi")
    house.ask(contract.GIVE_MANDATE, OPERATOR, person_id=person, business_id=MALLI, rights=["read"])
    return house.acting(person, MALLI)


def test_whoever_only_reads_for_the_company_sets_their_own_address_and_wishes(house: House, reader: Asker) -> None:
    told = house.ask(contract.SET_CONTACT, reader, email="anna@yritys.example")
    assert (told["email"], told["pending"]) == ("", "anna@yritys.example")
    assert house.ask(contract.GET_PREFERENCES, reader) == told

    chosen = house.ask(contract.SET_PREFERENCES, reader, choices={"message": "daily"})
    assert {"kind": "message", "when": "daily", "fixed": False} in chosen["choices"]


def test_what_goes_to_the_address_itself_is_nobodys_choice(house: House, reader: Asker) -> None:
    for asker in (reader, replace(OPERATOR, person=reader.person), replace(reader, role=Role.HANDLER)):
        told = house.ask(contract.GET_PREFERENCES, asker)
        assert "address" not in {choice["kind"] for choice in told["choices"]}


def test_a_programs_key_sets_no_address(house: House, reader: Asker) -> None:
    with pytest.raises(OwnHandNeeded):
        house.ask(contract.SET_CONTACT, replace(reader, via="k-1"), email="anna@yritys.example")
