"""API keys: told once, kept as digests, never more than their person may do now, revoked at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.customers.domain.errors import ApiKeyNotValid, MoreThanThePersonMay, OwnHandNeeded, SigningKeyIsAnothers
from shared.asker import Asker
from shared.contracts import customers as contract
from shared.errors import InvalidFields, MayNotSign, NotFound
from tests.support.customers_builders import HANDLER, OPERATOR, VISITOR
from tests.support.customers_rooms import House

pytestmark = pytest.mark.postgres

MALLI, SAHA = "9137024-1", "9211050-5"
IDP = "https://tunnistus.example.fi"
LAST = date(2027, 3, 31)


@pytest.fixture
def chief(house: House) -> Asker:
    return a_person_of(house, "chief", ["prepare", "sign"])


def a_person_of(house: House, subject: str, rights: list[str]) -> Asker:
    house.ask(contract.REGISTER_UNDERTAKING, OPERATOR, business_id=MALLI, name="Malli Oy", language="fi")
    person = house.welcome(subject, issuer=IDP)
    house.ask(contract.GIVE_MANDATE, OPERATOR, person_id=person, business_id=MALLI, rights=rights)
    return house.acting(person, MALLI)


def make(house: House, chief: Asker, *rights: str, **asked: Any) -> dict[str, Any]:
    asked = {"name": "Tilitoimisto", "expires_on": LAST} | asked
    return house.ask(contract.CREATE_API_KEY, chief, rights=list(rights or ("prepare",)), **asked)


def opened(house: House, token: str) -> dict[str, Any]:
    return house.ask(contract.OPEN_API_KEY, VISITOR, token=token)


def test_a_key_acts_as_its_person_for_its_company(house: House, chief: Asker) -> None:
    made = make(house, chief)
    session = opened(house, made["token"])
    assert (session["person_id"], session["via"]) == (chief.person, made["key_id"])
    assert (session["capacity"]["business_id"], session["capacity"]["rights"]) == (MALLI, ["prepare"])


def test_a_key_of_an_accountant_acts_as_the_accountant(house: House, chief: Asker) -> None:
    accountant = a_person_of(house, "accountant", ["prepare"])
    made = make(house, chief, person_id=accountant.person)
    assert opened(house, made["token"])["person_id"] == accountant.person


def test_a_key_is_told_once_and_kept_as_a_digest(house: House, chief: Asker) -> None:
    made = make(house, chief, key="k")
    again = make(house, chief, key="k")
    assert (again["key_id"], again["token"]) == (made["key_id"], "")
    secret = made["token"].rpartition("_")[2]
    assert len(made["token"]) == len("tkv_") + 16 + 1 + 43
    assert secret not in house.everything_kept()
    (listed,) = house.ask(contract.LIST_API_KEYS, chief, business_id=MALLI)["items"]
    assert {"token", "digest"}.isdisjoint(listed)


def test_a_key_does_no_more_than_its_person_may(house: House, chief: Asker) -> None:
    accountant = a_person_of(house, "accountant", ["prepare"])
    with pytest.raises(MoreThanThePersonMay):
        make(house, chief, "prepare", "sign", person_id=accountant.person)


def test_a_key_that_signs_is_made_in_ones_own_name(house: House, chief: Asker) -> None:
    """Otherwise one signatory would sign as another, and where two signatures are asked give both."""
    other = a_person_of(house, "other", ["prepare", "sign"])
    with pytest.raises(SigningKeyIsAnothers):
        make(house, chief, "prepare", "sign", person_id=other.person)
    assert opened(house, make(house, other, "sign")["token"])["capacity"]["rights"] == ["sign"]


def test_a_key_that_was_made_to_sign_as_another_signs_no_more(house: House, chief: Asker) -> None:
    other = a_person_of(house, "other", ["prepare", "sign"])
    made = make(house, other, "prepare", "sign")
    with house.engine.begin() as connection:  # as keys were made before
        connection.execute(text("UPDATE customers.api_keys SET created_by = :by"), {"by": chief.person})
    assert opened(house, made["token"])["capacity"]["rights"] == ["prepare"]


def test_a_key_shrinks_with_its_person(house: House, chief: Asker) -> None:
    accountant = a_person_of(house, "accountant", ["prepare", "sign"])
    made = make(house, accountant, "prepare", "sign")
    house.ask(contract.CHANGE_PERSONS_ROLE, chief, person_id=accountant.person, role="editor")
    assert opened(house, made["token"])["capacity"]["rights"] == ["prepare"]


def test_a_key_of_somebody_who_left_opens_nothing(house: House, chief: Asker) -> None:
    accountant = a_person_of(house, "accountant", ["prepare"])
    made = make(house, chief, person_id=accountant.person)
    house.ask(contract.END_PERSON, chief, person_id=accountant.person)
    with pytest.raises(ApiKeyNotValid):
        opened(house, made["token"])
    (listed,) = house.ask(contract.LIST_API_KEYS, chief, business_id=MALLI)["items"]
    assert listed["revoked_by"] == chief.person


def test_a_key_whose_persons_mandate_ended_opens_nothing(house: House, chief: Asker) -> None:
    accountant = a_person_of(house, "accountant", ["prepare"])
    made = make(house, chief, person_id=accountant.person)
    house.ask(contract.GIVE_MANDATE, OPERATOR, person_id=accountant.person, business_id=MALLI, rights=[])
    with pytest.raises(ApiKeyNotValid):
        opened(house, made["token"])


def test_a_revoked_key_opens_nothing_from_then_on(house: House, chief: Asker) -> None:
    made = make(house, chief)
    opened(house, made["token"])
    revoked = house.ask(contract.REVOKE_API_KEY, chief, key_id=made["key_id"])
    assert not revoked["usable"]
    with pytest.raises(ApiKeyNotValid):
        opened(house, made["token"])


def test_an_operator_revokes_a_key_that_has_leaked(house: House, chief: Asker) -> None:
    made = make(house, chief)
    assert house.ask(contract.REVOKE_API_KEY, OPERATOR, key_id=made["key_id"])["revoked_by"] == "operator-1"


def test_a_key_works_through_its_last_day_in_finland(house: House, chief: Asker) -> None:
    made = make(house, chief, expires_on=house.clock.now.date())
    house.pass_by(hours=11, minutes=59)  # 23.59 in Finland
    assert opened(house, made["token"])
    house.pass_by(minutes=1)
    with pytest.raises(ApiKeyNotValid):
        opened(house, made["token"])


@pytest.mark.parametrize("days", [-1, 367])
def test_a_key_lives_a_year_at_most_and_not_in_the_past(house: House, chief: Asker, days: int) -> None:
    with pytest.raises(InvalidFields):
        make(house, chief, expires_on=house.clock.now.date() + timedelta(days=days))


@pytest.mark.parametrize("change", [lambda token: token[:-1], lambda token: token[:-1] + "!", str.upper, lambda _: "x"])
def test_what_is_no_key_of_ours_opens_nothing(house: House, chief: Asker, change: Any) -> None:
    token = make(house, chief)["token"]
    with pytest.raises(ApiKeyNotValid):
        opened(house, change(token))


def test_another_keys_secret_opens_nothing(house: House, chief: Asker) -> None:
    one, other = make(house, chief)["token"], make(house, chief)["token"]
    with pytest.raises(ApiKeyNotValid):
        opened(house, one[:20] + "_" + other[21:])


def test_when_a_key_was_last_used_is_seen(house: House, chief: Asker) -> None:
    made = make(house, chief)
    house.pass_by(hours=1)
    opened(house, made["token"])
    (listed,) = house.ask(contract.LIST_API_KEYS, chief, business_id=MALLI)["items"]
    assert listed["last_used_at"] == house.clock.now


def test_only_a_signatory_makes_keys_and_only_by_hand(house: House, chief: Asker) -> None:
    editor = a_person_of(house, "editor", ["prepare"])
    with pytest.raises(MayNotSign):
        make(house, editor)
    with pytest.raises(OwnHandNeeded):
        make(house, replace(chief, via="k-1"))


def test_a_key_is_made_for_the_companys_own_people(house: House, chief: Asker) -> None:
    with pytest.raises(NotFound):
        make(house, chief, person_id=house.welcome("stranger", issuer=IDP))


def test_another_companys_keys_are_not_there(house: House, chief: Asker) -> None:
    made = make(house, chief)
    stranger = replace(chief, business_id=SAHA)
    with pytest.raises(NotFound):
        house.ask(contract.REVOKE_API_KEY, stranger, key_id=made["key_id"])
    with pytest.raises(NotFound):
        house.ask(contract.LIST_API_KEYS, stranger, business_id=MALLI)


def test_what_is_done_with_a_key_is_marked_with_it_in_the_trail(house: House, chief: Asker) -> None:
    made = make(house, chief)
    by_key = replace(chief, via=made["key_id"], rights=frozenset({"prepare"}))
    house.ask(contract.GET_REGISTER_DATA, HANDLER, business_id=MALLI)
    house.ask(contract.REPORT_DISAGREEMENT, by_key, business_id=MALLI, about="name", should_be="Malli Oyj")
    (fact,) = house.announced("customers.disagreement_reported")
    assert (fact["actor"], fact["via"]) == (chief.person, made["key_id"])
    acts = house.ask(contract.LIST_COMPANY_ACTS, chief, business_id=MALLI)["items"]
    assert {(one["what"], one["via"]) for one in acts} == {
        ("api_key_created", ""),
        ("disagreement_reported", made["key_id"]),
    }
