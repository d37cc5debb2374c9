"""No page escapes: each address of the portal, as each role that may open it, found from the routes themselves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from services.gateway.identity import SESSION_COOKIE
from shared.asker import Role
from tests.browser.faults import FOLDS_OPEN, LEVELS, by_axe, nameless, too_wide
from tests.support.browsing import PHONE
from tests.support.every_page import House, Shown, houses, roles_of, routes_of_pages

CONTENT = "document.querySelector('main').innerHTML.replace(/value=\"[^\"]*\"/g, '')"
"""The page without its tokens and keys, which are new each time."""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[House]]:
    with houses(tmp_path_factory.mktemp("blobs")) as listening:
        yield listening


@pytest.fixture(scope="module")
def shown(running: list[House]) -> dict[Role, list[Shown]]:
    """Every page by the role it is shown to; a page that nothing known opens fails here, and names itself."""
    found: dict[Role, list[Shown]] = {}
    unseen = []
    for rule in routes_of_pages(running[0].app):
        for role in roles_of(running[0].app, rule):
            page = next((page for house in running if (page := house.shown(rule, role))), None)
            found.setdefault(role, []).extend([page] if page else [])
            unseen += [] if page else [f"{role} {rule.rule}"]
    assert unseen == [], "say in tests/support/every_page.py which number or id opens these"
    return found


@pytest.fixture(scope="module")
def read() -> set[int]:
    """What has been gone through: a page that says the same to several roles is read once."""
    return set()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_every_page_of_every_role_is_read_by_axe_and_fits_the_narrowest_phone(
    chromium: Browser, shown: dict[Role, list[Shown]], read: set[int], role: Role
) -> None:
    found = {}
    readers: dict[str, Page] = {}
    for one in shown[role]:
        page = readers.get(one.address) or readers.setdefault(one.address, signed_in(chromium, one))
        answer = page.goto(f"{one.path}?kieli={'sv' if one.path.count('/') % 2 else 'fi'}")
        assert answer is not None
        assert answer.status == 200
        if (said := hash(page.evaluate(CONTENT))) in read:
            continue
        read.add(said)
        page.evaluate(FOLDS_OPEN)
        found[one.path] = [*nameless(page), *too_wide(page), *by_axe(page, LEVELS)]
    for page in readers.values():
        page.context.close()
    assert {path: faults for path, faults in found.items() if faults} == {}


def signed_in(chromium: Browser, one: Shown) -> Page:
    context = chromium.new_context(viewport=PHONE, base_url=one.address)
    if one.token:
        context.add_cookies([{"name": SESSION_COOKIE, "value": one.token, "url": one.address}])
    return context.new_page()
