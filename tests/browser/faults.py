"""What is wrong with a page for somebody with a narrow screen, or who does not see it: measured in the browser."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LEVELS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]}
# Dark changes colours alone: the whole page has been gone through in light.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
NARROWEST = (320, 390)
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FOLDS_OPEN = "document.querySelectorAll('details').forEach(fold => { fold.open = true; })"
# Text that is cut off, or read only by scrolling sideways (WCAG 1.4.10). A file's own lines and an invoice's picture
# may be wider; so may the value of a field, in which a cursor moves.
SIDEWAYS = """() => [...document.querySelectorAll('main *')].filter(one =>
  getComputedStyle(one).overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1
  && !one.closest('pre, .sheet, svg, .vh') && !one.matches('input, textarea, select, progress')
).map(one => 'wider than its place: ' + one.outerHTML.slice(0, 120))"""


def too_wide(page: Page) -> list[str]:
    found = []
    for width in NARROWEST:
        page.set_viewport_size({"width": width, "height": 800})
        if (wide := page.evaluate(TOO_WIDE)) > 0:
            found.append(f"{wide} px too wide for {width}")
        found += [f"at {width} px {one}" for one in page.evaluate(SIDEWAYS)]
    return found


def nameless(page: Page) -> list[str]:
    named = page.locator("h1").count() == 1 and page.title().endswith(" – Tukiväylä")
    return [] if named else [f"no single heading, or the name is {page.title()!r}"]


def by_axe(page: Page, rules: dict[str, object]) -> list[str]:
    found = Axe().run(page, options={"runOnly": rules}).response["violations"]
    width = page.viewport_size["width"] if page.viewport_size else 0
    return [f"{fault['id']} at {width} px: {fault['nodes'][0]['target']}" for fault in found]
