"""A call's own form by hand: a question that hides, a sum that follows the fingers, and a colleague who signs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.support.browsing import DESK, Reader
from tests.support.stages import Stages
from tukivayla.demo.flow import COMPANY, open_a_call
from tukivayla.demo.own_forms import AGREEMENT, COOPERATION_FORM

Person = Callable[..., Reader]


@pytest.fixture(scope="module")
def own_call(stages: Stages) -> str:
    """An open call with a form of its own."""
    own = {"form": COOPERATION_FORM, "attachments": [AGREEMENT]}
    return open_a_call(stages.cast.operator, today=stages.today, own=own)


def begin(stages: Stages, call_id: str) -> str:
    opened = stages.cast.company.post("/applications", {"call_id": call_id, "language": "fi"})
    return str(opened["number"])


def test_a_question_comes_and_goes_and_sums_follow(person: Person, stages: Stages, own_call: str) -> None:
    number = begin(stages, own_call)
    satu = person().be("Satu Esimerkki", business_id=COMPANY)
    page = satu.open(f"/oma/asiat/{number}/osaaminen")
    partners = page.locator("[data-question=partner]")
    expect(partners).to_be_hidden()

    page.get_by_label("Kyllä").check()
    expect(partners).to_be_visible()
    page.locator('[id="partner.0.share"]').fill("1 250,50")
    expect(page.locator('[data-sum="partner.share"]')).to_have_text("1\u00a0250,50\u00a0€")
    page.get_by_label("Ei", exact=True).check()
    expect(partners).to_be_hidden()

    page.get_by_label("Kyllä").check()
    expect(partners).to_be_visible()
    expect(page.locator('[id="partner.0.share"]')).to_have_value("1 250,50")


def test_the_aid_is_counted_while_a_cost_is_typed(person: Person, stages: Stages, own_call: str) -> None:
    number = begin(stages, own_call)
    satu = person().be("Satu Esimerkki", business_id=COMPANY)
    page = satu.open(f"/oma/asiat/{number}/kustannukset")

    page.locator('[id="costs.0.category"]').select_option("equipment")
    page.locator('[id="costs.0.amount"]').fill("10 000")

    expect(page.locator("[data-sum=aid]")).to_have_text("3\u00a0500,00\u00a0€")
    expect(page.locator("[data-sum=missing_financing]")).to_have_text("6\u00a0500,00\u00a0€")
    expect(page.get_by_role("button", name="Laske ja päivitä sivu")).to_be_hidden()


def test_without_a_script_the_page_counts_and_shows_when_asked(person: Person, stages: Stages, own_call: str) -> None:
    number = begin(stages, own_call)
    satu = person(java_script_enabled=False).be("Satu Esimerkki", business_id=COMPANY)
    page = satu.open(f"/oma/asiat/{number}/osaaminen")
    expect(page.locator("[data-question=partner]")).to_be_hidden()

    page.get_by_label("Kyllä").check()
    satu.press("Laske ja päivitä sivu")

    expect(page.locator("[data-question=partner]")).to_be_visible()


def test_a_colleague_sees_who_changed_what_and_returns_it(person: Person, stages: Stages, own_call: str) -> None:
    number = begin(stages, own_call)
    veikko = person(viewport=DESK).be("Veikko Valmistelija", business_id=COMPANY)
    satu = person().be("Satu Esimerkki", business_id=COMPANY)
    veikko.open(f"/oma/asiat/{number}/perustiedot")
    veikko.write("Hankkeen nimi", "Osaajat hitsaamoon")
    veikko.press("Tallenna ja palaa tehtävälistaan")
    veikko.open(f"/oma/asiat/{number}/allekirjoitus")
    veikko.press("Lukitse luonnos ja pyydä allekirjoitusta")
    veikko.arrives("Odottaa allekirjoitusta")

    satu.open(f"/oma/asiat/{number}/versiot")
    assert "Veikko Valmistelija" in satu.reads()
    expect(satu.page.locator("ins").first).to_have_text("Osaajat hitsaamoon")
    satu.open(f"/oma/asiat/{number}")
    satu.write("Mitä pitää korjata", "Kustannukset puuttuvat.")
    satu.press("Palauta viestin kanssa")

    expect(satu.page.get_by_text("Kustannukset puuttuvat.")).to_be_visible()
