"""Infected files in PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.applications.records import InfectedFileRecord


class StoredInfectedFiles:
    def __init__(self, session: Session) -> None:
        self._session = session

    def note(self, document_id: str, at: datetime) -> None:
        row = insert(InfectedFileRecord).values(document_id=document_id, heard_at=at)
        self._session.execute(row.on_conflict_do_nothing())

    def among(self, document_ids: Collection[str]) -> frozenset[str]:
        if not document_ids:
            return frozenset()
        found = select(InfectedFileRecord.document_id).where(InfectedFileRecord.document_id.in_(document_ids))
        return frozenset(self._session.scalars(found))
