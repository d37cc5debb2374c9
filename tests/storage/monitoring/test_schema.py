"""The migrations make the tables that the code expects."""

from __future__ import annotations

import pytest

from services.monitoring.tables import TABLES
from shared.storage.database import Database
from tests.support.room_databases import differences

pytestmark = pytest.mark.postgres


def test_the_migrated_schema_is_the_one_the_tables_describe(room_database: Database) -> None:
    assert differences(room_database.engine, TABLES) == []
