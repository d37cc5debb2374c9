"""Transfers between authorities, in PostgreSQL."""

from __future__ import annotations

from dataclasses import asdict, fields

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.applications.domain.transfers import Transfer
from services.applications.records.transfers import TransferRecord


class StoredTransfers:
    def __init__(self, session: Session) -> None:
        self.session = session

    def next_ordinal(self, number: str) -> int:
        last = select(func.coalesce(func.max(TransferRecord.ordinal), 0)).where(TransferRecord.number == number)
        return int(self.session.execute(last).scalar_one()) + 1

    def last(self, number: str) -> Transfer | None:
        newest = select(TransferRecord).where(TransferRecord.number == number).order_by(TransferRecord.ordinal.desc())
        row = self.session.scalars(newest.limit(1)).one_or_none()
        return Transfer(**{field.name: getattr(row, field.name) for field in fields(Transfer)}) if row else None

    def add(self, transfer: Transfer) -> None:
        self.session.execute(insert(TransferRecord).values(**asdict(transfer)))
