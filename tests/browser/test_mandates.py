"""Whom a person acts for: chosen at the mandate register, refused in plain words, and ended in the middle of work."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.support.browsing import Reader
from tests.support.stages import Stages
from tukivayla.demo.people import Person
from tukivayla.standins.companies import HALF_KNOWN, NEW

MALLI = "9137024-1"


@pytest.fixture
def satu(person: Callable[..., Reader], stages: Stages) -> Reader:
    """`stages`: the people of the demonstration are there."""
    manager = person()
    manager.sign_in("Satu Esimerkki", "Mallimetalli")
    manager.arrives("Mallimetalli Esimerkki Oy")
    return manager


def goes_to_register(reader: Reader) -> None:
    reader.follow("Vaihda yritystä")
    reader.follow("Siirry valtuusrekisteriin")
    arrives_at_register(reader)


def arrives_at_register(reader: Reader) -> None:
    expect(reader.page.get_by_text("Valtuusrekisterin sijainen")).to_be_visible()


def chooses(reader: Reader, *companies: str) -> None:
    for company in companies:
        reader.page.get_by_label(company).check()
    reader.press("Jatka palveluun")


def acts_for(reader: Reader, company: str) -> None:
    expect(reader.page.get_by_role("navigation", name="Istuntosi")).to_contain_text(company)


def test_a_company_is_chosen_at_the_register_and_work_goes_on_for_it(satu: Reader) -> None:
    goes_to_register(satu)
    chooses(satu, NEW.name)
    satu.arrives(NEW.name)
    acts_for(satu, NEW.name)


def test_a_right_that_cannot_be_proved_is_said_and_what_one_did_before_goes_on(satu: Reader) -> None:
    goes_to_register(satu)
    chooses(satu, HALF_KNOWN.name)
    satu.arrives("Mitä valtuusrekisteri vastasi")
    assert HALF_KNOWN.name in satu.reads()
    assert "taustalla oleva rekisteri ei vastannut" in satu.reads()
    acts_for(satu, "Mallimetalli Esimerkki Oy")

    satu.follow("Yritä uudelleen")
    arrives_at_register(satu)


def test_whoever_comes_back_without_choosing_acts_as_before(satu: Reader) -> None:
    goes_to_register(satu)
    satu.press("Peru")
    assert "Palasit valitsematta yritystä." in satu.reads()
    satu.follow("Hakemukset")
    satu.arrives("Hakemukset")
    acts_for(satu, "Mallimetalli Esimerkki Oy")


def test_of_several_companies_one_is_worked_for_at_a_time(satu: Reader) -> None:
    goes_to_register(satu)
    chooses(satu, NEW.name, "Keksitty Saha Oy")
    satu.arrives("Valitse, kenen puolesta asioit")
    satu.page.get_by_role("button", name="Keksitty Saha Oy").click()
    acts_for(satu, "Keksitty Saha Oy")


def test_a_right_that_ends_while_one_types_is_said_and_the_typing_is_kept(
    person: Callable[..., Reader], stages: Stages
) -> None:
    chief = stages.cast.company
    kaisa = person().be("Kaisa Kuviteltu", business_id="9285076-5")
    kaisa.open("/kutsu/" + chief.post("/company/invitations", {"name": "Kaisa", "role": "editor"})["code"])
    kaisa.press("Hyväksy ja aloita")
    kaisa.arrives("Mallimetalli Esimerkki Oy")
    kaisa.open(f"/oma/asiat/{stages.empty_draft()}/perustiedot")
    ends_right_of(chief, "Kaisa Kuviteltu")
    kaisa.write("Hankkeen nimi", "Kirjoitettu viime hetkellä")
    kaisa.press("Tallenna ja jatka")

    kaisa.arrives("Kirjaudu Tukiväylään")
    expect(kaisa.page.get_by_role("heading", name="Oikeutesi toimia siinä roolissa on päättynyt")).to_be_visible()
    assert "Juuri kirjoittamasi on tallessa vuorokauden" in kaisa.reads()

    kaisa.page.get_by_role("button", name="Kaisa Kuviteltu").filter(has_text="Kuvitelma").click()
    acts_for(kaisa, "Kuvitelma Konepaja Oy")


def ends_right_of(chief: Person, name: str) -> None:
    people = chief.get(f"/undertakings/{MALLI}/people")["items"]
    leaver = next(one["person_id"] for one in people if one["name"] == name)
    chief.post(f"/company/people/{leaver}/end", {})
