"""What every table of the room stands on."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import DeclarativeBase

from shared.contracts.documents import ROOM
from shared.storage import columns
from shared.storage.bus_tables import add_bus_tables
from shared.storage.columns import COLUMN_TYPES

metadata = columns.metadata(ROOM)
add_bus_tables(metadata)


class Record(DeclarativeBase):
    metadata = metadata
    type_annotation_map = COLUMN_TYPES


def one_of(column: str, values: Sequence[str]) -> str:
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"
