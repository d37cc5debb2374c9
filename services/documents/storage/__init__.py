"""The room's stores in PostgreSQL, and the transaction that holds them together."""

from __future__ import annotations

from functools import cached_property

from services.documents.records import metadata
from services.documents.storage.files import Documents, Pictures, Readings, Scans
from services.documents.storage.letters import Letters
from shared.contracts.documents import ROOM
from shared.storage import work

__all__ = ["DocumentsWork", "metadata"]


class DocumentsWork(work.Work):
    room = ROOM

    @cached_property
    def documents(self) -> Documents:
        return Documents(self.session)

    @cached_property
    def readings(self) -> Readings:
        return Readings(self.session)

    @cached_property
    def scans(self) -> Scans:
        return Scans(self.session)

    @cached_property
    def pictures(self) -> Pictures:
        return Pictures(self.session)

    @cached_property
    def letters(self) -> Letters:
        return Letters(self.session)
