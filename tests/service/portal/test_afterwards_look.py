"""The pages of what follows a decision in a real browser: no fault that a machine can find, nothing too wide."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from services.gateway.identity import SESSION_COOKIE
from tests.service.portal.test_afterwards import OWN, OWN_PAGES, STAFF, STAFF_PAGES
from tests.service.portal.test_look import DESK, LEVELS, PHONE
from tests.support.fake_rooms import FakeRooms
from tests.support.gateway import token_for
from tests.support.portal_pages import COMPANY
from tests.support.staff_pages import DECIDER, HANDLER

pytestmark = pytest.mark.browser

PAGES = {
    COMPANY: tuple(f"{OWN}{page}" for page in OWN_PAGES),
    HANDLER: ("/tyo/jatkotoimet", *(f"{STAFF}{page}" for page in STAFF_PAGES)),
    DECIDER: (f"{STAFF}/paatos/3",),
}


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    server = make_server("localhost", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("person", PAGES)
def test_pages_after_the_decision_are_accessible_and_fit(
    chromium: Browser, address: str, app: Flask, rooms: FakeRooms, person: str, size: dict[str, int]
) -> None:
    context = chromium.new_context(viewport=size, base_url=address)
    context.add_cookies([{"name": SESSION_COOKIE, "value": token_for(app, rooms, person), "url": address}])
    page = context.new_page()
    for path in PAGES[person]:
        page.goto(path)
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": LEVELS}})
        assert found.violations_count == 0, (path, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
    context.close()
