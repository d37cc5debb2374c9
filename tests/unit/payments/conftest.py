from __future__ import annotations

import pytest

from tests.support.payments_fakes import Desk
from tests.support.payments_journeys import Journey


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def journey(desk: Desk) -> Journey:
    """Claims in memory, one grant awarded."""
    journey = Journey(desk.work)
    journey.award()
    return journey
