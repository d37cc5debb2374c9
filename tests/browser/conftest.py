"""One house, one Chromium and one call for these tests; each test gets people with fresh browsers of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.browsing import PHONE, Reader
from tests.support.embedded import Embedded
from tests.support.stages import Stages


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            marks = (pytest.mark.browser, pytest.mark.e2e, pytest.mark.timeout(300), pytest.mark.xdist_group("browser"))
            for mark in marks:
                item.add_marker(mark)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedded]:
    running = Embedded(tmp_path_factory.mktemp("browsed") / "var")
    running.start("--no-demo-data")
    yield running
    running.stop()


@pytest.fixture(scope="session")
def stages(house: Embedded) -> Stages:
    return Stages(house.address)


@pytest.fixture
def person(chromium: Browser, house: Embedded) -> Iterator[Callable[..., Reader]]:
    """Someone at a browser of their own; what broke on their way fails the test."""
    met: list[Reader] = []

    def meet(*, viewport: dict[str, int] = PHONE, **browser: object) -> Reader:
        context = chromium.new_context(viewport=viewport, base_url=house.address, locale="fi-FI", **browser)
        met.append(Reader(context, house.address))
        return met[-1]

    yield meet
    broken = [fault for reader in met for fault in reader.broken]
    for reader in met:
        reader.context.close()
    assert broken == []
