"""Every page for everybody: no fault that axe can find, in light and dark; nothing wider than the narrowest phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.faults import COLOURS, FOLDS_OPEN, LEVELS, by_axe, nameless, too_wide
from tests.support.browsing import DESK, PHONE, Reader
from tests.support.stages import CAPACITIES, Stages

# An outline, or a shadow around the thing; after the last thing the browser's own bar has the focus.
FOCUS_SHOWN = """() => {
  const style = getComputedStyle(document.activeElement);
  return document.activeElement === document.body || style.boxShadow !== 'none'
    || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
}"""
FOCUS_COVERED = """() => {
  const own = document.activeElement, box = own.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return box.width > 0 && top !== null && !own.contains(top) && !top.contains(own);
}"""
FOCUSED = "document.activeElement.outerHTML.slice(0, 120)"
TABS = 25

Visits = Callable[..., Iterator[tuple[str, Page]]]


@pytest.fixture
def visits(person: Callable[..., Reader], stages: Stages) -> Visits:
    def of(duty: str, language: str = "fi") -> Iterator[tuple[str, Page]]:
        """(path, the page open at it) of every page of this duty."""
        reader = person()
        if duty:
            name, capacity = CAPACITIES[duty]
            reader.be(name, **capacity)
        for own, path in stages.pages():
            if own == duty:
                page = reader.open(f"{path}{'&' if '?' in path else '?'}kieli={language}")
                page.evaluate(FOLDS_OPEN)
                yield path, page

    return of


def faults_by_axe(page: Page) -> list[str]:
    found = []
    for viewport in (PHONE, DESK):
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        found += by_axe(page, LEVELS)
    page.emulate_media(color_scheme="dark")
    found += by_axe(page, COLOURS)
    page.emulate_media(color_scheme="light")
    return found


@pytest.mark.parametrize("duty", ["", *CAPACITIES])
def test_every_page_is_accessible_on_phone_and_desk_in_light_and_dark(visits: Visits, duty: str) -> None:
    found = {}
    for path, page in visits(duty):
        found[path] = [*nameless(page), *too_wide(page), *faults_by_axe(page)]
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize("duty", ["", *CAPACITIES])
def test_the_longer_words_of_swedish_fit_the_narrowest_phone_too(visits: Visits, duty: str) -> None:
    found = {path: too_wide(page) for path, page in visits(duty, "sv")}
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_focus_is_seen_and_never_covered(visits: Visits) -> None:
    hidden = []
    for path, page in visits("company"):
        if "/perustiedot" in path or path.endswith(("/oma", "/tarkista", "/rivi/1")):
            hidden += [(path, thing) for thing in things_without_focus(page)]
    assert hidden == []


def things_without_focus(page: Page) -> Iterator[str]:
    for _ in range(TABS):
        page.keyboard.press("Tab")
        if not page.evaluate(FOCUS_SHOWN) or page.evaluate(FOCUS_COVERED):
            yield page.evaluate(FOCUSED)
