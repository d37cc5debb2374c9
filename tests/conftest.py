"""What the tests stand on: a PostgreSQL, found or started once; a RabbitMQ and a browser where they are installed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest

from tests.support import services

# A slow machine is no fault of the rule under test.
hypothesis.settings.register_profile("house", deadline=None, print_blob=True)
hypothesis.settings.load_profile("house")

REASONS = {
    "postgres": "no PostgreSQL could be reached or started",
    "rabbit": "no RabbitMQ on this machine: install rabbitmq-server and these run too",
    "browser": "no Chromium on this machine: install chromium and these run too",
}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for all tests of a worker: Playwright allows no second one in a process."""
    from tests.support.browsing import a_chromium

    with a_chromium() as browser:
        yield browser


def pytest_configure(config: pytest.Config) -> None:
    # The workers of xdist inherit the environment: the servers are found once, by the process that starts them.
    if not hasattr(config, "workerinput"):
        config.stash[services.STARTED] = services.find_or_start()


def pytest_unconfigure(config: pytest.Config) -> None:
    if started := config.stash.get(services.STARTED, None):
        started.stop()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    missing = missing_here()
    for item in items:
        if {"e2e", "browser"} & set(item.path.parts) and not item.get_closest_marker("xdist_group"):
            # A module there starts a whole house: once, in one worker.
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
        for name in missing:
            if item.get_closest_marker(name):
                item.add_marker(pytest.mark.skip(reason=REASONS[name]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for name in missing_here():
        count = sum(name in report.keywords for report in terminalreporter.stats.get("skipped", []))
        if count:
            terminalreporter.write_line(f"!!! {count} tests skipped: {REASONS[name]}", red=True, bold=True)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where services are required (`TUKIVAYLA_REQUIRE`), a test skipped for want of one is a failure.

    What the tests wrote is thrown away when none failed.
    """
    required = set(os.environ.get("TUKIVAYLA_REQUIRE", "").split(",")) & set(missing_here())
    if required and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    started = session.config.stash.get(services.STARTED, None)
    if started and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        started.forget_papers()


def missing_here() -> list[str]:
    there = {
        "postgres": bool(os.environ.get("TEST_DATABASE_URL")),
        "rabbit": bool(shutil.which("rabbitmq-server")),
        "browser": bool(shutil.which("chromium") or shutil.which("chromium-browser")),
    }
    return [name for name, found in there.items() if not found]
