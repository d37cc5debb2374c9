"""People at a browser: they read labels and press buttons, and know nothing of the addresses behind them."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from services.gateway.identity import SESSION_COOKIE
from tukivayla.demo.people import sign_in

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 15_000


@contextmanager
def a_chromium() -> Iterator[Browser]:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


class Reader:
    """One person with one browser of their own. Remembers every script error and broken answer on the way."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.broken: list[str] = []
        self.page.on("pageerror", lambda error: self.broken.append(str(error)))
        self.page.on("response", self._look_at)

    def sign_in(self, name: str, role: str) -> None:
        """By hand, from the list of people. `role` as the list has it: "yritys", "maksaja"."""
        self.page.goto("/kirjaudu")
        self.page.get_by_role("button", name=name).filter(has_text=role).click()

    def be(self, name: str, **capacity: str) -> Reader:
        """Signed in beforehand, for tests that are about other pages."""
        person = sign_in(self.address, name, **capacity)
        token = str(person.http.headers["Authorization"]).removeprefix("Bearer ")
        self.context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": self.address}])
        return self

    def open(self, path: str) -> Page:
        self.page.goto(path)
        return self.page

    def write(self, label: str, text: str) -> None:
        """Into the field of this label: before it may stand a place's number, after it that it is optional."""
        named = self.page.get_by_label(re.compile(rf"(^|: ){re.escape(label)}( \(|$)"))
        named.and_(self.page.locator("input, textarea")).fill(text)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name).first.click()

    def arrives(self, heading: str) -> None:
        """The page that opens is the one of this heading."""
        expect(self.page.get_by_role("heading", level=1, name=heading)).to_be_visible(timeout=PATIENCE_MS)

    def row(self, number: int) -> Locator:
        """A numbered row of a form."""
        return self.page.get_by_role("group", name=f"Rivi {number}")

    def reads(self) -> str:
        """What the page says; a no-break space is a space to a reader."""
        return self.page.locator("main").inner_text().replace("\u00a0", " ")

    def _look_at(self, response: Any) -> None:
        if response.status >= 500:
            self.broken.append(f"{response.status} {response.url}")
