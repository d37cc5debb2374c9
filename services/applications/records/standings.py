"""Cases whose standing is still to be told to the other rooms: filled by a migration, emptied by the house."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.applications.records.core import ApplicationRecord, Record


class StandingRecord(Record):
    __tablename__ = "standings_to_tell"

    number: Mapped[str] = mapped_column(ForeignKey(ApplicationRecord.number), primary_key=True)
