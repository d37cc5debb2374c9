"""In a real browser: no accessibility fault that a machine can find, nothing wider than a phone, scripts at work."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from services.gateway.identity import SESSION_COOKIE
from tests.support.fake_rooms import FakeRooms
from tests.support.gateway import token_for
from tests.support.portal_pages import CLAIM_DRAFT, CLAIM_PAID, COMPANY, DRAFT, GRANTED, READY

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 800}
DESK = {"width": 1280, "height": 900}
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
PAGES = (
    "/",
    "/haut/energia-2026",
    "/kirjaudu",
    "/oma",
    f"/oma/asiat/{DRAFT}",
    f"/oma/asiat/{DRAFT}/kustannukset?tarkista=1",
    f"/oma/asiat/{DRAFT}/liitteet",
    f"/oma/asiat/{DRAFT}/tarkista",
    f"/oma/asiat/{GRANTED}",
    f"/oma/maksatus/{CLAIM_DRAFT}",
    f"/oma/maksatus/{CLAIM_DRAFT}/lasku/d-new",
    f"/oma/maksatus/{CLAIM_PAID}",
    "/olematon",
)


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    server = make_server("localhost", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def page(chromium: Browser, address: str, app: Flask, rooms: FakeRooms) -> Iterator[Page]:
    context = chromium.new_context(viewport=PHONE, base_url=address)
    context.add_cookies([{"name": SESSION_COOKIE, "value": token_for(app, rooms, COMPANY), "url": address}])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_kind_of_page_is_accessible_and_fits_a_phone(page: Page, language: str) -> None:
    axe, found = Axe(), []
    for path in PAGES:
        page.goto(f"{path}{'&' if '?' in path else '?'}kieli={language}")
        faults = axe.run(page, options={"runOnly": {"type": "tag", "values": LEVELS}}).response["violations"]
        found += [(path, fault["id"], fault["nodes"][0]["target"]) for fault in faults]
        if (wide := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
            found.append((path, "too wide", wide))
    assert found == []


def test_what_is_typed_is_saved_by_itself(page: Page, rooms: FakeRooms) -> None:
    page.goto(f"/oma/asiat/{READY}/kustannukset?kieli=fi")
    page.fill("[id='costs.0.amount']", "61 999,00")
    page.wait_for_selector("#tila:has-text('Luonnos tallennettu klo')")
    assert rooms.applications[READY]["answers"]["costs"][0]["amount"] == "61 999,00"


def test_saving_by_button_after_autosave_is_no_conflict(page: Page, rooms: FakeRooms) -> None:
    page.goto(f"/oma/asiat/{READY}/perustiedot?kieli=fi")
    page.fill("#title", "Ensin näin")
    page.wait_for_selector("#tila:has-text('Luonnos tallennettu klo')")
    page.fill("#title", "Sitten näin")
    page.click("[name=save]")
    assert page.url.endswith(f"/oma/asiat/{READY}")
    assert rooms.applications[READY]["answers"]["title"] == "Sitten näin"


def test_the_reader_lands_on_the_errors(page: Page) -> None:
    page.goto(f"/oma/asiat/{DRAFT}/kustannukset?tarkista=1")
    assert page.evaluate("document.activeElement.className") == "errors"


def test_a_link_of_the_summary_leads_into_the_field(page: Page) -> None:
    page.goto(f"/oma/asiat/{DRAFT}/kustannukset?tarkista=1")
    page.click(".errors a")
    assert page.evaluate("document.activeElement.id || location.hash") in ("costs.1.amount", "#costs.1.amount")


def test_a_focused_figure_lights_its_place_on_the_page(chromium: Browser, page: Page) -> None:
    page.set_viewport_size(DESK)
    page.goto(f"/oma/maksatus/{CLAIM_DRAFT}/lasku/d-new")
    page.focus("#gross")
    assert "is-on" in (page.get_attribute("#m6", "class") or "")
