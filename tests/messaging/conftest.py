"""A broker and a restaurant for each test of the bus."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.support.private_rabbit import PrivateRabbit
from tests.support.restaurant import Restaurant, restaurant


@pytest.fixture(scope="session")
def rabbit() -> Iterator[PrivateRabbit]:
    """A node of our own: it may be stopped and killed."""
    node = PrivateRabbit()
    node.start()
    yield node
    node.remove()


@pytest.fixture
def clean_rabbit(rabbit: PrivateRabbit) -> Iterator[str]:
    yield rabbit.url
    rabbit.empty()


# One worker starts one node.
ON_RABBIT = [pytest.mark.rabbit, pytest.mark.xdist_group("private rabbit")]


@pytest.fixture(params=["memory", pytest.param("rabbit", marks=ON_RABBIT)])
def house(request: pytest.FixtureRequest) -> Iterator[Restaurant]:
    """The restaurant on either bus: what is promised is promised of both."""
    url = "memory://" if request.param == "memory" else request.getfixturevalue("clean_rabbit")
    with restaurant(os.environ["TEST_DATABASE_URL"], url) as opened:
        yield opened


@pytest.fixture
def rabbit_house(clean_rabbit: str) -> Iterator[Restaurant]:
    """The restaurant with RabbitMQ between its rooms."""
    with restaurant(os.environ["TEST_DATABASE_URL"], clean_rabbit) as opened:
        yield opened
