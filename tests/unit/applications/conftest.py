from __future__ import annotations

import pytest

from tests.support.applications_fakes import Desk
from tests.support.applications_journeys import Journey


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def journey(desk: Desk) -> Journey:
    """A published call with 100 000 euros of authority to grant behind it."""
    journey = Journey(desk.work)
    journey.publish()
    journey.fund("100000.00")
    return journey
