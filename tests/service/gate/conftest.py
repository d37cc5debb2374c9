from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.houses import House


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A filed and awarded case in every room that keeps something of it."""
    house = House(tmp_path_factory.mktemp("papers"), suite="gate")
    try:
        house.file_a_case()
        yield house
    finally:
        house.close()
