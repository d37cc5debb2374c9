"""A small company's manager applies by phone, in Finnish, in a hurry: nothing is lost, nothing goes twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import requests
from playwright.sync_api import expect

from services.gateway.identity import CLOCK_HEADER, SESSION_COOKIE
from tests.browser.by_hand import TITLE, Application
from tests.support.browsing import Reader
from tests.support.stages import CAPACITIES, Stages
from tukivayla.demo.people import eventually

SAVED = re.compile(r"Luonnos tallennettu klo \d{1,2}\.\d\d")
SECOND = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4} klo \d{1,2}\.\d\d\.\d\d")
TOO_EXACT = "Kirjoita enintään kaksi desimaalia"


@pytest.fixture
def manager(person: Callable[..., Reader]) -> Reader:
    name, capacity = CAPACITIES["company"]
    return person().be(name, **capacity)


@pytest.fixture
def application(manager: Reader, stages: Stages) -> Application:
    """A draft that has been opened and is still empty."""
    made = Application(manager, stages)
    made.number = stages.empty_draft()
    return made


def summary_leads_to(reader: Reader, field: str, message: str) -> None:
    """The list of errors has the reader's attention, says the same as the field, and its link leads to the field."""
    summary = reader.page.locator(".errors")
    expect(summary).to_be_focused()
    expect(reader.page).to_have_title(re.compile("^Virhe: "))
    summary.get_by_role("link").filter(has_text=message).first.click()
    place = reader.page.locator(f'[id="{field}"]')
    expect(place).to_be_focused()
    expect(place).to_have_attribute("aria-invalid", "true")
    expect(place).to_have_accessible_description(re.compile(re.escape(message)))


def test_from_sign_in_to_receipt_with_a_slip_in_every_part(person: Callable[..., Reader], stages: Stages) -> None:
    manager = person()
    manager.sign_in("Satu Esimerkki", "Mallimetalli")
    manager.arrives("Mallimetalli Esimerkki Oy")
    work = Application(manager, stages)
    work.begin()
    slip_and_mend_basics(work)
    slip_and_mend_costs(work)
    slip_and_mend_financing(work)
    work.go_on("Liitteet")
    slip_and_mend_attachment(work)
    manager.follow("Jatka tarkistamaan")
    slip_and_mend_sending(work)

    receipt = manager.reads()
    assert work.number in receipt
    assert TITLE in receipt
    assert "32 287,61 €" in receipt
    assert SECOND.search(receipt)
    assert re.search(r"\b[0-9a-f]{64}\b", receipt), "the digest of what was filed"
    manager.press("Kirjaudu ulos")
    expect(manager.page.get_by_role("link", name="Kirjaudu", exact=True)).to_be_visible()
    manager.open(f"/oma/asiat/{work.number}")
    manager.arrives("Kirjaudu Tukiväylään")


def slip_and_mend_basics(work: Application) -> None:
    work.to("Perustiedot")
    work.write_basics(ends="31.2.2027")
    work.by.press("Tallenna ja jatka")
    summary_leads_to(work.by, "ends_on", "Tällaista päivää ei ole kalenterissa.")
    expect(work.by.page.get_by_label("Hanke päättyy")).to_have_value("31.2.2027")
    work.by.write("Hanke päättyy", "1.12.2027")
    work.go_on("Kustannusarvio")


def slip_and_mend_costs(work: Application) -> None:
    work.write_costs(first="84 999,999")
    work.by.press("Tallenna ja jatka")
    summary_leads_to(work.by, "costs.0.amount", TOO_EXACT)
    expect(work.by.row(2).get_by_label("Veroton summa")).to_have_value("7250.35")
    work.by.row(1).get_by_label("Veroton summa").fill("84 999,99")
    work.go_on("Rahoitussuunnitelma")


def slip_and_mend_financing(work: Application) -> None:
    work.write_financing("59 962,729")
    work.by.press("Tallenna ja jatka")
    summary_leads_to(work.by, "financing.0.amount", TOO_EXACT)
    work.by.row(1).get_by_label("Summa").fill("59 962,73")
    work.go_on("Mittarit")


def slip_and_mend_attachment(work: Application) -> None:
    work.attach(b"MZ\x90\x00 this is a program that calls itself a plan")
    expect(work.by.page.locator(".errors")).to_be_focused()
    work.attach()
    expect(work.by.page.get_by_text("vastaanotettu", exact=True)).to_be_visible()
    expect(work.by.page.locator(".errors")).to_have_count(0)


def slip_and_mend_sending(work: Application) -> None:
    work.by.arrives("Tarkista ja lähetä")
    work.by.press("Lähetä hakemus")
    summary_leads_to(work.by, "tiedot_oikein", "Vahvista tämä ennen lähettämistä.")
    work.send()


def test_what_is_typed_is_saved_by_itself_and_survives_reload_and_back(application: Application) -> None:
    page = application.by.page
    application.to("Perustiedot")
    application.by.write("Hankkeen nimi", "Kirjoitettu bussissa")
    expect(page.locator("#tila")).to_have_text("Tallentamattomia muutoksia")
    expect(page.locator("#tila")).to_have_text(SAVED)

    page.reload()
    expect(page.get_by_label("Hankkeen nimi")).to_have_value("Kirjoitettu bussissa")
    application.to("Kustannusarvio")
    page.go_back()
    page.go_back()
    expect(page.get_by_label("Hankkeen nimi")).to_have_value("Kirjoitettu bussissa")


def test_a_sum_with_three_decimals_is_kept_as_typed_when_saved_by_itself(application: Application) -> None:
    application.to("Kustannusarvio")
    application.by.row(1).get_by_label("Veroton summa").fill("12,345")
    expect(application.by.page.locator("#tila")).to_have_text(SAVED)

    application.by.page.reload()

    expect(application.by.row(1).get_by_label("Veroton summa")).to_have_value("12,345")


def test_a_double_click_on_send_files_the_application_once(manager: Reader, stages: Stages) -> None:
    flow = stages.fresh("attach")
    manager.open(f"/oma/asiat/{flow.number}/tarkista")
    for box in manager.page.get_by_role("checkbox").all():
        box.check()

    manager.page.get_by_role("button", name="Lähetä hakemus").dblclick()

    manager.arrives("Hakemuksesi on vastaanotettu")
    path = f"/cases/{flow.number}/trail"
    entries = eventually(lambda: stages.cast.auditor.get(path)["entries"], what="the trail to hear of it")
    assert [entry["type"] for entry in entries].count("applications.application_submitted") == 1


def test_sending_again_from_history_shows_what_was_sent(manager: Reader, stages: Stages) -> None:
    flow = stages.fresh("attach")
    manager.open(f"/oma/asiat/{flow.number}/tarkista")
    for box in manager.page.get_by_role("checkbox").all():
        box.check()
    manager.press("Lähetä hakemus")
    manager.arrives("Hakemuksesi on vastaanotettu")

    manager.page.go_back()
    manager.page.reload()

    assert "jätetty" in manager.reads()
    expect(manager.page.get_by_role("button", name="Lähetä hakemus")).to_have_count(0)


def test_a_session_that_ends_in_the_middle_loses_nothing(
    application: Application, person: Callable[..., Reader]
) -> None:
    manager, number = application.by, application.number
    application.to("Perustiedot")
    manager.write("Hankkeen nimi", "Ennen istunnon loppua")
    end_session(manager)
    manager.press("Tallenna ja jatka")
    manager.arrives("Kirjaudu Tukiväylään")
    expect(manager.page.get_by_text("mitään ei kadonnut")).to_be_visible()

    manager.page.get_by_role("button", name="Satu Esimerkki").filter(has_text="Mallimetalli").click()

    manager.arrives("Perustiedot")
    assert f"/oma/asiat/{number}/perustiedot" in manager.page.url
    expect(manager.page.get_by_role("heading", name="Mitään ei kadonnut")).to_be_visible()
    expect(manager.page.get_by_label("Hankkeen nimi")).to_have_value("Ennen istunnon loppua")


def end_session(reader: Reader) -> None:
    """As when an hour has passed: the house forgets the session, the browser does not know."""
    token = next(one["value"] for one in reader.context.cookies() if one["name"] == SESSION_COOKIE)
    gone = requests.delete(f"{reader.address}/api/v1/session", headers={"Authorization": f"Bearer {token}"}, timeout=10)
    assert gone.ok


def test_the_last_minute_is_counted_to_its_end_and_after_it_the_draft_stays_and_is_not_sent(
    person: Callable[..., Reader], stages: Stages
) -> None:
    number = stages.fresh("attach").number
    closes = datetime.fromisoformat(stages.cast.company.get(f"/applications/{number}")["closes_at"])
    manager = person(extra_http_headers=at(closes - timedelta(seconds=50)))
    manager.page.clock.install()
    manager.sign_in("Satu Esimerkki", "Mallimetalli")
    manager.open(f"/oma/asiat/{number}/tarkista")
    clock = manager.page.locator("[data-deadline]")
    expect(clock.locator("p").first).to_have_text("Aikaa alle minuutti")
    expect(manager.page.get_by_role("button", name="Lähetä hakemus")).to_be_visible()

    manager.page.clock.fast_forward(60_000)
    expect(clock.locator("p").first).to_have_text("Aika on päättynyt")

    manager.context.set_extra_http_headers(at(closes + timedelta(seconds=10)))
    manager.page.reload()
    expect(clock.locator("p").first).to_have_text("Aika on päättynyt")
    expect(manager.page.get_by_text("luonnosta ei voi enää lähettää")).to_be_visible()
    expect(manager.page.get_by_role("button", name="Lähetä hakemus")).to_have_count(0)


def at(moment: datetime) -> dict[str, str]:
    """The demonstration's clock, moved to this moment."""
    return {CLOCK_HEADER: moment.isoformat()}


def test_a_keyboard_is_enough_to_send(manager: Reader, stages: Stages) -> None:
    flow = stages.fresh("attach")
    manager.open(f"/oma/asiat/{flow.number}/tarkista")
    keys = manager.page.keyboard
    for name in ("tiedot_oikein", "julkisuus"):
        tab_to(manager, f'[id="{name}"]')
        keys.press("Space")
    tab_to(manager, "button.big")
    keys.press("Enter")

    manager.arrives("Hakemuksesi on vastaanotettu")


def tab_to(reader: Reader, selector: str, most: int = 60) -> None:
    for _ in range(most):
        reader.page.keyboard.press("Tab")
        if reader.page.evaluate("chosen => document.activeElement.matches(chosen)", selector):
            return
    raise AssertionError(f"{most} tabs did not reach {selector}")


def test_the_first_tab_leads_past_the_menu(manager: Reader) -> None:
    manager.open("/oma")
    manager.page.keyboard.press("Tab")
    expect(manager.page.get_by_role("link", name="Siirry sisältöön")).to_be_focused()
    manager.page.keyboard.press("Enter")
    expect(manager.page.locator("#sisalto")).to_be_focused()
