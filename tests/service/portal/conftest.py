"""One app for all tests of the portal: making it costs more than all they ask of it."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support.fake_rooms import FakeRooms
from tests.support.gateway import an_app
from tests.support.portal_pages import Portal, portal_rooms


@pytest.fixture(scope="session")
def _one_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return an_app(FakeRooms(), tmp_path_factory.mktemp("blobs"))


@pytest.fixture
def rooms() -> FakeRooms:
    return portal_rooms()


@pytest.fixture
def app(_one_app: Flask, rooms: FakeRooms) -> Flask:
    _one_app.extensions["rooms"] = _one_app.extensions["probe"] = rooms
    _one_app.extensions["sessions"]._seen.clear()
    return _one_app


@pytest.fixture
def portal(app: Flask, rooms: FakeRooms) -> Portal:
    return Portal(app, rooms)


@pytest.fixture
def visitor(app: Flask, rooms: FakeRooms) -> Portal:
    return Portal(app, rooms, person=None)
