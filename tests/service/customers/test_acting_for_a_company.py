"""Who may act for a company: asked of the mandate register, recorded either way, over after twelve hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from services.customers.demo import identity_code_of
from services.customers.domain.errors import CheckOver, IdentityCodeNeeded, RegisterAway, SessionOver
from services.customers.registers import configured
from shared.asker import Asker, Role
from shared.contracts import customers as contract
from shared.errors import NotFound
from tests.support.customers_builders import HANDLER, VISITOR
from tests.support.customers_rooms import House, choose
from tukivayla.standins.companies import ASSOCIATION, HALF_KNOWN, NEW

pytestmark = pytest.mark.postgres

MALLI, SAHA = "9137024-1", "9211050-5"
AUDITOR = Asker(person="auditor-1", role=Role.AUDITOR, authority="ITA")


def test_the_managing_director_may_sign_for_the_companies_they_chose(house: House) -> None:
    person = house.welcome()
    check = house.prove(person, MALLI, SAHA)
    assert check["state"] == "granted"
    assert house.capacities(person) == [(SAHA, ["prepare", "sign"]), (MALLI, ["prepare", "sign"])]


def test_a_board_member_may_prepare_only(house: House) -> None:
    person = house.welcome("yritys-valmistelija")
    house.prove(person, MALLI)
    assert house.capacities(person) == [(MALLI, ["prepare"])]


def test_a_new_company_is_entered_from_the_business_register_by_itself(house: House) -> None:
    person = house.welcome()
    house.prove(person, NEW.business_id)
    company = house.ask(contract.GET_UNDERTAKING, house.acting(person, NEW.business_id), business_id=NEW.business_id)
    assert (company["name"], company["municipality"]) == (NEW.name, "Savonlinna")
    (registered,) = house.announced("customers.undertaking_registered")
    assert registered["actor"] == person


def test_a_silent_business_register_does_not_stop_a_new_company(house: House) -> None:
    house.register.set(status=503, times=99)
    person = house.welcome()
    assert house.prove(person, NEW.business_id)["state"] == "granted"
    assert house.capacities(person) == [(NEW.business_id, ["prepare", "sign"])]


def test_the_chair_signs_for_an_association(house: House) -> None:
    person = house.welcome()
    house.prove(person, ASSOCIATION.business_id)
    assert house.capacities(person) == [(ASSOCIATION.business_id, ["prepare", "sign"])]


def test_without_the_form_of_the_company_the_chair_only_prepares(house: House) -> None:
    house.register.set(status=503, times=99)
    person = house.welcome()
    house.prove(person, ASSOCIATION.business_id)
    assert house.capacities(person) == [(ASSOCIATION.business_id, ["prepare"])]


def test_an_incomplete_answer_opens_nothing_and_says_so(house: House) -> None:
    person = house.welcome()
    check = house.prove(person, HALF_KNOWN.business_id)
    assert (check["state"], check["why"]) == ("not_proved", "incomplete")
    assert house.capacities(person) == []


def test_an_incomplete_answer_does_not_end_what_was_proved_an_hour_ago(house: House) -> None:
    person = house.welcome()
    house.prove(person, MALLI)
    house.mandate_register.set(incomplete=True)
    assert house.prove(person, MALLI)["why"] == "incomplete"
    assert house.capacities(person) == [(MALLI, ["prepare", "sign"])]


def test_a_mandate_from_the_register_lapses_after_twelve_hours(house: House) -> None:
    person = house.welcome()
    house.prove(person, MALLI)
    session = house.ask(contract.BEGIN_SESSION, VISITOR, person_id=person, capacity_id=f"c:{MALLI}")
    house.pass_by(minutes=50)
    house.ask(contract.GET_SESSION, VISITOR, session_id=session["session_id"])
    house.pass_by(hours=11, minutes=11)
    assert house.capacities(person) == []
    with pytest.raises(SessionOver):
        house.ask(contract.GET_SESSION, VISITOR, session_id=session["session_id"])
    house.prove(person, MALLI)
    assert house.capacities(person) == [(MALLI, ["prepare", "sign"])]


@pytest.mark.parametrize("hours", [1, 13])
def test_whom_the_register_knows_no_more_is_told_nothing_more(
    house: House, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    """A dismissed director comes back after a day: the word that had lapsed told them of the company's mail still."""
    person = house.welcome()
    house.prove(person, MALLI)
    house.pass_by(hours=hours)
    register = configured.registers().mandates
    assert register is not None
    monkeypatch.setattr(type(register.rules), "rights", lambda *asked, **more: ())

    house.prove(person, MALLI)

    assert house.capacities(person) == []
    assert house.ask(contract.LIST_COMPANY_PEOPLE, HANDLER, business_id=MALLI)["items"] == []


def test_the_check_is_evidence_with_its_request_id_roles_and_moment(house: House) -> None:
    person = house.welcome()
    house.prove(person, MALLI, HALF_KNOWN.business_id)
    found = house.ask(contract.LIST_MANDATE_CHECKS, AUDITOR, business_id=MALLI)
    (check,) = found["items"]
    (organisation,) = check["organisations"]
    assert check["person_id"] == person
    assert check["request_id"]
    assert check["valid_until"] - check["finished_at"] == timedelta(hours=12)
    assert (organisation["roles"], organisation["complete"]) == (["NIMKO", "TJ"], True)


def test_success_and_failure_go_to_the_trail_in_the_persons_name(house: House) -> None:
    person = house.welcome()
    house.prove(person, MALLI)
    house.finish(person, house.begin(person), error="access_denied")
    told = house.announced("customers.mandate_checked")
    assert [(fact["data"]["state"], fact["data"]["why"], fact["actor"]) for fact in told] == [
        ("granted", "", person),
        ("failed", "cancelled", person),
    ]


def test_a_silent_mandate_register_is_recorded_and_said(house: House) -> None:
    house.mandate_register.set(status=503, times=1)
    person = house.welcome()
    with pytest.raises(RegisterAway):
        house.begin(person)
    (fact,) = house.announced("customers.mandate_checked")
    assert (fact["data"]["state"], fact["data"]["why"]) == ("failed", "register_away")


def test_a_register_that_falls_silent_in_the_middle_is_a_failed_check(house: House) -> None:
    person = house.welcome()
    begun = house.begin(person)
    code = choose(begun["address"], MALLI)
    house.mandate_register.set(status=500, times=1)
    check = house.finish(person, begun, code=code)
    assert (check["state"], check["why"]) == ("failed", "register_away")
    assert house.capacities(person) == []


def test_a_code_is_used_once(house: House) -> None:
    person = house.welcome()
    begun = house.begin(person)
    code = choose(begun["address"], MALLI)
    house.finish(person, begun, code=code)
    with pytest.raises(CheckOver):
        house.finish(person, begun, code=code)


def test_the_way_back_is_for_the_person_who_went(house: House) -> None:
    begun = house.begin(house.welcome())
    with pytest.raises(NotFound):
        house.finish(house.welcome("foretag"), begun, code=choose(begun["address"], MALLI))


def test_a_second_visit_ends_the_first(house: House) -> None:
    person = house.welcome()
    first = house.begin(person)
    second = house.begin(person)
    with pytest.raises(CheckOver):
        house.finish(person, first, code=choose(first["address"], MALLI))
    assert house.finish(person, second, code=choose(second["address"], MALLI))["state"] == "granted"


def test_a_visit_is_over_after_twenty_minutes(house: House) -> None:
    person = house.welcome()
    begun = house.begin(person)
    house.pass_by(minutes=21)
    with pytest.raises(CheckOver):
        house.finish(person, begun, code=choose(begun["address"], MALLI))


def test_a_real_person_is_asked_to_identify_again_when_no_code_is_at_hand(house: House) -> None:
    with pytest.raises(IdentityCodeNeeded):
        house.begin(house.welcome("subject-1", issuer="https://tunnistus.example.fi"))


def test_the_identity_code_is_kept_nowhere(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    code = identity_code_of("yritys")
    person = house.welcome("subject-1", issuer="https://tunnistus.example.fi")
    begun = house.ask(
        contract.BEGIN_MANDATE_CHECK, VISITOR, person_id=person, identity_code=code, returning="https://tuki.example.fi"
    )
    house.finish(person, begun, code=choose(begun["address"], MALLI))
    assert house.capacities(person) == [(MALLI, ["prepare", "sign"])]
    assert code not in house.everything_kept()
    assert code not in "".join(capsys.readouterr())


def test_a_company_sees_only_its_own_checks(house: House) -> None:
    person = house.welcome()
    house.prove(person, MALLI, SAHA)
    asker = house.acting(person, MALLI)
    (check,) = house.ask(contract.LIST_MANDATE_CHECKS, asker, business_id=MALLI)["items"]
    assert [one["business_id"] for one in check["organisations"]] == [MALLI]
    with pytest.raises(NotFound):
        house.ask(contract.LIST_MANDATE_CHECKS, replace(asker, business_id=SAHA), business_id=MALLI)
