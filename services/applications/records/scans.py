"""Files in which a virus was found, as the documents room told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from services.applications.records.core import Record


class InfectedFileRecord(Record):
    __tablename__ = "infected_files"

    document_id: Mapped[str] = mapped_column(primary_key=True)
    heard_at: Mapped[datetime]
