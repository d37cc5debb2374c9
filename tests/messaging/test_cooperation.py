"""A process that has not gone green says so before it takes any work."""

from __future__ import annotations

import os

import pytest

from shared.messaging.green import DoesNotCooperate, prove_it
from shared.storage.database import connect

pytestmark = pytest.mark.postgres


def test_greenlets_that_wait_in_turn_are_found_out() -> None:
    engine = connect(os.environ["TEST_DATABASE_URL"])
    with pytest.raises(DoesNotCooperate):
        prove_it(engine)
    engine.dispose()
