"""Transfers between authorities: written once, never changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.applications.records.core import Record


class TransferRecord(Record):
    __tablename__ = "transfers"
    __table_args__ = (
        CheckConstraint("given_by <> given_to", name="to_another_authority"),
        CheckConstraint("ordinal > 0", name="places_from_one"),
        Index(None, "given_by", "transferred_at"),
        Index(None, "given_to", "transferred_at"),
    )

    number: Mapped[str] = mapped_column(ForeignKey("applications.applications.number"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    business_id: Mapped[str]
    undertaking_name: Mapped[str]
    title: Mapped[str]
    given_by: Mapped[str]
    given_to: Mapped[str]
    reason: Mapped[str]
    transferred_by: Mapped[str]
    transferred_at: Mapped[datetime]
