"""One app for all tests of the gateway: making it costs more than all they ask of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.support.fake_rooms import FakeRooms
from tests.support.gateway import ApiClient, an_app, api_client


@pytest.fixture(scope="session")
def _one_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return an_app(FakeRooms(), tmp_path_factory.mktemp("blobs"))


@pytest.fixture
def rooms() -> FakeRooms:
    return FakeRooms()


@pytest.fixture
def app(_one_app: Flask, rooms: FakeRooms) -> Flask:
    _one_app.extensions["rooms"] = _one_app.extensions["probe"] = rooms
    _one_app.extensions["sessions"]._seen.clear()
    return _one_app


@pytest.fixture
def blob_dir(app: Flask) -> Path:
    directory: Path = app.extensions["settings"].blob_dir
    return directory


@pytest.fixture
def visitor(app: Flask) -> ApiClient:
    return ApiClient(app)


@pytest.fixture
def as_person(app: Flask, rooms: FakeRooms) -> Callable[[str], ApiClient]:
    """`as_person("p-aino")`: an API client signed in as one of `fake_case.PEOPLE`."""
    return lambda person_id: api_client(app, rooms, person_id)


@pytest.fixture
def company(as_person: Callable[[str], ApiClient]) -> ApiClient:
    return as_person("p-aino")


@pytest.fixture
def handler(as_person: Callable[[str], ApiClient]) -> ApiClient:
    return as_person("p-pekka")
